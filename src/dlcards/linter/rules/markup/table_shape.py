r"""A row of a table with more or fewer cells than the table's head.

GitHub drops the cells that are too many: their words are gone from the page and from the card. Missing ones are
filled with empty cells, so that a value may stand in the wrong column. A line right under the table, without a
blank line, becomes a row, too.

Missing cells at the end of a row are a note: GitHub draws them empty, which mostly is what was meant.

Count the bars. A bar that belongs into a cell is written `\|`, also in code and math; a cell that is meant to be
empty is written `| |`; what does not belong to the table needs a blank line before it.

Not found: a head that is wrong itself, since then there is no table, and tables written in HTML.

Bad:

    | 함수 | 최댓값 |
    |---|---|
    | sigmoid | 1 |
    | tanh | 1 | 기울기는 1 이하 |

Bad:

    | 함수 | 최댓값 |
    |---|---|
    | sigmoid | 1 |
    이처럼 출력은 1을 넘지 않는다.

Good:

    | 함수 | 최댓값 |
    |---|---|
    | sigmoid | 1 |
    | ReLU | |
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Text

KO = r"""
표의 머리와 칸 수가 다른 행이다.

GitHub는 남는 칸을 버린다. 거기 적은 말은 페이지에서도 카드에서도 사라진다. 모자란 칸은 빈칸으로 채우므로 값이 엉뚱한 열에 놓일 수 있다. 빈 줄 없이 표 바로 아래에 적은 글도 행이 된다.

행 끝에 모자란 칸은 참고로만 알린다. GitHub가 빈칸으로 그리고, 대개는 그것이 뜻한 바다.

막대를 센다. 칸 안에 넣을 막대는 코드와 수식에서도 `\|`로 적고, 비워 둘 칸은 `| |`로 적으며, 표가 아닌 글은 빈 줄을 두고 적는다.

찾지 않는 것: 머리부터 틀려서 표가 되지 못한 것, HTML로 쓴 표.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find rows whose number of cells is not that of the head."""
    for table in nodes_of(document, "table"):
        columns = len(table.children[0].children)
        for row in table.children[1:]:
            cells = row.attrs["cells"]
            assert isinstance(cells, int)
            if cells != columns:
                # A line of text that became a row hurts; an empty last column left off does not.
                is_short = cells < columns and "|" in row.span.of(document.text)
                yield Diagnostic(
                    line_of(document, row),
                    _message(document, row, cells, columns),
                    cause="short" if is_short else "",
                    severity=Severity.NOTE if is_short else None,
                )


def _message(document: Document, row: Node, cells: int, columns: int) -> Text:
    if "|" not in row.span.of(document.text):
        return Text(
            "표 바로 아래의 글이 표의 행이 되었다", "the text right under the table became a row of it"
        )
    if cells > columns:
        ko = f"칸이 {cells}개라서 표의 {columns}열을 넘는 칸은 보이지 않는다"
        return Text(ko, f"{cells} cells in a table of {columns} columns: the rest is not shown")
    ko = f"칸이 {cells}개뿐이라 표의 {columns}열에 모자란다"
    return Text(ko, f"only {cells} cells in a table of {columns} columns")


RULE = Rule("M012", "table-shape", Severity.WARNING, check)
