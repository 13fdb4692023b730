"""Edits made in Anki and taken back into the markdown, by ``dlcards pull`` and by AnkiOps, on the same notes.

AnkiOps's notes hold what it makes itself of our markdown in its own dialect, so that it is at home there;
what is edited is its HTML, in the same places. It writes all fields of a note that was edited anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support import recorded
from tests.support.edits import Edited, edited

from benchmarks import ankiops, peers
from benchmarks.bench import ROOT, Bench
from benchmarks.kinds import KINDS, common
from benchmarks.kinds import edited as kind_edited
from benchmarks.measure import Failed
from benchmarks.outcomes import ANKIOPS, BY_HAND, DLCARDS, OUTCOMES, UNEDITED, Cards, changes, judged
from dlcards.api.export import made
from dlcards.api.options import DeckOptions
from dlcards.api.read import load_config
from dlcards.roundtrip.places import passages, place_of

PEER_RECORDED = Path(__file__).with_name("ankiops.json")
"""The scenes of ``tests/support/desktop_scenes.py``, played in Anki on notes as AnkiOps writes them."""
_PEER_ANCHORS = {"formula_with_signs": r"\end{aligned}", "backspace_before_a_paragraph": "전통적인"}
"""Where a scene finds another place in AnkiOps's HTML, or what is done there stands in no source of ours."""
_MARKER = re.compile(r"^\s*(?:#+ |> [^:]+: )")
"""What stands in a document before a field's source."""


class Note(NamedTuple):
    """A note, and what it is made of.

    Attributes:
        fields: The HTML of its fields in Anki, by name.
        sources: The markdown of those that stand in a document, by name.
    """

    fields: Mapping[str, str]
    sources: Mapping[str, str]


class Wanted(NamedTuple):
    """An edit of a note.

    Attributes:
        after: The HTML of the fields that the learner has edited.
        anchor: What of the source is edited.
        media: Files that the learner has put in.
    """

    after: Mapping[str, str]
    anchor: str
    media: Mapping[str, bytes] = {}


def notes_of(project: Path) -> dict[str, Note]:
    """The notes of a project's deck by their GUIDs."""
    found = {}
    with made([project], DeckOptions(offline=True, cache=False)) as deck:
        documents = {draft.document.name: draft.parsed for draft in deck.drafts}
        config = load_config(project)
        numbers: Counter[tuple[str, str, str]] = Counter()
        for card in deck.cards:
            document = documents[card.card.document]
            pair = next(each for each in document.pairs if each.span.start == card.card.order)
            place = (card.card.document, card.card.id, card.card.kind)
            texts = passages(document, pair, config)
            sources = {}
            for field in card.card.fields:
                passage = texts.get(place_of(card.card.kind, numbers[place], field))
                if passage and field != "FollowUps":
                    sources[field] = passage.text
            numbers[place] += 1
            found[card.guid] = Note(dict(card.card.fields), sources)
    return found


def counts(bench: Bench) -> dict[str, dict[str, dict[str, int]]]:
    """How many edits of each kind came to what: by kind, by program.

    Of no edit at all: how many lines of the sources change, and how many there are.

    Raises:
        Failed: A program did not do its work.
    """
    found: dict[str, dict[str, dict[str, int]]] = {}
    small = _Project(bench, recorded.PROJECT, "recorded")
    found["recorded in Anki"] = _recorded(small)
    large = small if bench.quick else _answers(bench)
    for kind in KINDS:
        ours: dict[str, Wanted] = {}
        theirs: dict[str, Wanted] = {}
        for guid in large.questions:
            note = large.notes[guid]
            pages = [note.fields["Answer"], *([large.peer[guid]["Answer"]] if large.peer else [])]
            if places := common(kind, note.sources["Answer"], pages):
                anchor = kind.anchor(places[0])
                changed = [kind_edited(kind, page, place) for page, place in zip(pages, places, strict=True)]
                ours[guid] = Wanted({"Answer": changed[0]}, anchor)
                theirs[guid] = Wanted({"Answer": changed[-1]}, anchor)
        found[kind.name] = {DLCARDS: _counted(large.by_dlcards(ours).values())}
        if large.peer:
            found[kind.name][ANKIOPS] = _counted(large.by_ankiops(theirs).values())
        print(f"benchmarks: {kind.name}: {found[kind.name]}", file=sys.stderr)
    found[UNEDITED] = {DLCARDS: large.unedited_by_dlcards()}
    if large.peer:
        found[UNEDITED][ANKIOPS] = large.unedited_by_ankiops()
    return found


