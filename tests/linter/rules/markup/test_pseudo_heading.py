"""M014 pseudo-heading: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "# 제목\n\n**굵은 글씨**",
        "# 제목\n\n## 둘\n\n글 **굵게**\n글",
        "# 제목\n\n## 둘\n\n**배치 정규화는 규제가 아니다**\n\n글",
        "# 제목\n\n## 둘\n\n**정의:**\n\n글",
        "# 제목\n\n## 둘\n\n**굵게**\n\n---\n\n글",
        "# 제목\n\n## 둘\n\n**굵게**\n\n### 셋\n",
        "# 제목\n\n## 둘\n\n> **굵게**\n>\n> 글\n\n- **굵게**\n\n  글\n",
        "**굵게**\n\n글",
        "# 제목\n\n## 둘\n\n**답: 둘이다**\n\n글",
        '# Title\n\n## Two\n\n**Odgovor: "bar"**\n\nText.',
        "**과적합이란? 👶**\n\n글\n\n**L2란? ⭐**\n\n글\n\n**드롭아웃**\n\n글\n\n# 하나\n\n# 둘",
        "**굵게**  \n글",
        "**굵게**\\\n글",
        "**굵게**<br>\n글",
        "**굵게**: 글\n글",
        "**경사 하강법**\n은 기울기의 반대쪽으로 걷는다",
        "**Gradient descent**\nis an algorithm",
        "**학습률이 작다.**\n그래서 느리다.",
        "> **굵게**\n> 글",
        "- **굵게**\n  글",
        "**굵게**\n![그림](a.png)",
        "# 제목\n\n## 둘\n\n**[⬆ Back to Top](#제목)**\n\n글",
        "# 제목\n\n## 둘\n\n**⬆ [목차로](#제목)**\n\n글",
        "# 제목\n\n## 둘\n\n**[이전](a.md) | [다음](b.md)**\n\n글",
        '# 제목\n\n## 둘\n\n**<a href="#제목">위로</a>**\n\n글',
        "**[⬆ Back to Top](#top)**\n글",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M014") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 제목\n\n## 둘\n\n**굵게**\n\n글\n", ["5:1 **굵게**"]),
        ("# 제목\r\n\r\n## 둘\r\n\r\n**굵게** \r\n\r\n- 글\r\n", ["5:1 **굵게**"]),
        ("**굵게**\n글", ["1:1 **굵게**"]),
        ("**굵게** :\n글", ["1:1 **굵게**"]),
        ("**1) Message passing**\n커널이 전달한다.", ["1:1 **1) Message passing**"]),
        ("**굵게**\n*기울게*", ["1:1 **굵게**"]),
        ("# 제목\n\n## 둘\n\n**[ReLU](u)의 미분**\n\n글", ["5:1 **[ReLU](u)의 미분**"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M014") == found
