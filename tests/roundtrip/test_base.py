"""Which version of a note a learner has edited."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.api.read import load_config
from dlcards.identity.identify import content_hash
from dlcards.identity.package import PackageNote, package_notes
from dlcards.project.files import Checkout
from dlcards.roundtrip.base import History, PackageVersions, Version, is_exported, nearest, own_fields
from dlcards.roundtrip.edit import edits
from dlcards.roundtrip.trial import Workbench
from tests.support.learners import DOCUMENT, Shared, git

JANUARY, FEBRUARY, MARCH = 1_767_600_000, 1_770_300_000, 1_772_700_000  # seconds of 2026


def note(mod: int = MARCH, /, **fields: str) -> PackageNote:
    return PackageNote("guid", mod, [], fields, False, "ko")


def test_the_version_that_differs_least() -> None:
    far, near = Version({"Answer": "가 나 다 라"}, 1), Version({"Answer": "가 나 마 바"}, 2)
    assert nearest(note(Answer="가 나 마 사"), [far, near]) is near
    assert nearest(note(Answer="가 나 다 사"), [near, far]) is far


def test_line_ends_of_a_phone_make_no_difference() -> None:
    far, near = Version({"Answer": "<p>가</p> <p>나</p>"}, 1), Version({"Answer": "<p>가</p>\n<p>다</p>"}, 2)
    assert nearest(note(Answer="<p>가</p><br><p>다</p>"), [far, near]) is near


def test_no_version_that_is_newer_than_the_note() -> None:
    old, new = Version({"Answer": "가"}, JANUARY), Version({"Answer": "나"}, MARCH)
    assert nearest(note(FEBRUARY, Answer="나"), [new, old]) is old
    assert nearest(note(JANUARY - 1, Answer="나"), [new, old]) is None
    assert nearest(note(MARCH, Answer="나"), []) is None


def test_one_of_the_month_that_the_note_names() -> None:
    january = Version({"Answer": "가 나 다"}, JANUARY, "2026-01")
    february = Version({"Answer": "가 나 라"}, FEBRUARY, "2026-02")
    edited = note(MARCH, Answer="가 나 라", Updated="2026-01")
    assert nearest(edited, [february, january]) is january
    assert nearest(note(MARCH, Answer="가 나 라", Updated="어제"), [january, february]) is february
    assert nearest(note(MARCH, Answer="가 나 라", Updated="2020-01"), [january, february]) is None


def test_of_equal_ones_the_first() -> None:
    first, second = Version({"Answer": "가"}, 2), Version({"Answer": "가"}, 1)
    assert nearest(note(Answer="나"), [first, second]) is first


def test_what_an_export_made_is_known_by_its_hash() -> None:
    fields = {"Question": "가?", "Answer": "나"}
    hashes = {content_hash(fields, ["태그"]): FEBRUARY}
    assert is_exported(note(**fields, Updated="2026-02", Hint=""), hashes, ["태그"])
    assert is_exported(note(**fields, Source="https://a.b/c"), hashes, ["태그"])
    assert not is_exported(note(Question="가?", Answer="다"), hashes, ["태그"])
    assert not is_exported(note(**fields), hashes, [])
    assert not is_exported(note(JANUARY, **fields), hashes, ["태그"]), "the lock's is newer"


def test_a_package_that_learners_had() -> None:
    versions = PackageVersions([note(5, Answer="가", Updated="2026-01", Hint="")])
    assert versions.of("guid") == (Version({"Answer": "가"}, 5, "2026-01"),)
    assert versions.of("other") == ()
    assert versions.hashes("guid") == {}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shared, list[list[PackageNote]]]:
    """A repository of three versions, and the notes of each."""
    shared = Shared(tmp_path_factory.mktemp("three"))
    packages = [shared.deck.read_bytes()]
    changed = DOCUMENT.replace("사람이 만들지 않고", "사람이 짓지 않고")
    packages.append(shared.version(changed, "v2").read_bytes())
    packages.append(shared.version(changed.replace("여러 층으로", "층층이"), "v3").read_bytes())
    notes = []
    for number, data in enumerate(packages):
        path = shared.folder / f"{number}.apkg"
        path.write_bytes(data)
        notes.append(list(package_notes(path)))
    return shared, notes


def history(shared: Shared) -> History:
    config = load_config(shared.root)
    return History(Workbench(shared.root, config, Checkout(shared.root, config)), PurePosixPath("deck.lock"))


def test_git_knows_every_version_of_every_note(three: tuple[Shared, list[list[PackageNote]]]) -> None:
    shared, versions = three
    known = history(shared)
    for notes in versions:
        for each in notes:
            base = nearest(each, known.of(each.guid))
            assert base is not None
            assert edits(each, base) == []
            fields = own_fields(each)
            assert {name: html for name, html in base.fields.items() if html and name != "Source"} == {
                name: html for name, html in fields.items() if name != "Source"
            }
            hashes = known.hashes(each.guid)
            assert is_exported(each, hashes, each.tags)
            assert not is_exported(each._replace(fields={**each.fields, "Hint": "말"}), hashes, each.tags)


def test_an_edit_of_each_version_is_told_from_what_the_documents_changed(
    three: tuple[Shared, list[list[PackageNote]]],
) -> None:
    shared, versions = three
    known = history(shared)
    for notes in versions:
        for each in notes:
            edited = each._replace(
                mod=each.mod + 1_000_000,
                fields={**each.fields, "Context": each.fields["Context"] + " 덧붙임"},
            )
            base = nearest(edited, known.of(each.guid))
            assert base is not None
            assert [found.field for found in edits(edited, base)] == ["Context"]


def test_a_note_that_git_does_not_know(three: tuple[Shared, list[list[PackageNote]]]) -> None:
    known = history(three[0])
    assert known.of("nobody's") == []
    assert known.hashes("nobody's") == {}


def test_a_lock_that_was_committed_in_conflict_is_passed_over(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    lock = shared.root / "deck.lock"
    whole = lock.read_bytes()
    lock.write_bytes(whole + b"<<<<<<< ours\n")
    git(shared.root, "commit", "-qam", "broken")
    lock.write_bytes(whole)
    git(shared.root, "commit", "-qam", "mended")
    known = history(shared)
    for each in package_notes(shared.deck):
        assert len(known.of(each.guid)) == 1
