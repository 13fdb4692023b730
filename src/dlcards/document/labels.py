"""What lines, headings and folds say that only announce an answer, or lead elsewhere, in many languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dlcards.markdown import plain_text
from dlcards.model import Node, Span, lazy_compile

# All patterns but that of navigation are held against :func:`core`, which has no capitals.
# What people call an answer. A label says one of them, with a few words around it: "Show answer", "Lösung 2".
_ANSWER = lazy_compile(
    r"\b(?:answers?|solutions?|antwort(?:en)?|lösung(?:en)?|respuestas?|soluci[oó]n(?:es)?|r[ée]ponses?|répondre"
    r"|respostas?|solu[çc][ãa]o|rispost[ae]|soluzion[ei]|antwoord(?:en)?|oplossing|odgovor|odpowied[zź]"
    r"|odpov[eě][dď]|r[aă]spuns|cevap|yan[ıi]t|svar|vastaus|válasz|jawaban|përgjigj(?:a|e|ja|jja|ia)"
    r"|trả lời|đáp án|lời giải|ответ|решение|відповідь|розв'язок|отговор|απάντηση)\b"
    r"|الإجابة|الاجابة|إجابة|الجواب|پاسخ|جواب|תשובה|उत्तर|คำตอบ|เฉลย"
    r"|답|정답|해답|해설|풀이|答案|答え|解答|回答|答|解析"
)
_LONGEST = 24
# What says that something unfolds, whatever it is.
_UNFOLDS = lazy_compile(
    r"(?:click|see|show|view|read|expand|open|toggle|more|details?|hints?|tips?|(?:code |full )?examples?"
    r"|source(?: code)?|code|spoilers?|explanations?|output|results?|references?|contents?"
    r"|table of contents|보기|더\s*보기|펼치기|접기|열기|코드|예제|예시|힌트|예제 보기|코드 보기|설명|결과"
    r"|목차|참고(?: 자료)?|展开|查看|点击查看|提示|目录|示例|代码|詳細|例|ヒント)"
)
_HIDES = lazy_compile(
    r"(?:click|see|show|view|reveal|expand|open|toggle|spoilers?|보기|펼치기|열기|展开|展開|查看|点击查看|見る|開く)"
    r"(?: (?:here|me|this|it|to (?:see|show|view|reveal|expand)))?"
)
_FROM_LETTER_TO_LETTER = lazy_compile(r"[^\W\d_](?:.*[^\W\d_])?", re.S)
# "Answer: 4" says which choice it is; the number of "Answer 4" is the answer's own.
_NUMBER_SAID = lazy_compile(r"[:\uff1a=]\W*\d")
# A line of steps leads to the neighbours of a page: "Previous question | Contents | Next question".
_STEP = (
    r"(?:(?:previous|prev|next)(?: (?:question|page|chapter|section|article|post|lesson|topic|day))?"
    r"|(?:이전|다음)(?:\s*(?:글|문제|질문|문서|페이지|장|편|으로|으로 가기))?"
    r"|[上下]一?[题題篇章页頁节節个個](?:问题|問題)?|(?:前|次)(?:へ|の(?:ページ|質問|問題|記事|章))"
    r"|(?:предыдущ|следующ)(?:ий|ая|ее)(?: (?:вопрос|страница|глава|статья|раздел|урок))?"
    r"|(?:попередн|наступн)(?:ій|ий|я|є)(?: (?:питання|сторінка|розділ))?"
    r"|(?:(?:pregunta|página|pergunta|capítulo|tema) )?(?:anterior|siguiente|próxim[oa]|seguinte)"
    r"(?: (?:pregunta|página|pergunta|capítulo|tema))?"
    r"|(?:(?:question|page|chapitre) )?(?:précédente?|suivante?)"
    r"|(?:vorherige|nächste)[rs]?(?: (?:frage|seite))?"
    r"|(?:önceki|sonraki)(?: (?:soru|sayfa))?|(?:câu (?:hỏi )?|trang )(?:trước|sau|tiếp theo)"
    r"|home|index|(?:table of )?contents|목차|홈|目录|目錄|目次"
    r"|оглавление|содержание|зміст|índice|sommaire|inhalt)"
)
NAVIGATION = lazy_compile(
    r"(?i)^\W*(?:(?:(?:go|jump|return|scroll)?\s*back|go|jump|return|scroll)?\s*(?:to)?\s*(?:the)?\s*"
    r"(?:top|home|contents|table of contents|index|toc)(?:\s+of\s+page)?"
    r"|(?:맨\s*)?위로|(?:맨\s*처음|처음|목차|맨\s*위|상단|홈)(?:으로)?(?:로)?|뒤로"
    r"|(?:(?:맨\s*)?위로|(?:맨\s*처음으로|처음으로|목차로|맨\s*위로|상단으로|홈으로|뒤로))"
    r"\s*(?:가기|이동|이동하기|돌아가기|올라가기)"
    r"|(?:返回|回到)(?:顶部|頂部|目录|目錄|首页|首頁)|トップへ(?:戻る)?|目次へ(?:戻る)?"
    r"|(?:volver|voltar|regresar|subir) (?:a|ao|al|à)\s*(?:l[ao]s? )?"
    r"(?:índice|indice|inicio|início|topo|principio|arriba)"
    r"|retour (?:en haut|au (?:sommaire|début))|torna (?:su|all['’]inizio|all['’]indice)"
    r"|(?:zurück )?(?:nach oben|zum (?:anfang|inhaltsverzeichnis|inhalt))"
    r"|(?:wróć )?(?:do góry|do spisu treści)|(?:до змісту|вгору|нагору)"
    r"|(?:вернуться |назад )?(?:к (?:оглавлению|содержанию|списку вопросов|началу)|наверх)"
    r"|(?:về )?đầu trang|kembali ke atas|başa dön"
    rf"|(?:{_STEP}(?:\W++|\Z))+)"
    r"(?:\W*\b(?:edit|improve)(?: this)?(?: answer| page)?(?: on github)?)?\W*$"
)
# What heads a section of any article, and never asks; held against :func:`core`.
_ANY_ARTICLES = frozenset({
    "introduction", "overview", "foreword", "fore word", "preface", "summary", "conclusion",
    "conclusions", "final thoughts", "reference", "references", "further reading", "see also",
    "resources", "links", "reading", "additional resources", "additional links",
    "additional reading", "useful resources", "useful links", "useful reading", "more resources",
    "more links", "more reading", "credits", "acknowledgments", "acknowledgements", "licence",
    "license", "contributing", "contributors", "other answers", "appendix", "changelog", "tl;dr",
    "einleitung", "einführung", "fazit", "zusammenfassung", "quellen", "literatur",
    "andere antworten", "introduccion", "introducción", "resumen", "conclusiones", "conclusión",
    "conclusiónes", "referencias", "bibliografia", "bibliografía", "otras respuestas",
    "solucionario", "introdução", "resumo", "conclusão", "conclusões", "referências",
    "outras respostas", "résumé", "sources", "autres réponses", "introduzione", "conclusioni",
    "riferimenti", "fonti", "wprowadzenie", "wstęp", "podsumowanie", "źródła", "inne odpowiedzi",
    "введение", "итог", "итоги", "заключение", "вывод", "выводы", "источники", "ссылки",
    "полезные ссылки", "другие ответы", "вступ", "висновки", "висновкі", "джерела", "giới thiệu",
    "kết luận", "tổng kết", "tài liệu tham khảo", "pendahuluan", "kesimpulan", "ringkasan",
    "referensi", "mga ibang sagot", "개요", "소개", "서론", "들어가며", "들어가기", "들어가기 전에",
    "정리", "요약", "결론", "마치며", "마무리", "맺음말", "후기", "참고", "참고자료", "참고 자료",
    "참고문헌", "참고 문헌", "출처", "다른 답변", "다른 답변들", "前言", "引言", "序言", "写在前面",
    "总结", "總結", "小结", "小結", "总结一下", "结语", "結語", "结束语", "结论", "後記", "后记",
    "写在最后", "寫在最後", "最后", "参考", "參考", "参考资料", "參考資料", "参考文献", "参考链接",
    "推荐阅读", "文章推荐", "延伸阅读", "扩展阅读", "其他答案", "其它答案", "はじめに", "まとめ",
    "おわりに", "終わりに", "結論", "概要", "参考資料", "他の方の回答集",
})  # fmt: skip


def is_any_articles(words: str) -> bool:
    """Whether a heading names a section that any article has: ``Summary``, ``참고 자료``, ``总结``."""
    return "?" not in words and core(words) in _ANY_ARTICLES


def core(words: str) -> str:
    """``words`` for comparison, without numbers and marks around them."""
    letters = _FROM_LETTER_TO_LETTER.search(words)
    return " ".join(letters.group().split()).casefold() if letters else ""


def has_more_letters(words: str, limit: int) -> bool:
    """Whether there are more than ``limit`` letters, so that a paragraph need not be read to its end."""
    return bool(_letters(limit + 1).match(words))


@lru_cache(maxsize=8)
def _letters(count: int) -> re.Pattern[str]:
    return re.compile(rf"(?:[\W\d_]*+[^\W\d_]){{{count}}}")


def announces_answer(words: str) -> bool:
    """Whether some words only say that an answer follows: ``Answer``, ``정답 보기``, ``Solution 2``."""
    if "?" in words or has_more_letters(words, _LONGEST):
        return False
    said = core(words)
    if len(said) > _LONGEST or _NUMBER_SAID.search(words):
        return False
    return bool(_ANSWER.search(said)) and _is_short(said)


def begins_answer(words: str) -> bool:
    """Whether some words announce an answer, and may go on to say it: ``Answer: D``, ``정답: 4``."""
    label, colon, _ = words.replace("\uff1a", ":").partition(":")
    return announces_answer(words) or (bool(colon) and announces_answer(label))


def only_hides(words: str) -> bool:
    """Whether some words say that there is something to see, and not what: ``show``, ``펼치기``."""
    return bool(_HIDES.fullmatch(core(words)))


def only_unfolds(words: str) -> bool:
    """Whether some words say nothing but that something unfolds, or are the answer that does."""
    said = core(words)
    return not said or bool(_UNFOLDS.fullmatch(said)) or ("?" not in words and begins_answer(words))


def _is_short(said: str) -> bool:
    # "답" alone is a label; "답이 없는 문제" and "Answer to life" are not.
    rest = _ANSWER.sub(" ", said).split()
    return all(_AROUND_LABEL.fullmatch(word) for word in rest)


_AROUND_LABEL = lazy_compile(
    r"the|an?|my|click|tap|press|here|to|for|see|show|view|reveal|expand|open|toggle|hide|check|sample|possible"
    r"|model|correct|full|your|\d+|보기|확인|확인하기|변|안|예시|펼치기|접기|모범|열기|더|[와과및]|查看|点击|显示|参考|參考"
    r"|を見る|を表示|を確認|ver|voir|la|le|el|mostrar|zobrazit|anzeigen|zeigen|показать|correct[aeo]s?|corret[ao]s?|cert[ao]s?|correttas?|richtige|bonnes?|justes?|правильный|верный|doğru|đúng|right|lihat"
    r"|xem|göster|الصحيحة|de|a|\(.*\)|&"
)


def without_start(block: Node, start: re.Pattern[str]) -> Node:
    """A block without the words that it begins with; emphasis that held nothing else goes with them."""
    match = start.match(plain_text(block.children))
    if match is None:
        return block
    # A tag between blanks behind the start belongs to what follows: plain words have both blanks in a row.
    rest = _without(block.children, len(match[0].rstrip()))
    return Node(block.kind, block.span, without_blanks(rest), attrs=block.attrs)


def _without(nodes: Sequence[Node], left: int) -> tuple[Node, ...]:
    """Inlines without their first ``left`` characters of words."""
    kept: list[Node] = []
    for node in nodes:
        size = len(plain_text([node]))
        if left <= 0:
            if kept or not node.raw.startswith("</"):  # else it ends what is gone
                kept.append(node)
        elif size > left:
            if node.children:
                kept.append(Node(node.kind, node.span, _without(node.children, left), node.raw, node.attrs))
            else:
                span = Span(min(node.span.start + left, node.span.end), node.span.end)
                kept.append(Node(node.kind, span, raw=node.raw[left:], attrs=node.attrs))
        left -= size
    return tuple(kept)


def without_blanks(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Inlines without the blanks and line breaks that they begin with."""
    kept = list(nodes)
    while kept and (kept[0].kind in ("softbreak", "linebreak") or _is_blank(kept[0])):
        kept.pop(0)
    if kept and kept[0].kind == "text":
        first = kept[0]
        cut = len(first.raw) - len(first.raw.lstrip())
        kept[0] = Node("text", Span(first.span.start + cut, first.span.end), raw=first.raw[cut:])
    return tuple(kept)


def _is_blank(node: Node) -> bool:
    return node.kind == "text" and not node.raw.strip()
