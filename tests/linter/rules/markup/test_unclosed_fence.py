"""M006 unclosed-fence: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import asked, findings, places


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```",
        "~~~~\n```\n~~~~",
        "- 항목\n  ```\n  x\n  ```\n\n글",
        "> ```\n> x\n> ```",
        "    들여 쓴 코드",
        "```\n```",
        "````\n```\n````\n",
        "```\r\nx\r\n```\r\n",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "M006") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("글\n\n```python\nx\n``\n\n## #1", "3:1 ```python"),
        ("- 항목\n  ```\n  x\n  ``\n\n글", "2:3 ```"),
        ("```", "1:1 ```"),
        ("```\nx\n~~~\n", "1:1 ```"),
        ("  ```", "1:3 ```"),
        (">   ~~~~ py\n> x", "1:5 ~~~~ py"),
        ("-\t```\n\tx", "1:3 ```"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "M006") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "- 항목\n\n  ```\nx\n  ```\n\n글",
        "> ```\n> x\n\n```\n\n글",
        "- a\n  - b\n\n    ```\n    x\n  ```\n",
        "- a\n  > ```\n  > x\n\n  ```\n",
    ],
)
def test_a_fence_outside_that_was_meant_to_close_it_is_no_second_finding(text: str) -> None:
    assert len(places(text, "M006")) == 1


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("text", ["- a\n\n  ```\n  x\n", "> ```\n> x\n\n글\n\n", "1. ```\n   x\n"])
def test_each_fence_in_a_container_of_its_own_is_found(text: str, count: int) -> None:
    assert len(places(text * count, "M006")) == count


def test_an_item_further_in_is_no_end() -> None:
    assert places("- ```\n  x\n- b\n  - ```\n    y\n", "M006") == ["1:3 ```", "4:5 ```"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("글\n\n```js\nconst a = { b: 1 };\n\nf(a); // <circular>\n", "note"),
        ("```java\n    // 떡의 개수\n    f(a);\n", "note"),
        ("```java\nif (a) { // 남은 떡이 아주 많이 부족한 경우\n  f(a);\n}\n", "note"),
        ("```python\nx = 1\n\nThe text goes on like this.\n", "error"),
        ("```python\nx = 1\n\n글이 이어진다.\n", "error"),
        ("```\nx\n\n## Next\n", "error"),
        ("```\nx\n\n- [a](b)\n", "error"),
        ("```\nx\n\n</details>\n", "error"),
        ("- ```\n  x\n\ny = 1\n", "error"),
    ],
)
def test_code_that_a_document_ends_in_swallows_nothing(text: str, severity: str) -> None:
    found = [finding for finding in findings(text, asked("M006")) if finding.code == "M006"]
    assert [finding.severity.value for finding in found] == [severity]


SWALLOWING = "# 목차\n\n- [하나?](#1)\n- [둘?](#2)\n\n## #1\n\n#### 하나?\n\n답이다([둘](#2)).\n\n```python\nx = 1  # 주석\n# 주석\n\n## #2\n\n#### 둘?\n\n답이 둘이다.\n"


def test_it_says_where_to_close_and_what_it_has_swallowed_is_no_other_finding() -> None:
    (found,) = findings(SWALLOWING)
    assert found.code == "M006"
    assert '16행의 제목 "#2"' in found.diagnostic.message.ko
    assert 'line 16, the heading "#2"' in found.diagnostic.message.en


@pytest.mark.parametrize("code", ["# 주석\n\nx = 1", "$ ls\n\n글"])
def test_a_comment_is_no_heading_to_close_before(code: str) -> None:
    (found,) = (f for f in findings(f"글\n\n```\n{code}\n") if f.code == "M006")
    assert found.diagnostic.message.ko.endswith("않았다")
