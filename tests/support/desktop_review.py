"""A card of each deck reviewed in desktop Anki, by day and by night.

    python -m tests.support.desktop_review PACKAGE FOLDER PROFILE

writes pictures and ``seen.json`` into FOLDER, and a profile of Anki's into PROFILE.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.support.desktop import Steps, import_, run, settled, until

SECONDS = 90.0  # after which the process ends whatever Anki does
_PAINT = 700  # milliseconds from a finished page to a finished picture

# What a learner would see of the page; ready when nothing is on its way any more.
_LOOK = r"""
(() => {
  const page = document.getElementById('qa');
  if (!page) return null;
  const images = [...page.querySelectorAll('img')];
  const bare = page.cloneNode(true);
  bare.querySelectorAll('pre, code, mjx-container, style, script').forEach(n => n.remove());
  return {
    text: page.innerText,
    math: page.querySelectorAll('mjx-container').length,
    math_errors: page.querySelectorAll('mjx-merror').length,
    raw_math: (bare.textContent.match(/\$[^$]*\$|\\[(\[]/g) || []).length,
    broken_images: images.filter(i => i.complete && !i.naturalWidth).map(i => i.src),
    images: images.length,
    stale: !!document.getElementById('stale'),
    styled: document.body.classList.contains('card'),
    ready: document.readyState === 'complete' && images.every(i => i.complete),
  };
})()
"""

# Gone when the other side is there.
_MARK = "document.getElementById('qa').append(Object.assign(document.createElement('i'), { id: 'stale' }))"
_OPEN = (
    "document.querySelectorAll('details').forEach(d => { d.open = true; });"
    "document.querySelector('#qa img, #qa table, #qa pre')?.scrollIntoView()"
)


def tour(package: Path, folder: Path) -> Steps:
    """Import the package, look at both sides of a card of each deck, and write down what was seen."""
    import aqt
    from aqt.theme import Theme

    seen: list[dict[str, Any]] = []
    mw: Any = aqt.mw
    mw.resize(900, 1000)
    decks = _one_note_each(import_(package))
    yield from settled("!!document.querySelector('.deck')")
    for theme, name in ((Theme.LIGHT, "day"), (Theme.DARK, "night")):
        mw.set_theme(theme)
        for number, did in enumerate(decks, start=1):
            mw.col.decks.select(did)
            mw.moveToState("overview")
            yield from settled("!!document.getElementById('study')")
            mw.moveToState("review")
            seen.append((yield from _side(folder, name, number, "front")))
            mw.reviewer.web.eval(_MARK)
            mw.reviewer._showAnswer()
            seen.append((yield from _side(folder, name, number, "back")))
            mw.reviewer.web.eval(_OPEN)
            seen.append((yield from _side(folder, name, number, "open")))
    (folder / "seen.json").write_text(json.dumps(seen, ensure_ascii=False), "utf-8")


def _side(folder: Path, theme: str, number: int, side: str) -> Steps:
    """Wait for a side to be whole, and take its picture."""
    import aqt

    reviewer: Any = aqt.mw.reviewer
    web, card = reviewer.web, reviewer.card
    output = card.render_output()
    html = output.question_text if side == "front" else output.answer_text
    wanted = html.count(r"\(") + html.count(r"\[")

    def whole(look: dict[str, Any] | None) -> bool:
        if not look or look["stale"] or not look["styled"]:
            return False
        return bool(look["ready"] and look["text"] and look["math"] >= wanted)

    look = (yield from until(web, _LOOK, whole)) or {}
    yield _PAINT
    picture = f"{number}-{side}-{theme}.png"
    image = aqt.mw.grab().toImage()
    image.save(str(folder / picture))
    shown = image.copy(web.geometry().translated(web.mapTo(aqt.mw, web.rect().topLeft()) - web.pos()))
    pixels = [
        shown.pixelColor(x, y).lightness()
        for x in range(0, shown.width(), 3)
        for y in range(0, shown.height(), 3)
    ]
    look.update(
        deck=aqt.mw.col.decks.name(card.did),
        picture=picture,
        side=side,
        theme=theme,
        math_wanted=wanted,
        shades=len(set(pixels)),
        lightness=sorted(pixels)[len(pixels) // 2] / 255,
    )
    return look


def _one_note_each(col: Any) -> list[Any]:
    """Keep of each deck the note with the most to draw; the decks with cards."""
    decks = []
    for entry in col.decks.all_names_and_ids(skip_empty_default=True):
        notes = {nid: _to_draw(col.get_note(nid)) for nid in col.find_notes(f"did:{entry.id}")}
        if notes:
            best = max(notes, key=lambda nid: notes[nid])
            col.remove_notes([nid for nid in notes if nid != best])
            decks.append(entry.id)
    return decks


def _to_draw(note: Any) -> tuple[int, int]:
    """Formulas where the card asks and answers first, then everything else."""
    asked = "".join(note[name] for name in ("Question", "Summary", "Text") if name in note)
    text = "".join(note.fields)
    return asked.count(r"\("), text.count(r"\(") + text.count(r"\[") + text.count("<img") + text.count("<pre")


if __name__ == "__main__":
    _package, _folder, _profile = (Path(argument).absolute() for argument in sys.argv[1:4])
    run(_profile, SECONDS, lambda: tour(_package, _folder))
