"""Markup of another program: `[[note]]`, `==marked==`, `{width=300}`, `> [!NOTE] title`.

Obsidian, pandoc, kramdown, MyST and others read more markup than GitHub does. GitHub shows it as it is written: a
picture becomes `![[graph.png]]`, a highlight a row of equals signs, and a callout with a title of its own, or of a
kind other than NOTE, TIP, IMPORTANT, WARNING and CAUTION, a quote that begins with `[!NOTE]`.

Write a link, a picture, bold words or HTML instead, or tell the configuration that the documents are written in that
dialect: `dialect = ["wiki-links", "highlights", "attributes", "callouts"]`, each word for the markup of its kind. The
fix puts a callout's title on a line of its own, where it stands between GitHub's alert and its text, unless it would
be something else there (`> [!NOTE] # 1`).

Not found: what stands in code, math, links and HTML; lists and comparisons of programs (`[[1, 2], [3, 4]]`, `x[[0]]`,
`[[ -f file ]]`, `[[nodiscard]]`, `a == b == c`, `'a'=='b'`), and equals signs between words
(`이것은==강조==다`), which may be comparisons; `{x}` that names neither a class, an id nor a value.

Bad:

    ![[오차 그래프.png]]

    ==과적합==은 [[일반화|일반화 성능]]이 낮은 상태다.

Bad:

    ![오차 그래프](error.png){width=300}

Bad:

    > [!NOTE] 알아 두기
    > 배치가 작으면 잡음이 크다.

Good:

    ![오차 그래프](error.png)

    **과적합**은 [일반화 성능](#일반화)이 낮은 상태다. `[[0]]`은 코드다.

    > [!NOTE]
    > 배치가 작으면 잡음이 크다.

    ## 일반화

    본 적 없는 데이터를 맞히는 것이다.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dlcards.document.once import nodes_of
from dlcards.document.prose import masked_block, prose_with
from dlcards.document.text import has_hangul, is_hangul, line_of, shown
from dlcards.linter.rules.markup.shared_callouts import Callout, callouts
from dlcards.markdown import parse
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
다른 프로그램의 문법이다. `[[노트]]`, `==강조==`, `{width=300}`, `> [!NOTE] 제목`을 찾는다.

Obsidian, pandoc, kramdown, MyST 따위는 GitHub보다 많은 문법을 읽는다. GitHub는 그것을 적힌 그대로 보인다. 그림은 `![[그래프.png]]`라는 글자로, 형광펜은 등호 줄로, 제목을 붙였거나 NOTE, TIP, IMPORTANT, WARNING, CAUTION이 아닌 콜아웃은 `[!NOTE]`로 시작하는 인용으로 남는다.

링크, 그림, 굵은 글씨, HTML로 적거나, 문서를 그 방언으로 쓴다고 설정에 적는다. `dialect = ["wiki-links", "highlights", "attributes", "callouts"]`에서 낱말 하나가 한 갈래다. `--fix`는 콜아웃의 제목을 다음 줄로 내린다. 그러면 GitHub가 알림으로 보이고 제목은 글의 첫 줄이 된다. 제목이 거기서 다른 것이 되면(`> [!NOTE] # 1`) 고치지 않는다.

찾지 않는 것: 코드, 수식, 링크, HTML 안의 것. 프로그램의 목록과 비교(`[[1, 2], [3, 4]]`, `x[[0]]`, `[[ -f file ]]`, `[[nodiscard]]`, `a == b == c`, `'a'=='b'`). 비교일 수 있는, 낱말 사이의 등호(`이것은==강조==다`). 클래스도 id도 값도 아닌 `{x}`.
"""

# A note's name: words, not a list of values, an index or a test of a shell.
_WIKI_LINK = lazy_compile(
    r"(?P<embed>!)?\[\[(?P<note>[^\s\[\]|\0](?:[^\n\[\]|\0]*[^\s\[\]|\0])?)"
    r"(?P<words>(?:\||\0\0)[^\s|\[\]\0][^\n|\[\]\0]*)?\]\](?![\[(\]])"
)
_NAME = lazy_compile(r"[A-Z]\w*[a-z][\w-]*|[A-Za-z][\w-]*(?: [\w(-][\w.,)-]*)+")
_VALUES = lazy_compile(r"[\"'=;&<>$]|,\s*-?\d|^-?\d[\d.,\s-]*$")

