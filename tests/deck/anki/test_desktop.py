"""The deck of ``answers/`` in desktop Anki itself, without a screen: fronts and backs, day and night.

Runs where Anki's desktop program is installed: in this interpreter, or in the one that
``DLCARDS_AQT_PYTHON`` names; ``make desktop`` sets one up. The pictures are kept in the folder that
``DLCARDS_PICTURES`` names, for someone to look at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, desktop_process, desktop_review

pytestmark = [pytest.mark.slow, pytest.mark.desktop]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What each side looked like, as ``tests/support/desktop_review.py`` wrote it down."""
    folder = tmp_path_factory.mktemp("desktop")
    pictures = Path(os.environ.get("DLCARDS_PICTURES") or folder).absolute()
    pictures.mkdir(parents=True, exist_ok=True)
    package = folder / "deck.apkg"
    export = [sys.executable, "-m", "dlcards", "export", "answers", "--offline"]
    export += ["-o", str(package), "--lock", str(folder / "deck.lock")]
    subprocess.run(export, cwd=ROOT, check=True, capture_output=True)
    desktop_process.drive("desktop_review", desktop_review.SECONDS, package, pictures, folder / "profile")
    found = json.loads((pictures / "seen.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def test_each_kind_of_card_by_day_and_by_night(seen: list[dict[str, Any]]) -> None:
    shown = {(side["deck"].rpartition("::")[2], side["side"], side["theme"]) for side in seen}
    assert shown == {
        (deck, side, theme)
        for deck in ("1 질문", "2 빈칸", "3 꼬리질문")
        for side in ("front", "back", "open")
        for theme in ("day", "night")
    }


def test_what_is_on_the_screen(seen: list[dict[str, Any]]) -> None:
    for side in seen:
        name = side["picture"]
        assert side["styled"], name
        assert "has a problem" not in side["text"], name
        assert "{{" not in side["text"], name
        assert side["math"] == side["math_wanted"], name
        assert (side["math_errors"], side["raw_math"], side["broken_images"]) == (0, 0, []), name
        assert side["shades"] > 50, f"{name}: an empty page has one shade or two"
        if side["side"] != "open":  # which shows a picture, white even by night
            assert (side["lightness"] > 0.7) == (side["theme"] == "day"), name
    for deck in {side["deck"] for side in seen}:
        assert any(side["math"] for side in seen if side["deck"] == deck), f"no formula seen in {deck}"
