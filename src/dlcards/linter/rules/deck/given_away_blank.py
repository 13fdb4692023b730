"""The front of a cloze card shows what its blank hides: the term stands there once more.

A card hides one bold term of the summary and shows all the rest, with the question above it. Where the term stands in
the question or a second time in the summary, or where a parenthesis beside it translates or abbreviates it
(`**과적합**(overfitting)`), the learner reads the answer off instead of remembering it.

Say it otherwise there, take the parenthesis into the answer's text, or make another term bold. A term that is
bold in both places is one blank, hidden in both. There is no fix: what to say instead is the author's to know.

Not found: bold words behind the third, which become no blanks; terms of a single letter or of digits; formulas; a word
that only holds the term (`학습` in `학습률`); parentheses that explain (`(0보다 작으면 0)`); terms that the question names
beside others (`ReLU와 tanh 가운데`), among which a blank is a choice.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: **과적합**은 모델이 학습 데이터의 잡음까지 외운 상태다.

    학습 오차는 작은데 검증 오차가 크면 의심한다.

Bad:

    ## #1

    #### 검증 오차만 크면 무엇을 의심하나요?

    > 핵심: 모델이 잡음까지 외운 상태인 **과적합**(overfitting)을 의심한다.

    학습 오차는 작다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    > 핵심: 모델이 학습 데이터의 **잡음**까지 외운 상태다.

    학습 오차는 작은데 검증 오차가 크면 의심한다.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dlcards.document.particles import PARTICLES
from dlcards.document.text import fold, has_cjk, is_cjk, is_hangul
from dlcards.markdown import plain_text
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Span, Text, lazy_compile

KO = """
빈칸이 가린 말이 카드 앞면에 한 번 더 보인다.

빈칸 카드는 핵심의 굵은 말 하나를 가리고 나머지를 질문과 함께 보여 준다. 가린 말이 질문에 있거나 핵심에 또 있으면, 또는 바로 옆 괄호가 그 말의 번역이나 약어이면(`**과적합**(overfitting)`) 학습자는 떠올리지 않고 읽어 낸다.

그 자리를 다른 말로 쓰거나, 괄호를 본문으로 옮기거나, 다른 말을 굵게 한다. 두 곳 다 굵게 하면 한 빈칸이 되어 함께 가려진다. 무엇이라고 바꿀지는 쓰는 사람이 알므로 자동으로 고치지 않는다.

찾지 않는 것: 빈칸이 되지 않는 넷째부터의 굵은 말, 한 글자나 숫자뿐인 말, 수식, 그 말을 품기만 한 다른 낱말(`학습률` 안의 `학습`), 설명하는 괄호(`(0보다 작으면 0)`), 질문이 다른 것과 나란히 든 말(`ReLU와 tanh 가운데`). 나란히 든 것 가운데 고르는 빈칸이다.
"""

_BLOCKS = ("paragraph", "block_text", "list_item", "table_cell", "heading", "block_code")
_BLANKS = 3  # as many bold terms become blanks
_BOLD = lazy_compile(r"<(?P<tag>b|strong)\b[^>]*>", re.I)
_HIDDEN = "\0"
# What may follow a Korean noun in one word, so that it is still that noun: particles, and what makes it a verb.
_ENDINGS = rf"(?:(?:{PARTICLES})(?![가-힣])|들|(?:하|되|한|할|함|해|했|된|될|됨|돼|됐)[가-힣]*(?![가-힣]))"
_BEHIND_HANGUL = lazy_compile(rf"$|[^가-힣]|{_ENDINGS}")
_BEHIND_LATIN = lazy_compile(r"(?![a-z0-9])")
_ANYTHING = lazy_compile("")
_BEHIND = lazy_compile(rf"\s*{_HIDDEN}\s*[(\uff08](?P<gloss>[^()\uff08\uff09{_HIDDEN}]*)[)\uff09]")
_AROUND = lazy_compile(rf"(?P<gloss>[A-Za-z][A-Za-z -]*|[^\W_]+)\s?[(\uff08]{_HIDDEN}[)\uff09]")
# A translation is a few words in another script; names (`ReLU`, or the term `SGD`) have examples beside them.
_LATIN = lazy_compile(r"[A-Za-z][A-Za-z.'’/-]*(?: [A-Za-z.'’/-]+){0,4}")
_MIXED_CASE = lazy_compile(r"\S*[a-z]\S*[A-Z]\S*")
_LONGEST_GLOSS = 2  # words of a translation from English; more explain
# What joins a thing to another one of its kind.
_AND = r"(?:,|/|·|、|와|과|이나|나|랑|및|또는|혹은|(?<![a-z])(?:and|or|vs\.?|versus)|和|与|或)"
_AND_BEFORE = lazy_compile(rf"{_AND}\s*$")
_AND_BEHIND = lazy_compile(rf"\s*{_AND}(?![a-z가-힣])")


class _Piece(NamedTuple):
    """Words of a summary; ``is_bold`` where they may be a blank."""

    words: str
    span: Span
    is_bold: bool = False


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find blanks whose card shows their term elsewhere."""
    for pair in document.pairs:
        pieces = list(_pieces(pair.summary))
        first: dict[str, Span] = {}
        for piece in pieces:
            if piece.is_bold and len(first) < _BLANKS:
                first.setdefault(piece.words, piece.span)
        named = _named(pair.question, first)
        for term, span in first.items():
            if sum(map(str.isalpha, term)) < 2:
                continue
            shown = "".join(
                _HIDDEN if piece.is_bold and piece.words == term else piece.words for piece in pieces
            )
            reason = _reason(term, " ".join(shown.split()))
            if not reason and term in named:
                reason = Text("질문에 있다", "it stands in the question")
            if reason:
                message = Text(
                    f'빈칸 "{term}"의 답이 앞면에 보인다: {reason.ko}',
                    f'the front of the blank "{term}" shows it: {reason.en}',
                )
                yield Diagnostic(span, message)


