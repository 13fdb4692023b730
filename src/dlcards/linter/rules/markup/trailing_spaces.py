"""Two blanks at the end of a line: a line break that nobody sees in the source.

Editors and formatters remove such blanks, and the break is gone; at the end of a paragraph they do nothing,
though whoever typed them probably wanted a break there.

The fix writes a break that shows, a backslash at the end of the line, and removes blanks that do nothing. The
page stays as it is.

Not found: blanks at the end of headings, tables, code and callouts' labels (`> [!NOTE]`), and a single blank, which
never breaks a line. Behind a bare address there is no fix, since a backslash would become part of the address.

Bad:

    첫째 줄이다.\u0020\u0020
    둘째 줄이다.

Good:

    첫째 줄이다.\u005c
    둘째 줄이다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.linter.rules.markup.shared_callouts import callouts
from dlcards.model import Context, Diagnostic, Document, Edit, Fix, Node, Rule, Severity, Span, Text

KO = r"""
줄 끝의 공백 둘이다. 원문에서는 보이지 않는 줄바꿈이다.

편집기와 정리 도구는 이런 공백을 지우고, 그러면 줄바꿈도 사라진다. 문단 끝에서는 아무 일도 하지 않는데, 적은 사람은 줄을 바꾸려 했을 것이다.

`--fix`는 줄바꿈이 되는 공백은 보이는 표기인 줄 끝의 역슬래시로 바꾸고, 아무 일도 하지 않는 공백은 지운다. 페이지는 그대로다.

찾지 않는 것: 제목, 표, 코드, 콜아웃 이름표(`> [!NOTE]`)의 줄 끝 공백과 줄바꿈이 되지 않는 공백 하나. 맨 주소 뒤에서는 역슬래시가 주소에 붙으므로 고치지 않는다.
"""

_BLOCKS = ("paragraph", "block_text")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find hard breaks made of blanks, and blanks at the end of paragraphs."""
    # Blanks behind a callout's label do no harm, but a backslash there would be its title.
    labels = {callout.title.end for callout in callouts(document) if callout.title.start == callout.title.end}
    for node in document.nodes():
        for index, child in enumerate(node.children):
            if child.kind == "linebreak" and document.line_span(child.span.start).end not in labels:
                yield from _break(document, child, node.children[index - 1] if index else None)
        if node.kind in _BLOCKS and node.children:
            yield from _end(document, node)


def _break(document: Document, node: Node, before: Node | None) -> Iterator[Diagnostic]:
    blanks = Span(node.span.start, document.line_span(node.span.start).end)
    written = blanks.of(document.text)
    if not written or written.strip(" "):
        return
    message = Text("줄 끝의 공백 둘이 줄을 바꾼다", "two blanks at the end of the line break it")
    takes_backslash = before is None or not (before.raw.endswith("\\") or _ends_in_address(before))
    fix = Fix((Edit(blanks, "\\"),)) if takes_backslash else None
    yield Diagnostic(blanks, message, fix, cause="break")


def _ends_in_address(node: Node) -> bool:
    words = node.raw.split() if node.kind == "text" else []
    return bool(words) and ("://" in words[-1] or words[-1].startswith("www."))


def _end(document: Document, block: Node) -> Iterator[Diagnostic]:
    last = block.children[-1].span.end
    blanks = Span(last, document.line_span(last).end)
    written = blanks.of(document.text)
    if len(written) > 1 and not written.strip(" "):
        message = Text(
            "문단 끝의 공백은 줄을 바꾸지 않는다", "blanks at the end of a paragraph break no line"
        )
        yield Diagnostic(blanks, message, Fix((Edit(blanks, ""),)), cause="end")


RULE = Rule("M010", "trailing-spaces", Severity.WARNING, check, fixable=True, default=False)
