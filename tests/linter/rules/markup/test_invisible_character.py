"""M011 invisible-character: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import unicodedata

import pytest

from tests.support.documents import mend, only, places

NFD = unicodedata.normalize("NFD", "학습률")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff# 제목\n\n글",
        "👩\u200d💻와 👨🏽\u200d🎨, ⚙️, 1️⃣",
        "नमस\u094d\u200dते",
        "می\u200cخواهم",
        "ภาษา\u200bไทย",
        "မြန်မာ၊\u200b\nစာ",
        "@\u200b이름과 #\u200b12",
        "`a\u200bb`와 `가\u00a0나`",
        "```text\n가\u200b나 다\u00a0라\n```",
        "$x\u200b$",
        f"[글](a/{NFD}.md) <https://a.b/{NFD}> https://a.b/{NFD}",
        f'<a href="{NFD}">글</a>',
        f"`{NFD}`",
        "ㄱ과 ㅏ, ᄀ",
        "10\u00a0kg은 Figure\u00a01",
        "가\u00a0\u00a0\u00a0나",
        "\u00a0가",
        "- \u00a0가",
        "| \u00a0 | a |\n|---|---|\n| \u00a0 | b |",
        "가&nbsp;나&#8203;다",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M011") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("과적합\u200b은", ["1:4 \u200b"]),
        ("\ufeff글\ufeff 글", ["1:3 \ufeff"]),
        ("과\u00ad적\u2060합\u200d은", ["1:2 \u00ad", "1:4 \u2060", "1:6 \u200d"]),
        (f"{NFD}은 {NFD}", [f"1:1 {NFD}은"]),
        (f"[{NFD}](u)", [f"1:2 {NFD}"]),
        ("가\u00a0나", ["1:2 \u00a0"]),
        ("a \u00a0b", ["1:3 \u00a0"]),
        ("> | 가\u00a0나 | b |\n> |---|---|\n> | 1 | 2 |", ["1:6 \u00a0"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M011") == found


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("과적합\u200b은\ufeff 나쁘다", "과적합은 나쁘다"),
        ("# 과\u200b적합", "# 과적합"),
        ("\u200b# 제목 아님", "\u200b# 제목 아님"),
        (f"{NFD}은 **{NFD}**이다", "학습률은 **학습률**이다"),
        (f"# {NFD}", f"# {NFD}"),
        ("가\u00a0나 \u00a0다\u00a0\n\n라", "가 나 다\n\n라"),
        ("가\u00a0 \n나", "가\n나"),
        ("가\u00a0  \n나", "가  \n나"),
        ("# 가\u00a0나", "# 가\u00a0나"),
        ("> 가\u00a0나\r\n> 다\r\n", "> 가 나\r\n> 다\r\n"),
        ("| 가\u00a0나 |\n|---|\n| 1 |", "| 가 나 |\n|---|\n| 1 |"),
    ],
)
def test_mended(text: str, fixed: str) -> None:
    assert mend(text, only("M011")) == fixed
