"""A code fence that does not say what language it holds.

GitHub and the cards colour code by the word behind the fence. Without it the code stays grey, and this linter
can't check it (M008).

Write the language behind the opening fence: `python`, `bash`, `sql`; `text` for output and drawings. There is no
fix: a guess that is wrong colours nonsense.

Not found: indented code, which can't name a language, and a language that is named and wrong.

Bad:

    ```
    x = 1
    ```

Good:

    ```python
    x = 1
    ```

    ```text
    1
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = """
어떤 언어인지 적지 않은 코드 울타리다.

GitHub와 카드는 울타리 뒤의 낱말을 보고 코드에 색을 입힌다. 없으면 코드가 흑백으로 남고, 이 린터도 코드를 검사하지 못한다(M008).

여는 울타리 뒤에 언어를 적는다. `python`, `bash`, `sql` 따위이고, 출력이나 그림은 `text`다. 잘못 짐작하면 엉뚱한 색이 입혀지므로 자동으로 고치지 않는다.

찾지 않는 것: 언어를 적을 자리가 없는 들여쓰기 코드, 틀리게 적은 언어.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fenced code without an info string."""
    for node in nodes_of(document, "block_code"):
        is_fence = bool(node.str_attr("marker"))
        if is_fence and node.raw.strip() and not node.str_attr("info").strip():
            message = Text("코드 울타리에 언어가 없다", "code fence without a language")
            start = document.text.index(node.str_attr("marker"), node.span.start)
            yield Diagnostic(Span(start, line_of(document, node).end), message, cause="no-language")


RULE = Rule("M007", "code-language", Severity.NOTE, check)
