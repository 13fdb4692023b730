"""What a deck says of itself in Anki, and that a learner's own things stay when it is said."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dlcards.deck.description import description
from dlcards.deck.export import Export, Order
from dlcards.deck.package.apkg import make_package
from dlcards.deck.package.labels import _DECK_WORDS, _WORDS, labels_of
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.model import Config, Context
from dlcards.project.files import Checkout
from dlcards.project.hosting import Pages, configured_pages
from tests.support.anki_collection import Learner, learner
from tests.support.deck_project import question
from tests.support.exports import export
from tests.support.payloads import FORMS

__all__ = ["learner"]

NOW = 1_760_000_000
DAY = "2025-10-09"
HOME = "https://github.com/owner/name"
PAGES = Pages(HOME, f"{HOME}/blob/HEAD", f"{HOME}/issues")
KOREAN = question("1", "하나인가?", "> 핵심: **하나**와 **둘**이다.\n\n답이다.") + question("2", "둘인가?")
ENGLISH = question("1", "What is one?", "It is the smallest whole number above nothing at all.")


def deck(
    folder: Path, *texts: str, pages: Pages | None = PAGES, lock: Lock | None = None, **config: Any
) -> Export:
    """The deck of some documents, the first the farthest from the root."""
    settings = Config(**{"deck": "시험 덱", **config})
    files = Checkout(folder, settings)
    documents = []
    for number, text in enumerate(texts):
        path = folder / "docs" / f"{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        documents.append(build(files.relative(path), text, settings))
    order = Order(settings.deck, lock or Lock(), NOW, pages=pages)
    return export(documents, Context(settings, files), folder, order)


def licensed(folder: Path) -> None:
    (folder / "LICENSE").write_text(
        "Creative Commons Attribution-ShareAlike 4.0 International", encoding="utf-8"
    )


def test_it_says_version_licence_source_and_where_to_report_an_error(tmp_path: Path) -> None:
    licensed(tmp_path)
    assert deck(tmp_path, KOREAN).description == (
        f'<p lang="ko">판: {DAY} · 카드: 4<br>'
        f'라이선스: <a href="{HOME}/blob/HEAD/LICENSE">CC-BY-SA-4.0</a><br>'
        f'원문: <a href="{HOME}">github.com/owner/name</a><br>'
        f'틀린 곳 알리기: <a href="{HOME}/issues">github.com/owner/name/issues</a></p>'
    )


def test_where_nothing_is_known_nothing_is_said(tmp_path: Path) -> None:
    assert deck(tmp_path, KOREAN, pages=None).description == f'<p lang="ko">판: {DAY} · 카드: 4</p>'
    known = deck(tmp_path, KOREAN, pages=PAGES._replace(issues="")).description
    assert re.findall(r"(?:<p[^>]*>|<br>)(.*?):", known) == ["판", "원문"]
    licensed(tmp_path)
    assert deck(tmp_path, KOREAN, pages=None).description.endswith("<br>라이선스: CC-BY-SA-4.0</p>")


def test_it_speaks_the_languages_of_the_cards_the_most_common_one_first(tmp_path: Path) -> None:
    said = deck(tmp_path, ENGLISH, KOREAN).description
    assert re.findall(r'<p lang="(.*?)">(\S+):', said) == [("ko", "판"), ("en", "Version")]
    assert f'Report an error: <a href="{HOME}/issues">' in said
    assert re.findall(r'<p lang="(.*?)">(\S+?):', deck(tmp_path, ENGLISH, language="xx").description) == [
        ("xx", "Version")
    ]


def test_every_language_has_all_words() -> None:
    assert _DECK_WORDS.keys() == _WORDS.keys()
    assert all(all(labels_of(language).values()) for language in _WORDS)


def test_the_version_is_that_of_the_notes(tmp_path: Path) -> None:
    first = deck(tmp_path, KOREAN)
    later = Lock(rows=tuple(row for row in first.identified.lock.rows))
    assert deck(tmp_path, KOREAN, lock=later).description == first.description
    assert "카드: 1<" in deck(tmp_path, question("2", "둘인가?"), lock=later).description


class Tags(HTMLParser):
    """The elements of some HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nothing_of_a_configuration_runs_in_it(tmp_path: Path, form: str) -> None:
    licensed(tmp_path)
    hostile = Config(repository=form, branch=form)
    said = deck(tmp_path, KOREAN, pages=configured_pages(hostile)).description
    assert "\n" not in said
    for tag, attributes in Tags(said).found:
        assert (tag, [name for name, _ in attributes]) in [("p", ["lang"]), ("br", []), ("a", ["href"])]
        assert all(str(value).startswith(("ko", "https://github.com/")) for _, value in attributes)
    assert said.count("<a ") == 3


