"""What is most like something that is not there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.model import Config, Text
from dlcards.project.closest import closest, closest_file, unknown, unknown_code
from dlcards.project.files import Checkout


@pytest.mark.parametrize(
    ("there", "written", "meant"),
    [
        ("images/relu_curve.png", "images/relu-curve.png", "images/relu_curve.png"),
        ("images/relu_curve.png", "images/relu_curv.png", "images/relu_curve.png"),
        ("images/a.png", "image/a.png", "images/a.png"),
        ("image/a.png", "images/a.png", "image/a.png"),
        ("images/그림_하나.png", "images/그림-하나.png", "images/그림_하나.png"),
        ("images/figure-2.png", "images/figure-1.png", None),  # another figure
        ("quiz.md", "quiz-ch.md", None),  # a translation that nobody has written
        ("quiz-es.md", "quiz-fr.md", None),
        ("c++-quiz-ch.md", "c++quiz-ch.md", "c++-quiz-ch.md"),
        ("2024_loss.png", "2024loss.png", "2024_loss.png"),
        ("images/relu_curve.jpg", "images/relu-curve.png", None),  # another name and kind
        ("images/relu.jpg", "images/relu.png", "images/relu.jpg"),
        ("notes.md", "notes.mdd", "notes.md"),
        ("notes", "notes.md", None),  # a folder, maybe
        ("f.md", "b.md", None),
        ("images/a.png", "s/a.png", None),
        ("a.png", "../a.png", None),
    ],
)
def test_closest_file(tmp_path: Path, there: str, written: str, meant: str | None) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).touch()
    found = closest_file(PurePosixPath(written), Checkout(tmp_path, Config()))
    assert found == (PurePosixPath(meant) if meant else None)


def test_letter_case_is_the_least_of_differences() -> None:
    assert closest("A.md", ["b.md", "a.md"], 0.75).en == "; did you mean a.md?"
    assert closest("Readme.md", ["README.md", "ready.md"], 0.75).en == "; did you mean README.md?"


def test_many_words_are_listed_only_where_none_is_meant() -> None:
    keys = [f"key-{number}" for number in range(30)]
    key = Text("키", "key")
    assert unknown(key, "kye-7", keys).en == "unknown key 'kye-7'; did you mean key-7?"
    assert "known: key-0, key-1" in unknown(key, "zzz", keys).en


@pytest.mark.parametrize(("code", "meant"), [("M01", "M010"), ("M0O1", "M001"), ("m010", "M010")])
def test_a_code_is_meant_by_its_beginning(code: str, meant: str) -> None:
    rules = {"M001": "broken-emphasis", "M010": "some", "M011": "other", "M021": "hidden-tag"}
    assert f"did you mean {meant}?" in unknown_code(code, rules).en
