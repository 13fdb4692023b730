"""A comment `<!-- dlcards: ignore … -->` that keeps nothing silent, or names a rule that does not exist.

Left behind after the defect was mended, it hides the next defect of that kind, and whoever reads the
source looks for a reason that is gone.

Delete the comment, or the codes in it that are not needed. A comment at the top counts for the file,
any other for the block that follows it.

Not found: comments of other linters; codes of rules that are switched off in the configuration.

Bad:

    ## #1

    #### What is deep learning?

    <!-- dlcards: ignore M001 -->

    Learning in many layers.

Bad:

    <!-- dlcards: ignore no-such-rule -->

    Learning in many layers.

Good:

    ## #1

    <!-- dlcards: ignore Q001 -->

    #### What is deep learning?
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.model import Context, Diagnostic, Document, Rule, Severity

KO = """
아무것도 막지 않거나 없는 규칙을 적은 `<!-- dlcards: ignore … -->` 주석이다.

흠을 고친 뒤에도 남아 있으면 같은 종류의 다음 흠을 가리고, 소스를 읽는 사람은 이미 사라진 이유를 찾게 된다.

주석을 지우거나, 필요 없는 코드를 뺀다. 맨 위의 주석은 파일 전체에, 나머지는 바로 다음 블록에 듣는다.

찾지 않는 것: 다른 린터의 주석, 설정에서 꺼 둔 규칙의 코드.
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing by itself: only the engine knows what the comments kept silent (lint.lint)."""
    return iter(())


RULE = Rule("S001", "unused-suppression", Severity.WARNING, check)