def test_no_cards_say_nothing(tmp_path: Path) -> None:
    assert description([], [], Checkout(tmp_path, Config()), PAGES) == ""


def everything(learner: Learner) -> dict[str, Any]:
    """What is a learner's, besides notes and schedules: decks, options, and which deck a card is in."""
    decks = {deck["name"]: {**deck, "desc": "", "mod": 0, "usn": 0} for deck in learner.col.decks.all()}
    cards = {(g, c.ord): learner.col.decks.name(c.did) for g, n in learner.notes().items() for c in n.cards()}
    return {"decks": decks, "options": learner.col.decks.all_config(), "cards": cards}


def descriptions(learner: Learner) -> dict[str, str]:
    return {deck["name"]: deck["desc"] for deck in learner.col.decks.all() if deck["desc"]}


def settle_in(learner: Learner) -> None:
    """What a learner may do with a deck: study, fold, options of their own, limits, a card elsewhere."""
    col = learner.col
    learner.study("시험 덱::1 질문", 1)
    options = col.decks.add_config("내 옵션")
    for name in ("시험 덱", "시험 덱::1 질문"):
        mine = col.decks.by_name(name)
        assert mine is not None
        mine.update(conf=options["id"], collapsed=True, browserCollapsed=True, newLimit=7, reviewLimit=8)
        col.decks.save(mine)
    elsewhere = col.decks.add_normal_deck_with_name("내 덱").id
    mine = col.decks.by_name("내 덱")
    assert mine is not None
    mine["desc"] = "내 설명"
    col.decks.save(mine)
    col.set_deck([col.find_cards('deck:"시험 덱::2 빈칸"')[0]], elsewhere)


@pytest.mark.parametrize("earlier", ["without a description", "with another one"])
def test_an_import_over_an_earlier_deck_changes_its_description_alone(
    tmp_path: Path, learner: Learner, earlier: str
) -> None:
    new = deck(tmp_path, KOREAN)
    mods = {number: mod for number, _, mod in new.identified.lock.note_types}
    before = "" if earlier == "without a description" else "예전 설명"
    package = tmp_path / "deck.apkg"
    package.write_bytes(make_package("시험 덱", new.identified.cards, mods, new.pictures, before))
    learner.import_(package)
    assert descriptions(learner) == ({"시험 덱": before} if before else {})
    settle_in(learner)
    was, schedules = everything(learner), learner.schedules()
    package.write_bytes(new.package)
    done = learner.import_(package)
    assert (done.new, done.updated, done.conflicting) == (0, 0, 0)
    assert everything(learner) == was
    assert learner.schedules() == schedules
    assert descriptions(learner) == {"시험 덱": new.description, "내 덱": "내 설명"}
    assert learner.complaints() == []


def test_a_deck_that_was_renamed_stays_as_it_is(tmp_path: Path, learner: Learner) -> None:
    new = deck(tmp_path, KOREAN)
    package = tmp_path / "deck.apkg"
    package.write_bytes(new.package)
    learner.import_(package)
    learner.study("시험 덱::1 질문", 1)
    mine = learner.col.decks.by_name("시험 덱")
    assert mine is not None
    mine.update(name="면접::내 것", desc="내 설명")
    learner.col.decks.save(mine)
    was, schedules = everything(learner), learner.schedules()
    learner.import_(package)
    now = everything(learner)
    assert {name: now["decks"][name] for name in was["decks"]} == was["decks"]
    assert (now["cards"], now["options"], learner.schedules()) == (was["cards"], was["options"], schedules)
    assert descriptions(learner)["면접::내 것"] == "내 설명"
    # As with packages from before there were descriptions, Anki makes the package's decks anew, empty.
    assert now["decks"].keys() - was["decks"].keys() == {
        "시험 덱",
        *(f"시험 덱::{n}" for n in ("1 질문", "2 빈칸")),
    }


@pytest.mark.parametrize("name", ["Default", "default", "기본::딥러닝", 'a "b"::<c> & d', "시험 덱 "])
def test_any_name_of_a_deck_is_taken_by_anki(tmp_path: Path, learner: Learner, name: str) -> None:
    package = tmp_path / "deck.apkg"
    new = deck(tmp_path, KOREAN, deck=name)
    package.write_bytes(new.package)
    assert learner.import_(package).new == len(new.identified.cards)
    assert learner.complaints() == []
    assert list(descriptions(learner).values()) == ([] if name.lower() == "default" else [new.description])