_PARTICLE = r"(?:은|는|이|가|을|를|의|로|으로|와|과|도|만|이나|나|란|이란)(?![가-힣])"
_HIGHLIGHT = lazy_compile(
    rf"==(?!{_PARTICLE})(?=[^\W_]|[*_\"'“‘(\[\0])(?P<words>[^=\n]*[^\s=(\[“‘「『《〈])==(?!=)"
)
# What may stand before a highlight: nothing, a blank, an opening bracket, a mark that parts sentences. A straight
# quotation mark may end as well as begin, and so belong to an operand: `'a'=='b'`.
_OPENING = frozenset("([{“‘「『《〈")
_BEGINNINGS = frozenset({"", *" \t\n,·:;.>|-–—/", *_OPENING})
_NO_END = frozenset("\0\"'“‘「『《〈=")
_CODE = lazy_compile(r"&&|\|\||[;{}!<>]|\breturn\b")

_ATTRIBUTE = r"(?:[#.][^\W\d][\w-]*|[A-Za-z][\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}=]+))"
_LIST = rf"(?<!\{{)\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}(?!\}})"
_ATTRIBUTES = lazy_compile(_LIST)
_OWN_LINE = lazy_compile(rf"(?m)^[ \t>]*(?P<list>{_LIST}|\{{:toc\}})[ \t\r]*$")
_AT_END = lazy_compile(rf"(?P<list>{_LIST})\s*\Z")
_BRACKETED = lazy_compile(rf"\](?P<list>{_LIST})")
_MARKED = frozenset({"image", "link", "strong", "emphasis", "strikethrough", "codespan"})