def _recorded(project: _Project) -> dict[str, dict[str, int]]:
    """What was done in Anki's editor with real keys, a scene at a time."""
    outcomes: dict[str, list[str]] = defaultdict(list)
    programs = (
        (DLCARDS, recorded.RECORDED, project.by_dlcards),
        (ANKIOPS, PEER_RECORDED, project.by_ankiops),
    )
    for name, path, program in programs:
        for scene in recorded.scenes(path):
            if scene.name in recorded.NOTHING:
                continue
            after = {field: html for field, html in scene.after.items() if html != scene.before[field]}
            meant, _ = recorded.MEANT.get(scene.name, ("", ""))
            anchor = _PEER_ANCHORS.get(scene.name, meant) if name == ANKIOPS else meant
            wanted = Wanted(after, _MARKER.sub("", anchor).strip("\n"), scene.media)
            (outcome,) = program({scene.guid: wanted}).values()
            outcomes[name].append(outcome)
            print(f"benchmarks: {name}, {scene.name}: {outcome}", file=sys.stderr)
    return {name: _counted(some) for name, some in outcomes.items()}


def _answers(bench: Bench) -> _Project:
    """Our own answers, with the configuration that they have."""
    source = bench.folder / "answers-source"
    shutil.copytree(ROOT / "answers", source / "answers")
    shutil.copy(ROOT / "pyproject.toml", source)
    return _Project(bench, source, "answers")


def _counted(outcomes: Iterable[str]) -> dict[str, int]:
    counter = Counter(outcomes)
    return {outcome: counter[outcome] for outcome in OUTCOMES}


