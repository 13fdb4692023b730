"""Draw the pictures of cards that README shows: ``python -m tools.card_pictures``.

A card of each kind, front above back, by day and by night, as headless Chromium shows what the real Anki
renders on a phone. Each picture knows of what it was made (:func:`made_of`), so that a test can say when it
is out of date.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tests.support import ROOT
from tests.support.anki_collection import Learner
from tests.support.browser import Side, screenshot

FOLDER = ROOT / "docs" / "images"
PICTURES = {False: FOLDER / "cards.png", True: FOLDER / "cards.night.png"}
KEY = "dlcards-cards"  # of the PNG's text that says what it was made of
ANSWER = "12-3"
WIDTH, FRONT, BACK, GAP = 340, 190, 480, 12  # pixels
_GROUND = {False: "#d9dfe6", True: "#0b0d0f"}


def sides(package: Path, folder: Path) -> tuple[list[tuple[Side, Side]], Path]:
    """Front and back of an answer's question, first blank and first follow-up; the pictures' folder."""
    learner = Learner(folder)
    learner.import_(package)
    found: dict[str, tuple[Side, Side]] = {}
    for number in sorted(learner.col.find_cards(f"Id:{ANSWER}")):
        card = learner.col.get_card(number)
        output = card.render_output()
        deck = learner.col.decks.name(card.did)
        shown = Side(output.question_text, output.css), Side(output.answer_text, output.css)
        found.setdefault(deck, shown)
    return [found[deck] for deck in sorted(found)], Path(learner.col.media.dir())


def made_of(cards: list[tuple[Side, Side]]) -> str:
    """A hash of all that the cards show."""
    said = "\0".join(part for card in cards for side in card for part in (side.html, side.css))
    return hashlib.sha256(said.encode()).hexdigest()


def draw(cards: list[tuple[Side, Side]], media: Path, folder: Path) -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    for night, target in PICTURES.items():
        size = (len(cards) * (WIDTH + GAP) + GAP, FRONT + BACK + 3 * GAP)
        whole = Image.new("RGB", size, _GROUND[night])
        for column, card in enumerate(cards):
            top = GAP
            for side, height in zip(card, (FRONT, BACK), strict=True):
                shot = folder / "shot.png"
                screenshot(side, media, folder, shot, night=night, width=WIDTH, height=height)
                tile = Image.open(shot).crop((0, 0, WIDTH, height))
                whole.paste(tile, (GAP + column * (WIDTH + GAP), top))
                top += height + GAP
        about = PngInfo()
        about.add_text(KEY, made_of(cards))
        whole.quantize(128).save(target, optimize=True, pnginfo=about)


def main() -> None:
    """Draw what ``build`` holds; ``make cards`` has made it."""
    (package,) = (ROOT / "build").glob("*.apkg")
    with tempfile.TemporaryDirectory() as name:
        cards, media = sides(package, Path(name))
        draw(cards, media, Path(name))


if __name__ == "__main__":
    main()
