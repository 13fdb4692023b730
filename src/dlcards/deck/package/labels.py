"""The words on the cards and of the deck besides those of the documents, by language."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = (
    "question",
    "cloze",
    "follow-up",
    "hint",
    "details",
    "follow-ups",
    "references",
    "source",
    "updated",
)
_DECK_NAMES = ("version", "cards", "license", "report")
# In the order of the names above.
_WORDS = {
    "ko": "질문|빈칸|꼬리질문|힌트|자세히|이어지는 질문|참고 자료|원문|갱신",
    "en": "question|cloze|follow-up|Hint|Details|What comes next|References|Source|Updated",
    "zh": "问题|填空|追问|提示|详细|后续问题|参考资料|原文|更新",
    "zh-tw": "問題|填空|追問|提示|詳細|後續問題|參考資料|原文|更新",
    "ja": "質問|穴埋め|追加質問|ヒント|詳細|続く質問|参考資料|原文|更新",
    "ru": "вопрос|пропуск|доп. вопрос|Подсказка|Подробнее|Дальше спросят|Источники|Оригинал|Обновлено",
    "uk": "питання|пропуск|дод. питання|Підказка|Докладніше|Далі запитають|Джерела|Оригінал|Оновлено",
    "de": "Frage|Lückentext|Anschlussfrage|Hinweis|Einzelheiten|Was danach kommt|Quellen|Original|Stand",
    "fr": "question|texte à trous|question suivante|Indice|Détails|Et ensuite|Références|Source|Mis à jour",
    "es": "pregunta|hueco|repregunta|Pista|Detalles|Lo que sigue|Referencias|Fuente|Actualizado",
    "pt": "pergunta|lacuna|pergunta seguinte|Dica|Detalhes|O que vem depois|Referências|Fonte|Atualizado",
    "it": "domanda|lacuna|domanda successiva|Suggerimento|Dettagli|E poi|Riferimenti|Fonte|Aggiornato",
    "vi": "câu hỏi|điền chỗ trống|câu hỏi tiếp|Gợi ý|Chi tiết|Tiếp theo|Tài liệu tham khảo|Nguồn|Cập nhật",
    "tr": "soru|boşluk|ek soru|İpucu|Ayrıntılar|Sıradaki sorular|Kaynaklar|Kaynak|Güncelleme",
    "id": "pertanyaan|isian|pertanyaan lanjutan|Petunjuk|Rincian|Berikutnya|Referensi|Sumber|Diperbarui",
    "pl": "pytanie|luka|pytanie dodatkowe|Podpowiedź|Szczegóły|Co dalej|Źródła|Oryginał|Aktualizacja",
    "nl": "vraag|invulvraag|vervolgvraag|Hint|Details|Wat volgt|Bronnen|Origineel|Bijgewerkt",
}
# The same for the deck as a whole: what its description in Anki says.
_DECK_WORDS = {
    "ko": "판|카드|라이선스|틀린 곳 알리기",
    "en": "Version|Cards|License|Report an error",
    "zh": "版本|卡片|许可证|报告错误",
    "zh-tw": "版本|卡片|授權條款|回報錯誤",
    "ja": "版|カード|ライセンス|誤りの報告",
    "ru": "Версия|Карточки|Лицензия|Сообщить об ошибке",
    "uk": "Версія|Картки|Ліцензія|Повідомити про помилку",
    "de": "Version|Karten|Lizenz|Fehler melden",
    "fr": "Version|Cartes|Licence|Signaler une erreur",
    "es": "Versión|Tarjetas|Licencia|Avisar de un error",
    "pt": "Versão|Cartões|Licença|Avisar de um erro",
    "it": "Versione|Carte|Licenza|Segnalare un errore",
    "vi": "Phiên bản|Thẻ|Giấy phép|Báo lỗi",
    "tr": "Sürüm|Kartlar|Lisans|Hata bildir",
    "id": "Versi|Kartu|Lisensi|Laporkan kesalahan",
    "pl": "Wersja|Karty|Licencja|Zgłoś błąd",
    "nl": "Versie|Kaarten|Licentie|Fout melden",
}


def labels_of(language: str) -> Mapping[str, str]:
    """The words by what they label; those of English where a language, a BCP 47 tag, has none here."""
    tag = language.casefold()
    known = next((name for name in (tag, tag.partition("-")[0]) if name in _WORDS), "en")
    words = f"{_WORDS[known]}|{_DECK_WORDS[known]}"
    return dict(zip((*_NAMES, *_DECK_NAMES), words.split("|"), strict=True))
