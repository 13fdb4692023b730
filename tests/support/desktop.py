"""Desktop Anki without a screen: import a package, review a card of each deck, take pictures.

A process of its own, since it may need another interpreter (one with ``aqt[qt6]``) and ends by force:

    python tests/support/desktop.py PACKAGE FOLDER PROFILE

writes pictures and ``seen.json`` into FOLDER, and a profile of Anki's into PROFILE. Exit code 77: something is missing, said on standard error.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NoReturn

MISSING = 77
SECONDS = 90.0  # after which the process ends whatever Anki does
_POLL = 100  # milliseconds
_POLLS = 100
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


def missing() -> str:
    """What this interpreter or machine lacks to run desktop Anki; empty when it lacks nothing."""
    try:
        import aqt  # noqa: F401
        from PyQt6 import QtWebEngineWidgets  # noqa: F401
    except ImportError as error:
        if "shared object" in str(error):
            return (
                f"a Debian library is missing ({error}): apt-get install libegl1 libgl1 libnss3 libasound2 "
                "libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1 libdbus-1-3"
            )
        return f"no desktop Anki here ({error}): pip install 'aqt[qt6]'"
    return ""


def main(package: Path, folder: Path, profile: Path) -> None:
    """Run Anki; never returns."""
    os.environ.update(
        QT_QPA_PLATFORM="offscreen",
        QTWEBENGINE_CHROMIUM_FLAGS="--no-sandbox --disable-gpu --disable-background-networking",
        ANKI_SOFTWAREOPENGL="1",
        ANKI_SINGLE_INSTANCE_KEY=os.urandom(8).hex(),
    )
    if said := missing():
        _end(said, MISSING)
    app = _start(str(profile))
    from PyQt6.QtCore import QTimer

    QTimer.singleShot(int(SECONDS * 1000), lambda: _end("Anki was not done in time"))
    tour = _Tour(package, folder)
    QTimer.singleShot(500, tour.go_on)
    app.exec()
    _end("Anki ended by itself")


def _start(base: str) -> Any:
    """Anki with a fresh profile that asks the user nothing and the network nothing."""
    import aqt
    from aqt.profiles import ProfileManager, VideoDriver

    pm: Any = ProfileManager(ProfileManager.get_created_base_folder(base))
    pm.setupMeta()
    pm.setLang("en_US")
    pm.create("User 1")
    pm.meta.update(firstRun=False)
    pm.set_update_check(False)
    pm.set_video_driver(VideoDriver.Software)
    pm.load("User 1")
    pm.save()
    pm.db.close()
    return aqt._run(["anki", "-b", base, "-p", "User 1", "-l", "en"], exec=False)


def _end(problem: str, code: int = 1) -> NoReturn:
    """Leave at once: Qt's own way out waits for threads that never end offscreen."""
    print(problem, file=sys.__stderr__, flush=True)  # Anki puts a dialog in the place of sys.stderr
    os._exit(code)


class _Tour:
    """The steps, each begun from Qt's loop when the one before is done.

    A step is a generator that yields how to wait: a number of milliseconds, or a function that takes
    the callback to go on with.
    """

    def __init__(self, package: Path, folder: Path) -> None:
        self._package = package
        self._folder = folder
        self._seen: list[dict[str, Any]] = []
        self._steps = self._all()

    def go_on(self, answer: Any = None) -> None:
        """Take the next step."""
        from PyQt6.QtCore import QTimer

        try:
            wait = self._steps.send(answer)
        except StopIteration:
            (self._folder / "seen.json").write_text(json.dumps(self._seen, ensure_ascii=False), "utf-8")
            _end("", 0)
        except Exception:  # it would be lost in Qt's loop
            _end(traceback.format_exc())
        else:
            if isinstance(wait, int):
                QTimer.singleShot(wait, self.go_on)
            else:
                wait(self.go_on)

    def _all(self) -> Generator[Any, Any, Any]:
        import aqt
        from aqt.theme import Theme
        from PyQt6.QtGui import QFontDatabase

        if not QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
            _end("no font has Korean letters: apt-get install fonts-nanum fonts-noto-cjk", MISSING)
        mw = aqt.mw
        mw.resize(900, 1000)
        decks = _import(mw.col, self._package)
        yield from self._settled("!!document.querySelector('.deck')")
        for theme, name in ((Theme.LIGHT, "day"), (Theme.DARK, "night")):
            mw.set_theme(theme)
            for number, did in enumerate(decks, start=1):
                mw.col.decks.select(did)
                mw.moveToState("overview")
                yield from self._settled("!!document.getElementById('study')")
                mw.moveToState("review")
                yield from self._side(name, number, "front")
                mw.reviewer.web.eval(_MARK)
                mw.reviewer._showAnswer()
                yield from self._side(name, number, "back")
                mw.reviewer.web.eval(_OPEN)
                yield from self._side(name, number, "open")

    def _settled(self, there: str) -> Generator[Any, Any, Any]:
        """Wait for a page to be there and to have said so: Anki takes a late word of it for the next one's."""
        import aqt

        yield from self._until(aqt.mw.web, there, bool)
        yield 4 * _POLL

    def _until(self, web: Any, look: str, enough: Callable[[Any], bool]) -> Generator[Any, Any, Any]:
        """Ask a page until its answer is enough or patience is at its end; the last answer."""
        for _ in range(_POLLS):
            yield _POLL
            answer = yield lambda go_on: web.page().runJavaScript(look, go_on)
            if enough(answer):
                break
        return answer or {}

    def _side(self, theme: str, number: int, side: str) -> Generator[Any, Any, Any]:
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

        look = yield from self._until(web, _LOOK, whole)
        yield _PAINT
        picture = f"{number}-{side}-{theme}.png"
        image = aqt.mw.grab().toImage()
        image.save(str(self._folder / picture))
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
        self._seen.append(look)


def _import(col: Any, package: Path) -> list[Any]:
    """Import the package and keep of each deck the note with the most to draw; the decks with cards."""
    from anki.collection import ImportAnkiPackageRequest

    options = col._backend.get_import_anki_package_presets()
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
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
    main(*(Path(argument).absolute() for argument in sys.argv[1:4]))
