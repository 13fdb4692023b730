"""M007-M015: what a reader sees. Clean cases first, then what is found, then what the fix writes."""

from __future__ import annotations

import unicodedata

import pytest

from dlcards.lint.fixes import fix
from dlcards.model import Config
from tests.support.documents import PATH, context, findings, md, places

NFD = unicodedata.normalize("NFD", "학습률")
M015 = Config(select=("M015",))


def mended(text: str, code: str) -> str:
    config = Config(ignore=tuple("QTLIMKDS"), select=(code,))
    return fix(PATH, text, context(config)).text


def causes(text: str, code: str, config: Config | None = None) -> list[str]:
    return [f.diagnostic.cause for f in findings(text, config) if f.rule.code == code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```python\nx\n```", "M007"),
        ("``` {.python}\nx\n```", "M007"),
        ("~~~text\nx\n~~~", "M007"),
        ("```math\nx\n```", "M007"),
        ("    들여 쓴 코드", "M007"),
        ("```\n```", "M007"),
        ("```", "M007"),
        ("글 ```x``` 글", "M007"),
        ("<!--\n```\nx\n```\n-->", "M007"),
        ("`<script>` 태그와 &lt;script&gt;", "M009"),
        ("```html\n<script>alert(1)</script>\n```", "M009"),
        ("<!-- <script>x</script> -->", "M009"),
        ("<details>\n<summary>onclick=은 무엇인가요?</summary>\n</details>", "M009"),
        ('<a href="#on" data-on="x" title="javascript: 주소">글</a>', "M009"),
        ("javascript: 주소를 쓰지 않는다", "M009"),
        ("[JavaScript](https://a.b/javascript:x)", "M009"),
        ('<img src="one.png" alt="onload=">', "M009"),
        ("x < y이고 y > z이면 a<b", "M009"),
        ("글\n글", "M010"),
        ("글 \n글", "M010"),
        ("글\\\n글", "M010"),
        ("글<br>\n글", "M010"),
        ("# 제목  \n\n글", "M010"),
        ("| a |  \n|---|  \n| 1 |  ", "M010"),
        ("```text\nx  \ny  \n```", "M010"),
        ("    x  \n    y", "M010"),
        ("  \n  \n글", "M010"),
        ("- 항목\n\n  \n- 항목", "M010"),
        ("<div>  \n글  \n</div>", "M010"),
        ("`코드  \n코드`", "M010"),
        ("\ufeff# 제목\n\n글", "M011"),
        ("👩\u200d💻와 👨🏽\u200d🎨, ⚙️, 1️⃣", "M011"),
        ("नमस\u094d\u200dते", "M011"),
        ("می\u200cخواهم", "M011"),
        ("@\u200b이름과 #\u200b12", "M011"),
        ("`a\u200bb`와 `가\u00a0나`", "M011"),
        ("```text\n가\u200b나 다\u00a0라\n```", "M011"),
        ("$x\u200b$", "M011"),
        (f"[글](a/{NFD}.md) <https://a.b/{NFD}> https://a.b/{NFD}", "M011"),
        (f'<a href="{NFD}">글</a>', "M011"),
        (f"`{NFD}`", "M011"),
        ("ㄱ과 ㅏ, ᄀ", "M011"),
        ("10\u00a0kg은 Figure\u00a01", "M011"),
        ("가\u00a0\u00a0\u00a0나", "M011"),
        ("\u00a0가", "M011"),
        ("- \u00a0가", "M011"),
        ("| \u00a0 | a |\n|---|---|\n| \u00a0 | b |", "M011"),
        ("가&nbsp;나&#8203;다", "M011"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| | |", "M012"),
        ("a | b\n--|--\n1 | 2", "M012"),
        ("| a |\n|---|\n| `x\\|y` $\\lvert x\\|$ |", "M012"),
        ("| a |\n|---|\n| 1 |\n\n글", "M012"),
        ("| a | b |\n|---|\n| 1 |", "M012"),
        ("||  a |\n|:-:|:-:|\n||  1 |", "M012"),
        ("> | a |\n> |---|\n> | 1 |", "M012"),
        ("| a |\r\n|---|\r\n| 1 |\r\n", "M012"),
        ("# 제목\n\n**굵은 글씨**", "M014"),
        ("# 제목\n\n## 둘\n\n글 **굵게**\n글", "M014"),
        ("# 제목\n\n## 둘\n\n**배치 정규화는 규제가 아니다**\n\n글", "M014"),
        ("# 제목\n\n## 둘\n\n**정의:**\n\n글", "M014"),
        ("# 제목\n\n## 둘\n\n**굵게**\n\n---\n\n글", "M014"),
        ("# 제목\n\n## 둘\n\n**굵게**\n\n### 셋\n", "M014"),
        ("# 제목\n\n## 둘\n\n> **굵게**\n>\n> 글\n\n- **굵게**\n\n  글\n", "M014"),
        ("**굵게**\n\n글", "M014"),
        ("**과적합이란? 👶**\n\n글\n\n**L2란? ⭐**\n\n글\n\n**드롭아웃**\n\n글\n\n# 하나\n\n# 둘", "M014"),
        ("**굵게**  \n글", "M014"),
        ("**굵게**\\\n글", "M014"),
        ("**굵게**<br>\n글", "M014"),
        ("**굵게**: 글\n글", "M014"),
        ("**경사 하강법**\n은 기울기의 반대쪽으로 걷는다", "M014"),
        ("**Gradient descent**\nis an algorithm", "M014"),
        ("**학습률이 작다.**\n그래서 느리다.", "M014"),
        ("> **굵게**\n> 글", "M014"),
        ("- **굵게**\n  글", "M014"),
        ("**굵게**\n![그림](a.png)", "M014"),
    ],
)
def test_clean(text: str, code: str) -> None:
    assert places(text, code) == []


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("```\nx\n```", "M007", ["1:1 ```"]),
        ("- 항목\n  ~~~\n  x\n  ~~~", "M007", ["2:3 ~~~"]),
        ("> ```\r\n> x\r\n> ```\r\n", "M007", ["1:3 ```"]),
        ("글 <script> 글", "M009", ["1:3 <script>"]),
        ("<script>\nalert(1)\n</script>", "M009", ["1:1 <script>"]),
        ('<div>\n  <img src="a" onerror="x()">\n</div>', "M009", ['2:3 <img src="a" onerror="x()">']),
        ("글 <b OnClick='x'>글</b>", "M009", ["1:3 <b OnClick='x'>"]),
        ("[글](javascript:x)", "M009", ["1:5 javascript:x"]),
        ("[글](JavaScript:x)", "M009", ["1:5 JavaScript:x"]),
        ("[글][a]\n\n[a]: javascript:x", "M009", ["1:1 [글][a]", "3:6 javascript:x"]),
        ('<a href="java&#115;cript:x">글</a>', "M009", ["1:10 java&#115;cript:x"]),
        ('<form action="javascript:x">', "M009", ['1:1 <form action="javascript:x">']),
        ("- 항목 <svg onload=x>", "M009", ["1:6 <svg onload=x>"]),
        ("글  \n글", "M010", ["1:2   "]),
        ("글   \r\n글", "M010", ["1:2    "]),
        ("> - 글  \n>   글", "M010", ["1:6   "]),
        ("글  \n\n글", "M010", ["1:2   "]),
        ("- 글  \n- 글", "M010", ["1:4   "]),
        ("글  ", "M010", ["1:2   "]),
        ("과적합\u200b은", "M011", ["1:4 \u200b"]),
        ("\ufeff글\ufeff 글", "M011", ["1:3 \ufeff"]),
        ("과\u00ad적\u2060합\u200d은", "M011", ["1:2 \u00ad", "1:4 \u2060", "1:6 \u200d"]),
        (f"{NFD}은 {NFD}", "M011", [f"1:1 {NFD}은"]),
        (f"[{NFD}](u)", "M011", [f"1:2 {NFD}"]),
        ("가\u00a0나", "M011", ["1:2 \u00a0"]),
        ("a \u00a0b", "M011", ["1:3 \u00a0"]),
        ("> | 가\u00a0나 | b |\n> |---|---|\n> | 1 | 2 |", "M011", ["1:6 \u00a0"]),
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", "M012", ["3:1 | 1 |", "4:1 | 1 | 2 | 3 |"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n글", "M012", ["4:1 글"]),
        ("- | a | b |\n  |---|---|\n  | `x|y` | 2 |", "M012", ["3:3 | `x|y` | 2 |"]),
        ("# 제목\n\n## 둘\n\n**굵게**\n\n글\n", "M014", ["5:1 **굵게**"]),
        ("# 제목\r\n\r\n## 둘\r\n\r\n**굵게** \r\n\r\n- 글\r\n", "M014", ["5:1 **굵게**"]),
        ("**굵게**\n글", "M014", ["1:1 **굵게**"]),
        ("**굵게** :\n글", "M014", ["1:1 **굵게**"]),
        ("**1) Message passing**\n커널이 전달한다.", "M014", ["1:1 **1) Message passing**"]),
        ("**굵게**\n*기울게*", "M014", ["1:1 **굵게**"]),
    ],
)
def test_found(text: str, code: str, found: list[str]) -> None:
    assert places(text, code) == found


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        ">>> x = [1,\n...      2]\n>>> x\n[1, 2]",
        "def f():\n    pass\n\n>>> f\n<function f at 0x10>",
        "In [1]: x = 1\n   ...: y = 2\nIn [2]: x\nOut[2]: 1",
        "%matplotlib inline\n!pip install torch\nx = !ls\nnp.sum?\nx = 1",
        "%%bash\nls -l",
        "    x = 1\n    return x",
        "return x\nawait y\nyield z\nbreak",
        "def f(x):\n    # 생략",
        "def f(x):\n\nclass A:\n",
        "class A:\n    def f(self):\n\n    def g(self):\n        pass",
        "try:\n    # 시도한다\nexcept KeyError:\n    # 넘어간다\nx = 1",
        "x = [1, 2, ..., 9]\ny = {'a': 1, ...}\n…\nf(x, ...)\ndef g(self, ...):\n    ......",
        "model.load('<파일 이름>')\nx = <your code>",
        "print(f\"{x['a']}\")\nprint(f'{a!r:>{n}}')",
        'x = f"{d["a"]}"',
        "type X = int",
        "def f[T](x: T) -> T: ...",
        '>>> print "x"\nSyntaxError: Missing parentheses',
        "# 다음은 SyntaxError다\nx = = 1",
        "Traceback (most recent call last):\n  File",
        "x = '\\d'",
        "x is 1",
        "",
    ],
)
@pytest.mark.parametrize("language", ["python", "py", "Python3", "{.python}", "python title='x'"])
def test_python_that_compiles(code: str, language: str) -> None:
    assert places(f"```{language}\n{code}\n```\n", "M008") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```python\nx = 1\nprint x\n```", "3:1 print x"),
        ("```py\nfor x in y:\nprint(x)\n```", "3:1 print(x)"),
        ("- 항목\n  ```python\n  x = (1\n  ```", "3:3 x = (1"),
        ("> ```python\r\n> x = 1\r\n> y = = 2\r\n> ```\r\n", "3:3 y = = 2"),
        ("```python\n>>> x = 1\n>>> y = = 2\n```", "3:1 >>> y = = 2"),
        ("```python\nprint(x)\n[1 2 3]\n```", "3:1 [1 2 3]"),
        ("```python\nif x:\n\ty = 1\n        z = 2\n```", "4:9 z = 2"),
        ("```python\nimport from x\n```", "2:1 import from x"),
    ],
)
def test_python_that_does_not(text: str, found: str) -> None:
    assert places(text, "M008") == [found]


