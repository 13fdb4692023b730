"""Decks as CSV and JSON: what the real Anki makes of the one, what the schema says of the other."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ImportCsvRequest
from jsonschema import Draft202012Validator

from dlcards.deck.export import Export
from dlcards.deck.package.formats import as_csv, as_json
from tests.support import ROOT
from tests.support.anki_collection import Learner, learner
from tests.support.decks import CONFIG, made, question
from tests.support.pictures import PNG, SVG

__all__ = ["learner"]

TEXT = question(
    """> 핵심: **과적합(overfitting)**은 외우기다, "따옴표", 쉼표.

본문 ![그림](그림.png) ![그림](b.svg)

```python
# 줄 첫머리의 주석
x = {"a": [1, 2]};	y = '#'
```

#### 꼬리질문

- 왜?
  - 그래서, "그렇다".
- 어떻게?
  - 이렇게."""
) + question("#으로 시작한다\n\n#guid column:3\n\n둘째 $x<y$ {{c1::z}}", "2")


def exported(root: Path, text: str = TEXT) -> Export:
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "그림.png").write_bytes(PNG)
    (root / "docs" / "b.svg").write_bytes(SVG)
    result = made(root, text)
    assert not result.refused
    assert not result.unmade
    return result


def import_csv(learner: Learner, path: Path) -> Any:
    """As the import dialog does when nothing is changed in it."""
    metadata = learner.col.get_csv_metadata(path=str(path), delimiter=None)
    return learner.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def contents(learner: Learner) -> dict[str, tuple[Any, ...]]:
    return {
        guid: (
            note.note_type()["name"],
            note.fields,
            note.tags,
            [(learner.col.decks.name(card.did), card.ord) for card in note.cards()],
        )
        for guid, note in learner.notes().items()
    }


@pytest.fixture
def other(tmp_path: Path) -> Any:
    folder = tmp_path / "other"
    folder.mkdir()
    someone = Learner(folder)
    yield someone
    someone.close()


def test_csv_gives_what_the_package_gives(tmp_path: Path, learner: Learner, other: Learner) -> None:
    result = exported(tmp_path)
    package, table = tmp_path / "deck.apkg", tmp_path / "deck.csv"
    package.write_bytes(result.package)
    table.write_bytes(as_csv(CONFIG.deck, result.identified.cards))
    learner.import_(package)

    # The note types, with notes of another deck.
    first = made(tmp_path, question("> 핵심: **다른** 덱.\n\n글\n\n#### 꼬리질문\n\n- 왜?\n  - 그래서.", "9"))
    package.write_bytes(first.package)
    other.import_(package)
    before = set(other.notes())
    log = import_csv(other, table)
    assert len(log.new) == len(result.identified.cards) == 5
    for name, data in result.pictures.items():
        (Path(other.col.media.dir()) / name).write_bytes(data)
    assert other.complaints() == []
    assert {guid: note for guid, note in contents(other).items() if guid not in before} == contents(learner)


def test_csv_updates_what_is_there_and_keeps_schedules(tmp_path: Path, learner: Learner) -> None:
    result = exported(tmp_path)
    package, table = tmp_path / "deck.apkg", tmp_path / "deck.csv"
    package.write_bytes(result.package)
    learner.import_(package)
    learner.study(f"{CONFIG.deck}::1 질문", 2)
    studied = {card: learner.col.get_card(card).reps for card in learner.col.find_cards("")}
    changed = exported(tmp_path, TEXT.replace("둘째", "고친"))
    table.write_bytes(as_csv(CONFIG.deck, changed.identified.cards))
    log = import_csv(learner, table)
    assert (len(log.new), len(log.conflicting)) == (0, 0)
    assert len(log.updated) + len(log.duplicate) == 5
    assert "고친" in next(note["Answer"] for note in learner.notes().values() if note["Id"] == "2")
    assert {card: learner.col.get_card(card).reps for card in learner.col.find_cards("")} == studied


def test_csv_without_the_note_types_adds_nothing(tmp_path: Path, learner: Learner) -> None:
    """What docs/export-csv.md says."""
    table = tmp_path / "deck.csv"
    table.write_bytes(as_csv(CONFIG.deck, exported(tmp_path).identified.cards))
    log = import_csv(learner, table)
    assert len(log.missing_notetype) == 5
    assert learner.notes() == {}


def test_csv_reads_as_csv(tmp_path: Path) -> None:
    result = exported(tmp_path)
    text = as_csv(CONFIG.deck, result.identified.cards).decode()
    head, rows = text.split("\n")[:7], list(csv.reader(text.split("\n", 7)[7].splitlines(keepends=True)))
    assert [line.partition(":")[0] for line in head] == [
        "#separator", "#html", "#columns", "#guid column", "#notetype column", "#deck column", "#tags column",
    ]  # fmt: skip
    columns = head[2].partition(":")[2].split(",")
    assert columns[:7] == ["GUID", "Note type", "Deck", "Tags", "Id", "Question/Text", "Context"]
    assert {len(row) for row in rows} == {len(columns)}
    assert [row[0] for row in rows] == [entry.guid for entry in result.identified.cards]


def test_json_is_what_the_schema_says(tmp_path: Path) -> None:
    result = exported(tmp_path)
    data = as_json(CONFIG.deck, result.identified.cards, "ko", result.pictures)
    content = json.loads(data)
    schema = json.loads((ROOT / "docs/export.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(content)
    assert [note["kind"] for note in content["notes"]] == [
        "question", "cloze", "follow-up", "follow-up", "question",
    ]  # fmt: skip
    kinds = {kind["id"]: kind for kind in content["note_types"]}
    for note in content["notes"]:
        assert list(note["fields"]) == kinds[note["note_type"]]["fields"]
    assert content["notes"][1]["terms"] == ["과적합(overfitting)"]
    for picture in content["media"]:
        assert hashlib.sha256(result.pictures[picture["name"]]).hexdigest() == picture["sha256"]
    again = exported(tmp_path)
    assert as_json(CONFIG.deck, again.identified.cards, "ko", again.pictures) == data


def test_the_page_of_the_json_names_every_key() -> None:
    page = (ROOT / "docs/export-json.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "docs/export.schema.json").read_text(encoding="utf-8"))
    keys = set(schema["properties"])
    for part in ("note_types", "notes", "media"):
        keys |= set(schema["properties"][part]["items"]["properties"])
    named = {word.split(".")[-1] for word in re.findall(r"`([a-z_0-9.\[\]]+)`", page)}
    assert keys <= named


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1760000000"}
    return subprocess.run(
        [sys.executable, "-m", "dlcards", "export", "docs", *arguments],
        cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_command(tmp_path: Path) -> None:
    exported(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.dlcards]\ndeck = "덱"\n', encoding="utf-8")
    done = run(tmp_path, "--format", "csv", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "build/덱.csv" in done.stdout
    assert "build/덱.media" in done.stdout
    folder = tmp_path / "build" / "덱.media"
    assert sorted(path.read_bytes() for path in folder.iterdir()) == sorted([PNG, SVG])
    (folder / "mine.txt").write_text("not dlcards'")
    text = (tmp_path / "docs/a.md").read_text(encoding="utf-8").replace("![그림](b.svg)", "")
    (tmp_path / "docs/a.md").write_text(text, encoding="utf-8")
    assert run(tmp_path, "--format", "json").returncode == 0
    assert {path.suffix for path in folder.iterdir()} == {".png", ".txt"}
    notes = json.loads((tmp_path / "build/덱.json").read_text(encoding="utf-8"))["notes"]
    rows = (tmp_path / "build/덱.csv").read_text(encoding="utf-8")
    assert all(note["guid"].replace('"', '""') in rows for note in notes), "one lock, one identity"
    wrong = run(tmp_path, "--format", "cvs")
    assert wrong.returncode == 2
    assert "did you mean csv?" in wrong.stderr
