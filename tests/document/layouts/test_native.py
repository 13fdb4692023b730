"""The native layout: the parts of a section, and where it ends."""

from __future__ import annotations

from tests.support.documents import document, md


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
    assert [[node.kind for node in block.children] for block in pair.summary] == [["strong", "text"]]
    assert [[node.raw for node in block.children] for block in pair.hint] == [["음수 쪽."]]
    assert [node.kind for node in pair.body if node.kind != "blank_line"] == ["paragraph", "block_quote"]
    assert [node.kind for node in pair.follow_ups if node.kind != "blank_line"] == ["list"]
    assert [node.kind for node in pair.references if node.kind != "blank_line"] == ["list"]


def test_a_section_ends_where_a_heading_above_it_begins() -> None:
    text = "## #1\n\n#### 무엇인가?\n\n답\n\n---\n\n# 부록\n\n글\n"
    assert document(text).pairs[0].span.of(text).rstrip().endswith("---")
