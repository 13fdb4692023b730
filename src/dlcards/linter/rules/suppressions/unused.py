"""A comment `<!-- dlcards: ignore … -->` that keeps nothing silent, names a rule that does not exist, or
can't be read.

Left behind after the defect was mended, it hides the next defect of that kind, and whoever reads the
source looks for a reason that is gone. One that can't be read does nothing, and nobody notices.

Delete the comment, or the codes in it that are not needed. A comment at the top counts for the file,
any other for the block that follows it. The codes or names of rules are parted by commas or blanks, and
a reason may follow them: `<!-- dlcards: ignore M001, L002 -- why -->`, `(why)` or `: why`. Without codes
all rules are meant: `<!-- dlcards: ignore -- why -->`.

Not found: comments of other linters, and those that only speak of dlcards; codes of rules that are switched
off in the configuration.

Bad:

    ## #1

    #### What is deep learning?

    <!-- dlcards: ignore M001 -->

    Learning in many layers.

Bad:

    <!-- dlcards: ignore no-such-rule -->

    Learning in many layers.

Bad:

    <!-- dlcards-disable M001 -->

    Learning in many layers.

Good:

    ## #1

    <!-- dlcards: ignore Q001 -- to be answered in May -->

    #### What is deep learning?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text

KO = """
아무것도 막지 않거나, 없는 규칙을 적었거나, 읽을 수 없는 `<!-- dlcards: ignore … -->` 주석이다.

흠을 고친 뒤에도 남아 있으면 같은 종류의 다음 흠을 가리고, 소스를 읽는 사람은 이미 사라진 이유를 찾게 된다. 읽을 수 없는 주석은 아무 일도 하지 않는데 아무도 그것을 모른다.

주석을 지우거나, 필요 없는 코드를 뺀다. 맨 위의 주석은 파일 전체에, 나머지는 바로 다음 블록에 듣는다. 규칙의 코드나 이름은 쉼표나 빈칸으로 나누고, 이유를 뒤에 적을 수 있다: `<!-- dlcards: ignore M001, L002 -- 이유 -->`, `(이유)`, `: 이유`. 코드를 적지 않으면 모든 규칙을 뜻한다: `<!-- dlcards: ignore -- 이유 -->`.

찾지 않는 것: 다른 린터의 주석과 dlcards를 말하기만 하는 주석, 설정에서 꺼 둔 규칙의 코드.
"""

UNREADABLE = Text(
    "읽을 수 없는 주석이라 아무것도 막지 않는다. 이렇게 쓴다: <!-- dlcards: ignore M001 -- 이유 -->",
    "a comment that can't be read keeps nothing silent; write <!-- dlcards: ignore M001 -- why -->",
)


def needless(word: str) -> Text:
    """What is said of a code that keeps nothing silent; empty stands for all rules."""
    said = f" {word}" if word else ""
    return Text(f"막을 것이 없는 주석이다: ignore{said}", f"nothing to ignore:{said or ' all rules'}")


def unknown(words: Sequence[str]) -> Text:
    """What is said of words in the place of codes that are none."""
    said = ", ".join(words)
    if any(letter.isdigit() or letter == "-" for letter in said):
        return Text(f"그런 규칙은 없다: {said}", f"no such rule: {said}")
    return Text(
        f"그런 규칙은 없다: {said}. 이유는 -- 뒤에 적는다", f"no such rule: {said}; a reason goes after --"
    )


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing by itself: only the engine knows what the comments kept silent (lint.lint)."""
    return iter(())


RULE = Rule("S001", "unused-suppression", Severity.WARNING, check)
