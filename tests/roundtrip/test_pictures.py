"""Pictures that learners have put into fields."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.model import Config, Document
from dlcards.project.files import Checkout
from dlcards.roundtrip.canonical import original
from dlcards.roundtrip.pictures import NewPictures, NoPictureError
from dlcards.roundtrip.trial import Workbench
from tests.support.deck_project import png

MEDIA = {
    "paste-1.png": png(3, 7),
    "same.png": png(3, 7),
    "other.jpg": png(4, 9),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>',
    "text.png": b"no picture",
    "empty.png": b"",
}


@pytest.fixture
def new(tmp_path: Path) -> NewPictures:
    checkout = Checkout(tmp_path, Config())
    return NewPictures(Workbench(tmp_path, Config(), checkout), checkout)


def document(text: str = "", path: str = "answers/a.md") -> Document:
    return build(PurePosixPath(path), text, Config())


def added(new: NewPictures, html: str, where: Document) -> tuple[dict[str, str], dict[str, str]]:
    return new.added(html, {"known.png"}, MEDIA.get, where)


def test_a_picture_gets_a_name_of_its_bytes_beside_the_document(new: NewPictures) -> None:
    names, addresses = added(new, '<p><img src="paste-1.png"> <img src="paste-1.png"></p>', document())
    ((path, data),) = new.files.items()
    assert data == png(3, 7)
    assert path.parent == PurePosixPath("answers/images")
    assert path.name.startswith("anki-")
    assert path.suffix == ".png"
    assert names.keys() == {"paste-1.png"}
    assert addresses == {original(names["paste-1.png"]): f"images/{path.name}"}


def test_equal_pictures_are_one_file_whatever_they_are_called(new: NewPictures) -> None:
    names, _ = added(new, '<img src="paste-1.png"><img src="same.png">', document())
    assert names["paste-1.png"] == names["same.png"]
    again, _ = added(new, '<img src="same.png">', document())
    assert again["same.png"] == names["same.png"]
    assert len(new.files) == 1


def test_what_a_picture_is_its_bytes_say(new: NewPictures) -> None:
    added(new, '<img src="other.jpg">', document())
    assert [path.suffix for path in new.files] == [".png"]


def test_where_the_documents_other_pictures_are(new: NewPictures, tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.png").write_bytes(png())
    shown = document("![a](../figures/a.png) ![b](../figures/a.png) ![c](c.png)\n")
    _, addresses = added(new, '<img src="paste-1.png">', shown)
    (path,) = new.files
    assert path.parent == PurePosixPath("figures")
    assert list(addresses.values()) == [f"../figures/{path.name}"]


def test_pictures_of_the_deck_are_none(new: NewPictures) -> None:
    html = '<img src="known.png"><img>'
    assert added(new, html, document()) == ({}, {})
    assert new.files == {}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.png", "no such picture: none.png"),
        ("https://a.b/c.png", "pictures of other sites are not fetched for a learner: https://a.b/c.png"),
        ("text.png", "text.png: "),
        ("empty.png", "empty.png: "),
        ("../../etc/passwd", "no such picture: ../../etc/passwd"),
    ],
)
def test_what_is_no_picture_is_refused_and_says_why(new: NewPictures, name: str, says: str) -> None:
    with pytest.raises(NoPictureError) as caught:
        added(new, f'<img src="{name}">', document())
    assert says in caught.value.message.en
    assert caught.value.message.ko
    assert new.files == {}
