"""Our parser against GitHub's: the same blocks, words, links and code in any document."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.markdown import parse, plain_text
from dlcards.model import Node
from tests.support.commonmark import LINES, PIECES, PREFIXES, differences, random_document
from tests.support.documents import markdownish, md, places

_ROOT = Path(__file__).parents[2]
_PAGES = [_ROOT / "README.md", *sorted(_ROOT.glob("docs/**/*.md")), *sorted(_ROOT.glob("answers/*.md"))]
_LINES = st.tuples(st.lists(st.sampled_from(PREFIXES), max_size=3).map("".join), st.sampled_from(LINES))
_DOCUMENTS = st.lists(_LINES.map("".join), min_size=1, max_size=12).map("\n".join)
_INLINES = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(_DOCUMENTS)
def test_lines_of_all_kinds(text: str) -> None:
    assert not differences("[^1] [^n]\n\n" + text)


@given(_INLINES, st.sampled_from(["", "# ", "| a |\n|-|\n| "]))
def test_inlines_of_all_kinds(text: str, before: str) -> None:
    assert not differences(before + text + "\n\n[a]: /u\n[b]: <v w> (t)\n")


@given(markdownish)
def test_any_text(text: str) -> None:
    assert not differences(text.replace("$", "/"))


def test_random_documents() -> None:
    source = random.Random(0)
    texts = (random_document(source) for _ in range(2_000))
    assert not [text for text in texts if differences(text)]


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: str(path.relative_to(_ROOT)))
def test_pages_of_this_repository(path: Path) -> None:
    assert not differences(path.read_text(encoding="utf-8").replace("$", "/"))


def shape(nodes: tuple[Node, ...]) -> list[object]:
    """The blocks with what stands in them, and the words of leaves."""
    return [
        (node.kind, shape(node.children))
        if node.kind in ("list", "list_item", "block_quote", "footnote_definition")
        else (node.kind, node.raw or plain_text(node.children))
        for node in nodes
        if node.kind != "blank_line"
    ]


LEFT_OPEN = [
    pytest.param(
        md("""
            - 예

              ```python
            for r in [1]:
                print(r)
              ```

            ## 2. 다음 질문은?
        """),
        ["3:3 ```python"],
        id="item",
    ),
    pytest.param("> ```python\nx = 1\n> ```\n\n## 다음\n", ["1:3 ```python"], id="quote"),
    pytest.param("- ```python\nx = 1\n  ```\n\n## 다음\n", ["1:3 ```python"], id="line of the marker"),
    pytest.param("1. ```\nx\n```\n\n## 다음\n", ["1:4 ```"], id="ordered"),
]


@pytest.mark.parametrize(("text", "found"), LEFT_OPEN)
def test_a_line_outside_of_the_container_ends_its_fence(text: str, found: list[str]) -> None:
    assert not differences(text)
    assert places(text, "M006") == found
    code = [node for block in parse(text) for node in block.walk() if node.kind == "block_code"]
    if not text.startswith(">"):
        # The last fence opens a block that goes on to the end.
        assert "다음" in code[-1].raw
        assert not any(node.kind == "heading" for block in parse(text) for node in block.walk())


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("<br/>\n## 제목\n", [("block_html", "<br/>\n## 제목\n")]),
        ('<img src="a.png" />\n## 제목\n', [("block_html", '<img src="a.png" />\n## 제목\n')]),
        (
            "<b>\n## 제목\n\n## 둘\n",
            [("block_html", "<b>\n## 제목\n"), ("heading", "둘")],
        ),
        ("- <br>\n  ## 제목\n", [("list", [("list_item", [("block_html", "<br>\n## 제목\n")])])]),
        ("> <br>\n> ## 제목\n", [("block_quote", [("block_html", "<br>\n## 제목\n")])]),
        ("> <br>\n## 제목\n", [("block_quote", [("block_html", "<br>\n")]), ("heading", "제목")]),
        ("글\n<br>\n## 제목\n", [("paragraph", "글 "), ("heading", "제목")]),
        ("글\n<p>\n## 제목\n", [("paragraph", "글"), ("block_html", "<p>\n## 제목\n")]),
        ("<!-- a\n\n# b\n-->\n# c\n", [("block_html", "<!-- a\n\n# b\n-->\n"), ("heading", "c")]),
        ("<?a\n\n# b ?>\n# c\n", [("block_html", "<?a\n\n# b ?>\n"), ("heading", "c")]),
        ("<!A\n\n# b>\n# c\n", [("block_html", "<!A\n\n# b>\n"), ("heading", "c")]),
        ("<![CDATA[\n\n# b]]>\n# c\n", [("block_html", "<![CDATA[\n\n# b]]>\n"), ("heading", "c")]),
        ("<pre>\n\n# b</pre>\n# c\n", [("block_html", "<pre>\n\n# b</pre>\n"), ("heading", "c")]),
        (
            "<details>\n<summary>답</summary>\n**외운** 상태다.\n",
            [("block_html", "<details>\n<summary>답</summary>\n**외운** 상태다.\n")],
        ),
        # A line below an item underlines nothing in it.
        ("- a\n---\n", [("list", [("list_item", [("block_text", "a")])]), ("thematic_break", "")]),
        ("- a\n===\n", [("list", [("list_item", [("block_text", "a ===")])])]),
        ("> a\n===\n", [("block_quote", [("paragraph", "a ===")])]),
        ("- a\n  ===\n", [("list", [("list_item", [("heading", "a")])])]),
        # Footnotes hold blocks.
        (
            "[^1]: 하나\n\n    둘\n\n    - 셋\n\n          코드\n\n끝\n",
            [
                (
                    "footnote_definition",
                    [
                        ("paragraph", "하나"),
                        ("paragraph", "둘"),
                        ("list", [("list_item", [("paragraph", "셋"), ("block_code", "코드")])]),
                    ],
                ),
                ("paragraph", "끝"),
            ],
        ),
        ("[^1]: ```\n    x\n    ```\n", [("footnote_definition", [("block_code", "x\n")])]),
        ("글\n[^1]: a\nb\n", [("paragraph", "글"), ("footnote_definition", [("paragraph", "a b")])]),
    ],
)
def test_blocks_are_those_of_github(text: str, blocks: list[object]) -> None:
    assert not differences("[^1]\n\n" + text)
    assert shape(parse(text)) == blocks


def test_nothing_in_a_footnote_is_lost_or_taken_for_code() -> None:
    text = "글[^1]\n\n[^1]: 하나 [a]\n\n    [둘](#없다)\n\n    [a]: https://a.b\n"
    assert places(text, "L001") == ["5:9 #없다"]
    assert places(text, "L007") == []


@pytest.mark.parametrize(
    "text",
    [
        ">  - [a]:\n>\t;",
        ">  - [a]:\n>\tb\n>\t[c]: d\n>\te\n",
        '>  - [a]: b\n>\t"c"\n>\t[d]: e\n',
        ">  - a\n>\t| b |\n>    |---|\n",
        ">  - a\n>\t| b |\n>    |---|---|\n>    | c |\n",
        ">  - a\n>\tb\n>\tc |\n>    ---|\n",
    ],
)
def test_a_lazy_line_that_begins_in_a_tab_is_one_line(text: str) -> None:
    assert not differences(text)
