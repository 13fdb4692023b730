"""What is known in the end is what ``dlcards lint`` says of the same texts, saved."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.server.folder import Folder, Stale
from dlcards.server.lines import Lines
from tests.support import fuzz_inputs
from tests.support.command import CLEAN, DIRTY, run, write
from tests.support.editor import Found, linted

_NAMES = ("a.md", "b.md", "sub/c.md", "What is a lock.md", "How is it freed.md", "Why wait.md")
_NEW = ("sub/0.md", "aa.md", "zz.md", "build/excluded.md", "ignored.md", "no-document.txt")


def _never() -> bool:
    return False


def found_by(folder: Folder, texts: dict[str, str]) -> dict[str, list[Found]]:
    """What a folder's run finds in what is open, by paths from the folder."""
    known = folder.settle(texts, _never).known
    found = {}
    for path, each in known.items():
        lines = Lines(texts[path], "utf-16")
        ranges = [(finding, lines.range(finding.diagnostic.span)) for finding in each.findings]
        found[Path(path).relative_to(folder.path).as_posix()] = sorted(
            (
                finding.code,
                (place.start.line, place.start.character),
                (place.end.line, place.end.character),
                finding.diagnostic.message.in_("en"),
            )
            for finding, place in ranges
        )
    return found


def _text(chance: random.Random) -> str:
    pieces = [fuzz_inputs.piece(chance) for _ in range(chance.randrange(4))]
    if chance.random() < 0.5:
        pieces.append(
            chance.choice((CLEAN, DIRTY, "# What is it?\n\nThat.\n", "[x](a.md#2) [y](sub/c.md#1)\n"))
        )
    # An editor holds no halves of characters.
    return "\n\n".join(pieces).encode("utf-8", "replace").decode()


@settings(max_examples=settings().max_examples // 3)
@given(st.integers(0, 2**32))
def test_open_documents_are_read_as_if_they_were_saved(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        unsaved, saved = Path(first).resolve(), Path(second).resolve()
        for folder in (unsaved, saved):
            (folder / ".git").mkdir()
            write(folder, 'select = ["Q015", "L009"]\n', "dlcards.toml")
            for name in ("build", "sub"):
                (folder / name).mkdir()
        project = Folder(str(unsaved))
        texts: dict[str, str] = {}
        for name in _NAMES:
            text = _text(chance)
            for folder in (unsaved, saved):
                write(folder, text, name)
        for _ in range(chance.randrange(1, 4)):
            for name in chance.sample((*_NAMES, *_NEW), 2):
                text = _text(chance)
                texts[str(unsaved / name)] = text
                write(saved, text, name)
            expected = linted(saved)
            for name, own in found_by(project, texts).items():
                assert own == expected.get(name, []), (name, seed)


def test_a_new_document_belongs_to_the_run_unless_it_is_excluded(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    (tmp_path / "build").mkdir()
    texts = {str(tmp_path / name): DIRTY for name in _NEW}
    assert sorted(found_by(Folder(str(tmp_path)), texts)) == ["aa.md", "ignored.md", "sub/0.md", "zz.md"]


def test_a_file_that_is_open_alone_is_linted_alone(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    write(tmp_path, CLEAN, "other.md")
    texts = {str(path): DIRTY}
    write(tmp_path, DIRTY, "saved.md")
    alone = Folder(str(path))
    assert list(alone.settle(texts, _never).known) == [str(path)]
    codes = [finding.code for finding in alone.settle(texts, _never).known[str(path)].findings]
    assert sorted(codes) == [code for code, *_ in linted(tmp_path, "saved.md")["saved.md"]]


def test_what_a_baseline_accepts_is_not_shown(tmp_path: Path) -> None:
    path = write(tmp_path, DIRTY)
    folder, texts = Folder(str(tmp_path)), {str(path): DIRTY}
    assert folder.settle(texts, _never).known[str(path)].findings
    run(tmp_path, "lint", "--write-baseline")
    assert folder.settle(texts, _never).known[str(path)].findings == ()


def test_a_run_ends_where_something_has_changed_since(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    with pytest.raises(Stale):
        Folder(str(tmp_path)).settle({str(path): f"{DIRTY}\n한 번도 본 적 없는 글.\n"}, lambda: True)
