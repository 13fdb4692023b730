"""What is kept: found again under its key alone, bounded, and nothing that a program of another kind has kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dlcards
from dlcards.project import store as stores
from dlcards.project.asked import Answers, AskedFiles
from dlcards.project.store import Store, digest_of, key_of
from tests.support.command import CLEAN, write
from tests.support.documents import FakeFiles

_parts = st.lists(st.one_of(st.text(), st.binary()), max_size=4)


def _bytes(parts: list[str | bytes]) -> list[bytes]:
    return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]


@given(_parts, _parts)
def test_a_key_is_of_its_parts_one_by_one(one: list[str | bytes], other: list[str | bytes]) -> None:
    assert (key_of(one) == key_of(other)) == (_bytes(one) == _bytes(other))


@given(st.dictionaries(st.text(), st.binary(max_size=60), max_size=8))
def test_values_are_found_under_their_keys(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, bytes]
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    assert store.get(key_of(["nothing"])) is None
    for name, value in values.items():
        store.put(key_of([name]), value)
        store.put(key_of([name]), value)
    for name, value in values.items():
        assert store.get(key_of([name])) == value


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_LARGEST", 10)
    store = Store(tmp_path)
    for size, kept in ((10, True), (11, False)):
        key = key_of([str(size)])
        store.put(key, bytes(size))
        assert (store.get(key) is not None) == kept


def test_a_store_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_FULL", 8)
    keys = [f"00{number:04}" for number in range(100)]
    for age, key in enumerate(keys):
        Store(tmp_path).put(key, b"value")  # each a run of its own
        os.utime(tmp_path / key[:2] / key[2:], (age, age))
    kept = [key for key in keys if Store(tmp_path).get(key)]
    assert len(kept) <= 9
    assert kept == keys[-len(kept) :], "the oldest ones go"


def test_another_program_has_other_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(["x"])
    stores._program.cache_clear()
    assert key_of(["x"]) == before
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "mistune-99.0.dist-info").mkdir()
    stores._program.cache_clear()
    assert key_of(["x"]) != before, "another version of a dependency may read a document otherwise"
    package = tmp_path / "dlcards"
    write(package, "", "__init__.py")
    monkeypatch.setattr(dlcards, "__file__", str(package / "__init__.py"))
    stores._program.cache_clear()
    installed = key_of(["x"])
    write(package, "changed", "linter/rule.py")
    stores._program.cache_clear()
    assert key_of(["x"]) != installed, "so may code that was changed in a checkout"
    write(tmp_path, "linter/rule.py,sha256=a", "dlcards-1.0.dist-info/RECORD")
    stores._program.cache_clear()
    wheel = key_of(["x"])
    write(tmp_path, "linter/rule.py,sha256=b", "dlcards-1.0.dist-info/RECORD")
    stores._program.cache_clear()
    assert key_of(["x"]) != wheel, "and another wheel of one version"
    monkeypatch.undo()
    stores._program.cache_clear()


def test_questions_are_asked_again() -> None:
    files = FakeFiles(frozenset({"a.md", "images/x.png"}), contents={"images/x.png": b"1"})
    asked = AskedFiles(files)
    path = PurePosixPath("images/x.png")
    asked.exists(path), asked.similar(path), asked.ignored(path), asked.read(path)
    asked.names(path.parent), asked.anchors(PurePosixPath("a.md"))
    assert Answers(files).are(asked.noted())
    for other in (
        FakeFiles(frozenset({"a.md"}), contents={}),
        FakeFiles(frozenset({"a.md", "images/x.png"}), contents={"images/x.png": b"2"}),
        FakeFiles(frozenset({"a.md", "images/x.png", "images/y.png"}), contents={"images/x.png": b"1"}),
    ):
        assert not Answers(other).are(asked.noted())
    assert digest_of(None) == ""


@pytest.mark.slow
def test_several_runs_at_once_share_what_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    for number in range(12):
        write(folder, CLEAN.replace("하나", f"하나{number}"), f"{number}.md")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "dlcards", "lint", "--offline", "--format", "json"]
    for _ in range(2):
        runs = [
            subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE) for _ in range(4)
        ]
        said = {run.communicate()[0] for run in runs}
        assert len(said) == 1
    assert not list((tmp_path / "cache").rglob("*.tmp"))
