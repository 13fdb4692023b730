"""Several rules about markup at once: which of their findings are a house style."""

from __future__ import annotations

from tests.support.documents import causes


def test_house_styles_have_a_cause() -> None:
    assert causes("```\nx\n```\n\n```\ny\n```", "M007") == ["no-language"] * 2
    assert causes("글  \n글  ", "M010") == ["break", "end"]
