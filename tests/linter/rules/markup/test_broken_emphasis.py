"""M001 broken-emphasis: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import mend, places

CLEAN = [
    "**과적합**(overfitting)은",
    "**0.25**이다",
    "**ReLU**는",
    "**과적합(overfitting)** 은",
    "**과적합(overfitting)**, 그리고",
    "<strong>과적합(overfitting)</strong>은",
    "`**과적합(x)**은`",
    "```\n**과적합(x)**은\n```",
    r"\*\*과적합(x)\*\*은",
    "2**3**2는 512이다",
    "f(*args, **kwargs)는 인자를 받는다",
    "a ** b ** c",
    "`__init__`과 __init__은 다르다",
    "__name__은 모듈의 이름이다",
    "$a**b$는 곱이 아니다",
    "* 항목\n* 항목",
    "별점 ***",
    "方法**。**第二句，",
    "[가](https://example.com/s?__biz=1)와 [나](https://example.com/s?__biz=2)는",
    "**过拟合**（overfitting）是",
    "**提示**：正文",
    "**A**、**B**",
    "普通**正常**文字",
    "f（*args，**kwargs）",
    "**굵게** 보통 **굵게**",
    "x*y*z",
    "**a** (b)**c**",
    "<!-- **과적합(x)**은 -->",
]
BROKEN = [
    ("**과적합(overfitting)**은", "1:1 **과적합(overfitting)**", "**과적합**(overfitting)은"),
    ('**"인용"**을', '1:1 **"인용"**', '"**인용**"을'),
    ("**‘인용’**을", "1:1 **‘인용’**", "‘**인용**’을"),
    ("**90%**는", "1:1 **90%**", "<strong>90%</strong>는"),
    ("**`relu`**는", "1:1 **`relu`**", "<strong>`relu`</strong>는"),
    ("**$x$**는", "1:1 **$x$**", "<strong>$x$</strong>는"),
    ("__중요__는", "1:1 __중요__", "**중요**는"),
    ("앞 ** 낱말 ** 뒤", "1:3 ** 낱말 **", "앞 **낱말** 뒤"),
    ("앞 ** 낱말 **은", "1:3 ** 낱말 **", "앞 **낱말**은"),
    ("앞**(괄호)**뒤", "1:2 **(괄호)**", "앞(**괄호**)뒤"),
    ("*과적합(overfitting)*은", "1:1 *과적합(overfitting)*", "*과적합*(overfitting)은"),
    ("> - **과적합(x)**은", "1:5 **과적합(x)**", "> - **과적합**(x)은"),
    ("| a |\n|---|\n| **과적합(x)**은 |", "3:3 **과적합(x)**", "| a |\n|---|\n| **과적합**(x)은 |"),
    ("**정상** 그리고 **과적합(x)**은", "1:12 **과적합(x)**", "**정상** 그리고 **과적합**(x)은"),
    ("**过拟合（overfitting）**是", "1:1 **过拟合（overfitting）**", "**过拟合**（overfitting）是"),
    ("这是**“引用”**的", "1:3 **“引用”**", "这是“**引用**”的"),
    ("**注意！**请看", "1:1 **注意！**", "<strong>注意！</strong>请看"),
    ("**「強調」**は", "1:1 **「強調」**", "「**強調**」は"),
    ("これは**過学習（x）**です", "1:4 **過学習（x）**", "これは**過学習**（x）です"),
    ("*かな（x）*は", "1:1 *かな（x）*", "*かな*（x）は"),
    ("**`x`**是", "1:1 **`x`**", "<strong>`x`</strong>是"),
    ("__重要__的", "1:1 __重要__", "**重要**的"),
    ("**L2 규제(weight decay)**와 **L1(lasso)**은", None, "**L2 규제**(weight decay)와 **L1**(lasso)은"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert places(text, "M001") == []


@pytest.mark.parametrize(("text", "place", "mended"), BROKEN)
def test_found_and_mended(text: str, place: str | None, mended: str) -> None:
    found = places(text, "M001")
    assert found
    assert place is None or found == [place]
    assert mend(text) == mended


def test_marks_around_bold_words_may_belong_to_others() -> None:
    text = "长度为 16**(建议是 16)**，默认**data**为-1，高度**max**初始化为 1，注意**max**的值"
    assert mend(text) == text


@pytest.mark.parametrize(
    "text",
    [
        r"\*\*글**은 [**글(x)**은](http://a.b)",
        "글**은 [글(x)**은](http://a.b) 말",
        "[**글](http://a.b) (x)**은 말",
        "~~글 **나~~ (x)**은 말",
    ],
)
def test_marks_in_and_out_of_a_link_are_no_pair(text: str) -> None:
    mended = mend(f"{text}\n", Config(select=("Q", "T", "L", "I", "M", "K", "D", "S")))
    assert "strong" not in mended
