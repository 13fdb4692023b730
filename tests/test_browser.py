"""The cards of ``answers/`` in headless Chromium: day and night, on a desktop and on a phone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dlcards.config import load
from dlcards.deck.export import export
from dlcards.document import build
from dlcards.files import Checkout, find_documents, read_text
from dlcards.lock import Lock
from dlcards.model import Context
from tests.anki_collection import Learner
from tests.browser import Side, anki_web, probe

ROOT = Path(__file__).parent.parent


def sides_of_answers(folder: Path) -> tuple[list[Side], Path]:
    """Both sides of every card of ``answers/`` as the real Anki renders them, and the media folder."""
    config = load(ROOT).config
    files = Checkout(ROOT, config)
    documents = []
    for path in find_documents([ROOT / "answers"]):
        assert isinstance(path, Path)
        text = read_text(path)
        assert isinstance(text, str)
        documents.append(build(files.relative(path), text, config))
    result = export(documents, Context(config, files), ROOT, "덱", Lock(), int(time.time()))
    (folder / "deck.apkg").write_bytes(result.package)
    learner = Learner(folder)
    try:
        learner.import_(folder / "deck.apkg")
        assert learner.complaints() == []
        sides = []
        for cid in learner.col.find_cards(""):
            output = learner.col.get_card(cid).render_output()
            sides += [Side(output.question_text, output.css), Side(output.answer_text, output.css)]
        return sides, Path(learner.col.media.dir())
    finally:
        learner.close()


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Side], Path]:
    anki_web()
    return sides_of_answers(tmp_path_factory.mktemp("anki"))


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1000], ids=["phone", "desktop"])
def test_nothing_goes_wrong_on_screen(
    rendered: tuple[list[Side], Path], tmp_path: Path, night: bool, width: int
) -> None:
    sides, media = rendered
    seen = probe(sides, media, tmp_path, night=night, width=width)
    assert seen["math"] > 20
    assert seen["images"] >= 6
    assert seen["math_errors"] == []
    assert seen["dollars"] == []
    assert seen["broken_images"] == []
    assert seen["wide"] == []
    assert seen["scroll_width"] <= width
    assert seen["low_contrast"] == []
    assert seen["smallest_tap"] >= 44
    assert seen["scripts"] == 0
