"""Pictures on their way into the deck: where they come from, what they are, what keeps them out."""

from __future__ import annotations

import base64
import gzip
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dlcards.deck.cards.media import remote_address
from dlcards.deck.export import Export
from dlcards.links import downloads as cli_pictures
from dlcards.links.downloads import Remote, fetch_pictures
from dlcards.links.urls import Address
from dlcards.model import Config, Text
from tests.support import pictures
from tests.support.anki_collection import Learner, learner
from tests.support.decks import CONFIG, answer, made, question
from tests.support.links.server import INSIDE, OUTSIDE, Exchange, Server, reply
from tests.support.pictures import PNG

__all__ = ["learner"]

NFC = "그림 하나.png"
NFD = unicodedata.normalize("NFD", NFC)
assert NFC != NFD
RED = pictures.png(5)


def names(result: Export) -> list[str]:
    return sorted(result.pictures)


def put(root: Path, name: str, data: bytes = PNG) -> None:
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("img/a.png", "![그림](img/a.png)"),
        ("img/a.png", "![그림](./img/../img/a.png 'title')"),
        ("img/a.png", "![그림](/docs/img/a.png)"),
        ("img/a.png", "![그림](img/a.png?raw=true#x)"),
        ("img/a.png", "![그림][이름]\n\n[이름]: img/a.png"),
        ("img/a.png", '<img src="img/a.png" width="50%">'),
        ("img/a.png", "<IMG SRC=img/a.png>"),
        ("img/a.png", "<p align='center'>\n  <img src='img/a.png' alt='그림'>\n</p>"),
        ("img/a.png", "글 <img src='img/a.png'/> 안"),
        ("img/a.png", "- 목록\n\n  ![그림](img/a.png)"),
        ("img/a.png", "| 표 |\n|---|\n| ![그림](img/a.png) |"),
        ("img/a.png", "<details><summary>열기</summary>\n\n![그림](img/a.png)\n\n</details>"),
        ("img/a.png", "각주[^1]\n\n[^1]: ![그림](img/a.png)"),
        ("img/a.png", "[![그림](img/a.png)](https://a.b)"),
        ("img/a.png", "![그림](https://github.com/owner/name/blob/main/docs/img/a.png)"),
        ("img/a.png", "![그림](https://github.com/owner/name/raw/main/docs/img/a.png)"),
        ("img/a.png", "![그림](https://github.com/Owner/Name/blob/main/docs/img/a.png?raw=true)"),
        ("img/a.png", "![그림](https://raw.githubusercontent.com/owner/name/main/docs/img/a.png)"),
        (NFC, f"![그림](<{NFC}>)"),
        (NFC, "![그림](%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.png)"),
        (NFC, '<img src="그림 하나.png">'),
        (NFC, '<img src="%EA%B7%B8%EB%A6%BC%20하나.png">'),
        (NFD, f"![그림](<{NFC}>)"),
        (NFC, f"![그림](<{NFD}>)"),
        (NFD, f'<img src="{NFC}">'),
        (NFC, "![그림](https://github.com/owner/name/blob/main/docs/%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.png)"),
        ("a&b+c.png", "![그림](a&amp;b+c.png)"),
        ("100%.png", "![그림](100%25.png)"),
        ("(1).png", r"![그림](\(1\).png)"),
    ],
)  # fmt: skip
def test_every_way_to_name_a_picture(tmp_path: Path, file: str, written: str) -> None:
    put(tmp_path, file)
    result = made(tmp_path, question(written))
    field = answer(result)
    (name,) = result.pictures
    assert result.pictures[name] == PNG
    assert f'src="{name}"' in field


def test_a_picture_in_the_address_itself(tmp_path: Path) -> None:
    data = base64.b64encode(PNG).decode()
    assert list(made(tmp_path, question(f"![그림](data:image/png;base64,{data})")).pictures.values()) == [PNG]
    svg = "![그림](<data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E>)"
    assert names(made(tmp_path, question(svg)))[0].endswith(".svg")


def test_names_hold_the_content_and_not_the_folder(tmp_path: Path) -> None:
    for name, data in (("a/x.png", PNG), ("b/x.png", RED), ("c/y.png", PNG)):
        put(tmp_path, name, data)
    result = made(tmp_path, question("![x](a/x.png) ![x](b/x.png) ![y](c/y.png)"))
    assert sorted(result.pictures.values()) == sorted([PNG, RED])
    changed = made(tmp_path, question("![x](a/x.png)"))
    put(tmp_path, "a/x.png", pictures.png(7))
    assert names(made(tmp_path, question("![x](a/x.png)"))) != names(changed)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (PNG, "png"),
        (pictures.JPEG, "jpg"),
        (pictures.GIF, "gif"),
        (pictures.WEBP_LOSSY, "webp"),
        (pictures.SVG, "svg"),
    ],
)
def test_the_bytes_say_what_it_is(tmp_path: Path, data: bytes, suffix: str) -> None:
    put(tmp_path, "a.bin", data)
    assert names(made(tmp_path, question("![그림](a.bin)")))[0].endswith(f".{suffix}")


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
LOOSE = replace(CONFIG, ignore=("I",))