_ALERTS = frozenset({"note", "tip", "important", "warning", "caution"})
_DIRECTIVE = lazy_compile(
    r"(?m)^[ \t>]*(?P<mark>:{3,}[ \t]*(?:\{[\w.# -]+\}|[a-z][\w-]*)|!!![ \t]+[a-z]+|\?{3}\+?[ \t]+[a-z]+)"
)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find markup of the dialects that the project does not say it is written in."""
    found: list[Diagnostic] = []
    for dialect, find in _FINDERS.items():
        if dialect not in context.config.dialect:
            found += find(document)
    yield from sorted(found, key=lambda diagnostic: diagnostic.span)


def _wiki_links(document: Document) -> Iterator[Diagnostic]:
    for block in prose_with(document, "[["):
        words = masked_block(document, block)
        for match in _WIKI_LINK.finditer(words):
            if _is_note(match, words[max(match.start() - 1, 0) : match.start()]):
                place = _place(block, match.span())
                said = shown(place.of(document.text))
                yield Diagnostic(
                    place,
                    Text(f"GitHub는 위키 링크를 읽지 않는다: {said}", f"GitHub knows no wiki links: {said}"),
                    cause="wiki-links",
                )


def _is_note(match: re.Match[str], before: str) -> bool:
    """Whether double brackets hold the name of a note, not values of a program."""
    note = match["note"]
    # Right behind a word or a bracket they are an index; a Korean word may touch a link.
    is_index = before in (")", "]") or (before.isalnum() and not is_hangul(before))
    if is_index or _VALUES.search(note):
        return False
    return bool(match["embed"] or match["words"] or has_hangul(note) or _NAME.fullmatch(note))


def _highlights(document: Document) -> Iterator[Diagnostic]:
    for block in prose_with(document, "=="):
        words, at = masked_block(document, block), 0
        while match := _HIGHLIGHT.search(words, at):
            if not _is_highlight(match, words):
                at = match.start() + 2
                continue
            at = match.end()
            place = _place(block, match.span())
            said = shown(place.of(document.text))
            yield Diagnostic(
                place,
                Text(f"GitHub는 형광펜을 모른다: {said}", f"GitHub knows no highlights: {said}"),
                cause="highlights",
            )


def _is_highlight(match: re.Match[str], visible: str) -> bool:
    """Whether marks stand around words of a sentence, not between the operands of two comparisons."""
    start, end = match.span()
    while start and visible[start - 1] in "*_~":
        start -= 1
    while end < len(visible) and visible[end] in "*_~":
        end += 1
    before, after = visible[max(start - 1, 0) : start], visible[end : end + 1]
    if _CODE.search(match["words"]) or after in _NO_END:
        return False
    if before in _BEGINNINGS:
        return not after.isalnum() or is_hangul(after)
    # Behind a word, too, but not between two: `객체==객체 비교`. What is emphasised there is an operand.
    is_word = is_hangul(before) and start == match.start()
    return is_word and not after.isalnum() and after not in _OPENING


def _attributes(document: Document) -> Iterator[Diagnostic]:
    places: set[Span] = set()
    for block in prose_with(document, "{"):
        places.update(_attribute_lists(document, block))
    for node in nodes_of(document, "block_code"):
        info = node.str_attr("info").strip()
        if info.startswith("{") or _ATTRIBUTES.search(info):
            line = line_of(document, node)
            start = line.start + line.of(document.text).index("{")
            places.add(Span(start, line.end))
    for place in places:
        said = shown(place.of(document.text))
        message = Text(
            f"GitHub는 속성 목록을 읽지 않는다: {said}", f"GitHub knows no lists of attributes: {said}"
        )
        yield Diagnostic(place, message, cause="attributes")


def _attribute_lists(document: Document, block: Node) -> Iterator[Span]:
    words = masked_block(document, block)
    for node in block.walk():
        at = node.span.end - block.span.start
        if node.kind in _MARKED and (match := _ATTRIBUTES.match(words, at)):
            yield _place(block, match.span())
    if block.kind == "heading":
        patterns = [_BRACKETED, _AT_END]
    else:
        patterns = [_BRACKETED, _OWN_LINE]
        last = _AT_END.search(words)
        # At the end of a sentence a value may be meant (`{lr=0.1}`); a class or an id is not.
        if last and last["list"][1] in ":#.":
            yield _place(block, last.span("list"))
    for pattern in patterns:
        for match in pattern.finditer(words):
            yield _place(block, match.span("list"))


def _callouts(document: Document) -> Iterator[Diagnostic]:
    for callout in callouts(document):
        if diagnostic := _callout(document, callout):
            yield diagnostic
    for block in prose_with(document, ":::", "!!!", "???"):
        found = _DIRECTIVE.finditer(masked_block(document, block)) if block.kind == "paragraph" else ()
        for match in found:
            place = _place(block, match.span("mark"))
            said = shown(place.of(document.text))
            message = Text(f"GitHub는 이 블록을 모른다: {said}", f"GitHub knows no such block: {said}")
            yield Diagnostic(place, message, cause="callouts")


def _callout(document: Document, callout: Callout) -> Diagnostic | None:
    text = document.text
    label, has_title = callout.label.of(text), callout.title.start < callout.title.end
    if callout.kind.lower() not in _ALERTS:
        why = Text(
            f"GitHub에는 {label} 알림이 없어 인용으로 보인다",
            f"GitHub has no alert {label} and shows a quote",
        )
    elif not callout.is_outermost:
        why = Text(
            f"GitHub는 다른 블록 안의 {label}을 알림으로 보이지 않는다",
            f"GitHub shows no alert inside of another block: {label}",
        )
    elif has_title or callout.fold.of(text):
        why = Text(
            f"GitHub는 {label}만 있는 줄이라야 알림으로 보인다",
            f"GitHub shows an alert only where {label} stands alone on its line",
        )
        place = Span(callout.label.start, callout.title.end)
        return Diagnostic(place, why, _alone(document, callout), cause="callouts")
    else:
        return None
    return Diagnostic(Span(callout.label.start, callout.title.end), why, cause="callouts")


def _alone(document: Document, callout: Callout) -> Fix | None:
    """The label alone on its line; None where its title would become something else on a line of its own."""
    text, quote, title = document.text, callout.quote, callout.title
    if title.of(text) in ("", "\\"):
        edit = Edit(Span(callout.fold.start, title.end), "")
    else:
        line = document.line_span(callout.label.start)
        lead = Span(line.start, callout.label.start).of(text)
        edit = Edit(Span(callout.fold.start, title.start), f"{document.newline}{lead}")
    before, behind = Span(quote.span.start, edit.span.start), Span(edit.span.end, quote.span.end)
    mended = f"{before.of(text)}{edit.text}{behind.of(text)}"
    return Fix((edit,), frozenset({Aspect.BREAKS})) if _shape(mended) == _shape(quote.span.of(text)) else None


def _shape(source: str) -> list[str]:
    """The blocks and inlines of a source, in order, but text and where its lines end."""
    kinds = (node.kind for block in parse(source) for node in block.walk())
    return [kind for kind in kinds if kind not in ("text", "softbreak", "linebreak")]


def _place(block: Node, span: tuple[int, int]) -> Span:
    """The place in the document of a span in a block's visible text."""
    return Span(block.span.start + span[0], block.span.start + span[1])


_FINDERS: dict[str, Callable[[Document], Iterator[Diagnostic]]] = {
    "wiki-links": _wiki_links,
    "highlights": _highlights,
    "attributes": _attributes,
    "callouts": _callouts,
}

RULE = Rule("M016", "foreign-markup", Severity.NOTE, check, fixable=True)
