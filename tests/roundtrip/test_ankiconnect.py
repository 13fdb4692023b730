"""A running Anki: what it holds, what it is given, and all that may stand at its address instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcards.roundtrip import ankiconnect
from dlcards.roundtrip.ankiconnect import KEY, AnkiConnect, AnkiConnectError, NotReady
from tests.deck.cards.test_make import RELU
from tests.support.anki_collection import Learner
from tests.support.ankiconnect import RunningAnki, closed_port, running_anki
from tests.support.command import invoke, write
from tests.support.pictures import PNG

DECK = "면접"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write(tmp_path, PNG, "a.png")
    write(tmp_path, RELU.replace("기울기가 0이다.", "기울기가 0이다.\n\n![뜻](a.png)"))
    code, said = invoke(tmp_path, "export", "a.md", "-o", "deck.apkg", "--deck", DECK)
    assert code == 0, said
    return tmp_path / "deck.apkg"


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[RunningAnki]:
    (tmp_path / "learner").mkdir()
    learner = Learner(tmp_path / "learner")
    with running_anki(learner) as running:
        yield running
    learner.close()


def test_what_is_imported_is_what_is_held(anki: RunningAnki, package: Path) -> None:
    there = AnkiConnect(anki.url)
    there.check()
    with there.held(DECK) as held:
        assert (held.name, held.notes) == (anki.url, [])
    there.import_package(package)
    there.import_package(package)
    with there.held(DECK) as held:
        assert {note.guid for note in held.notes} == anki.learner.notes().keys()
        (name,) = [path.name for path in Path(anki.learner.col.media.dir()).iterdir()]
        assert held.media(name) == PNG
        assert held.media("none.png") is None


def test_notes_whose_cards_were_moved_are_held_too(anki: RunningAnki, package: Path) -> None:
    there = AnkiConnect(anki.url)
    there.import_package(package)
    col = anki.learner.col
    guids = set(anki.learner.notes())
    own = col.decks.id('내 "덱"::a')
    assert own is not None
    col.set_deck(col.find_cards("")[:2], own)
    filtered = col.decks.new_filtered("골라 배우기")
    deck = col.decks.get(filtered)
    assert deck is not None
    deck["terms"] = [[f"deck:{DECK}::*", 2, 0]]
    col.decks.save(deck)
    assert col.sched.rebuild_filtered_deck(filtered).count == 2
    with there.held(DECK) as held:
        assert {note.guid for note in held.notes} == guids
        assert len(held.notes) == len(guids), "none is told twice"
    assert anki.asked.count("exportPackage") == 3, "each deck with all below it once"
    with there.held('내 "덱"') as held:
        assert {note.guid for note in held.notes} == guids
    inner = anki.col.decks.id(f"{DECK}::속::더 속")
    anki.col.set_deck(anki.col.find_cards(f'"deck:{DECK}::1 질문"')[:1], inner)
    anki.asked.clear()
    with there.held(f"{DECK}::속") as held:
        assert {note.guid for note in held.notes} == guids
    for name in ("없는 덱", f"{DECK}::1 질문", '내 "덱"'):
        with there.held(name) as held:
            assert {note.guid for note in held.notes} == guids, name


def test_notes_of_others_are_not_held(anki: RunningAnki) -> None:
    kind = anki.col.models.by_name("Basic")
    anki.col.add_note(anki.col.new_note(kind), anki.col.decks.id("other"))
    with AnkiConnect(anki.url).held(DECK) as held:
        assert held.notes == []
    assert "exportPackage" not in anki.asked


def test_tags_are_added(anki: RunningAnki, package: Path) -> None:
    there = AnkiConnect(anki.url)
    there.import_package(package)
    with there.held(DECK) as held:
        there.add_tags([note.id for note in held.notes[:2]], ["mine", "a::b"])
    tagged = [note for note in anki.learner.notes().values() if {"mine", "a::b"} <= set(note.tags)]
    assert len(tagged) == 2


def test_what_anki_says_is_told_with_what_to_do(anki: RunningAnki, package: Path) -> None:
    there = AnkiConnect(anki.url)
    with pytest.raises(
        AnkiConnectError, match=r"can't work with .*none\.apkg: Failed to open '.*on Anki's machine"
    ):
        there.import_package(package.with_name("none.apkg"))
    write(package.parent, b"nothing", "bad.apkg")
    with pytest.raises(AnkiConnectError, match=r"invalid Zip archive"):
        there.import_package(package.with_name("bad.apkg"))
    anki.has_profile = False
    for ask in (there.check, lambda: there.import_package(package)):
        with pytest.raises(NotReady, match="no profile is open"):
            ask()
    anki.has_profile, anki.version = True, 5
    with pytest.raises(AnkiConnectError, match="too old"):
        there.check()


def test_a_key_is_sent_where_one_is_asked_for(anki: RunningAnki, monkeypatch: pytest.MonkeyPatch) -> None:
    anki.key = "secret"
    for key in ("", "geheim"):
        with pytest.raises(AnkiConnectError, match=KEY) as error:
            AnkiConnect(anki.url, key).check()
        assert "geheim" not in error.value.message.en + error.value.message.ko
    AnkiConnect(anki.url, "secret").check()
    monkeypatch.setenv(KEY, "secret")
    there = AnkiConnect(anki.url)
    with there.held(DECK) as held:
        assert held.notes == []


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


@pytest.mark.parametrize(
    "raw",
    [
        ANSWER % (7, b"nothing"),
        ANSWER % (0, b""),
        ANSWER % (4, b"null"),
        ANSWER % (2, b"[]"),
        ANSWER % (2, b"\xff\xfe"),
        ANSWER % (15, b'{"result": "6"}'),
        ANSWER % (30, b'{"result": "six","error":null}'),
        ANSWER % (200_000, b"[" * 200_000),
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
    ],
)
def test_another_program_at_the_address_is_told_from_anki(anki: RunningAnki, raw: bytes) -> None:
    anki.raw = raw
    with pytest.raises(AnkiConnectError, match="not an answer of AnkiConnect") as error:
        AnkiConnect(anki.url).check()
    assert not isinstance(error.value, NotReady)


@pytest.mark.parametrize("raw", [b"SSH-2.0-OpenSSH_9.2\r\n", ANSWER % (100, b"short"), b"\r\n"])
def test_an_answer_that_is_none_is_no_anki(anki: RunningAnki, raw: bytes) -> None:
    anki.raw = raw
    with pytest.raises(AnkiConnectError, match="no Anki answers"):
        AnkiConnect(anki.url).check()


def test_wrong_answers_to_each_question_are_told(anki: RunningAnki, package: Path) -> None:
    there = AnkiConnect(anki.url)
    there.import_package(package)
    answers: dict[str, list[object]] = {
        "modelNamesAndIds": ["x", {"x": "y"}, None],
        "multi": [None, [], [1] * 99],
        "findCards": [None, {}],
        "getDecks": [None, []],
        "exportPackage": [False, None, "yes"],
    }
    for action, wrong in answers.items():
        for answer in wrong:
            setattr(anki, f"do_{action}", lambda *_, answer=answer, **__: answer)
            with pytest.raises(AnkiConnectError, match="not an answer"), there.held(DECK):
                pytest.fail(f"{action}: {answer}")
        delattr(anki, f"do_{action}")
    setattr(anki, "do_exportPackage", lambda **_: True)  # noqa: B010 - of no class is that a method
    with pytest.raises(AnkiConnectError, match="TMPDIR"), there.held(DECK):
        pytest.fail("nothing was exported")


def test_who_says_nothing_is_not_waited_for_for_ever(anki: RunningAnki) -> None:
    anki.raw = b""
    with pytest.raises(NotReady, match="no answer within"):
        AnkiConnect(anki.url, patience=0.2).check()


def test_an_answer_without_end_is_cut_off(anki: RunningAnki, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ankiconnect, "LARGEST", 1 << 16)
    anki.raw = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(1 << 20)
    with pytest.raises(AnkiConnectError, match="not an answer"):
        AnkiConnect(anki.url).check()


def test_an_anki_that_is_closed_is_named_with_what_to_do() -> None:
    with pytest.raises(NotReady, match=r"open Anki, .*2055492159"):
        AnkiConnect(closed_port()).check()


def test_the_environments_proxies_and_passwords_are_not_used(
    anki: RunningAnki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, closed_port())
    monkeypatch.delenv("no_proxy", raising=False)
    AnkiConnect(anki.url).check()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8765",
        "ftp://127.0.0.1",
        "http://",
        "http://user:password@127.0.0.1:8765",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:x",
        "http://[::1",
        "http://127.0.0.1:8765/?a=b",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AnkiConnectError, match="no address of AnkiConnect"):
        AnkiConnect(url)
