"""The words on the cards besides those of the documents, by language."""

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


def labels_of(language: str) -> Mapping[str, str]:
    """The words by what they label; those of English where a language, a BCP 47 tag, has none here."""
    tag = language.casefold()
    words = _WORDS.get(tag) or _WORDS.get(tag.partition("-")[0]) or _WORDS["en"]
    return dict(zip(_NAMES, words.split("|"), strict=True))
