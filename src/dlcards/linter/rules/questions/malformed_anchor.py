"""An anchor is mistyped, so that a parser would lose its section.

`## # 24` has the anchor `-24`, `##24` is no heading at all, `＃` is no `#`, and a no-break space after
`##` does not count as a blank. Links to the question break, and tools that look for `## #24` silently
skip the question.

The fix writes the anchor as the document's other anchors are written.

Not found: an anchor whose number is wrong but well-formed (see Q006, Q009).

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## # 2

    #### What is a layer?

    A function with parameters.

Bad:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ##2

    #### What is a layer?

    A function with parameters.

Good:

    ## #1

    #### What is deep learning?

    Learning in many layers.

    ## #2

    #### What is a layer?

    A function with parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dlcards.document.text import line_of
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Text

KO = """
앵커를 잘못 적어 그 절이 통째로 사라진다.

`## # 24`의 앵커는 `-24`가 되고, `##24`는 제목이 아니며, `＃`은 `#`이 아니고, `##` 뒤의 줄바꿈 없는 공백(NBSP)은 공백으로 치지 않는다. 그 질문으로 가는 링크가 끊어지고, `## #24`를 찾는 도구는 질문을 말없이 건너뛴다.

`--fix`는 문서의 다른 앵커와 같은 모양으로 고쳐 쓴다.

찾지 않는 것: 모양은 맞고 번호만 틀린 앵커(Q006, Q009 참고).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find sections whose anchor is not ``## #ID``."""
    if document.layout != "native":
        return
    levels = Counter(pair.anchor.attrs["level"] for pair in document.pairs if not pair.malformed)
    for pair in document.pairs:
        if not pair.malformed:
            continue
        span = line_of(document, pair.anchor)
        level = levels.most_common(1)[0][0]
        assert isinstance(level, int)
        anchor = f"{'#' * level} #{pair.id}"
        written = span.of(document.text).strip()
        message = Text(
            f'앵커를 읽을 수 없다: "{written}"은 "{anchor}"이어야 한다',
            f'malformed anchor: "{written}" should be "{anchor}"',
        )
        yield Diagnostic(span, message, Fix((Edit(span, anchor),), frozenset({Aspect.STRUCTURE})))


RULE = Rule("Q005", "malformed-anchor", Severity.ERROR, check, fixable=True)
