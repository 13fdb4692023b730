"""What an import does, told from what was there before and after: clean cases first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.identity.collection import PackageNote
from dlcards.identity.identify import content_hash
from dlcards.roundtrip.pushed import by_guid, compare, differing, edited, overwritten, own_tags

NAMES = ("Id", "Question", "Answer", "Source", "Updated")


def note(
    guid: str = "g",
    mod: int = 1,
    answer: str = "답",
    *tags: str,
    number: int = 7,
    source: str = "",
    updated: str = "2026-01",
) -> PackageNote:
    fields = dict(zip(NAMES, ("1", "왜?", answer, source, updated), strict=True))
    return PackageNote(guid, mod, ["dlcards::a", *tags], fields, False, "", number)


def hash_of(one: PackageNote) -> str:
    held = {name: value for name, value in one.fields.items() if name != "Updated"}
    return content_hash(held, one.tags)


def test_what_came_of_an_import_is_told() -> None:
    package = by_guid([note("new"), note("same"), note("up", 5, "새"), note("kept"), note("gone")])
    before = by_guid([note("same"), note("up"), note("kept", 9, "고침"), note("gone")])
    after = by_guid([note("new"), note("same"), note("up", 5, "새"), note("kept", 9, "고침")])
    found = compare(package, before, after)
    assert (found.new, found.updated, found.unchanged) == (["new"], ["up"], 1)
    assert (found.kept, found.missing) == ({"kept": ["Answer"]}, ["gone"])


def test_a_source_that_an_export_put_in_is_no_edit() -> None:
    one = note(source="https://a.b", updated="2026-02")
    assert differing(one, note()) == []
    assert compare({"g": note()}, {"g": one}, {"g": one}).unchanged == 1


def test_decomposed_letters_are_no_edit() -> None:
    assert differing(note(answer="가"), note(answer="\u1100\u1161")) == []


def test_only_edits_that_would_be_lost_are_endangered() -> None:
    old, new = note(mod=1, answer="답"), note(mod=5, answer="새 답")
    edited = note(mod=3, answer="고친 답")
    known = {hash_of(old)}
    assert overwritten({"g": new}, {}, known, []) == {}, "a new note"
    assert overwritten({"g": new}, {"g": old}, known, []) == {}, "as the lock has it"
    assert overwritten({"g": new}, {"g": old}, set(), [set(), known]) == {}, "as an earlier lock has it"
    assert overwritten({"g": new}, {"g": note(mod=3, answer="새 답")}, known, []) == {}, "the same edit"
    assert overwritten({"g": new}, {"g": note(mod=6, answer="고친 답")}, known, []) == {}, "Anki keeps it"
    assert overwritten({"g": new}, {"g": edited}, known, [{"x"}]) == {"g": ["Answer"]}


def test_history_is_read_only_as_far_as_needed() -> None:
    def earlier() -> Iterator[set[str]]:
        yield {hash_of(note())}
        pytest.fail("nothing was left to find")

    assert overwritten({"g": note(mod=5, answer="새 답")}, {"g": note()}, set(), earlier()) == {}
    assert overwritten({"g": note()}, {"g": note()}, set(), earlier()) == {}


def test_tags_of_ones_own_make_no_edit_and_come_back() -> None:
    package = {"g": note("g", 5, "새 답", "deck")}
    before = {"g": note("g", 1, "답", "deck", "mine", number=3)}
    after = {"g": note("g", 5, "새 답", "deck", number=3)}
    assert overwritten(package, before, {hash_of(note("g", 1, "답", "deck"))}, []) == {}
    assert own_tags(package, before, after) == {("mine",): [3]}
    assert own_tags(package, before, before) == {}
    assert own_tags({}, before, after) == {}


def test_what_was_only_touched_is_told_from_what_was_edited() -> None:
    package = {guid: note(guid, 5, "새 답") for guid in ("tagged", "own")}
    held = by_guid([note("tagged", 9, "답", "mine"), note("own", 9, "고친 답")])
    kept = compare(package, held, held).kept
    assert kept.keys() == {"tagged", "own"}
    assert edited(kept, package, held, {hash_of(note())}, []) == {"own": ["Answer"]}
    assert edited(kept, package, held, set(), [{"x"}, {hash_of(note())}]).keys() == {"own"}
    assert edited({}, package, held, set(), []) == {}


ANSWERS = st.sampled_from(["답", "고친 답", "새 답"])


@given(st.lists(st.tuples(ANSWERS, ANSWERS, st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_after_anki_has_imported_nothing_is_lost_that_was_not_named(
    notes: list[tuple[str, str, int, int]],
) -> None:
    """Anki's rule, played: a later ``mod`` wins."""
    package = by_guid(note(str(n), mod, new) for n, (new, _, mod, _) in enumerate(notes))
    before = by_guid(note(str(n), mod, old) for n, (_, old, _, mod) in enumerate(notes))
    known = {hash_of(note(answer="답"))}
    after = {guid: max(had, package[guid], key=lambda one: one.mod) for guid, had in before.items()}
    named = overwritten(package, before, known, [])
    found = compare(package, before, after)
    for guid, had in before.items():
        is_lost = after[guid].fields != had.fields and hash_of(had) not in known
        assert is_lost == (guid in named)
        assert (guid in found.kept) == (after[guid].fields != package[guid].fields)
    assert len(found.updated) + found.unchanged + len(found.kept) == len(notes)
