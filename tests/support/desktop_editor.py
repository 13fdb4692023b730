"""A learner's hand at desktop Anki's editor: notes opened in the browser, text chosen, keys struck, fields as kept.

    python -m tests.support.desktop_editor PACKAGE RECORD PROFILE

plays ``desktop_scenes.SCENES`` on the notes of PACKAGE and writes into RECORD what came of each.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.support.desktop import POLL, Steps, ask, import_, run, settled, until

SECONDS = 300.0  # after which the process ends whatever Anki does
_SOON = 3 * POLL  # milliseconds in which Anki's page has taken a key
_PASTED = 10 * POLL  # … or what was pasted

# Fields are numbered; `place` is an expression of a range within `field`, told by these functions.
_SELECT = r"""
(() => {
  const host = document.querySelectorAll('.rich-text-editable')[NUMBER];
  const field = host.shadowRoot.querySelector('anki-editable');
  const all = css => [...field.querySelectorAll(css)];
  const texts = node => {
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) if (walk.currentNode.data) found.push(walk.currentNode);
    return found;
  };
  // A place so many characters before the end of a text, or of a node's last text.
  const at = (text, back = 0) => [text, text.length - back];
  const end = (node, back = 0) => at(texts(node).at(-1), back);
  // The first text after a node; the last one before the first picture.
  const follows = (node, other) => node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const said = texts(field).filter(text => text.data.trim() && !text.parentNode.closest('anki-frame'));
  const after = node => said.find(text => follows(node, text));
  const prose = () => said.filter(text => follows(text, all('img:not([data-anki])')[0])).at(-1);
  const range = (from, to = from) => [...from, ...to];
  const words = node => range([texts(node)[0], 0], end(node));
  const [a, b, c, d] = (PLACE);
  host.shadowRoot.getSelection().setBaseAndExtent(a, b, c, d);
  return true;
})()
"""
_FOCUS = """
(() => {
  const host = document.querySelectorAll('.rich-text-editable')[NUMBER];
  host.scrollIntoView();
  host.shadowRoot.querySelector('anki-editable').focus();
  return true;
})()
"""
_CLICK = """
(() => {
  const field = document.querySelectorAll('.rich-text-editable')[NUMBER].shadowRoot;
  const it = PLACE;
  it.scrollIntoView();
  it.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
  return true;
})()
"""
_READY = """
(() => {
  const fields = [...document.querySelectorAll('.rich-text-editable')].map(host => host.shadowRoot);
  const formulas = field => [...field.querySelectorAll('anki-mathjax')];
  return fields.length === NUMBER && fields.every(field => field?.querySelector('anki-editable')
    && formulas(field).every(formula => formula.querySelector('img')));
})()
"""


class Hand:
    """What a learner does in Anki's browser, on one note at a time.

    Attributes:
        note: The note that is open.
        field: The name of the field that is edited.
    """

    def __init__(self, col: Any, browser: Any) -> None:
        self._col = col
        self._browser = browser
        self._web = browser.editor.web
        self.note: Any = None
        self.field = ""

    def open(self, field: str, fits: Callable[[str], object]) -> Steps:
        """Open the first note, in the documents' order, whose field fits.

        Raises:
            LookupError: There is none.
        """
        for nid in sorted(self._col.find_notes("")):
            note = self._col.get_note(nid)
            if field in note and fits(note[field]):
                break
        else:
            raise LookupError(f"no note has a {field} for this scene")
        self.note, self.field = note, field
        self._browser.search_for(f"nid:{nid}")
        for _ in range(50):
            yield POLL
            if self._browser.editor.note and self._browser.editor.note.id == nid:
                break
        else:
            raise LookupError(f"note {nid} was not opened")
        yield from until(self._web, _READY.replace("NUMBER", str(len(note.fields))), bool)
        yield _SOON

    def choose(self, place: str) -> Steps:
        """Put the cursor where the expression says, or choose its text, as a mouse would.

        Raises:
            LookupError: There is no such place.
        """
        self._web.setFocus()
        yield from self._at(_FOCUS)
        yield _SOON  # in which Anki puts the cursor at the end
        yield from self._at(_SELECT, place)
        yield _SOON

    def click(self, element: str) -> Steps:
        """Click what the expression says, of the page or of the ``field``."""
        self._web.setFocus()
        yield from self._at(_CLICK, element)
        yield 2 * _SOON

    def _at(self, script: str, place: str = "") -> Steps:
        number = str(self.note.keys().index(self.field))
        done = yield from ask(self._web, script.replace("NUMBER", number).replace("PLACE", place))
        if not done:
            raise LookupError(f"no such place in the {self.field}: {place}")

    def type(self, text: str) -> Steps:
        """Type: what is on an English keyboard key by key, all else as an input method hands it over."""
        from PyQt6.QtGui import QInputMethodEvent
        from PyQt6.QtTest import QTest
        from PyQt6.QtWidgets import QApplication

        keys = self._web.focusProxy()
        for run_ in _runs(text):
            if run_.isascii():
                QTest.keyClicks(keys, run_)
            else:
                event = QInputMethodEvent()
                event.setCommitString(run_)
                QApplication.sendEvent(keys, event)
            yield POLL
        yield _SOON

    def press(self, key: str, times: int = 1) -> Steps:
        """Strike a key that is named as in Qt, with what is held meanwhile: ``Ctrl+B``."""
        from PyQt6.QtGui import QKeySequence
        from PyQt6.QtTest import QTest

        combined = QKeySequence(key)[0]
        for _ in range(times):
            QTest.keyClick(self._web.focusProxy(), combined.key(), combined.keyboardModifiers())
            yield POLL
        yield _SOON

    def paste(self, html: str = "", picture: bool = False) -> Steps:
        """Ctrl+V, of such HTML or of a picture."""
        from PyQt6.QtCore import QMimeData
        from PyQt6.QtGui import QColor, QImage
        from PyQt6.QtWidgets import QApplication

        held = QMimeData()
        if html:
            held.setHtml(html)
        if picture:
            image = QImage(8, 8, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            image.setPixelColor(3, 3, QColor("black"))
            held.setImageData(image)
        clipboard = QApplication.clipboard()
        assert clipboard is not None
        clipboard.setMimeData(held)
        yield from self.press("Ctrl+V")
        yield _PASTED

    def saved(self) -> Steps:
        """Leave the field, and wait until the collection holds what stands there; the note then."""
        editor = self._browser.editor
        yield from ask(self._web, "document.activeElement.blur()")
        yield _SOON
        yield lambda go_on: editor.call_after_note_saved(go_on)
        yield 2 * _SOON
        return self._col.get_note(self.note.id)

    def undo(self) -> None:
        """Put the note back as it was before the scene, behind the editor's back."""
        self._browser.editor.set_note(None)
        self._browser.search_for("nid:0")
        self._col.update_note(self.note, skip_undo_entry=True)


