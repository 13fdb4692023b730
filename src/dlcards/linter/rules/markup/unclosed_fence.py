"""A code fence that is opened and never closed.

Everything below it, up to the end of the document or of the list item, is shown as code: questions,
links, pictures.

Close it with at least as many of the same marks as opened it. A fence of three backticks that ends in
two is not closed. In a list item or a quote the code and its last fence must be indented, or marked, as
the first fence is: a line at the margin ends the item, and the fence below it opens another block.

It is but a note where the document ends in code and nothing else was swallowed: the page looks the same.

Not found: a fence that is closed too late, by the opening mark of the next one.

Bad:

    ```python
    x = 1

    The text goes on.

Bad:

    - A loop:

      ```python
    for step in range(3):
        print(step)
      ```

    The text goes on.

Good:

    ```python
    x = 1
    ```

    The text goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dlcards.document.once import nodes_of
from dlcards.document.swallowed import open_fences, swallowed
from dlcards.document.text import line_of, shown
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Span, Text, lazy_compile

KO = """
열고 닫지 않은 코드 울타리다.

그 아래가 문서나 목록 항목의 끝까지 모두 코드로 보인다. 질문도 링크도 그림도 사라진다.

연 것과 같은 기호를 같은 개수 이상 써서 닫는다. 백틱 셋으로 연 울타리는 둘로 닫히지 않는다. 목록 항목이나 인용 안에서는 코드와 닫는 울타리도 여는 울타리처럼 들여 쓰거나 `>`를 붙인다. 왼쪽 끝에서 시작한 줄은 항목을 끝내고, 그 아래의 울타리는 새 코드를 연다.

문서가 코드로 끝나고 달리 삼킨 것이 없으면 닫았을 때와 똑같이 보이므로 참고로만 알린다.

찾지 않는 것: 다음 울타리를 여는 기호 때문에 뒤늦게 닫힌 울타리.
"""

# What shows that more than code was swallowed: a heading, a list, a quote, a link, bold words, HTML, a sentence.
_PROSE = lazy_compile(
    r"(?m)^\s*(?:#{1,6}|[-*+>]|\d+[.)])\s|\]\(|\*\*\S|</?(?:details|summary|br|b|p|div|a|img|h\d)\b|[^\W\d_] [^\W\d_]+ [^\W\d_]+ [^\W\d_]+ [^\W\d_]"
    r"|^\s*[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
)

_COMMENT = lazy_compile(r"//.*|/\*[\s\S]*?\*/")

# What a fence may stand in, and its code not leave.
_CONTAINERS = frozenset({"block_quote", "list_item", "footnote_definition"})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fenced code that nothing closes."""
    if all(node.attrs.get("closed") for node in nodes_of(document, "block_code") if node.str_attr("marker")):
        return
    left_open: tuple[Node, tuple[Node, ...]] | None = None
    for node, containers in _fences(document.blocks, ()):
        if node.attrs.get("closed"):
            left_open = None
        elif left_open and _is_end_of(*left_open, node, containers):
            left_open = None  # one mistake, which is already found
        else:
            left_open = node, containers
            marker = node.str_attr("marker")
            hint = _where_to_close(document, node, context)
            message = Text(
                f'코드 울타리 "{marker}"가 닫히지 않았다{hint.ko}',
                f'the code fence "{marker}" is never closed{hint.en}',
            )
            start = document.text.index(marker, node.span.start)
            # Code that the document ends in looks the same with its fence closed.
            is_last = not containers and not document.text[node.span.end :].strip()
            milder = Severity.NOTE if is_last and not _PROSE.search(_COMMENT.sub("", node.raw)) else None
            yield Diagnostic(Span(start, line_of(document, node).end), message, severity=milder)


def _where_to_close(document: Document, node: Node, context: Context) -> Text:
    """What to add about the line before which the fence was meant to be closed: that of a heading below it.

    A line that begins with a single sharp is a comment in many languages.
    """
    inner = swallowed(document, context.config)[open_fences(document).index(node)]
    below = [heading for heading in inner.headings if heading.level > 1]
    if not below:
        return Text("", "")
    first = document.text.count("\n", 0, node.span.start) + 2  # the line below the fence
    line = first + node.raw.count("\n", 0, below[0].node.span.start)
    title = shown(below[0].text)
    return Text(
        f'. {line}행의 제목 "{title}"부터는 코드가 아닌 듯하니 그 앞에서 닫는다',
        f'; line {line}, the heading "{title}", looks like no code: close it before',
    )


def _fences(nodes: Iterable[Node], containers: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The fenced code among ``nodes`` and in them, in order, with the containers that it stands in."""
    for node in nodes:
        if node.kind == "block_code":
            if node.str_attr("marker"):
                yield node, containers
        else:
            inner = (*containers, node) if node.kind in _CONTAINERS else containers
            yield from _fences(node.children, inner)


def _is_end_of(first: Node, around_first: tuple[Node, ...], node: Node, around: tuple[Node, ...]) -> bool:
    """Whether ``node`` was meant to close ``first`` and opens code itself, since it stands outside its item."""
    if node.str_attr("info") or not node.str_attr("marker").startswith(first.str_attr("marker")):
        return False
    if len(around) < len(around_first):
        return all(one is other for one, other in zip(around, around_first, strict=False))
    # A line without its mark cuts a quote in two, and the second half ends with the fence.
    return (
        [container.kind for container in around] == [container.kind for container in around_first]
        and around[-1].kind == "block_quote"
        and around[:-1] == around_first[:-1]
        and not node.raw.strip()
    )


RULE = Rule("M006", "unclosed-fence", Severity.ERROR, check)
