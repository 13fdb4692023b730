"""Q001 missing-answer: what is none; what is one stands in test_questions.py."""

from __future__ import annotations

import pytest

from tests.linter.rules.questions.cases import section
from tests.support.documents import places


@pytest.mark.parametrize(
    "body",
    [
        "",
        "---",
        "<br>",
        "</br>\n<br/>",
        "<!-- 나중에 -->",
        "Answer:",
        "**답변:**",
        "[맨 위로](#목차)",
        "[Back to Top](#1)",
        "[r]: https://example.com",
        "<details><summary>답변</summary>\n\n</details>",
        "**A:**",
        "<video src=a.mp4></video>",
        '<video controls>\n<source src="a.mp4">\nYour browser plays no films.\n</video>',
        "<audio controls src=a.mp3>이 브라우저는 소리를 못 낸다</audio>",
        '<iframe width="560" src="https://www.youtube.com/embed/x"></iframe>',
        "<p align=center><iframe src=x></iframe></p>",
        "<svg width=9><text>그림</text></svg>",
        "<picture><source srcset=a.png></picture>",
        "<style>.x {}</style>",
        "<table></table>",
    ],
)
def test_nothing_is_no_answer(body: str) -> None:
    assert places(section(body), "Q001") == ["3:1 #### 무엇인가?\n"]


@pytest.mark.parametrize(
    "body",
    [
        "<pad>",
        "<s>와 </s>",
        "- <s>",
        "<video src=a.mp4></video>\n\n글",
        "<picture><source srcset=a.png><img src=b.png></picture>",
        "<table><tr><td>글</td></tr></table>",
        "<math><mi>x</mi></math>",
        "<iframe> 요소다",
    ],
)
def test_what_a_card_shows_is_one(body: str) -> None:
    assert places(section(body), "Q001") == []