@pytest.mark.parametrize(
    ("written", "data", "reason"),
    [
        ("![그림](no.png)", None, "no such picture: docs/no.png"),
        ("![그림](A.bin)", PNG, "no such picture: docs/A.bin"),
        ("![그림]()", None, "picture without an address"),
        ("![그림](.)", None, "the picture can't be read: docs"),
        ("![그림](a.bin)", b"", "the picture is empty: docs/a.bin"),
        ("![그림](a.bin)", b"hello", "not a picture: docs/a.bin"),
        ("![그림](a.bin)", b"<!doctype html><p>404", "not a picture (HTML): docs/a.bin"),
        ("![그림](a.bin)", LFS, "a pointer of Git LFS stands in the picture's place: docs/a.bin"),
        ("![그림](a.bin)", PNG[:-4], "the file is cut off: docs/a.bin"),
        ("![그림](a.bin)", pictures.JPEG[:-2], "the file is cut off: docs/a.bin"),
        ("![그림](a.bin)", pictures.SVG[:-4], "the SVG is not well-formed XML (1:90): docs/a.bin"),
        ("![그림](a.bin)", pictures.BMP, "BMP is not shown by Anki everywhere; save it as one of"),
        ("![그림](a.bin)", pictures.AVIF, "AVIF is not shown by Anki everywhere; save it as one of"),
        ("![그림](ftp://a.b/c.png)", None, "neither a web address nor a file: ftp://a.b/c.png"),
        ("![그림](attachment:c.png)", None, "neither a web address nor a file: attachment:c.png"),
        ("<img src='file:///etc/hostname'>", None, "neither a web address nor a file: file:///etc/hostname"),
        ("![그림](data:image/png;base64,%%)", None, "the picture's base64 is wrong: data:"),
        ("![그림](http://[x/a.png)", None, "picture without an address"),
        ("![그림](https://a.b/c.png)", None, "the picture is not in the repository: https://a.b/c.png"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_had_keeps_its_pair_out(
    tmp_path: Path, written: str, data: bytes | None, reason: str
) -> None:
    if data is not None:
        put(tmp_path, "a.bin", data)
    put(tmp_path, "good.png")
    put(tmp_path, "only.png", RED)
    text = question(f"![좋다](only.png) {written}") + question("![좋다](good.png)", "2")
    result = made(tmp_path, text, LOOSE)
    (without,) = result.unmade
    assert without.reason.en.startswith(reason)
    assert without.reason.ko != without.reason.en
    assert [entry.card.id for entry in result.identified.cards] == ["2"]
    assert list(result.pictures.values()) == [PNG], "what only the refused pair needs is not packed"


def test_every_picture_that_is_missing_is_named(tmp_path: Path) -> None:
    text = question("![a](a.png) ![b](https://a.b/c.png) ![a](a.png)")
    (without,) = made(tmp_path, text, LOOSE).unmade
    assert without.reason.en == (
        "no such picture: docs/a.png; the picture is not in the repository: https://a.b/c.png"
    )


def test_anki_takes_every_format(tmp_path: Path, learner: Learner) -> None:
    for name, data in (("a", PNG), ("b", pictures.JPEG), ("c", pictures.GIF), ("d", pictures.WEBP_LOSSLESS),
                       ("e", pictures.SVG.replace(b"<rect", b"<script>alert(1)</script><rect"))):  # fmt: skip
        put(tmp_path, name, data)
    text = question("".join(f"![{name}]({name}) " for name in "abcde"))
    result = made(tmp_path, text)
    package = tmp_path / "deck.apkg"
    package.write_bytes(result.package)
    learner.import_(package)
    assert learner.complaints() == []
    assert sorted(os.listdir(learner.col.media.dir())) == names(result)


# --- remote ---


def picture_server(exchange: Exchange, arguments: list[str]) -> bytes | None:
    """``/p/<what>``: pictures, and what is none."""
    match arguments:
        case ["big"]:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {1 << 30}\r\n\r\n"
            exchange.send(head.encode())
            exchange.flood(PNG * 1000, 64 << 20)
            return None
        case ["bomb"]:
            data = gzip.compress(bytes(64 << 20))
            return reply("200 OK", data, "Content-Encoding: gzip", kind="image/png")
        case ["gzip.svg"]:
            data = gzip.compress(pictures.SVG)
            return reply("200 OK", data, "Content-Encoding: gzip", kind="image/svg+xml")
        case ["html"]:
            return reply("200 OK", b"<!doctype html><p>log in", kind="text/html")
        case ["cut"]:
            return reply("200 OK", PNG[:-4], kind="image/png")
        case ["forbidden"]:
            return reply("403 Forbidden")
        case ["hop", count, *rest]:
            to = f"/p/{'/'.join(rest)}" if count == "1" else f"/p/hop/{int(count) - 1}/{'/'.join(rest)}"
            return reply("302 Found", b"", f"Location: {to}")
        case ["loop"]:
            return reply("302 Found", b"", "Location: /p/loop")
        case ["inside"]:
            return reply("302 Found", b"", f"Location: http://{INSIDE}:{exchange.server.port}/p/a.png")
        case ["accept"]:
            good = "image/png" in exchange.seen.headers["accept"]
            return reply("200 OK", PNG) if good else reply("406 No")
        case _:
            return reply("200 OK", PNG, kind="text/html; charset=x")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Server(behaviours={"p": picture_server}) as server:
        yield server


NET = replace(CONFIG, links_allow_net=(f"{OUTSIDE}/32",), ignore=("I", "L"))


def fetched(server: Server, *paths: str, config: Config = NET, offline: bool = False) -> list[bytes | Text]:
    addresses = [remote_address(f"http://{OUTSIDE}:{server.port}{path}") for path in paths]
    assert all(addresses)
    known: Sequence[Address] = [address for address in addresses if address]
    found = fetch_pictures(known, config, offline=offline)
    return [found[address] for address in known]


def test_pictures_come_from_the_network_once(server: Server, tmp_path: Path) -> None:
    paths = ("/p/a.png", "/p/hop/3/b.png", "/p/gzip.svg", "/p/accept", "/p/한글 a.png?x=1#y")
    found = fetched(server, *paths)
    assert found == [PNG, PNG, pictures.SVG, PNG, PNG]
    asked = len(server.seen)
    assert fetched(server, *paths, offline=True) == found
    assert fetched(server, *paths) == found
    assert len(server.seen) == asked
    folder = tmp_path / "cache" / "dlcards" / "pictures"
    assert folder.stat().st_mode & 0o77 == 0
    assert all(len(path.name) == 32 and "." not in path.name for path in folder.iterdir())


def test_what_is_no_picture_or_too_much_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_pictures, "MOST_BYTES", 1 << 20)
    paths = ("/p/big", "/p/bomb", "/p/forbidden", "/p/loop", "/p/hop/30/a.png", "/p/inside", "/nothing")
    found = [reason.en if isinstance(reason, Text) else reason for reason in fetched(server, *paths)]
    assert found == [
        "too large",
        "too large",
        "the server blocks programs (403)",
        "redirects run in a circle",
        "too many redirects",
        "not an address of the public network",
        "no such page (404)",
    ]
    assert not server.asked("/p/a.png"), "the redirect to the inside was not followed"
    assert server.sent < 32 << 20
    # What the server takes for a picture is kept only if it is one.
    assert fetched(server, "/p/html", "/p/cut") == [b"<!doctype html><p>log in", PNG[:-4]]
    assert fetched(server, "/p/html", "/p/cut", offline=True) == [cli_pictures._ABSENT] * 2


def test_only_public_addresses_are_asked(server: Server) -> None:
    closed = replace(NET, links_allow_net=())
    assert fetched(server, "/p/a.png", config=closed) == [
        Text("공개된 네트워크의 주소가 아니다", "not an address of the public network")
    ]
    excluded = replace(NET, links_exclude=("*/p/*",))
    (reason,) = fetched(server, "/p/a.png", config=excluded)
    assert isinstance(reason, Text)
    assert "links-exclude" in reason.en
    assert server.connections == 0


def test_a_damaged_cache_is_mended(server: Server, tmp_path: Path) -> None:
    fetched(server, "/p/a.png")
    (kept,) = (tmp_path / "cache" / "dlcards" / "pictures").iterdir()
    kept.write_bytes(PNG[:20])
    assert fetched(server, "/p/a.png") == [PNG]
    assert kept.read_bytes() == PNG


def test_a_remote_picture_in_the_deck(server: Server, tmp_path: Path) -> None:
    base = f"http://{OUTSIDE}:{server.port}/p"
    text = question(f"![a]({base}/a.png) <img src='{base}/b b.png'> ![a]({base}/a.png#x)")
    text += question(f"![c]({base}/html)", "2") + question("각주[^1]", "3") + f"[^1]: ![d]({base}/d.png)\n"
    text = f"![배지]({base}/badge.png)\n\n" + text

    def fetch(addresses: Sequence[Address], *, offline: bool = False) -> Remote:
        return fetch_pictures(addresses, NET, offline=offline)

    first = made(tmp_path, text, NET, fetch)
    assert len(first.pictures) == 1
    assert [entry.card.id for entry in first.identified.cards] == ["1", "3"]
    assert first.unmade[0].reason.en == f"not a picture (HTML): {base}/html"
    assert not server.asked("/p/badge.png"), "no card shows it"
    assert len(server.asked("/p/a.png")) == 1
    server.__exit__(None, None, None)
    second = made(tmp_path, text, NET, lambda addresses: fetch(addresses, offline=True))
    assert second.package == first.package
    assert "--offline" in second.unmade[0].reason.ko


def test_a_page_of_github_stands_for_its_picture() -> None:
    address = remote_address("https://github.com/other/repo/blob/main/a%20b.png")
    assert address
    assert address.url == "https://github.com/other/repo/raw/main/a%20b.png"
    assert remote_address("mailto:a@b.c") is None
    assert remote_address("http://[x") is None
