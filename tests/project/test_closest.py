"""What is most like something that is not there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.model import Config
from dlcards.project.closest import closest_file
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
        ("images/relu_curve.jpg", "images/relu-curve.png", None),  # another kind
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
