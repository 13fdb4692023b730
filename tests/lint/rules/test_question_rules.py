"""Q001-Q006 and Q010: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from dlcards.model import Config
from tests.support.documents import PATH, context, document, md, places


def section(
    body: str, *, anchor: str = "## #1", question: str = "#### 무엇인가?", references: str = "- [출처](u)"
) -> str:
    return f"{anchor}\n\n{question}\n\n{body}\n\n#### References\n\n{references}\n\n---\n"


@pytest.mark.parametrize(
    "body",
    [
        "답이다.",
        "![그림](a.png)",
        "$$\nx\n$$",
        "$x$",
        "```\nx\n```",
        "| a |\n|---|\n| b |",
        "- 항목",
        "> 핵심: 답이다.",
        '<img src="a.png">',
        "<details><summary>답</summary>\n\n내용\n\n</details>",
        "답변: 층을 쌓은 것이다.",
        "##### 소제목\n\n글",
        "`x`",
    ],
)
def test_an_answer_is_an_answer(body: str) -> None:
    assert places(section(body), "Q001") == []
    assert places(section(body), "Q002") == []


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
    ],
)
def test_nothing_is_no_answer(body: str) -> None:
    assert places(section(body), "Q001") == ["3:1 #### 무엇인가?\n"]


@pytest.mark.parametrize(
    "body",
    [
        "TODO",
        "todo.",
        "To be filled",
        "추후 작성",
        "작성 예정",
        "답변 추가하기",
        "무슨말일까요...",
        "TODO: 그림",
        "- TODO",
        "**TBD**",
    ]
    + ["(작성 예정)", "TODO\n\n추후 작성 예정"],
)
def test_a_placeholder_is_no_answer(body: str) -> None:
    assert len(places(section(body), "Q002")) == 1
    assert places(section(body), "Q003") == []


@pytest.mark.parametrize(
    "body", ["TODO 목록은 할 일을 적는 것이다.", "추후 연구가 필요하다.", "`TODO`", "작성 예정인 글의 뜻"]
)
def test_a_sentence_that_begins_like_a_placeholder_is_none(body: str) -> None:
    assert places(section(body), "Q002") == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [("", "Q001"), ("TODO", "Q002"), ("Answer:", "Q001"), ("<br>", "Q001"), ("답이다.", "")],
)
@pytest.mark.parametrize("label", ["답 보기", "펼치기", "<b>Show me</b>", "Answer"])
def test_what_a_summary_says_is_no_answer(label: str, inside: str, code: str) -> None:
    body = f"<details>\n<summary>{label}</summary>\n\n{inside}\n\n</details>"
    found = [c for c in ("Q001", "Q002") if places(section(body), c)]
    assert found == ([code] if code else [])


def test_the_words_for_placeholders_are_configurable() -> None:
    assert places(section("나중에요"), "Q002", Config(placeholders=("나중에요",))) == ["5:1 나중에요"]
    assert places(section("TODO"), "Q002", Config(placeholders=("나중에요",))) == []


def test_a_placeholder_inside_an_answer_is_only_a_warning() -> None:
    text = section("여러 층을 쌓은 것이다.\n\n- 하나\n- TODO: 그림\n\n작성 예정")
    assert places(text, "Q002") == []
    assert places(text, "Q003") == ["8:3 TODO: 그림", "10:1 작성 예정"]


@pytest.mark.parametrize("body", ["답이다.\n\n```\nTODO\n```", "답이다. TODO", "답이다.\n\n`TODO`"])
def test_a_placeholder_in_code_or_a_sentence_is_none(body: str) -> None:
    assert places(section(body), "Q003") == []


def test_an_anchor_without_a_question() -> None:
    assert places("## #1\n\n답이다.\n\n#### 소제목\n\n글\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n#### References\n\n- [a](b)\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n## #2\n\n#### 질문\n\n답\n", "Q004") == ["1:1 ## #1"]
    assert places("## #1\n\n####\n\n답\n", "Q004") == ["1:1 ## #1"]
    assert places(section("답"), "Q004") == []


@pytest.mark.parametrize(
    ("anchor", "mended"),
    [
        ("## # 24", "## #24"),
        ("##24", "## #24"),
        ("###24", "## #24"),
        ("##  24", "## #24"),
        ("## ＃24", "## #24"),
        ("＃＃ #24", "## #24"),
        ("##\u00a0#24", "## #24"),
        ("## #\u00a024", "## #24"),
        ("## #24 - 1", "## #24-1"),
        ("## #24–1", "## #24-1"),
        ("##  # 24 ##", "## #24"),
    ],
)
def test_a_mistyped_anchor_is_reported_mended_and_not_lost(anchor: str, mended: str) -> None:
    text = section("답") + "\n" + section("답", anchor=anchor)
    assert [pair.malformed for pair in document(text).pairs] == [False, True]
    assert len(places(text, "Q005")) == 1
    fixed = fix(PATH, text, context()).text
    assert fixed == section("답") + "\n" + section("답", anchor=mended)


@pytest.mark.parametrize(
    "line", ["#### 24시간", "24", "#24", "### 24", "## 24시간 안에", "## 3장", "- ## 24"]
)
def test_other_numbers_are_no_anchors(line: str) -> None:
    text = section(f"답\n\n{line}\n\n글")
    assert places(text, "Q005") == []
    assert len(document(text).pairs) == 1


def test_one_id_twice() -> None:
    text = section("답") + section("답", anchor="## #2") + section("답")
    assert places(text, "Q006") == ["23:1 ## #1"]


def test_references() -> None:
    assert places(section("답", references=""), "Q010") == ["7:1 #### References\n"]
    assert places("## #1\n\n#### 질문\n\n답\n", "Q010") == ["3:1 #### 질문\n"]
    assert places(section("답", references="위키백과"), "Q010") == []
    assert places(section("답", references="<https://a.b>"), "Q010") == []
    assert places(section("답").replace("References", "참고 자료 📚"), "Q010") == []
    assert places(section("답", references="---"), "Q010") == ["7:1 #### References\n"]


def test_the_parts_of_a_section() -> None:
    (pair,) = document(
        md("""
        ## #12-3

        #### ReLU의 **문제점**은?

        > 핵심: **기울기**가 0이다.

        > 힌트: 음수 쪽.

        본문

        > 핵심: 둘째 인용은 본문이다.

        #### 꼬리질문

        - 어떻게 재나?
          - 센다.

        #### References

        - [a](b)

        ---
        """)
    ).pairs
    assert (pair.id, pair.parent_id, pair.slug, pair.question) == ("12-3", "12", "12-3", "ReLU의 문제점은?")
    assert [node.kind for node in pair.summary] == ["strong", "text"]
    assert [node.raw for node in pair.hint] == ["음수 쪽."]
    assert [node.kind for node in pair.body if node.kind != "blank_line"] == ["paragraph", "block_quote"]
    assert [node.kind for node in pair.follow_ups if node.kind != "blank_line"] == ["list"]
    assert [node.kind for node in pair.references if node.kind != "blank_line"] == ["list"]


def test_a_section_ends_where_a_heading_above_it_begins() -> None:
    text = section("답") + "\n# 부록\n\n글\n"
    assert document(text).pairs[0].span.of(text).rstrip().endswith("---")
