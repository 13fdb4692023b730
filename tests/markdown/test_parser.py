"""The laws of positions: they hold for any text whatsoever."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from dlcards.markdown import parse, plain_text
from dlcards.model import Node
from tests.support.documents import markdownish, md

SOURCES = [
    "",
    "\n",
    "no final newline",
    "\ufeff# 제목\r\n\r\n글\r\n",
    "---\ntitle: x\n---\n# 제목\n",
    "\ufeff---\r\ntitle: x\r\n---\r\n\r\n# 제목\r\n",
    "가\u2028나\n\n# 다\u2028라\n",
    "> 인용 **b** [x](u)\r\n> - a\r\n>   - ![i](p.png)\r\n\r\n끝",
    "-\tx\n\n\t[a](b)\n",
    "- \n  # 제목\n- 둘\n> 끼어든 인용\n",
    "> a\n- b\n> c\n",
    "| a | b |\n|---|---|\n| `x\\|y` | [l](u) |\n| 1 |\n",
    "~~[a](b) *c*~~ \\[d\\](e) [f\\](g)\n",
    "\r글\r\r# 제목\r",
    "- [ ] 할 일 [r]\n\n[r]: <a b> 't'\n",
    ")\n>>\n*",
    "가\n> 나\n1.\n다\n",
]


def shape(nodes: tuple[Node, ...]) -> list[object]:
    return [(node.kind, node.raw, shape(node.children)) for node in nodes]


@pytest.mark.parametrize("source", SOURCES)
def test_top_level_spans_tile_known_sources(source: str) -> None:
    assert "".join(block.span.of(source) for block in parse(source)) == source


@given(markdownish)
@example("- a\n> b\n- c\n")
@example("-\n\n  a\n")
def test_top_level_spans_tile_any_text(source: str) -> None:
    blocks = parse(source)
    ends = [0, *(block.span.end for block in blocks)]
    assert [block.span.start for block in blocks] == ends[:-1]
    assert ends[-1] == len(source)


@given(markdownish)
def test_children_stand_in_their_parents_in_order(source: str) -> None:
    def check(node: Node) -> None:
        at = node.span.start
        for child in node.children:
            assert at <= child.span.start <= child.span.end <= node.span.end, (node, child)
            at = child.span.end
            check(child)

    for block in parse(source):
        check(block)


@given(markdownish)
def test_leaves_stand_where_their_spans_say(source: str) -> None:
    for block in parse(source):
        for node in block.walk():
            written = node.span.of(source)
            if node.kind == "text" and len(node.raw) == len(written):
                assert written == node.raw
            elif node.kind == "text":
                # An escaped character, or an entity.
                assert written == "\\" + node.raw or written.startswith("&")
            elif node.kind == "link" and "\n" not in written and "\r" not in written:
                assert written.startswith(("[", "<"))
                assert written.endswith((")", "]", ">"))
            elif node.kind == "image" and "\n" not in written and "\r" not in written:
                assert written.startswith("![")
            elif node.kind in ("strong", "emphasis"):
                mark = written[0]
                assert mark in "*_"
                assert written.startswith(mark * (2 if node.kind == "strong" else 1))
                assert written.endswith(mark)
            elif node.kind == "codespan":
                assert written.startswith("`")
                assert written.endswith("`")


@given(markdownish)
def test_an_atx_heading_starts_at_its_sharps(source: str) -> None:
    for block in parse(source):
        for node in block.walk():
            if node.kind == "heading" and node.attrs["style"] == "atx":
                assert node.span.of(source).lstrip(" \t").startswith("#")


def test_a_links_span_gives_the_link_in_nested_containers() -> None:
    source = md("""
        > 인용
        > - 항목 [글 [안] **b**](u_(v) "t") 뒤
        >   1. ![그림](<a b.png>)

        | 표 |
        |---|
        | [칸](x) |
    """)
    found = [n.span.of(source) for b in parse(source) for n in b.walk() if n.kind in ("link", "image")]
    assert found == ['[글 [안] **b**](u_(v) "t")', "![그림](<a b.png>)", "[칸](x)"]


@pytest.mark.parametrize("source", ["- > a\n\t`코드`\n", "> > 글\n>\t`코드`\n", "1. > a\n \t`코드`\n"])
def test_a_tab_that_is_half_read_shifts_no_position(source: str) -> None:
    (code,) = (node for block in parse(source) for node in block.walk() if node.kind == "codespan")
    assert code.span.of(source) == "`코드`"


def test_crlf_shifts_no_position() -> None:
    source = "# a\r\n\r\n> b\r\n> [c](d)\r\n"
    link = next(n for b in parse(source) for n in b.walk() if n.kind == "link")
    assert link.span.of(source) == "[c](d)"


def test_a_short_table_row_is_padded_as_on_github() -> None:
    table = parse("| a | b |\n|---|:-:|\n| 1 |\n| 1 | 2 | 3 |\nx\n\n글\n")[0]
    assert [[plain_text(cell.children) for cell in row.children] for row in table.children] == [
        ["a", "b"],
        ["1", ""],
        ["1", "2"],
        ["x", ""],
    ]
    assert [row.attrs["cells"] for row in table.children] == [2, 1, 3, 1]


@pytest.mark.parametrize(
    ("source", "math"),
    [
        ("값은 $x_1$이다", ["x_1"]),
        ("$5 와 $10", []),
        ("$a$ 와 $b$", ["a", "b"]),
        ("`$x$`", []),
        (r"\$x\$", []),
        ("문장 $$E=mc^2$$ 안", ["E=mc^2"]),
        ("$`a_b`$", ["a_b"]),
        ("$$\na\n\nb\n$$", ["a\n\nb"]),
        ("$$ a = b $$", ["a = b"]),
        ("$$\na\n\n# 제목\n\n$$\nb\n$$", ["b"]),
        ("<!-- $$ -->\n\n# 제목", []),
        (r"$a \$ b$", [r"a \$ b"]),
    ],
)
def test_math_is_what_github_and_pandoc_take_for_math(source: str, math: list[str]) -> None:
    nodes = [n for b in parse(source) for n in b.walk() if n.kind in ("inline_math", "block_math")]
    assert [node.raw for node in nodes] == math


@pytest.mark.parametrize(
    "yaml",
    [
        "title: x\ntags: [a]\n",
        "# 주석\n\n제목: '글: 글'\n",
        "tags:\n- a\n- b\ntitle: >\n  글이\n\n  이어진다\n",
        '"a b": 1\n',
    ],
)
@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_front_matter_is_a_mapping_and_no_rule_and_no_heading(yaml: str, end: str) -> None:
    blocks = parse(f"---\n{yaml}{end}\n\n# 제목\n")
    assert [block.kind for block in blocks] == ["front_matter", "blank_line", "heading"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n글\n",
        "---\n과적합이란?\n\n. . .\n\n[답](u)이다.\n\n---\n\n# 제목\n",
        "---\ntitle: x\n",
        "---\ntitle: x\n글\n---\n",
        "---\n- a\n- b\n---\n",
        "---\nhttps://a.b\n---\n",
        "---\n**답**: x\n---\n",
        "---\n---\n",
        "\n---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_mapping_or_never_closed_is_content(text: str) -> None:
    kinds = [block.kind for block in parse(text)]
    assert "front_matter" not in kinds
    assert "thematic_break" in kinds


def test_a_paragraph_in_a_table_cell_keeps_the_places_of_escaped_bars() -> None:
    source = "| a\\|b `c\\|d` |\n|-|\n"
    cell = parse(source)[0].children[0].children[0]
    assert [(node.raw, node.span.of(source)) for node in cell.children] == [
        ("a", "a"),
        ("|", "\\|"),
        ("b ", "b "),
        ("c|d", "`c\\|d`"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "> " * 10_000 + "x",
        "[" * 10_000,
        "*a " * 5_000,
        "- " * 5_000 + "x",
        "`" * 9_999,
        "[^1]: " * 5_000 + "x",
        "![" * 5_000 + "](a)" * 5_000,
        "*a **b " * 5_000 + "c** d* " * 5_000,
        "<!-- " * 10_000 + "<? " * 10_000 + "<![CDATA[ " * 10_000,
        "[a](b 'c\\'" * 5_000,
        "a\n|-|-|\n" * 5_000,
        "[a]: u 't\n" * 5_000,
    ],
)
def test_deep_nesting_ends(source: str) -> None:
    blocks = parse(source)
    assert blocks[-1].span.end == len(source)

    def deepest(nodes: tuple[Node, ...]) -> int:
        return 1 + max((deepest(node.children) for node in nodes if node.children), default=0)

    assert deepest(blocks) < 200, "whoever walks the tree does so recursively"
