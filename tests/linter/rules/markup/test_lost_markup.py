"""M013 lost-markup: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from tests.support.documents import asked, findings, mend, messages, only, places


@pytest.mark.parametrize(
    "text",
    [
        "- 항목\n- 항목",
        "-1은 음수다\n-2도 음수다",
        "-는 빼기다",
        "-을 붙인다",
        "값은 3\n-이 아니다",
        "-> 화살표\n-> 화살표",
        "--option을 쓴다\n--verbose",
        "-Xms 옵션\n-Xmx 옵션",
        "---",
        "2024.05.01에\n2024.05.02에",
        "1.5배 빠르다\n2.0배 빠르다",
        "3.x 버전",
        "1.1 소개",
        "10.이 아니라 11.이다",
        "#해시태그 #둘",
        "#12 이슈",
        "#include <stdio.h>",
        "##은 토큰을 잇는다",
        "####: 기호",
        "*참고 별표",
        "글이 이어지고\n-홀로 선 줄",
        "> 상상력은 지식보다 중요하다.\n\n-아인슈타인",
        "> 글\n> -아인슈타인",
        "`-항목`\n`####제목`",
        "```text\n-항목\n####제목\n1.항목\n```",
        "<div>\n-항목\n####제목\n</div>",
        "$x$\n-$y$",
        "1. 하나\n   - 둘\n2. 셋",
        "- 하나\n  - 둘\n    - 셋\n\n* 넷",
        "    $ pip install x\n    - name: x",
        "```x```\n글",
        ">인용\n>인용",
        "\\- 항목\n\\- 항목",
        "1) 하나\n2) 둘",
        "- 하나\n\n글\n\n  1. 둘",
        "＃해시태그",
        "C＃은 언어다",
        "＃＃은 토큰을 잇는다",
        "＊ 참고: 값은 어림이다",
        "> 글\n\n－ 아인슈타인",
        "－1은 음수다\n－2도 음수다",
        "２．５배 빠르다",
        "`＃＃ 제목`\n`＊ 항목`",
        "```text\n＃＃ 제목\n｀코드｀\n```",
        "$｀a｀$",
        "`｀코드｀`",
        "악센트 ｀ 하나",
        "- 하나\n- 둘\n\n＊ 참고: 셋",
        "- 하나\n- 둘\n＊ 참고: 셋",
        "＊ 참고\n\n- 하나",
        "- 하나\n- ＊ 참고: 둘",
        "- 하나\n\n  ＊ 참고: 둘",
        "- 하나\n\n－ 홍길동",
        "1. 하나\n\n－ 홍길동",
    ],
)
def test_markup_that_is_seen_or_not_meant(text: str) -> None:
    assert places(text, "M013") == []


def test_a_mistyped_anchor_is_another_rules() -> None:
    text = "## #1\n\n#### 질문은?\n\n글\n\n##2\n\n#### 다른 질문은?\n\n글\n"
    assert places(text, "Q005") == ["7:1 ##2"]
    assert places(text, "M013") == []


@pytest.mark.parametrize(
    ("text", "found", "fixed"),
    [
        ("-항목 하나\n-항목 둘", "1:1 -항목 하나", "- 항목 하나\n- 항목 둘"),
        ("-항목 하나", "1:1 -항목 하나", "- 항목 하나"),
        ("글\n-하나\n-둘", "2:1 -하나", "글\n- 하나\n- 둘"),
        ("-**굵게**: 글\n-**다시**: 글", "1:1 -**굵게**: 글", "- **굵게**: 글\n- **다시**: 글"),
        ("- 하나\n-둘", "2:1 -둘", "- 하나\n- 둘"),
        ("1.장점\n- 빠르다", "1:1 1.장점", "1. 장점\n- 빠르다"),
        (
            "1.**굵게**는 하나\n2.Introduction은 둘",
            "1:1 1.**굵게**는 하나",
            "1. **굵게**는 하나\n2. Introduction은 둘",
        ),
        ("1)하나\n2)둘", "1:1 1)하나", "1) 하나\n2) 둘"),
        ("글\n2.둘\n3.셋", "2:1 2.둘", "글\n2.둘\n3.셋"),
        ("####제목", "1:1 ####제목", "#### 제목"),
        ("##JAVA\n###특징", "1:1 ##JAVA", "## JAVA\n### 특징"),
        ("###1. 정의", "1:1 ###1. 정의", "### 1. 정의"),
        ("##\u00a0제목", "1:1 ##\u00a0제목", "## 제목"),
        ("-\u00a0하나\n-\u00a0둘", "1:1 -\u00a0하나", "- 하나\n- 둘"),
        ("> 글\n> -하나\n> -둘", "2:3 -하나", "> 글\n> - 하나\n> - 둘"),
        ("글\r\n-하나\r\n-둘\r\n", "2:1 -하나", "글\r\n- 하나\r\n- 둘\r\n"),
        ("-하나  \n-둘", "1:1 -하나  ", "- 하나  \n- 둘"),
        ("＃＃ 제목", "1:1 ＃＃ 제목", "## 제목"),
        ("＃＃제목", "1:1 ＃＃제목", "## 제목"),
        ("＃ 제목", "1:1 ＃ 제목", "# 제목"),
        ("#＃\u3000제목", "1:1 #＃\u3000제목", "## 제목"),
        ("글\n＃＃ 제목\n글", "2:1 ＃＃ 제목", "글\n## 제목\n글"),
        ("＊ 하나\n＊ 둘", "1:1 ＊ 하나", "* 하나\n* 둘"),
        ("－ 하나\n－ 둘", "1:1 － 하나", "- 하나\n- 둘"),
        ("－하나\n－둘", "1:1 －하나", "- 하나\n- 둘"),
        ("＋\u3000하나\n＋\u3000둘", "1:1 ＋\u3000하나", "+ 하나\n+ 둘"),
        ("* 하나\n＊ 둘", "2:1 ＊ 둘", "* 하나\n* 둘"),
        ("> - 하나\n> － 둘", "2:3 － 둘", "> - 하나\n> - 둘"),
        ("- 하나\n＊ 둘\n＊ 셋", "2:1 ＊ 둘", "- 하나\n* 둘\n* 셋"),
        ("＃＃ 제목 ＃＃", "1:1 ＃＃ 제목 ＃＃", "## 제목 ##"),
        ("##제목\u3000＃＃  \r\n글", "1:1 ##제목\u3000＃＃  ", "## 제목 ##  \r\n글"),
        ("＃ 언어 C＃", "1:1 ＃ 언어 C＃", "# 언어 C＃"),
        ("１．하나\n２．둘", "1:1 １．하나", "1. 하나\n2. 둘"),
        ("1） 하나\n2） 둘", "1:1 1） 하나", "1) 하나\n2) 둘"),
        ("> ＃＃ 제목", "1:3 ＃＃ 제목", "> ## 제목"),
        ("글 ｀코드｀다", "1:3 ｀코드｀", "글 `코드`다"),
        ("| ｀a｀ |\n|---|", "1:3 ｀a｀", "| `a` |\n|---|"),
        ("｀｀｀python\nx = 1\n｀｀｀", "1:1 ｀｀｀", "```python\nx = 1\n```"),
        ("｀｀｀python\nx = 1", "1:1 ｀｀｀", None),
    ],
)
def test_lost_marks(text: str, found: str, fixed: str | None) -> None:
    assert places(text, "M013") == [found]
    assert mend(text, only("M013")) == (text if fixed is None else fixed)


@pytest.mark.parametrize("text", ["1． 하나", "2） 둘이다", "#＃ 섞음", "１．하나", "＃＃ 제목"])
def test_the_message_names_full_width_marks(text: str) -> None:
    assert messages(text, "M013") == [f'a full-width mark is text: "{text}"']


@pytest.mark.parametrize("text", ["1.하나", "##제목 ＃", "##Ｃ언어", "1.２배 빠르다"])
def test_the_message_names_the_blank_that_is_missing(text: str) -> None:
    assert messages(text, "M013") in ([f'no blank behind the mark, so it is text: "{text}"'], [])


def test_paragraphs_that_begin_with_one_full_width_mark_each() -> None:
    text = "＊ 하나\n\n＊ 둘\n\n글"
    assert places(text, "M013") == ["1:1 ＊ 하나", "3:1 ＊ 둘"]
    assert mend(text, only("M013")) == "* 하나\n\n* 둘\n\n글"


def test_a_mistyped_anchor_with_full_width_sharps_is_another_rules() -> None:
    text = "## #1\n\n#### 질문은?\n\n글\n\n＃＃ #2\n\n#### 다른 질문은?\n\n글\n"
    assert places(text, "Q005") == ["7:1 ＃＃ #2"]
    assert places(text, "M013") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. 하나\n  - 둘\n2. 셋", "2:3 - 둘"),
        ("글\n\n    - 하나\n    - 둘", "3:5 - 하나"),
        ("- 항목\n\n      ```python\n      x = 1\n      ```", "3:7 ```python"),
        ("글\n    ```js\n    x\n    ```", "2:5 ```js"),
        ("설명: ```js\nx\n    ```", "1:5 ```js"),
    ],
)
def test_broken_by_the_indent(text: str, found: str) -> None:
    assert places(text, "M013") == [found]
    assert mend(text, only("M013")) == text


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("1.하나를 한다.\n\n2.둘을 한다.", ["note", "note"]),
        ("1）하나를 한다.", ["note"]),
        ("1.\u3000하나", ["note"]),
        ("1.하나\n2.둘", ["warning"]),
        ("-하나", ["warning"]),
        ("##하나", ["warning"]),
        ("- 하나\n\n1.둘", ["warning"]),
        ("- 1)하나\n- 2)둘", ["note", "note"]),
        ("- 1) 하나\n    - 둘", []),
        ("1) 하나\n  - 둘", ["note"]),
        ("1. 하나\n  - 둘\n2. 셋\n  - 넷", ["note", "note"]),
        ("1. 하나\n  - 둘\n1. 셋\n  - 넷", ["warning", "note"]),
    ],
)
def test_numbers_that_are_shown_as_they_were_written_mislead_nobody(text: str, severity: list[str]) -> None:
    found = [finding for finding in findings(text, asked("M013")) if finding.code == "M013"]
    assert [finding.severity.value for finding in found] == severity
