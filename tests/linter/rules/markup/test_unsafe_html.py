"""M009 unsafe-html: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` 태그와 &lt;script&gt;",
        "```html\n<script>alert(1)</script>\n```",
        "<!-- <script>x</script> -->",
        "<details>\n<summary>onclick=은 무엇인가요?</summary>\n</details>",
        '<a href="#on" data-on="x" title="javascript: 주소">글</a>',
        "javascript: 주소를 쓰지 않는다",
        "[JavaScript](https://a.b/javascript:x)",
        '<img src="one.png" alt="onload=">',
        "x < y이고 y > z이면 a<b",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M009") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("글 <script> 글", ["1:3 <script>"]),
        ("<script>\nalert(1)\n</script>", ["1:1 <script>"]),
        ('<div>\n  <img src="a" onerror="x()">\n</div>', ['2:3 <img src="a" onerror="x()">']),
        ("글 <b OnClick='x'>글</b>", ["1:3 <b OnClick='x'>"]),
        ("[글](javascript:x)", ["1:5 javascript:x"]),
        ("[글](JavaScript:x)", ["1:5 JavaScript:x"]),
        ("[글][a]\n\n[a]: javascript:x", ["1:1 [글][a]", "3:6 javascript:x"]),
        ('<a href="java&#115;cript:x">글</a>', ["1:10 java&#115;cript:x"]),
        ('<form action="javascript:x">', ['1:1 <form action="javascript:x">']),
        ("- 항목 <svg onload=x>", ["1:6 <svg onload=x>"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert places(text, "M009") == found