def _runs(text: str) -> list[str]:
    """The text in parts that are typed alike."""
    parts: list[str] = []
    for letter in text:
        if parts and parts[-1].isascii() == letter.isascii():
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def record(package: Path, into: Path, scenes: Sequence[Callable[[Hand], Steps]]) -> Steps:
    """Play the scenes, each on the notes as they were imported, and write down what became of them."""
    import aqt
    from anki.buildinfo import version

    col = import_(package)
    yield from settled("!!document.querySelector('.deck')")
    browser: Any = aqt.dialogs.open("Browser", aqt.mw)
    browser.resize(1200, 900)
    yield 10 * POLL
    hand = Hand(col, browser)
    notes: dict[str, Any] = {}
    played: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    for scene in scenes:
        try:
            yield from scene(hand)
        except LookupError as error:
            failed[scene.__name__] = str(error)
            continue
        after = yield from hand.saved()
        notes[after.guid] = {
            "notetype": after.note_type()["name"],
            "fields": dict(hand.note.items()),
            "tags": hand.note.tags,
        }
        played.append(
            {"scene": scene.__name__, "guid": after.guid, "field": hand.field, **_changes(hand.note, after)}
        )
        hand.undo()
        yield POLL
    whole = {
        "anki": version,
        "date": time.strftime("%Y-%m-%d"),
        "notes": notes,
        "scenes": played,
        "failed": failed,
    }
    into.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _changes(before: Any, after: Any) -> dict[str, Any]:
    """The fields that differ, the tags if they do, and the files that came with them."""
    texts = {name: text for name, text in after.items() if text != before[name]}
    changes: dict[str, Any] = {"after": texts}
    if after.tags != before.tags:
        changes["tags"] = after.tags
    media = after.col.media
    new = set(media.files_in_str(after.mid, "".join(texts.values())))
    new -= set(media.files_in_str(before.mid, "".join(before.fields)))
    if new:
        folder = Path(media.dir())
        changes["media"] = {
            name: base64.b64encode((folder / name).read_bytes()).decode() for name in sorted(new)
        }
    return changes


def main() -> None:
    """Play all scenes; never returns."""
    from tests.support.desktop_scenes import SCENES

    package, into, profile = (Path(argument).absolute() for argument in sys.argv[1:4])
    run(profile, SECONDS, lambda: record(package, into, SCENES))


if __name__ == "__main__":
    main()
