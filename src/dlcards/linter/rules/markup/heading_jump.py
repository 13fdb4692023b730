"""A heading that skips a level: `####` right below `##`.

Screen readers and outlines show the levels; one that is missing looks as if a section were lost. Often such a
heading was chosen for its size.

Use the next level. Where the whole document is written this way, decide once: all its jumps of one kind are
reported as one. Off by default, since the native layout itself puts `####` questions below `##` anchors.

Not found: the level of the first heading, levels that go up, headings in lists and quotes.

Bad:

    # 최적화

    ### 경사 하강법

    기울기의 반대쪽으로 걷는다.

Good:

    # 최적화

    ## 경사 하강법

    기울기의 반대쪽으로 걷는다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
단계를 건너뛴 제목이다. `##` 바로 아래의 `####`가 그렇다.

화면 낭독기와 개요는 단계를 그대로 보여 주므로, 빠진 단계는 절이 하나 사라진 것처럼 보인다. 글자 크기만 보고 고른 제목일 때가 많다.

바로 다음 단계를 쓴다. 문서 전체가 그렇게 쓰여 있으면 한 번만 정하면 된다. 같은 건너뜀은 하나로 묶어 보고한다. 기본 양식부터 `##` 앵커 아래에 `####` 질문을 두므로 기본은 꺼져 있다.

찾지 않는 것: 첫 제목의 단계, 위로 올라가는 단계, 목록과 인용 안의 제목.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find headings more than one level below the heading before them."""
    before = 0
    for block in document.blocks:
        level = block.attrs.get("level")
        if block.kind != "heading" or not isinstance(level, int):
            continue
        if before and level > before + 1:
            message = Text(
                f"제목의 단계를 건너뛴다: {before} → {level}",
                f"the heading's level jumps from {before} to {level}",
            )
            yield Diagnostic(line_of(document, block), message, cause=f"{before}-{level}")
        before = level


RULE = Rule("M015", "heading-jump", Severity.WARNING, check, default=False)
