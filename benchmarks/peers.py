"""The programs that dlcards is measured beside: where they are, which versions, and which can't be had here.

``make bench`` puts them into ``.venv-bench``, each from its registry; nothing here asks the network.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Task

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".venv-bench"
_BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
_NODE = HOME / "node_modules" / ".bin"

PYTHON = ("rumdl", "mdlinkcheck", "ankdown", "md2anki", "ankiops")
NODE = ("markdownlint-cli2",)

TYPER = [sys.executable, "-c", "import typer"]
FLOOR = [sys.executable, "-c", "import typer, mistune"]
"""The least that a program of the command line costs that reads markdown in Python."""

MISTUNE = [
    sys.executable,
    "-c",
    """
import sys
from pathlib import Path
import mistune
markdown = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    markdown(path.read_text(encoding="utf-8"))
""",
]
"""mistune reads all files of a folder in one process, and nothing else is done."""

GENANKI = [
    sys.executable,
    "-c",
    """
import sys
from pathlib import Path
import genanki, mistune
markdown = mistune.create_markdown(plugins=["table", "footnotes", "math", "task_lists", "strikethrough"])
model = genanki.Model(1, "m", fields=[{"name": "q"}, {"name": "a"}],
                      templates=[{"name": "c", "qfmt": "{{q}}", "afmt": "{{a}}"}])
deck = genanki.Deck(2, "d")
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    for section in path.read_text(encoding="utf-8").split("\\n---\\n\\n"):
        question, _, answer = section.partition("\\n\\n> ")
        deck.add_note(genanki.Note(model=model, fields=[markdown(question), markdown("> " + answer)]))
genanki.Package(deck).write_to_file(sys.argv[2])
""",
]
"""mistune renders every section and genanki packs it, and nothing else is done."""

ANKIOPS = """
import shutil, sys, tempfile
from pathlib import Path
import ankiops
from ankiops.markdown import read_deck_file
from ankiops.markdown_to_html import MarkdownToHTML
from ankiops.note_types import load_note_types
types = Path(tempfile.mkdtemp()) / "types"
shutil.copytree(Path(ankiops.__file__).parent / "default_note_types", types,
                ignore=shutil.ignore_patterns("__*"))
convert = MarkdownToHTML().convert
for note in read_deck_file(Path(sys.argv[1]), note_types=load_note_types(types)).notes:
    for text in note.fields.values():
        convert(text)
shutil.rmtree(types.parent)
"""
"""AnkiOps writes into a running Anki only; this is what it does of itself: reading a deck, making HTML."""


_VERSIONS = """
import sys
from importlib.metadata import distributions
for one in distributions():
    if one.name.lower() in sys.argv:
        print(f"{one.name}=={one.version}")
"""


def executable(name: str) -> str | None:
    """Where a peer stands, if it can be had."""
    return shutil.which(name, path=str(_NODE if name in NODE else _BIN))


def python() -> str:
    """The interpreter of the peers."""
    return str(_BIN / "python")


def missing() -> list[str]:
    """The peers that can't be had on this machine, or don't start."""
    return [name for name in (*PYTHON, *NODE) if not _starts(name)]


def _starts(name: str) -> bool:
    where = executable(name)
    if where is None:
        return False
    done = subprocess.run([where, "--help"], capture_output=True, check=False)
    return done.returncode in (0, 2)  # markdownlint-cli2 shows its help with 2


def versions() -> dict[str, str]:
    """The versions of what is measured beside, and of what it runs on."""
    found = {"Python": platform.python_version()}
    found |= {name: version(name) for name in ("typer", "mistune", "genanki")}
    if any(executable(name) for name in PYTHON):
        found |= dict(line.split("==") for line in _said(python(), "-c", _VERSIONS, *PYTHON).splitlines())
    markdownlint = executable("markdownlint-cli2")
    if markdownlint:
        found["markdownlint-cli2"] = _said(markdownlint, "--help").split()[1].removeprefix("v")
        found["Node.js"] = _said("node", "--version").strip().removeprefix("v")
    return found


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def linters(folder: Path, cache: Path, rounds: int) -> list[Task]:
    """The linters that can be had, on all files of a folder.

    Args:
        folder: The documents.
        cache: Where rumdl keeps its cache; it is emptied before the cold run.
        rounds: The most rounds for those that no row is held against.
    """
    found = executable("rumdl"), executable("mdlinkcheck"), executable("markdownlint-cli2")
    rumdl, mdlinkcheck, markdownlint = found
    tasks = []
    fails = frozenset({0, 1})
    if rumdl:
        check = [rumdl, "check", "--cache-dir", str(cache), "."]

        def empty() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        tasks.append(Task("rumdl, cold", check, folder, prepare=empty, exits=fails, peer=True))
        tasks.append(Task("rumdl, warm", check, folder, exits=fails, peer=True))
    if mdlinkcheck:
        tasks.append(Task("mdlinkcheck", [mdlinkcheck, "."], folder, exits=fails, peer=True, rounds=rounds))
    if markdownlint:
        command = [markdownlint, "**/*.md"]
        tasks.append(Task("markdownlint-cli2", command, folder, exits=fails, peer=True, rounds=rounds))
    return tasks
