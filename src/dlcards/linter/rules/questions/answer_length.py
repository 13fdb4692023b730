"""An answer is shorter or longer than the configuration wants.

A card is read in a minute. An answer of one line leaves the interviewer's next question open; one of three
pages is not reviewed but skipped, or graded without having been read.

Write what is missing, or move a part into a sub-question of its own. The range is `answer-length` in the
configuration, `answer-lengths` for single ids:

- `answer-length = [300, 1000]`
- `answer-lengths = { "5" = [600, 1800], "12-1" = [200, 800] }`

Counted are the characters of the answer as the page shows them, with one blank between words. Not counted:
code, math, pictures, the summary, the hint, follow-up questions and references.

Not found: an answer that is not there yet (Q001, Q002), and whether the words are worth their room.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    과적합은 모델이 학습 데이터의 규칙뿐 아니라 잡음까지 외운 상태다. 그래서 학습 오차는 작은데 새 데이터의 오차는 크다.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dlcards.document.answers import is_answered
from dlcards.linter.rules.questions.shared_prose import prose
from dlcards.model import Config, Context, Diagnostic, Document, Pair, Rule, Severity, Text

KO = """
답이 설정에서 정한 것보다 짧거나 길다.

카드는 1분 안에 읽는다. 한 줄짜리 답은 면접관의 다음 질문을 막지 못하고, 세 쪽짜리 답은 복습하지 않고 넘기거나 읽지 않은 채 채점하게 된다.

빠진 내용을 쓰거나, 일부를 하위 질문으로 떼어 낸다. 범위는 설정의 `answer-length`가 정하고, 번호마다 다른 범위는 `answer-lengths`에 적는다.

- `answer-length = [300, 1000]`
- `answer-lengths = { "5" = [600, 1800], "12-1" = [200, 800] }`

페이지에 보이는 답의 글자를 낱말 사이 공백 하나까지 센다. 코드, 수식, 그림, 핵심, 힌트, 꼬리질문, 참고 자료는 세지 않는다.

찾지 않는 것: 아직 없는 답(Q001, Q002), 그 길이만큼의 값을 하는 글인지.
"""

EXAMPLE_CONFIG = Config(answer_length=(40, 1_000))


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find answers whose length is outside the range for their id."""
    config = context.config
    for pair in document.pairs:
        if not pair.question or not is_answered(pair, config):
            continue
        low, high = config.answer_lengths.get(pair.id, config.answer_length)
        length = _length(pair)
        if low <= length <= high:
            continue
        message = Text(
            f"#{pair.id}: 답이 {length:,}자다 ({low:,}~{high:,}자여야 한다)",
            f"#{pair.id}: the answer has {length:,} characters, not {low:,} to {high:,}",
        )
        yield Diagnostic(pair.place, message)


def _length(pair: Pair) -> int:
    """How many characters of prose the body of an answer has."""
    words = prose(pair.body).text.replace("\0", "")
    return len(" ".join(unicodedata.normalize("NFC", words).split()))


RULE = Rule("Q014", "answer-length", Severity.WARNING, check, default=False)
