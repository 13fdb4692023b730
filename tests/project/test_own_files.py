"""Configuration, lock, baseline and state as anybody may have left them: a message and 2, never a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcards.project.config import keys
from tests.support.command import CLEAN, DIRTY, invoke, write

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
ROW = {"guid": "g", "kind": "cloze", "document": "a.md", "id": "1", "question": "?", "hash": "h", "mod": 1}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from([10**30, -1, 1 << 63, float("inf"), float("nan"), "\ud800", "\0", "", "a" * 10_000])
    | st.integers()
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
TOML = st.sampled_from(
    [
        "3",
        "-3",
        "9" * 5000,
        "1e400",
        "inf",
        "nan",
        "true",
        "1979-05-27T07:32:00Z",
        "0000-00-00",
        '""',
        '"x"',
        '"\\u0000"',
        '"\\uD800"',
        '"../../.."',
        '"("',
        '"*"',
        "[]",
        "[[]]",
        "[1]",
        '["x"]',
        '["\\u0000"]',
        '["[", "!", "**/"]',
        "[0, 99999999999999999999999999]",
        "{}",
        "{ x = 1 }",
        '{ "[" = "ko" }',
        '{ "\\u0000" = ["Q"] }',
        "[" * 5000 + "]" * 5000,
        "{ a = " * 3000 + "1" + " }" * 3000,
        "\ufeff",
        "",
    ]
)


def ends(folder: Path, *arguments: str) -> tuple[int, str]:
    """How a command ends: with a code of ours, and no traceback, which would be an exception here."""
    code, said = invoke(folder, *arguments)
    assert code in (0, 1, 2), said
    assert code != 2 or "dlcards: " in said, said
    return code, said


def lock_of(*lines: object, head: object = None) -> str:
    first = {"dlcards-lock": 1, "note-types": {}} if head is None else head
    return "".join(json.dumps(line) + "\n" for line in (first, *lines))


def spoiled(text: str, data: st.DataObject) -> bytes:
    """A text with some bytes of it changed."""
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    return bytes(content)


@given(key=st.sampled_from([each.name.replace("_", "-") for each in keys()]), value=TOML)
@SHARED
def test_any_value_of_a_configuration_is_read_or_named(tmp_path: Path, key: str, value: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, f"{key} = {value}\n", "dlcards.toml")
    for command in ("config", "lint", "stats"):
        code, said = ends(tmp_path, command, *(["--offline"] if command == "lint" else []))
        assert code != 2 or "dlcards.toml" in said or "glossary" in said, said


@pytest.mark.parametrize(
    "text",
    [
        "tool = 3",
        "tool = []",
        "tool = [{ dlcards = 3 }]",
        "[tool]\ndlcards = 3",
        "[tool]\ndlcards = [1]",
        "[tool]\ndlcards = 2020-01-01",
        "[[tool.dlcards]]",
        f"x = {'9' * 5000}",
        f"x = {'[' * 100_000}",
        "x = 2020-13-45",
        "x = '\0'",
        b"\xff\xfe",
        b'[tool.dlcards]\ndeck = "\xff"',
        "[tool.dlcards]\ndeck = 3",
    ],
)
def test_a_project_file_of_any_shape_is_named(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, text, "pyproject.toml")
    for command in ("config", "lint", "stats", "toc", "export", "links"):
        code, said = ends(tmp_path, command)
        assert (code, "pyproject.toml" in said) == (2, True), said


@given(data=st.data())
@SHARED
def test_a_configuration_with_any_bytes_is_read_or_named(tmp_path: Path, data: st.DataObject) -> None:
    write(tmp_path, CLEAN)
    text = 'deck = "덱"\nselect = ["Q", "T"]\nlanguages = { "*.md" = "ko" }\nimage-bytes = 150_000\n'
    write(tmp_path, spoiled(text, data), "dlcards.toml")
    ends(tmp_path, "lint", "--offline")


@given(
    key=st.sampled_from([*ROW, "terms", "language", "parent", "answer", "topic", "after", "new"]), value=JSON
)
@SHARED
def test_any_value_of_a_lock_is_read_or_named(tmp_path: Path, key: str, value: Any) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, lock_of({**ROW, key: value}), "deck.lock")
    code, said = ends(tmp_path, "export", "-o", "x.apkg", "--no-cache")
    if code == 0:  # what was written can be read again
        assert ends(tmp_path, "export", "-o", "x.apkg", "--no-cache")[0] == 0
    else:
        assert "deck.lock:2: " in said


@given(
    head=JSON
    | st.fixed_dictionaries({"dlcards-lock": JSON, "note-types": JSON})
    | st.builds(
        lambda number, value: {"dlcards-lock": 1, "note-types": {number: value}}, st.text(max_size=20), JSON
    )
)
@SHARED
def test_any_first_line_of_a_lock_is_read_or_named(tmp_path: Path, head: Any) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, lock_of(ROW, head=head if head is not None else 0), "deck.lock")
    code, said = ends(tmp_path, "export", "-o", "x.apkg", "--no-cache")
    assert code == 0 or "deck.lock:1: " in said, said


@given(data=st.data())
@SHARED
def test_a_lock_with_any_bytes_is_read_or_named(tmp_path: Path, data: st.DataObject) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, spoiled(lock_of(ROW, {**ROW, "guid": "h"}), data), "deck.lock")
    code, said = ends(tmp_path, "export", "-o", "x.apkg", "--no-cache")
    assert code == 0 or "deck.lock" in said, said
    ends(tmp_path, "lint", "--offline")


@pytest.mark.parametrize(
    "more",
    [
        {"mod": 10**30},
        {"mod": 253_402_300_799 + 1},
        {"guid": "\ud800"},
        {"question": "\udfff"},
        {"document": "\ud800.md"},
        {"document": "a\0.md"},
        {"language": 'x"><script>'},
        {"terms": [7]},
    ],
)
def test_a_line_of_a_lock_that_can_not_be_is_named(tmp_path: Path, more: dict[str, object]) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, lock_of({**ROW, **more}), "deck.lock")
    code, said = ends(tmp_path, "export", "-o", "x.apkg")
    assert (code, "deck.lock:2: can't be read" in said) == (2, True), said


def test_a_lock_of_many_terms_and_of_a_late_second_is_read(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("답이다.", "> 핵심: **하나**와 **둘**이다.\n\n답이다."))
    code, said = ends(tmp_path, "export", "-o", "x.apkg")
    assert code == 0, said
    head, *rows = (tmp_path / "deck.lock").read_text(encoding="utf-8").splitlines()
    changed = [{**json.loads(row), "mod": 253_402_300_799, "hash": "other"} for row in rows]
    for row in changed:
        if row["kind"] == "cloze":
            row["terms"] = [f"낱말 {number}" for number in range(200_000)]
    write(tmp_path, lock_of(*changed, head=json.loads(head)), "deck.lock")
    for _ in range(2):
        code, said = ends(tmp_path, "export", "-o", "x.apkg", "--no-cache")
        assert code == 0, said


@given(
    value=JSON
    | st.fixed_dictionaries({"dlcards-baseline": JSON | st.just(1), "entries": JSON})
    | st.builds(
        lambda key, value: {
            "dlcards-baseline": 1,
            "entries": [{"path": "a.md", "code": "M001", "count": 1, "words": "", "print": "", key: value}],
        },
        st.sampled_from(["path", "code", "count", "words", "print"]),
        JSON,
    )
)
@SHARED
def test_any_baseline_is_read_or_named(tmp_path: Path, value: Any) -> None:
    write(tmp_path, DIRTY)
    write(tmp_path, json.dumps(value), "dlcards-baseline.json")
    code, said = ends(tmp_path, "lint", "--offline")
    assert code != 2 or "dlcards-baseline.json: " in said, said


@given(value=JSON | st.fixed_dictionaries({"version": JSON, "broken": JSON}))
@SHARED
def test_any_state_is_read_or_left_aside(tmp_path: Path, value: Any) -> None:
    write(tmp_path, "# 주소가 없다\n")
    write(tmp_path, json.dumps(value), "state.json")
    assert ends(tmp_path, "links", "--state", "state.json")[0] == 0


SPECIAL: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a loop": lambda path: path.symlink_to(path.name),
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe"),
    "nested deep": lambda path: path.write_text("[" * 100_000),
    "many digits": lambda path: path.write_text("9" * 5000),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("special", SPECIAL)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("dlcards.toml", ["lint", "--offline"]),
        ("pyproject.toml", ["lint", "--offline"]),
        ("my.json", ["lint", "--offline", "--baseline", "my.json"]),
        ("my.lock", ["export", "--lock", "my.lock", "-o", "x.apkg"]),
        ("my.state", ["links", "--state", "my.state"]),
    ],
)
def test_what_is_no_file_of_ours_is_named(
    tmp_path: Path, name: str, arguments: list[str], special: str
) -> None:
    (tmp_path / "docs").mkdir()
    write(tmp_path, "# 주소가 없다\n" if name == "my.state" else CLEAN, "docs/a.md")
    SPECIAL[special](tmp_path / name)
    code, said = ends(tmp_path, *arguments, "docs")
    if special == "a loop" and name.endswith(".toml"):
        return  # leads nowhere, as if it were not there
    # What was broken the last time may be lost: nothing but one more run hangs on it.
    starts_anew = name == "my.state" and special in ("nested deep", "many digits")
    assert (code, name in said) == (0 if starts_anew else 2, True), said


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "--offline", "--write-baseline", "--baseline", "no/such/b.json"],
        ["lint", "--offline", "--write-baseline", "--baseline", "a.md/b.json"],
        ["lint", "--offline", "--write-baseline", "--baseline", "."],
        ["export", "-o", "a.md/x.apkg"],
        ["export", "--lock", "no/such/deck.lock"],
        ["export", "--lock", "a.md/deck.lock"],
        ["preview", "-o", "a.md/preview"],
    ],
)
def test_what_can_not_be_written_is_named(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, CLEAN)
    code, said = ends(tmp_path, *arguments)
    assert (code, "annot be " in said) == (2, True), said


@pytest.mark.parametrize(
    "text", [f"x = {'9' * 5000}", f"x = {'[' * 100_000}", "x = '\0'", "term = 3", "\ufeff["]
)
def test_a_glossary_of_any_shape_is_no_traceback(tmp_path: Path, text: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, text, "glossary.toml")
    write(tmp_path, 'glossary = "glossary.toml"\nselect = ["K005"]\n', "dlcards.toml")
    ends(tmp_path, "lint", "--offline")
