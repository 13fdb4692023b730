"""Draw the pictures of cards that README shows: ``python -m tools.card_pictures``.

A card of each kind, front above back, by day and by night, as headless Chromium shows what the real Anki
renders on a phone: in two columns for a wide page, in one for a phone. Each picture knows of what it was made
(:func:`made_of`), so that a test can say when it is out of date.
"""

from __future__ import annotations

import hashlib
import tempfile
from itertools import chain
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo
from tests.support import ROOT
from tests.support.anki_collection import Learner
from tests.support.browser import Side, screenshot

FOLDER = ROOT / "docs" / "images"
PICTURES = {
    (night, narrow): FOLDER / f"cards{'.narrow' if narrow else ''}{'.night' if night else ''}.png"
    for night in (False, True)
    for narrow in (False, True)
}
KEY = "dlcards-cards"  # of the PNG's text that says what it was made of
ANSWER = "12-3"
SCALE = 1.65  # pixels to one of a phone's screen, so that two columns are no oversized picture (I006)
WIDTH, HEIGHT = 340, 1200  # of the screen
_WIDTH, _GAP = round(WIDTH * SCALE), round(12 * SCALE)  # of the picture
_SOURCE = (
    "https://github.com/OWNER/dlcards/blob/HEAD/answers/deep-learning.md"  # wherever this checkout is from
)
_GROUND = {False: "#d9dfe6", True: "#0b0d0f"}


def sides(package: Path, folder: Path) -> tuple[list[tuple[Side, Side]], Path]:
    """Front and back of an answer's question, first blank and first follow-up; the pictures' folder."""
    learner = Learner(folder)
    learner.import_(package)
    found: dict[str, tuple[Side, Side]] = {}
    for nid in learner.col.find_notes(f"Id:{ANSWER}"):
        note = learner.col.get_note(nid)
        note["Source"] = _SOURCE
        learner.col.update_note(note)
    for cid in sorted(learner.col.find_cards(f"Id:{ANSWER}")):
        card = learner.col.get_card(cid)
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
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    about = PngInfo()
    about.add_text(KEY, made_of(cards))
    for night in (False, True):
        tiles = [[_tile(side, media, folder, night=night) for side in card] for card in cards]
        question, *others = tiles  # a question is about as long as the others together
        wide, narrow = [question, list(chain(*others))], [list(chain(*tiles))]
        for is_narrow, columns in ((False, wide), (True, narrow)):
            whole = _beside(columns, _GROUND[night])
            whole.quantize(128).save(PICTURES[night, is_narrow], optimize=True, pnginfo=about)


def _tile(side: Side, media: Path, folder: Path, *, night: bool) -> Image.Image:
    """A side as far down as something is on it."""
    shot = folder / "shot.png"
    screenshot(side, media, folder, shot, night=night, width=WIDTH, height=HEIGHT, scale=SCALE)
    image = Image.open(shot).convert("RGB")
    # The page goes on below the card, in a colour of its own.
    own = image.getpixel((0, 0))
    height = next((y for y in range(image.height) if image.getpixel((0, y)) != own), image.height)
    card = image.crop((0, 0, _WIDTH, height))
    box = ImageChops.difference(card, Image.new("RGB", card.size, own)).getbbox()
    assert box is not None, "nothing is on the card"
    return card.crop((0, 0, card.width, min(box[3] + 2 * _GAP, card.height)))


def _beside(columns: list[list[Image.Image]], ground: str) -> Image.Image:
    """Columns of tiles, with gaps around all."""
    width = len(columns) * (_WIDTH + _GAP) + _GAP
    height = max(sum(tile.height + _GAP for tile in column) for column in columns) + _GAP
    whole = Image.new("RGB", (width, height), ground)
    for number, column in enumerate(columns):
        top = _GAP
        for tile in column:
            whole.paste(tile, (_GAP + number * (_WIDTH + _GAP), top))
            top += tile.height + _GAP
    return whole


def main() -> None:
    """Draw what ``build`` holds; ``make cards`` has made it."""
    (package,) = (ROOT / "build").glob("*.apkg")
    with tempfile.TemporaryDirectory() as name:
        cards, media = sides(package, Path(name))
        draw(cards, media, Path(name))


if __name__ == "__main__":
    main()
