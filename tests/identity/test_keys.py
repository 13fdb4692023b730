"""What the questions of a document are known again by."""

from __future__ import annotations

from pathlib import PurePosixPath

from dlcards.document.build import build
from dlcards.identity.evidence import fingerprint
from dlcards.identity.keys import question_keys
from dlcards.model import Config

TEXT = """# 문서

## 층

### 커널이란 무엇인가?

작은 행렬이다.

### 보폭이란 무엇인가?

옮겨 가는 칸 수다.
"""


def test_all_questions_have_a_key_or_those_that_are_asked_for() -> None:
    document = build(PurePosixPath("a.md"), TEXT, Config(layouts={"*": "heading"}))
    both = question_keys(document)
    assert [(pair.question, key.question, key.answer) for pair, key in both] == [
        ("커널이란 무엇인가?", "커널이란 무엇인가?", fingerprint("작은 행렬이다.")),
        ("보폭이란 무엇인가?", "보폭이란 무엇인가?", fingerprint("옮겨 가는 칸 수다.")),
    ]
    assert [key.order for _, key in both] == sorted({key.order for _, key in both})
    assert question_keys(document, document.pairs[1:]) == both[1:]
    assert question_keys(document, ()) == []
