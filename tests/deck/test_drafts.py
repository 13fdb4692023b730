"""An export that uses what earlier ones have made is to the byte what one is that makes everything anew."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.deck.drafts import open_drafts
from dlcards.deck.export import Export, Order, export
from dlcards.document.build import build
from dlcards.identity.lock import Lock, dump
from dlcards.model import KINDS, Config, Context, Document, Kind
from dlcards.project.sources import read_sources
from dlcards.project.store import Store
from dlcards.reports.export import left_out, reworded, unscaled
from tests.support.deck_project import png
from tests.support.decks import NOW

CONFIG = Config(deck="Deck", repository="owner/name", max_image_width=4)
ANSWERS = (
    "An **answer** in `words`, see [there](b.md#what-is-1) and [here](#what-is-0).",
    "![a picture](a.png) stands here.",
    "![a picture](a.png) and ![another](../pics/b.png).",
    '<details><summary>More</summary>\n\n<img src="../pics/b.png"> folded\n\n</details>',
    "A formula $\\foo{x}$ and $$\\label{e} x$$ with $\\ref{e}$.",
    "It costs 5$ to 6$, or 3~5 a day, ~~not~~ 7~9.",
    "A [reference][r], a note[^n] and https://example.com/a.",
    "TODO",
    "",
    "See [a file](../pics/list.txt).",
    "<b>bold List<String> </b> and <mask>.",
    "> Summary: a **term** of it.\n\nשלום",
    "![gone](https://example.com/a.png) far away.",
)
TAILS = (
    "",
    "\n[r]: https://example.com/r\n",
    "\n[^n]: A note ![b](../pics/b.png).\n",
    "\n$$\\def\\foo#1{[#1]}$$\n",
)
PICTURES = (*("docs/a.png", "pics/b.png") * 2, "docs/A.png", "pics/list.txt")
CONFIGS: tuple[Callable[[Config], Config], ...] = (
    lambda config: replace(config, language="en" if not config.language else ""),
    lambda config: replace(config, error_free=not config.error_free),
    lambda config: replace(config, severity={} if config.severity else {"Q007": "error", "I002": "error"}),
    lambda config: replace(config, repository="" if config.repository else "owner/name"),
    lambda config: replace(config, max_image_width=4 - config.max_image_width),
    lambda config: replace(config, layouts={} if config.layouts else {"docs/b.md": "bold"}),
)


class Project:
    """A project that somebody works on, and the lock of its last export."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root / "project"
        self.store = Store(root / "store")
        self.config, self.lock = CONFIG, Lock()
        self.kinds: tuple[Kind, ...] = KINDS
        self.tags: tuple[str, ...] = ()
        self._chance = chance
        (self.root / "docs").mkdir(parents=True)
        (self.root / "pics").mkdir()
        (self.root / ".git").mkdir()
        for name in ("a.md", "b.md", "c.md"):
            self.write(name)
        for name in ("docs/a.png", "pics/b.png"):
            self.draw(name)

    def write(self, name: str) -> None:
        """Write a document anew."""
        questions = [
            f"### What is {self._chance.choice((number, 'it'))}?\n\n{self._chance.choice(ANSWERS)}\n\n"
            for number in range(self._chance.randint(0, 4))
        ]
        text = "# Questions\n\n" + "".join(questions) + self._chance.choice(TAILS)
        (self.root / "docs" / name).write_text(text, encoding="utf-8")

    def mend(self, name: str) -> None:
        """Change a word or a line of a document."""
        path = self.root / "docs" / name
        text = path.read_text(encoding="utf-8")
        old, new = self._chance.choice(
            (("is", "was"), ("was", "is"), ("A", "The"), ("\n\n", "\n\nMore.\n\n"))
        )
        path.write_text(text.replace(old, new, self._chance.randint(1, 3)), encoding="utf-8")

    def draw(self, name: str) -> None:
        """Draw a picture anew."""
        (self.root / name).write_bytes(png(self._chance.randint(1, 9), self._chance.randint(0, 9)))

    def change(self) -> None:
        """Whatever somebody does between two exports."""
        what = self._chance.randrange(11)
        name = self._chance.choice(("a.md", "b.md", "c.md", "d.md"))
        picture = self._chance.choice(PICTURES)
        if what == 0:
            (self.root / "docs" / name).unlink(missing_ok=True)
        elif what <= 2 and (self.root / "docs" / name).exists():
            self.mend(name)
        elif what <= 4:
            self.write(name)
        elif what == 5:
            (self.root / picture).unlink(missing_ok=True)
        elif what <= 8:
            self.draw(picture)
        elif what == 9:
            self.config = self._chance.choice(CONFIGS)(self.config)
        else:
            self.kinds = self._chance.choice((KINDS, ("question",)))
            self.tags = self._chance.choice(((), ("mine",)))

    def export(self, store: Store | None) -> Export | None:
        """An export with what the store knows; None where there are no questions."""
        sources = read_sources([self.root], self.config)
        context = Context(self.config, sources.files)
        documents = [source.document for source in sources.read]
        drafts = open_drafts(documents, context, sources.files, store)
        order = Order("Deck", self.lock, NOW, self.kinds, self.tags)
        if not any(draft.examined.facts.questions for draft in drafts):
            return None
        return export(drafts, context, self.root, order)


def _said(result: Export | None) -> tuple[object, ...]:
    """All that comes of an export."""
    if result is None:
        return ()
    said = [left_out(result, "en"), reworded(result, "ko"), unscaled(result, "en")]
    counts = result.language, result.switched, result.media, result.identified.new, result.identified.changed
    return (result.package, dump(result.identified.lock), *said, *counts, sorted(result.pictures.items()))


@settings(max_examples=20)
@given(st.integers(min_value=0, max_value=1 << 32))
def test_what_was_made_before_changes_no_byte(seed: int) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        project = Project(folder, random.Random(seed))
        for _ in range(6):
            anew, again = _said(project.export(None)), _said(project.export(project.store))
            assert again == anew
            assert _said(project.export(project.store)) == anew
            if (result := project.export(None)) is not None:
                project.lock = result.identified.lock
            project.change()
    finally:
        shutil.rmtree(folder)


def _project(tmp_path: Path) -> Project:
    project = Project(tmp_path, random.Random(1))
    for name in ("a.md", "b.md", "c.md"):
        text = f"### What is {name}?\n\nAn answer.\n\n### What is more?\n\n![a picture](a.png)\n"
        (project.root / "docs" / name).write_text(text, encoding="utf-8")
    return project


def test_only_documents_that_changed_are_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(tmp_path)
    project.export(project.store)
    parsed: list[str] = []

    def counted(path: PurePosixPath, text: str, config: Config, *, whole: bool = False) -> Document:
        parsed.append(str(path))
        return build(path, text, config, whole=whole)

    monkeypatch.setattr("dlcards.document.build.build", counted)
    project.export(project.store)
    assert parsed == []
    (project.root / "docs" / "b.md").write_text("### What is new?\n\nThis.\n", encoding="utf-8")
    project.export(project.store)
    assert parsed == ["docs/b.md"]


def test_damage_counts_for_nothing(tmp_path: Path) -> None:
    project = _project(tmp_path)
    expected = _said(project.export(project.store))
    kept = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert kept
    for number, path in enumerate(kept):
        data = path.read_bytes()
        path.write_bytes(data[:-1] if number % 2 else data[:-1] + bytes([data[-1] ^ 1]))
    assert _said(project.export(project.store)) == expected


def test_a_store_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (tmp_path / "file").write_text("")
    assert _said(project.export(Store(tmp_path / "file"))) == _said(project.export(None))