def _named(question: str, terms: Iterable[str]) -> frozenset[str]:
    """The term that a question names; where it names several things, a blank is a choice among them."""
    asked = fold(question)
    found = {term: place for term in terms if (place := _find(fold(term), asked))}
    if len(found) != 1:
        return frozenset()
    (place,) = found.values()
    is_choice = _AND_BEFORE.search(asked, 0, place.start) or _AND_BEHIND.match(asked, place.end)
    return frozenset() if is_choice else frozenset(found)


def _reason(term: str, shown: str) -> Text | None:
    """Where a summary shows a term, if it does: ``shown`` has a NUL where the term is hidden."""
    if _find(fold(term), fold(shown)):
        return Text("핵심의 다른 곳에 있다", "it stands elsewhere in the summary")
    for match in (*_BEHIND.finditer(shown), *_AROUND.finditer(shown)):
        gloss = match["gloss"].strip()
        if _are_one(term, gloss):
            return Text(f'옆의 "{gloss}"', f'"{gloss}" beside it')
    return None


def _are_one(term: str, gloss: str) -> bool:
    """Whether a term and what stands beside it are translations or abbreviations of each other."""
    if has_cjk(term) == has_cjk(gloss):
        return _abbreviates(term, gloss) or _abbreviates(gloss, term)
    ours, latin = (term, gloss) if has_cjk(term) else (gloss, term)
    if not _LATIN.fullmatch(latin) or not all(is_cjk(c) or c == " " for c in ours):
        return False
    if " " not in latin and (_MIXED_CASE.fullmatch(latin) or (latin is term and term.isupper())):
        return False
    return ours is term or len(ours.split()) <= _LONGEST_GLOSS


def _abbreviates(short: str, long: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", long))
    return len(short) > 1 and initials.casefold().endswith(short.casefold())  # "a neural network (NN)"


def _find(term: str, text: str) -> Span | None:
    """Where a folded term stands first as a word of its own."""
    needs_gap = not has_cjk(term[0]) or is_hangul(term[0])
    if is_hangul(term[-1]):
        behind = _BEHIND_HANGUL
    else:
        behind = _ANYTHING if has_cjk(term[-1]) else _BEHIND_LATIN
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        if not (needs_gap and at and text[at - 1].isalnum()) and behind.match(text, end):
            return Span(at, end)
        at = text.find(term, at + 1)
    return None


def _pieces(nodes: Sequence[Node]) -> Iterator[_Piece]:
    """The words of blocks or inlines, bold ones for themselves."""
    end = 0
    closing = {node.raw.lower(): index for index, node in enumerate(nodes) if node.raw.startswith("</")}
    for index, node in enumerate(nodes):
        if index < end:
            continue
        inside: Sequence[Node] = node.children
        end = _closed_at(nodes, index, closing) + 1
        if end:
            inside = nodes[index + 1 : end]
        is_bold = node.kind == "strong" or bool(end)
        if is_bold and not any(below.kind == "strong" for other in inside for below in other.walk()):
            words = " ".join(plain_text(inside).split())
            last = inside[-1] if end and inside else node
            yield _Piece(words, Span(node.span.start, last.span.end), bool(words))
        elif inside:
            yield from _pieces(inside)
        else:
            yield _Piece(_shown(node), node.span)
        if node.kind in _BLOCKS:
            yield _Piece(" ", node.span)


def _closed_at(nodes: Sequence[Node], index: int, closing: Mapping[str, int]) -> int:
    """Where the tag ends that begins something bold at ``index``; -1 where there is none.

    ``closing`` says where each end tag stands last.
    """
    tag = _BOLD.fullmatch(nodes[index].raw) if nodes[index].kind == "inline_html" else None
    end = f"</{tag['tag'].lower()}>" if tag else ""
    if closing.get(end, -1) < index:
        return -1
    return next(at for at in range(index + 1, len(nodes)) if nodes[at].raw.lower() == end)


def _shown(leaf: Node) -> str:
    """The words of a leaf; none of what is no prose, and a blank for what parts words."""
    if leaf.kind in ("inline_math", "block_math", "inline_html", "block_html", "image"):
        return ""
    return plain_text([leaf]) or " "


RULE = Rule("D007", "given-away-blank", Severity.WARNING, check)
