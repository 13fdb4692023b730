"""Which words ask."""

from __future__ import annotations

import pytest

from dlcards.document.layouts.asking import asks


@pytest.mark.parametrize(
    "words",
    [
        "What is hoisting",
        "How do you create a promise",
        "Which of the following is true",
        "What makes Adam adaptive",
    ]
    + ["What type of language is it used for", "When shouldn't you use it", "How to reverse a string"]
    + [
        "What's a closure",
        "In which case is it",
        "Explain the handshake",
        "과적합이란",
        "왜 쓰는가",
        "什么是过拟合",
    ],
)
def test_they_ask(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "What the link checker holds to",
        "Where things are",
        "Which way imports point",
        "What it does, as measured",
    ]
    + [
        "Installation",
        "How it works",
        "Why this matters",
        "is 연산자",
        "코드",
        "Decisions that are easy to undo",
    ],
)
def test_they_name(words: str) -> None:
    assert not asks(words)
