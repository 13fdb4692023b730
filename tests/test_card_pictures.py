"""The pictures of cards in README are of the cards as they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from tools.card_pictures import FOLDER, KEY, PICTURES, made_of, sides

from tests.support import ROOT

pytestmark = pytest.mark.slow


def test_they_were_drawn_of_the_cards_as_they_are(tmp_path: Path) -> None:
    shutil.copy(ROOT / "answers/deck.lock", tmp_path)
    package = tmp_path / "deck.apkg"
    command = [sys.executable, "-m", "dlcards", "export", "answers", "--offline"]
    command += ["-o", str(package), "--lock", str(tmp_path / "deck.lock")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    cards, _ = sides(package, tmp_path)
    assert len(cards) == 3
    for picture in PICTURES.values():
        with Image.open(picture) as image:
            assert image.info.get(KEY) == made_of(cards), f"{picture.name} is out of date: make cards"


def test_where_the_checkout_is_from_does_not_show_in_them(tmp_path: Path) -> None:
    """Cards lead to the checkout's origin, which is another one in each fork."""
    shown = []
    for number, address in enumerate(("https://github.com/a/b", "https://codeberg.org/c/d")):
        folder = tmp_path / str(number)
        (folder / "learner").mkdir(parents=True)
        shutil.copytree(ROOT / "answers", folder / "answers")
        shutil.copy(ROOT / "pyproject.toml", folder)
        for words in ("init -q", f"remote add origin {address}"):
            subprocess.run(["git", *words.split()], cwd=folder, check=True)
        command = [
            sys.executable,
            "-m",
            "dlcards",
            "export",
            "answers",
            "--offline",
            "--locked",
            "-o",
            "d.apkg",
        ]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        shown.append(made_of(sides(folder / "d.apkg", folder / "learner")[0]))
    assert shown[0] == shown[1]


def test_both_readmes_show_them_for_day_and_night_and_for_phones() -> None:
    for name in ("README.md", "README.en.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert all(f'"docs/images/{picture.name}"' in text for picture in PICTURES.values())
    assert sorted(FOLDER.glob("cards*")) == sorted(PICTURES.values())
