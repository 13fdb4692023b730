"""Desktop Anki without a screen: what every program that drives it shares.

Such a program is a process of its own, since it may need another interpreter (one with ``aqt[qt6]``) and ends by
force; it imports nothing of dlcards. ``tests/support/desktop_process.py`` starts it. Exit code 77: something is
missing, said on standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NoReturn

MISSING = 77
POLL = 100  # milliseconds
_POLLS = 100

Steps = Generator[Any, Any, Any]
"""What is done step by step, each begun from Qt's loop when the one before is done.

A generator that yields how to wait: a number of milliseconds, or a function that takes the callback to go on with.
"""


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


def run(profile: Path, seconds: float, steps: Callable[[], Steps]) -> NoReturn:
    """Run Anki with a profile made in that folder, until the steps are done or the seconds are over."""
    os.environ.update(
        QT_QPA_PLATFORM="offscreen",
        QTWEBENGINE_CHROMIUM_FLAGS="--no-sandbox --disable-gpu --disable-background-networking",
        ANKI_SOFTWAREOPENGL="1",
        ANKI_SINGLE_INSTANCE_KEY=os.urandom(8).hex(),
    )
    if said := missing():
        end(said, MISSING)
    app = _start(str(profile))
    from PyQt6.QtCore import QTimer

    QTimer.singleShot(int(seconds * 1000), lambda: end("Anki was not done in time"))
    begun = _begin(steps)
    QTimer.singleShot(500, lambda: _go_on(begun))
    app.exec()
    end("Anki ended by itself")


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


def end(problem: str, code: int = 1) -> NoReturn:
    """Leave at once: Qt's own way out waits for threads that never end offscreen."""
    print(problem, file=sys.__stderr__, flush=True)  # Anki puts a dialog in the place of sys.stderr
    os._exit(code)


def _begin(steps: Callable[[], Steps]) -> Steps:
    from PyQt6.QtGui import QFontDatabase

    if not QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        end("no font has Korean letters: apt-get install fonts-nanum fonts-noto-cjk", MISSING)
    yield from steps()


def _go_on(steps: Steps, answer: Any = None) -> None:
    """Take the next step."""
    from PyQt6.QtCore import QTimer

    try:
        wait = steps.send(answer)
    except StopIteration:
        end("", 0)
    except Exception:  # it would be lost in Qt's loop
        end(traceback.format_exc())
    if isinstance(wait, int):
        QTimer.singleShot(wait, lambda: _go_on(steps))
    else:
        wait(lambda given=None: _go_on(steps, given))


def ask(web: Any, script: str) -> Steps:
    """What a page answers to a script."""
    return (yield lambda go_on: web.page().runJavaScript(script, go_on))


def until(web: Any, look: str, enough: Callable[[Any], bool]) -> Steps:
    """Ask a page until its answer is enough or patience is at its end; the last answer."""
    for _ in range(_POLLS):
        yield POLL
        answer = yield from ask(web, look)
        if enough(answer):
            break
    return answer


def settled(there: str) -> Steps:
    """Wait for the main window's page to be there and to have said so: Anki takes a late word of it for the next one's."""
    import aqt

    yield from until(aqt.mw.web, there, bool)
    yield 4 * POLL


def import_(package: Path) -> Any:
    """Import the package into the profile; the collection."""
    import aqt
    from anki.collection import ImportAnkiPackageRequest

    col: Any = aqt.mw.col
    options = col._backend.get_import_anki_package_presets()
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    return col
