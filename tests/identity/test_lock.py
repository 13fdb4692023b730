"""``deck.lock`` as it is read: the notes of every kind, and what is said of a file that is none."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.identity import VERSION
from dlcards.identity import lock as locks
from dlcards.model import KINDS

HEAD = '{"dlcards-lock": 1, "note-types": {}}'
ROW = {"guid": "g", "kind": "question", "document": "a.md", "id": "1", "question": "?", "hash": "h", "mod": 1}


def row(**changes: object) -> str:
    return json.dumps({key: value for key, value in {**ROW, **changes}.items() if value is not ...})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEAD, row(), HEAD], ":3: a second first line; delete it"),
        ([HEAD, row(), HEAD.replace("1", "2")], ":3: a second first line; delete it"),
        ([HEAD, "||||||| base", row()], ":2: a merge conflict"),
        (['{"dlcards-lock": "x", "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": true, "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 0, "note-types": {}}'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 1, "note-types": []}'], ":1: is no deck.lock"),
        (['["dlcards-lock"]'], ":1: is no deck.lock"),
        (['{"dlcards-lock": 2}'], ":1: made by a newer dlcards"),
        ([HEAD, row(kind="fold")], ":2: can't be read (unknown \"kind\" 'fold');"),
        ([HEAD, row(), "{"], ":3: can't be read (not a JSON object);"),
        ([HEAD, "[" * 100_000], ":2: can't be read (not a JSON object);"),
        ([HEAD, row(hash=...)], ':2: can\'t be read (no "hash");'),
        ([HEAD, row(colour="red")], ':2: can\'t be read (unknown key "colour");'),
        ([HEAD, row(id=1)], ":2: can't be read (a value that should be text);"),
        ([HEAD, row(terms="x")], ':2: can\'t be read ("terms" must be a list);'),
        ([HEAD, row(mod="1")], ':2: can\'t be read ("mod" must be a number'),
        ([HEAD, row(), row()], ':3: the "guid" of line 2 again'),
    ],
)
def test_what_is_wrong_with_a_lock_is_said_in_our_words(lines: list[str], said: str) -> None:
    with pytest.raises(locks.LockError) as caught:
        locks.load("\n".join(lines) + "\n", "deck.lock")
    message = caught.value.message
    assert message.en.startswith(f"deck.lock{said}")
    assert re.search("[가-힣]", message.ko)
    assert not re.search(r"__init__|char \d|argument", message.en + message.ko)


def test_a_lock_knows_all_kinds() -> None:
    text = "\n".join([HEAD, *(row(guid=kind, kind=kind) for kind in KINDS)])
    assert [known.kind for known in locks.load(text, "deck.lock").rows] == list(KINDS)


json_values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=2)


@given(json_values | st.sampled_from([0, 1, 1.0, 2, 2.0, "1", "2", True, 10**30]))
def test_only_a_lock_of_our_own_version_is_read(version: object) -> None:
    text = json.dumps({"dlcards-lock": version, "note-types": {}}) + "\n"
    if type(version) is int and version == VERSION:
        assert locks.load(text, "deck.lock") == locks.Lock()
        return
    with pytest.raises(locks.LockError) as caught:
        locks.load(text, "deck.lock")
    is_newer = type(version) is int and version > VERSION
    assert ("made by a newer dlcards" in caught.value.message.en) == is_newer
    assert ("is no deck.lock" in caught.value.message.en) == (not is_newer)


@pytest.mark.parametrize(
    ("code", "can_be"),
    [
        (ord("가"), True),
        (0xDC80, True),  # bytes that are no UTF-8
        (0xDCFF, True),
        (0xD800, False),
        (0xDC7F, False),
        (0xDD00, False),
        (0, False),
    ],
)
def test_a_document_is_called_as_a_file_can_be(code: int, can_be: bool) -> None:
    name = f"a{chr(code)}.md"
    if can_be:
        assert locks.load(f"{HEAD}\n{row(document=name)}\n", "deck.lock").rows[0].document == name
    else:
        with pytest.raises(locks.LockError, match=r"deck\.lock:2"):
            locks.load(f"{HEAD}\n{row(document=name)}\n", "deck.lock")


@pytest.mark.parametrize(
    "key", ["guid", "id", "question", "hash", "parent", "language", "answer", "topic", "after"]
)
def test_what_anki_can_not_hold_is_no_text(key: str) -> None:
    ours = "ko-KR" if key == "language" else "글 é"
    assert getattr(locks.load(f"{HEAD}\n{row(**{key: ours})}", "deck.lock").rows[0], key) == ours
    for value in ("\ud800", "a\udcff", 1, None, ["a"]):
        with pytest.raises(locks.LockError, match=r"deck\.lock:2"):
            locks.load(f"{HEAD}\n{row(**{key: value})}", "deck.lock")


def test_rows_stand_by_document_and_by_the_numbers_of_their_ids() -> None:
    ids = ["0", "2", "2-1", "2-10", "2.11", "10", "a", "b"]
    rows = [locks.Row("g", "question", "a.md", number, "?", "h", 1) for number in ids]
    rows.append(locks.Row("a", "question", "b.md", "0", "?", "h", 1))
    turned = rows[::-1]
    assert sorted(turned, key=locks.order) == rows
    assert locks.order(replace(rows[0], id="9" * 5_000)) > locks.order(rows[5]), "no number that Python reads"


def test_rows_and_locks_are_values() -> None:
    first, second = (locks.load(f"{HEAD}\n{row()}", "deck.lock") for _ in range(2))
    assert len({first, second}) == len({*first.rows, *second.rows}) == 1
