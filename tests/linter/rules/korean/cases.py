"""A question with an answer of any words."""

from __future__ import annotations


def answer(body: str, number: int = 1) -> str:
    return f"## #{number}\n\n#### 질문?\n\n{body}\n\n"