@pytest.mark.parametrize(
    "text", ["```java\nint x = 1;\n```", "```pycon\n>>> x\n```", "```text\nx = = 1\n```", "    x = = 1"]
)
def test_other_code_is_not_read_as_python(text: str) -> None:
    assert places(text, "M008") == []


def test_python_too_deep_to_parse_is_undecided() -> None:
    assert places(f"```python\n{'(' * 20_000}\n```", "M008") in ([], ["2:1 " + "(" * 20_000])
    assert places("```python\nx = '\0'\n```", "M008") == []


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
    ],
)
def test_markup_that_is_seen_or_not_meant(text: str) -> None:
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
    ],
)
def test_lost_marks(text: str, found: str, fixed: str) -> None:
    assert places(text, "M013") == [found]
    assert mended(text, "M013") == fixed


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
    assert mended(text, "M013") == text


def test_a_mistyped_anchor_is_another_rules() -> None:
    text = "## #1\n\n#### 질문은?\n\n글\n\n##2\n\n#### 다른 질문은?\n\n글\n"
    assert places(text, "Q005") == ["7:1 ##2"]
    assert places(text, "M013") == []


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ("글  \n글", "M010", "글\\\n글"),
        ("글   \r\n글  \r\n", "M010", "글\\\r\n글\r\n"),
        ("> - 글  \n>   글  \n", "M010", "> - 글\\\n>   글\n"),
        ("글\\\\  \n글", "M010", "글\\\\  \n글"),
        ("https://a.b/c  \n글", "M010", "https://a.b/c  \n글"),
        ("[글](https://a.b)  \n글", "M010", "[글](https://a.b)\\\n글"),
        ("- 글  \n  - 글  \n", "M010", "- 글\n  - 글\n"),
        ("과적합\u200b은\ufeff 나쁘다", "M011", "과적합은 나쁘다"),
        ("# 과\u200b적합", "M011", "# 과적합"),
        ("\u200b# 제목 아님", "M011", "\u200b# 제목 아님"),
        (f"{NFD}은 **{NFD}**이다", "M011", "학습률은 **학습률**이다"),
        (f"# {NFD}", "M011", f"# {NFD}"),
        ("가\u00a0나 \u00a0다\u00a0\n\n라", "M011", "가 나 다\n\n라"),
        ("가\u00a0 \n나", "M011", "가\n나"),
        ("가\u00a0  \n나", "M011", "가  \n나"),
        ("# 가\u00a0나", "M011", "# 가\u00a0나"),
        ("> 가\u00a0나\r\n> 다\r\n", "M011", "> 가 나\r\n> 다\r\n"),
        ("| 가\u00a0나 |\n|---|\n| 1 |", "M011", "| 가 나 |\n|---|\n| 1 |"),
    ],
)
def test_mended(text: str, code: str, fixed: str) -> None:
    assert mended(text, code) == fixed


def test_one_style_of_headings_is_one_cause() -> None:
    text = md("""
        ## #1

        #### 질문은?

        글

        ## #2

        #### 다른 질문은?

        ###### 아주 작은 제목
    """)
    assert places(text, "M015") == []
    assert causes(text, "M015", M015) == ["2-4", "2-4", "4-6"]
    assert places("# 가\n\n## 나\n\n### 다\n\n# 라\n\n## 마\n", "M015", M015) == []
    assert places("### 가\n\n#### 나\n\n- # 다\n\n  ### 라\n", "M015", M015) == []


def test_house_styles_have_a_cause() -> None:
    assert causes("```\nx\n```\n\n```\ny\n```", "M007") == ["no-language"] * 2
    assert causes("글  \n글  ", "M010") == ["break", "end"]