class _Project:
    """A project whose notes are edited, for both programs."""

    def __init__(self, bench: Bench, source: Path, name: str) -> None:
        self._bench = bench
        self._source = source
        self._folder = bench.folder / f"roundtrip-{name}"
        self._folder.mkdir()
        self._dlcards(self._copy(), "export", "--offline", "-o", str(self._folder / "deck.apkg"), ".")
        self._deck = (self._folder / "deck.apkg").read_bytes()
        self.notes = notes_of(self._copy())
        self.questions = [
            guid
            for guid, note in self.notes.items()
            if "FollowUps" in note.fields and "Answer" in note.sources
        ]
        self.dialect = {guid: _dialect(note) for guid, note in self.notes.items()}
        has_peer = peers.executable("ankiops") is not None
        self.peer = _each(ankiops.to_html, self.dialect) if has_peer else {}

    def by_dlcards(self, wanted: Mapping[str, Wanted]) -> dict[str, str]:
        """What ``dlcards pull`` makes of edits of some notes."""
        if not wanted:
            return {}
        after, edits = self._pulled(wanted)
        outcomes = {}
        for guid, note in after.items():
            before = self.notes[guid]
            if guid not in wanted:
                # A cloze shows the words of its question.
                if note.sources != before.sources and not self._is_copy(guid, wanted):
                    raise Failed(f"{guid} was not edited, and its source has changed")
            elif edits.get(guid) in ("by-hand", "conflict"):
                if note.sources != before.sources:
                    raise Failed(f"{guid} is left to a human, and its source has changed")
                outcomes[guid] = BY_HAND
            else:
                cards = Cards(before.fields, {**before.fields, **wanted[guid].after}, note.fields)
                outcomes[guid] = judged(before.sources, note.sources, wanted[guid].anchor, cards)
        return outcomes

    def by_ankiops(self, wanted: Mapping[str, Wanted]) -> dict[str, str]:
        """What AnkiOps makes of them."""
        learners = {guid: {**self.peer[guid], **edit.after} for guid, edit in wanted.items()}
        sources = _each(ankiops.to_markdown, learners)
        shown = _each(ankiops.to_html, sources)
        return {
            guid: judged(
                self.dialect[guid],
                sources[guid],
                ankiops.dialect(edit.anchor, _blanks(self.notes[guid])),
                Cards(self.peer[guid], learners[guid], shown[guid]),
            )
            for guid, edit in wanted.items()
        }

    def unedited_by_dlcards(self) -> dict[str, int]:
        """The lines that change where nothing was edited, and all lines."""
        after, _ = self._pulled({})
        return self._lines(
            {guid: note.sources for guid, note in self.notes.items()},
            {guid: note.sources for guid, note in after.items()},
        )

    def unedited_by_ankiops(self) -> dict[str, int]:
        """The same, when AnkiOps first reads its own notes from Anki."""
        return self._lines(self.dialect, _each(ankiops.to_markdown, self.peer))

    def _lines(
        self, before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
    ) -> dict[str, int]:
        changed = lines = 0
        for guid, note in self.notes.items():
            if "Text" in note.fields:
                continue  # what its question says
            for field, text in before[guid].items():
                lines += text.count("\n") + 1
                changed += sum(
                    max(b - a, d - c)
                    for a, b, c, d in changes(text.split("\n"), after[guid].get(field, "").split("\n"))
                )
        return {"changed": changed, "lines": lines}

    def _pulled(self, wanted: Mapping[str, Wanted]) -> tuple[dict[str, Note], dict[str, str]]:
        """The notes after a pull of edits, and what it says of them."""
        media = {name: data for edit in wanted.values() for name, data in edit.media.items()}
        notes = {guid: Edited(edit.after) for guid, edit in wanted.items()}
        learner = self._folder / "learner.apkg"
        learner.write_bytes(edited(self._deck, notes, self._folder, media))
        project = self._copy()
        base = str(self._folder / "deck.apkg")
        said = self._dlcards(
            project, "pull", str(learner), ".", "--base", base, "--write", "--offline", "--format", "json"
        )
        edits = {edit["guid"]: edit["outcome"] for edit in json.loads(said)["edits"]}
        return notes_of(project), edits

    def _is_copy(self, guid: str, wanted: Mapping[str, Wanted]) -> bool:
        mine = self.notes[guid].sources
        return any(set(mine.values()) & set(self.notes[other].sources.values()) for other in wanted)

    def _copy(self) -> Path:
        project = self._folder / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(self._source, project)
        return project

    def _dlcards(self, folder: Path, *arguments: str) -> str:
        command = [sys.executable, "-m", "dlcards", *arguments]
        environment = {**os.environ, **self._bench.environment(self._folder / "cache")}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1):
            raise Failed(f"dlcards {arguments[0]}: {done.stderr}")
        return done.stdout


def _dialect(note: Note) -> dict[str, str]:
    return {field: ankiops.dialect(text, _blanks(note)) for field, text in note.sources.items()}


def _blanks(note: Note) -> dict[str, str]:
    """What a cloze has for its terms."""
    return {found[1]: found[0] for found in re.finditer(r"\{\{c\d+::(.*?)\}\}", note.fields.get("Text", ""))}


def _each(
    convert: Callable[[Sequence[str]], list[str]], notes: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Every field of every note converted, in one process."""
    places = [(guid, field) for guid, fields in notes.items() for field in fields]
    texts = convert([notes[guid][field] for guid, field in places])
    found: dict[str, dict[str, str]] = {guid: {} for guid in notes}
    for (guid, field), text in zip(places, texts, strict=True):
        found[guid][field] = text
    return found


def record() -> int:
    """Play the scenes in Anki on the project's notes as AnkiOps writes them, and keep what came of them."""
    with tempfile.TemporaryDirectory(prefix="dlcards-bench-") as name:
        folder = Path(name)
        project = _Project(Bench(ROOT, folder), recorded.PROJECT, "recorded")
        notes = {guid: Edited(fields) for guid, fields in project.peer.items()}
        package = folder / "peer.apkg"
        package.write_bytes(edited((folder / "roundtrip-recorded" / "deck.apkg").read_bytes(), notes, folder))
        command = [os.environ["DLCARDS_AQT_PYTHON"], "-m", "tests.support.desktop_editor", str(package)]
        return subprocess.call([*command, str(PEER_RECORDED), str(folder / "profile")], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(record())
