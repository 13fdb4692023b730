"""The preview's page: what it shows, and the HTML of it.

The page's own parts have classes that begin with ``pv-`` and style no bare elements, so that cards look
as they do in Anki. Cards were sanitized when their fields were made; all else is escaped here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from dlcards.model import Severity, Text, lazy_compile

# Anki gives a card the whole window; here a card's window is the frame that it stands in.
_VIEWPORT_WIDTH = lazy_compile(r"(?<=[\d.])vw\b")
_PLACEHOLDER = lazy_compile(r"\[\[([a-z-]+)\]\]")

# Of what is wrong outside of questions so much is shown at once; the cards are what the page is for.
_SHOWN_PROBLEMS = 5
# A longer id is made of the question's words, which stand beside it in the list of questions.
_LONG_ID = 12

_SEVERITIES = {severity.value: severity.said for severity in Severity}
_LABELS = {
    "preview": Text("미리보기", "preview"),
    "skip": Text("카드로 건너뛰기", "Skip to the cards"),
    "search": Text("찾기: 낱말이나 #12-3", "Search: words or #12-3"),
    "index": Text("질문 목록", "Questions"),
    "settings": Text("보기", "View"),
    "theme": Text("화면", "Theme"),
    "day": Text("낮", "Day"),
    "night": Text("밤", "Night"),
    "width": Text("너비", "Width"),
    "phone": Text("휴대폰", "Phone"),
    "desktop": Text("데스크톱", "Desktop"),
    "side": Text("면", "Side"),
    "front": Text("앞", "Front"),
    "back": Text("뒤", "Back"),
    "both": Text("둘 다", "Both"),
    "open": Text("접힌 곳 펼치기", "Open all folds"),
    "problems-only": Text("문제만", "Problems only"),
    "keys": Text(
        "글쇠: <kbd>/</kbd> 찾기 · <kbd>n</kbd> 다음 질문 · <kbd>p</kbd> 이전 질문 · "
        "<kbd>Esc</kbd> 찾기 지우기",
        "Keys: <kbd>/</kbd> search · <kbd>n</kbd> next question · <kbd>p</kbd> previous question · "
        "<kbd>Esc</kbd> clear the search",
    ),
    "no-mathjax": Text(
        "수식이 TeX 그대로 보인다. Anki에서처럼 보려면 <code>pip install 'dlcards[preview]'</code>를 하고 "
        "다시 만든다.",
        "Formulas are shown as TeX. To see them as in Anki, run <code>pip install 'dlcards[preview]'</code> "
        "and make the preview again.",
    ),
    "refused": Text("덱에 없음", "Not in the deck"),
    "more": Text("{0}개 더", "{0} more"),
    "nothing": Text("맞는 질문이 없다.", "No question fits."),
    "found": Text("질문 {0}", "questions {0}"),
    "math-error": Text("수식 오류", "Error in a formula"),
    "picture-error": Text("그림이 보이지 않는다", "A picture can't be shown"),
    "stopped": Text(
        "서버가 멈춰 있다. 다시 켜지면 이어진다.", "The server has stopped; the page goes on when it is back."
    ),
}


class Problem(NamedTuple):
    """Something to mend.

    Attributes:
        severity: A value of :class:`dlcards.model.Severity`.
        code: The rule's code, where there is one.
        message: What is wrong.
        place: File and line, where there is one.
    """

    severity: str
    code: str
    message: Text
    place: str


class CardView(NamedTuple):
    """A card as Anki renders it.

    Attributes:
        kind: The name of its kind, in the language of the cards.
        number: Which of its note's cards it is, such as ``1/3``; empty for the only one.
        front: The HTML of its question side.
        back: The HTML of its answer side.
    """

    kind: str
    number: str
    front: str
    back: str


class QuestionView(NamedTuple):
    """A question with its cards.

    Attributes:
        anchor: What the page's address ends in to lead here; unique on the page.
        id: The question's id.
        question: Its words.
        document: The path of its document.
        line: Its line.
        source: Where it stands on the web; empty where that is not known.
        cards: Its cards; none where it is kept out of the deck.
        problems: What is wrong with it.
        reasons: What keeps it out of the deck.
    """

    anchor: str
    id: str
    question: str
    document: str
    line: int
    source: str
    cards: tuple[CardView, ...]
    problems: tuple[Problem, ...]
    reasons: tuple[Problem, ...]

    @property
    def state(self) -> str:
        """The worst that is to be said of it: ``refused``, ``error``, ``warning``, or nothing."""
        if self.reasons:
            return "refused"
        severities = {problem.severity for problem in self.problems}
        return next((severity for severity in ("error", "warning") if severity in severities), "")


class Page(NamedTuple):
    """What the page shows.

    Attributes:
        deck: The deck's name.
        language: The cards' language, which the page speaks as far as it can.
        css: The style of the cards.
        questions: All questions, in the order of the documents.
        problems: What is wrong outside of questions.
        has_mathjax: Whether formulas can be typeset.
    """

    deck: str
    language: str
    css: str
    questions: Sequence[QuestionView]
    problems: Sequence[Problem]
    has_mathjax: bool

    @property
    def refused(self) -> int:
        """How many questions are kept out of the deck."""
        return sum(bool(question.reasons) for question in self.questions)

    @property
    def with_problems(self) -> int:
        """How many questions are kept out, or have an error or a warning."""
        return sum(bool(question.state) for question in self.questions)

    @property
    def cards(self) -> Counter[str]:
        """How many cards there are of each kind, by its name."""
        return Counter(card.kind for question in self.questions for card in question.cards)

    @property
    def findings(self) -> Counter[str]:
        """How many problems there are of each severity, in questions and elsewhere."""
        own = (p for question in self.questions for p in (*question.reasons, *question.problems))
        return Counter(problem.severity for problem in (*own, *self.problems))


def render(page: Page) -> str:
    """The HTML of the page; the same for the same input."""
    language = "ko" if page.language == "ko" else "en"
    script = _template("preview.js")
    has_math = page.has_mathjax and any(
        r"\(" in side or r"\[" in side
        for question in page.questions
        for card in question.cards
        for side in (card.front, card.back)
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = {
        **{name: label.in_(language) for name, label in _LABELS.items()},
        "lang": language,
        "deck": escape(page.deck),
        "card-style": _VIEWPORT_WIDTH.sub("cqw", page.css),
        "style": _template("preview.css"),
        "script": script,
        "digest": digest,
        "mathjax": '<script async src="mathjax/tex-chtml-full.js"></script>' if has_math else "",
        "summary": _summary(page, language),
        "entries": "".join(_entry(question, language) for question in page.questions),
        "questions": _questions(page, language),
        "problem-count": str(page.with_problems),
    }
    return _PLACEHOLDER.sub(lambda placeholder: parts[placeholder[1]], _template("preview.html"))


def _summary(page: Page, language: str) -> str:
    """What the deck came to, in numbers, and what is wrong outside of questions."""
    cards, findings = page.cards, page.findings
    kinds = " · ".join(f"{name} {number}" for name, number in cards.items())
    facts = [
        ("questions", Text("질문", "Questions"), len(page.questions), ""),
        ("cards", Text("카드", "Cards"), cards.total(), f" <span>({escape(kinds)})</span>" if kinds else ""),
        ("refused", _LABELS["refused"], page.refused, ""),
        *((name, label, findings[name], "") for name, label in _SEVERITIES.items()),
    ]
    items = "".join(
        f'<li class="pv-fact pv-is-{name}">{label.in_(language)} <b>{number}</b>{detail}</li>'
        for name, label, number, detail in facts
        if number or name in ("questions", "cards")
    )
    note = "" if page.has_mathjax else f'<p class="pv-note">{_LABELS["no-mathjax"].in_(language)}</p>'
    return f'<ul class="pv-facts">{items}</ul>{note}{_problems_elsewhere(page, language)}'


def _problems_elsewhere(page: Page, language: str) -> str:
    """What is wrong outside of questions: the worst first, most of it folded."""
    ranks = list(_SEVERITIES)
    problems = sorted(page.problems, key=lambda problem: ranks.index(problem.severity))
    shown, rest = problems[:_SHOWN_PROBLEMS], problems[_SHOWN_PROBLEMS:]
    folded = ""
    if rest:
        label = _LABELS["more"].in_(language).format(len(rest))
        folded = f'<details class="pv-more"><summary>{label}</summary>{_problems(rest, language)}</details>'
    return _problems(shown, language) + folded


def _entry(question: QuestionView, language: str) -> str:
    """The question's line in the list of questions."""
    label = _LABELS["refused"] if question.state == "refused" else _SEVERITIES.get(question.state)
    mark = f'<span class="pv-mark pv-is-{question.state}">{label.in_(language)}</span>' if label else ""
    own = f'<span class="pv-id">#{escape(question.id)}</span> ' if len(question.id) <= _LONG_ID else ""
    return (
        f'<li><a class="pv-entry" href="#{quote(question.anchor)}">{own}'
        f'<span class="pv-words">{escape(question.question)}</span> {mark}</a></li>'
    )


