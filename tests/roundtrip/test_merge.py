"""What changed between two texts, carried into a third; and a merge of two sides by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.roundtrip.merge import carried, changes, first_change, merged
from tests.support.documents import markdownish

_BASE = [f"낱말{number}" for number in range(8)]


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """Words, and two versions of them in which each has changed words of its own."""
    owners = draw(st.lists(st.sampled_from(["", "", "a", "b"]), min_size=len(_BASE), max_size=len(_BASE)))
    versions: dict[str, list[str]] = {"a": [], "b": []}
    for word, owner in zip(_BASE, owners, strict=True):
        for side, words in versions.items():
            if side != owner:
                words.append(word)
                continue
            new = [f"{side}{word[-1]}{number}" for number in range(draw(st.integers(0, 2)))]
            words += [*new, word] if draw(st.booleans()) else new
    return _BASE, versions["a"], versions["b"]


@given(sides())
def test_no_word_is_lost_or_doubled(three: tuple[list[str], list[str], list[str]]) -> None:
    base, ours, theirs = three
    both = merged(" ".join(base), " ".join(ours), " ".join(theirs))
    if both is None:  # they touch
        assert ours != base
        assert theirs != base
        return
    for side, other in ((ours, theirs), (theirs, ours)):
        removed = set(base) - set(other)
        kept = [word for word in both.split() if word in base or word in side]
        assert kept == [word for word in side if word not in removed]


@given(markdownish, markdownish, markdownish)
def test_it_is_all_one_which_side_is_which(base: str, ours: str, theirs: str) -> None:
    assert merged(base, ours, theirs) == merged(base, theirs, ours)


@given(markdownish, markdownish)
def test_where_one_side_stays_the_other_one_is_taken(base: str, side: str) -> None:
    assert merged(base, side, base) == side
    assert merged(base, base, side) == side
    assert merged(base, side, side) == side


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("가 나 다 라", "가 나 다 라", "가 나 다 라"),
        ("마 나 다 라", "가 나 다 바", "마 나 다 바"),
        ("가 나 다", "마 나 다 라", "마 나 다"),
        ("마 가 나 다 라", "가 나 다 라 바", "마 가 나 다 라 바"),
        ("마 가 나 다 라", "마 가 나 다 라", "마 가 나 다 라"),
        ("가 마 다 라", "가 바 다 라", None),
        ("가 다 라", "가 바 다 라", None),
        ("마 가 나 다 라", "바 가 나 다 라", None),
        ("가 나는 다 라", "가 나를 다 라", None),
    ],
)
def test_merges(ours: str, theirs: str, both: str | None) -> None:
    assert merged("가 나 다 라", ours, theirs) == both


@given(markdownish, markdownish)
def test_nothing_changed_changes_nothing(written: str, source: str) -> None:
    assert list(carried(written, source, written)) == [source]


@given(markdownish, markdownish)
def test_of_a_source_that_is_what_was_written_comes_what_is_written(before: str, after: str) -> None:
    assert next(carried(before, before, after)) == after


@given(markdownish, markdownish, markdownish)
def test_each_candidate_once(before: str, source: str, after: str) -> None:
    candidates = list(carried(before, source, after))
    assert len(candidates) == len(set(candidates)) <= 8


@pytest.mark.parametrize(
    ("before", "source", "after", "becomes"),
    [
        ("가 **나** 다", "가 __나__ 다", "가 **나** 라", "가 __나__ 라"),
        ("가 나 다", "가\n나 다", "가 나 라", "가\n나 라"),
        ("- 가\n- 나", "*   가\n*   나", "- 가\n- 나는", "*   가\n*   나는"),
        ("가 나", "가 <!-- 말 --> 나", "가 나 다", "가 <!-- 말 --> 나 다"),
        ("가 \\* 나", "가 * 나", "가 \\* 다", "가 * 다"),
        ("딥러닝은", "딥러닝은[^1]", "딥러닝이", "딥러닝이[^1]"),
        ("가\n\n나", "가\n\n<!-- 말 -->\n나", "가\n\n다\n\n나", "가\n\n다\n\n<!-- 말 -->\n나"),
        ("가\n\n<나>", "가", "가\n\n다\n\n<나>", "가\n\n다"),
    ],
)
def test_the_authors_marks_stay(before: str, source: str, after: str, becomes: str) -> None:
    assert next(carried(before, source, after)) == becomes


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_changes_make_the_one_of_the_other(old: list[str], new: list[str]) -> None:
    made: list[str] = []
    end = 0
    for change in changes(old, new):
        assert change.start >= end
        assert tuple(old[change.start : change.end]) != change.new
        made += [*old[end : change.start], *change.new]
        end = change.end
    assert [*made, *old[end:]] == new


@given(markdownish, markdownish, markdownish)
def test_the_first_change_stands_in_the_source(before: str, source: str, after: str) -> None:
    assert 0 <= first_change(before, source, after) <= len(source)


def test_the_first_change_is_behind_what_stays() -> None:
    source = "가 __나__\n다 라"
    assert source[first_change("가 **나**\n다 라", source, "가 **나**\n다 마") :].strip() == "라"
