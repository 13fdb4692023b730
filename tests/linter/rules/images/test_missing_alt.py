"""I002 missing-alt: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "![ReLU의 그래프](relu.png)",
        "![ReLU](relu.png)",
        "![sigmoid](https://a.b/sigmoid.png)",
        "![SQL](SQL.png)",
        '<img src="images/openstack.png" alt="openstack"/>',
        "![손실 곡선](손실%20곡선.png)",
        "![손실곡선](손실곡선.png)",
        "![loss curve](loss%20curve.png)",
        "![그림 2. 손실 곡선](a.png)",
        "![그림자](a.png)",
        "![이미지 분류의 예](a.png)",
        "![imagenet](a.png)",
        "![image of a cat](a.png)",
        "[attention](attention.html)",
        "![Δ](a.png)",
        '<img src="a.png" alt="ReLU의 그래프">',
        '<img src="a.png" alt="">',
        "<img alt='' src='a.png'>",
        '<img src="">',
        "![]()",
        "`![](a.png)`",
        "[글](image.png)",
        "![](https://render.githubusercontent.com/render/math?math=x)",
    ],
)
def test_no_missing_alt(text: str) -> None:
    assert places(text, "I002") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![](a.png)", "1:1 ![](a.png)"),
        ("![ ](a.png)", "1:1 ![ ](a.png)"),
        ('<img src="a.png">', '1:1 <img src="a.png">'),
        ('<img src="a.png" data-alt="x">', '1:1 <img src="a.png" data-alt="x">'),
        ("![image](a.png)", "1:1 ![image](a.png)"),
        ("![Image1](a.png)", "1:1 ![Image1](a.png)"),
        ("![img_01](a.png)", "1:1 ![img_01](a.png)"),
        ("![그림 2](a.png)", "1:1 ![그림 2](a.png)"),
        ("![<그림 2-1>](a.png)", "1:1 ![<그림 2-1>](a.png)"),
        ("![Figure 3.](a.png)", "1:1 ![Figure 3.](a.png)"),
        ("![스크린샷 2024-01-02 오후 3.04.05](a.png)", "1:1 ![스크린샷 2024-01-02 오후 3.04.05](a.png)"),
        ("![1](a.png)", "1:1 ![1](a.png)"),
        ("![relu.png](b.png)", "1:1 ![relu.png](b.png)"),
        ("![q05_relu](a/q05_relu.png?raw=true)", "1:1 ![q05_relu](a/q05_relu.png?raw=true)"),
        ("![lossCurve](https://a.b/lossCurve.png)", "1:1 ![lossCurve](https://a.b/lossCurve.png)"),
        ('<img src="a/osi-7.png" alt="osi-7">', '1:1 <img src="a/osi-7.png" alt="osi-7">'),
        ("> - ![](a.png)\r\n", "1:5 ![](a.png)"),
        ("| a |\n|---|\n| ![](a.png) |", "3:3 ![](a.png)"),
        ("[![](a.png)](u)", "1:2 ![](a.png)"),
        ("![image][a]\n\n[a]: a.png", "1:1 ![image][a]"),
    ],
)
def test_missing_alt(text: str, found: str) -> None:
    assert places(text, "I002") == [found]
