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


def test_both_readmes_show_them_for_day_and_night() -> None:
    for name in ("README.md", "README.en.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert all(f'"docs/images/{picture.name}"' in text for picture in PICTURES.values())
    assert sorted(FOLDER.glob("cards*")) == sorted(PICTURES.values())
