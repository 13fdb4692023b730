"""A question has no answer: nothing stands between it and its references.

A reader who opens the question finds nothing, and no card can be made of it.

What counts as nothing: blank lines, rules, `<br>`, comments, a line that leads back to the top, a
bare `Answer:`; and what no card shows: a film, a sound, a frame, a drawing of HTML (`<video>`, `<audio>`,
`<iframe>`, `<svg>`). To mend it, write the answer below the question. Where none of a document's questions is
answered, it is an index of questions: that is told once, as a note.

Not found: an answer that is there but says nothing (that is Q002 for known placeholder words).

Bad:

    ## #1

    #### What is deep learning?

    <br>

    #### References

    - [LeCun et al. (2015)](https://doi.org/10.1038/nature14539)

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    #### References

    - [LeCun et al. (2015)](https://doi.org/10.1038/nature14539)
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.answers import answers, is_index
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
질문과 참고 자료 사이에 답이 없다.

읽는 사람은 질문만 보고 돌아서고, 카드도 만들어지지 않는다.

빈 줄, 가로줄, `<br>`, 주석, "맨 위로" 같은 이동 줄, 내용 없는 `답변:`은 답으로 치지 않는다. 카드에 나오지 않는 HTML의 동영상, 소리, 프레임, 그림(`<video>`, `<audio>`, `<iframe>`, `<svg>`)도 그렇다. 질문 아래에 답을 쓰면 된다. 답한 질문이 하나도 없는 문서는 질문의 목록으로 보고 참고로 한 번만 알린다.

찾지 않는 것: 글은 있으나 내용이 없는 답. 알려진 자리표시자라면 Q002가 찾는다.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find questions without an answer."""
    is_list = is_index(document, context.config)
    cause, severity = ("index of questions", Severity.NOTE) if is_list else ("", None)
    for pair, blocks, _ in answers(document, context.config):
        if pair.question_node and not blocks:
            message = Text(f"#{pair.id}: 답이 없다", f"#{pair.id} has no answer")
            yield Diagnostic(pair.place, message, cause=cause, severity=severity)


RULE = Rule("Q001", "missing-answer", Severity.ERROR, check)
