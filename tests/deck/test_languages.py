"""Which language's note type a note has: that of its document at first, and the same for ever after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dlcards.deck.export import Export
from dlcards.deck.package.notetypes import note_type
from dlcards.document.text import has_hangul
from dlcards.identity.adopt import read_package
from dlcards.identity.lock import Lock, dump, load
from dlcards.model import Config
from tests.support.anki_collection import Imported, Learner, learner
from tests.support.deck_project import Project

__all__ = ["learner"]

ENGLISH = """# Interview

## 1. What is a mask?

> Summary: A **mask** hides the padding from the loss and from attention.

The padding is no word, so that the model must not learn from it: `f(\\(x\\))` and $x$ stay as they are.

## 2. What is dropout?

It switches off some units at random while the network learns, so that no unit relies on the others.
"""
CHINESE = """# 面试

## 1. 什么是过拟合？

> 要点：**过拟合（overfitting）**是指模型记住了训练数据中的噪声。

模型在没有见过的数据上预测得很差，误差明显变大，因此需要正则化。

## 2. 什么是丢弃法？

训练时随机关闭一部分单元，这样每个单元都不依赖其他单元。
"""


def project(folder: Path, **configured: str) -> Project:
    return Project(folder, Config(deck="Deck", **configured))  # type: ignore[arg-type]


def languages(result: Export) -> set[str]:
    return {entry.language for entry in result.identified.cards}


def as_before(lock: Lock) -> Lock:
    """A lock as it was written before rows held a language."""
    return replace(lock, rows=tuple(replace(row, language="") for row in lock.rows))


def goes_on(imported: Imported) -> bool:
    """Whether an update reached a learner's notes, and made no others."""
    return imported.updated > 0 and not imported.new and not imported.conflicting


@pytest.mark.parametrize(
    ("text", "language", "labels"),
    [
        (ENGLISH, "en", ("Details", "Source")),
        (CHINESE, "zh", ("详细", "原文")),
        (ENGLISH.replace("# Interview", "# 인터뷰"), "en", ("Details",)),
    ],
)
def test_cards_take_the_documents_language(
    tmp_path: Path, learner: Learner, text: str, language: str, labels: tuple[str, ...]
) -> None:
    result, package = project(tmp_path).export(text)
    assert languages(result) == {language}
    assert learner.import_(package) == Imported(3, 0, 0, 0)
    assert learner.complaints() == []
    for note in learner.notes().values():
        (template,) = note.note_type()["tmpls"]
        assert f'lang="{language}"' in template["qfmt"]
        for label in labels if "Answer" in note else ():
            assert label in template["afmt"]


def test_a_deck_in_english_holds_nothing_korean(tmp_path: Path) -> None:
    result, _ = project(tmp_path).export(ENGLISH.replace("`f(\\(x\\))` and ", ""))
    for entry in result.identified.cards:
        said = "".join(entry.card.fields.values())
        assert "\u2060" not in said
        assert not has_hangul(said)
        kind = note_type(entry.card.kind, entry.language)
        assert not has_hangul(str((kind.name, kind.templates)))


def test_only_languages_that_need_it_have_a_style_of_their_own() -> None:
    assert "word-break: normal" in note_type("question", "zh-TW").css
    assert "direction: rtl" in note_type("question", "ar").css
    for language in ("ko", "en"):
        assert "word-break: normal" not in note_type("question", language).css
        assert "direction" not in note_type("question", language).css


def test_who_has_the_notes_goes_on_with_them_whatever_language_is_configured_now(
    tmp_path: Path, learner: Learner
) -> None:
    """With the real Anki: other note types would leave every note as it is, and no update reach it."""
    first = project(tmp_path)
    _, package = first.export(ENGLISH)
    learner.import_(package)
    first.config = replace(first.config, language="ko")
    result, package = first.export(ENGLISH.replace("some units", "many units"))
    assert languages(result) == {"en"}
    assert goes_on(learner.import_(package))
    # A new question is nobody's yet.
    result, package = first.export(ENGLISH + "\n## 3. What is a layer?\n\nIt maps vectors to vectors.\n")
    assert [entry.language for entry in result.identified.cards] == ["en", "en", "en", "ko"]
    assert learner.import_(package).new == 1


@pytest.mark.parametrize("had", ["ko", "en", "fr"])
def test_a_lock_from_before_keeps_the_note_types_that_it_names(
    tmp_path: Path, learner: Learner, had: str
) -> None:
    old = project(tmp_path, language=had)
    _, package = old.export(ENGLISH)
    learner.import_(package)
    old.lock = as_before(load(dump(old.lock), "deck.lock"))
    old.config = Config(deck="Deck") if had != "fr" else Config(deck="Deck", languages={"*": "fr"})
    result, package = old.export(ENGLISH.replace("some units", "many units"))
    assert languages(result) == {had}
    assert goes_on(learner.import_(package))


def test_a_lock_from_after_a_switch_keeps_the_later_note_types(tmp_path: Path) -> None:
    deck = project(tmp_path, language="en")
    deck.export(ENGLISH)
    types = deck.lock.note_types
    other = project(tmp_path, language="ko")
    other.export(ENGLISH)
    early = tuple((number, said, mod - 5) for number, said, mod in other.lock.note_types)
    deck.lock = replace(as_before(deck.lock), note_types=tuple(sorted((*types, *early))))
    deck.config = Config(deck="Deck")
    result, _ = deck.export(ENGLISH)
    assert languages(result) == {"en"}


def test_a_package_tells_the_language_of_its_notes(tmp_path: Path) -> None:
    _, package = project(tmp_path).export(ENGLISH)
    assert {row.language for row in read_package(package, ["answers/a.md"]).rows} == {"en"}
    _, package = project(tmp_path, language="ko").export(ENGLISH)
    assert {row.language for row in read_package(package, ["answers/a.md"]).rows} == {""}
