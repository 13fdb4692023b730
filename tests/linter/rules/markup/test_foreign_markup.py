"""M016 foreign-markup: clean cases first, then what is found, where, and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import DIALECTS, Config
from tests.support.documents import causes, mend, only, places

CLEAN = {
    "wiki-links": [
        "[[1, 2], [3, 4]]",
        "x[[0]], x[[a]], x[[가]]와 f()[[이름]]",
        "[[0]] [[1]] [[A]] [[AB]]",
        "[[ -f x ]]",
        "[[nodiscard]] int f()",
        "[[tool.x]]",
        "df[['가', '나']]",
        "[[글]](u) [[1]](u)",
        r"\[\[노트\]\]",
        "`![[그림.png]]`와 $[[노트]]$",
        "```\n[[노트]]\n```",
        "<div>\n[[노트]]\n</div>",
        "[[노트]]\n\n[노트]: u",
    ],
    "highlights": [
        "a == b == c",
        "x==1 and y==2",
        "(x)==(y)==(z)",
        "if (a ==b && c== d)",
        "==와 ===",
        "==는 참조를 비교한다. equals()는 값이다. ==로 견준다",
        "(==)와 (==)",
        "`==x==`와 $a==b==c$",
        "제목\n=====",
        "==== 구분 ====",
        "a != b == c",
        "'1'==1은 true, 1=='1'도 true",
        "'a'=='b'와 'c'=='d'",
        "문자열==문자열 비교, 객체==객체 비교",
        "*a*==*b*이고 *c*==*d*",
        "값==(x)이고 수==(y)",
        "“==연산자”와 “==메서드”",
        "이것은==중요==다",
    ],
    "attributes": [
        "집합 {a}와 {x=1}",
        "학습률 {lr=0.1}",
        "`{width=300}`",
        "```python\nx = {width=300}\n```",
        "```python torch\nx\n```",
        "```js {1,3}\nx\n```",
        "{{.Name}}",
        "{:.2f}",
        "{% if x %}",
        "${a.b} #{x.y}",
        "[글](u) {a}",
    ],
    "callouts": [
        "> [!NOTE]\n> 글",
        "> [!note]\n> 글",
        "> [!Caution]   \n> 글",
        "> [!NOTE]\r\n> 글\r\n",
        "> **NOTE** 글",
        "> 글\n> [!INFO]",
        "`[!INFO] 글`",
        "왜!!! note",
        "> [!NOTE](a.md) 제목",
        "> [!NOTE][a]\n\n[a]: u",
    ],
}
FOUND = {
    "wiki-links": [
        ("![[그림.png]]", "1:1 ![[그림.png]]"),
        ("![[a.png|300]]", "1:1 ![[a.png|300]]"),
        ("앞[[노트]]는", "1:2 [[노트]]"),
        ("[[노트|글]]", "1:1 [[노트|글]]"),
        ("[[노트#절]]", "1:1 [[노트#절]]"),
        ("[[#절]]", "1:1 [[#절]]"),
        ("[[Batch Normalization]]", "1:1 [[Batch Normalization]]"),
        ("[[Backpropagation]]", "1:1 [[Backpropagation]]"),
        ("> - [[노트]]", "1:5 [[노트]]"),
        ("| a |\n|---|\n| [[노트\\|글]] |", "3:3 [[노트\\|글]]"),
        ("# [[노트]]", "1:3 [[노트]]"),
    ],
    "highlights": [
        ("==x==", "1:1 ==x=="),
        ("==중요==는", "1:1 ==중요=="),
        ("이것은 ==중요==다", "1:5 ==중요=="),
        ("**==굵게==**는", "1:3 ==굵게=="),
        ("“==중요==”", "1:2 ==중요=="),
        ("==과적합==(overfitting)은", "1:1 ==과적합=="),
        ("**==굵게==**", "1:3 ==굵게=="),
        ("==**굵게**==", "1:1 ==**굵게**=="),
        ("==`x`는 값==이다", "1:1 ==`x`는 값=="),
    ],
    "attributes": [
        ("![a](b){width=300}", "1:8 {width=300}"),
        ("![a](b){ width=50% }", "1:8 { width=50% }"),
        ('![a](b){: width="300"}', '1:8 {: width="300"}'),
        ("# 제목 {#id .class}", "1:6 {#id .class}"),
        ("## 제목 {: .no_toc}", "1:7 {: .no_toc}"),
        ("문단\n{: .lead}", "2:1 {: .lead}"),
        ("{: .prompt-info }\n> 글", "1:1 {: .prompt-info }"),
        ("{:toc}", "1:1 {:toc}"),
        ("문단 끝. {: .x}", "1:7 {: .x}"),
        ('[글](u){:target="_blank"}', '1:7 {:target="_blank"}'),
        ("[글]{.mark}", "1:4 {.mark}"),
        ("**글**{.red}", "1:6 {.red}"),
        ("```{python}\nx\n```", "1:4 {python}"),
        ("```{.python .numberLines}\nx\n```", "1:4 {.python .numberLines}"),
        ("```python {#id .class}\nx\n```", "1:11 {#id .class}"),
    ],
    "callouts": [
        ("> [!INFO]\n> 글", "1:3 [!INFO]"),
        ("> [!info] 제목", "1:3 [!info] 제목"),
        ("- > [!NOTE]\n  > 글", "1:5 [!NOTE]"),
        ("> > [!NOTE]\n> > 글", "1:5 [!NOTE]"),
        (":::tip\n글\n:::", "1:1 :::tip"),
        (":::{note}\n글\n:::", "1:1 :::{note}"),
        ("!!! note\n    글", "1:1 !!! note"),
        ("> [!NOTE] ```\n> 글", "1:3 [!NOTE] ```"),
        ("> [!NOTE] <div>\n> 글", "1:3 [!NOTE] <div>"),
        ("> [!NOTE] > 인용", "1:3 [!NOTE] > 인용"),
        ("> [!NOTE] # 1", "1:3 [!NOTE] # 1"),
        ("> [!NOTE] ---", "1:3 [!NOTE] ---"),
        ("> [!NOTE] | a |\n> |---|", "1:3 [!NOTE] | a |"),
    ],
}
MENDED = [
    ("> [!NOTE] 제목\n> 글", "> [!NOTE]\n> 제목\n> 글"),
    ("> [!tip]- **제목**\r\n> 글\r\n", "> [!tip]\r\n> **제목**\r\n> 글\r\n"),
    ("> [!NOTE]+\n> 글", "> [!NOTE]\n> 글"),
    ("> [!NOTE]\\\n> 글", "> [!NOTE]\n> 글"),
    ("> [!NOTE] 제목\\\n> 글", "> [!NOTE]\n> 제목\\\n> 글"),
]


@pytest.mark.parametrize("text", [text for texts in CLEAN.values() for text in texts])
def test_clean(text: str) -> None:
    assert places(text, "M016") == []


@pytest.mark.parametrize(
    ("dialect", "text", "place"), [(dialect, *case) for dialect, cases in FOUND.items() for case in cases]
)
def test_found_unless_it_is_the_projects_dialect(dialect: str, text: str, place: str) -> None:
    assert places(text, "M016") == [place]
    assert causes(text, "M016") == [dialect]
    assert mend(text, only("M016")) == text
    assert places(text, "M016", Config(dialect=(dialect,))) == []
    others = tuple(word for word in DIALECTS if word != dialect)
    assert places(text, "M016", Config(dialect=others)) == [place]


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_the_title_of_a_callout_goes_below_its_label(text: str, mended: str) -> None:
    assert causes(text, "M016") == ["callouts"]
    assert mend(text, only("M016")) == mended


def test_every_dialect_is_looked_for() -> None:
    assert set(CLEAN) == set(FOUND) == set(DIALECTS)
