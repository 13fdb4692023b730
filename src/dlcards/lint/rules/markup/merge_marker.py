"""Marks that a merge has left behind: `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`.

Two versions of a passage stand one after the other, and which of them holds nobody knows. Markdown makes something of
the marks, too: `=======` turns the paragraph above it into a heading, `>>>>>>>` is a quote in a quote. The question
stays out of the deck until somebody has decided.

Keep one version, or make one of both, and delete the marks. There is no fix: which version is right can't be told.

Not found: what stands in code, and `=======` on its own, which underlines a heading.

Bad:

    <<<<<<< HEAD
    학습률은 0.1이다.
    =======
    학습률은 0.01이다.
    >>>>>>> feature

Good:

    학습률은 0.01이다.

    ```text
    <<<<<<< HEAD
    학습률은 0.1이다.
    =======
    학습률은 0.01이다.
    >>>>>>> feature
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text

KO = """
병합하다가 남은 표시다. `<<<<<<< ours`, `||||||| base`, `=======`, `>>>>>>> theirs`를 찾는다.

한 대목의 두 판이 잇달아 남아 어느 것이 맞는지 알 수 없다. 마크다운은 이 표시도 제 식으로 읽어서, `=======`은 위의 문단을 제목으로 만들고 `>>>>>>>`은 인용 속의 인용이 된다. 정하기 전까지 그 질문은 덱에 들어가지 않는다.

한쪽을 남기거나 둘을 하나로 고쳐 쓰고 표시를 지운다. 어느 판이 옳은지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 코드 안의 것, 제목의 밑줄로 홀로 선 `=======`.
"""

# As git writes them: seven signs at the start of a line, then a blank and whose version it is.
_MARK = re.compile(
    r"^(?:(?P<ours><{7})|(?P<base>\|{7})|(?P<middle>={7})|(?P<theirs>>{7}))(?:[ \t][^\r\n]*)?(?=\r?$)", re.M
)
_CODE = frozenset({"block_code", "codespan", "block_math", "inline_math"})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find lines that mark the sides of a merge."""
    text = document.text
    found = list(_MARK.finditer(text))
    if not any(match["ours"] or match["theirs"] for match in found):
        return
    code = [node.span for node in document.nodes() if node.kind in _CODE]
    marks = [m for m in found if not any(span.start <= m.start() < span.end for span in code)]
    for index, match in enumerate(marks):
        if not (match["ours"] or match["theirs"]) and not _is_between(marks, index):
            continue
        line = Span(*match.span())
        said = shown(line.of(text))
        message = Text(f"병합하다가 남은 표시다: {said}", f"a mark that a merge has left behind: {said}")
        yield Diagnostic(line, message)


def _is_between(marks: list[re.Match[str]], index: int) -> bool:
    """Whether a line that may also be a heading's underline or a table's stands between the sides of a merge."""
    before = next((m for m in reversed(marks[:index]) if m["ours"] or m["theirs"]), None)
    after = next((m for m in marks[index + 1 :] if m["ours"] or m["theirs"]), None)
    return bool((before and before["ours"]) or (after and after["theirs"]))


RULE = Rule("M019", "merge-marker", Severity.ERROR, check)