def _questions(page: Page, language: str) -> str:
    parts = []
    document = ""
    several = len({question.document for question in page.questions}) > 1
    for question in page.questions:
        if several and question.document != document:
            parts.append(f'<h2 class="pv-document">{escape(question.document)}</h2>')
        document = question.document
        parts.append(_question(question, language))
    return "".join(parts)


def _question(question: QuestionView, language: str) -> str:
    anchor, place = quote(question.anchor), f"{question.document}:{question.line}"
    shown_place = f"<span>{escape(place)}</span>"
    if question.source:
        host = urlsplit(question.source).hostname or ""
        shown_place += f' <a href="{escape(question.source)}">{escape(host)}</a>'
    problems = _problems((*question.reasons, *question.problems), language)
    if question.reasons:
        head = _LABELS["refused"].in_(language)
        problems = f'<div class="pv-refused"><p class="pv-refused-head">{head}</p>{problems}</div>'
    cards = "".join(_card(card, language) for card in question.cards)
    work = " data-work" if question.state else ""
    return (
        f'<section class="pv-question" id="{escape(question.anchor)}"{work}>'
        f'<div class="pv-head"><h3 class="pv-title"><a class="pv-id" href="#{anchor}">'
        f"#{escape(question.id)}</a> {escape(question.question)}</h3>"
        f'<p class="pv-place">{shown_place}</p></div>{problems}{cards}</section>\n'
    )


def _problems(problems: Iterable[Problem], language: str) -> str:
    items = "".join(
        f'<li class="pv-problem pv-is-{problem.severity}"><span class="pv-severity">'
        f"{' '.join(filter(None, [_SEVERITIES[problem.severity].in_(language), problem.code]))}</span> "
        f"<span>{escape(problem.message.in_(language))}</span>"
        f"{f' <code>{escape(problem.place)}</code>' if problem.place else ''}</li>"
        for problem in problems
    )
    return f'<ul class="pv-problems">{items}</ul>' if items else ""


def _card(card: CardView, language: str) -> str:
    sides = ""
    for name, html in (("front", card.front), ("back", card.back)):
        side = {"front": Text("앞면", "front"), "back": Text("뒷면", "back")}[name].in_(language)
        sides += (
            f'<div class="pv-side pv-{name}">'
            f'<p class="pv-label"><b>{escape(card.kind)} {card.number}</b> {side}</p>'
            f'<div class="pv-frame"><div class="card card1">{html}</div></div></div>'
        )
    return f'<article class="pv-card">{sides}</article>'


@cache
def _template(name: str) -> str:
    return (files("dlcards.deck") / "templates" / name).read_text(encoding="utf-8")
