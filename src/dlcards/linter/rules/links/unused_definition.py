"""A definition, `[label]: https://…`, that no link uses.

The page shows nothing of a definition. Either it is left over, or it was meant to be seen: a source that
is given only as `[1]: https://…` is invisible to every reader.

The fix removes the definition's lines. Where the document does not use a single definition, or where a
link asks for a label that nothing defines (L003), the definition may have been meant: there is no fix,
write the link that was forgotten.

Not found: comments written as definitions (`[//]: # (…)`), footnotes.

Bad:

    [He 초기화][he]는 ReLU에 맞춘 값이다.

    [he]: https://arxiv.org/abs/1502.01852
    [glorot]: https://proceedings.mlr.press/v9/glorot10a.html

Bad:

    배치 정규화는 층마다 입력의 분포를 고르게 한다.

    [1]: https://arxiv.org/abs/1502.03167

Good:

    [He 초기화][he]는 ReLU에 맞춘 값이다.

    [he]: https://arxiv.org/abs/1502.01852
    [//]: # (다음에 Glorot 초기화도 다룬다)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlcards.document.once import nodes_of
from dlcards.document.text import shown
from dlcards.linter.rules.links import undefined_reference
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    LinkKind,
    Node,
    Related,
    Rule,
    Severity,
    Span,
    Text,
)

KO = """
어느 링크도 쓰지 않는 정의 `[라벨]: https://…`가 있다.

정의는 페이지에 보이지 않는다. 지우다 만 것이거나, 보이라고 적은 것이다. 출처를 `[1]: https://…`로만 적어 두면 아무도 보지 못한다.

`--fix`는 정의가 적힌 줄을 지운다. 문서가 정의를 하나도 쓰지 않거나 정의되지 않은 라벨을 찾는 링크(L003)가 있으면 뜻이 있어 적은 것일 수 있으므로 지우지 않는다. 빠뜨린 링크를 적는다.

찾지 않는 것: 정의 꼴로 적은 주석(`[//]: # (…)`), 각주.
"""

# Blocks that a blank line does not keep apart once the definition between them is gone.
_MERGING = ("list", "block_code", "footnote_definition")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find definitions whose label no link or picture names."""
    definitions = nodes_of(document, "definition")
    if not definitions:
        return
    urls = {link.span: link.url for link in document.links if link.kind is LinkKind.DEFINITION}
    firsts: dict[str, Node] = {}
    for node in definitions:
        firsts.setdefault(_key(node.str_attr("label")), node)
    labels, strangers = _used(document, firsts)
    is_removable = bool(labels) and not any(undefined_reference.check(document, context))
    edits = dict(_edits(document)) if is_removable else {}
    for node in definitions:
        label, url = node.str_attr("label"), urls.get(node.span, "")
        first = firsts[_key(label)]
        if url in ("", "#") or label in ("//", "comment"):
            continue
        related: tuple[Related, ...] = ()
        edit = edits.get(node.span)
        if node is not first:
            message = Text(
                f"앞에서 이미 정의되어 이 정의는 쓰이지 않는다: [{shown(label)}]",
                f"[{shown(label)}] is defined before, so this definition is not used",
            )
            related = (Related(first.span, Text("처음 것은 여기", "the first one is here")),)
            edit = edit if url == urls.get(first.span) else None
        elif _key(label) not in labels and url not in strangers:
            message = Text(
                f"쓰이지 않는 정의라 페이지에 보이지 않는다: [{shown(label)}]",
                f"unused definition, which the page does not show: [{shown(label)}]",
            )
        else:
            continue
        fix = Fix((edit,), frozenset({Aspect.WORDS})) if edit else None
        yield Diagnostic(_line(document, node), message, fix, related)


def _used(document: Document, firsts: dict[str, Node]) -> tuple[set[str], set[str]]:
    """The labels that links name, and the addresses of links whose label can't be told."""
    labels, strangers = set(), set()
    by_span = {link.span: link.url for link in document.links if link.by_reference}
    for node in nodes_of(document, "link", "image"):
        if node.span in by_span:
            start = node.span.start + (2 if node.kind == "image" else 1)
            bracket = node.children[-1].span.end if node.children else start
            words, tail = document.text[start:bracket], document.text[bracket : node.span.end]
            label = tail[2:-1] if tail.startswith("][") and tail != "][]" else words
            if _key(label) in firsts:
                labels.add(_key(label))
            else:
                strangers.add(by_span[node.span])
    return labels, strangers


def _edits(document: Document) -> Iterator[tuple[Span, Edit]]:
    """How to remove each definition that stands between blocks of the document, if that is safe."""
    blocks = document.blocks
    before = _neighbours(blocks)
    after = list(reversed(_neighbours(blocks[::-1])))
    for index, block in enumerate(blocks):
        previous = blocks[index - 1].kind if index else ""
        following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
        is_apart = previous in ("", "blank_line", "definition", "heading")
        would_merge = before[index] in _MERGING and after[index] in _MERGING
        # At the top of the file, `---` would begin front matter.
        if block.kind == "definition" and is_apart and not would_merge and following != "thematic_break":
            end = blocks[index + 1].span.end if previous == following == "blank_line" else block.span.end
            yield block.span, Edit(Span(block.span.start, end), "")


def _neighbours(blocks: Sequence[Node]) -> list[str]:
    """For each block, the kind of the last one before it that a page shows."""
    kinds, last = [], ""
    for block in blocks:
        kinds.append(last)
        if block.kind not in ("blank_line", "definition"):
            last = block.kind
    return kinds


def _line(document: Document, node: Node) -> Span:
    return Span(node.span.start, max(node.span.start, document.line_span(node.span.start).end))


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


RULE = Rule("L007", "unused-definition", Severity.NOTE, check, fixable=True)
