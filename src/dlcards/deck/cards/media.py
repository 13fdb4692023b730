"""Pictures: from the address in a document to a file in the package.

What a picture is, its bytes say, never its name. An SVG may hold scripts; in ``<img>``, the only place
that a card has for it, no program runs them.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes

from dlcards.deck.cards.themes import THEME_SOURCE
from dlcards.links.downloads import Remote
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, parse
from dlcards.linter.engine import ValidPair
from dlcards.model import Config, Files, LinkKind, Span, Text
from dlcards.project.addresses import blob_page, is_external, local_target
from dlcards.project.masking import shown
from dlcards.project.picture_bytes import Picture, inspect
from dlcards.project.pictures import stored

# What Anki shows on every system, and the ending that it goes by.
SUFFIXES = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WebP": "webp", "SVG": "svg"}
_SHOWN = (LinkKind.IMAGE, LinkKind.HTML_IMAGE)
_SCALABLE = ("PNG", "JPEG", "GIF", "WebP")

"""Pictures of other sites by address (without fragment): their bytes, or why they can't be had."""
Fetch = Callable[[Sequence[Address]], Remote]


class MediaError(Exception):
    """A picture that can't be packed; ``message`` says why, in the languages of the program."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def all_of(errors: Sequence[MediaError]) -> MediaError:
    """One error that says what each of ``errors`` says, once."""
    said = list(dict.fromkeys(error.message for error in errors))
    return MediaError(Text("; ".join(text.ko for text in said), "; ".join(text.en for text in said)))


@dataclass
class Media:
    """The pictures of a deck, by the flat, content-hashed names that they have in the package.

    Equal pictures are packed once; different ones with one name in two folders don't clash, and a
    changed picture gets a new name, so that Anki takes it.

    Attributes:
        root: The folder that paths start from.
        config: The project's configuration.
        files: The project's files.
        remote: The pictures of other sites.
        packed: The files by their names in the package.
        unscaled: What was left wider than ``config.max_image_width``, and why.
        asked: What :meth:`add` made of each address; None where it raised.
    """

    root: Path
    config: Config
    files: Files
    remote: Remote = field(default_factory=dict)
    packed: dict[str, bytes] = field(default_factory=dict)
    unscaled: dict[str, Text] = field(default_factory=dict)
    asked: dict[str, str | None] = field(default_factory=dict)

    def add(self, url: str, document: PurePosixPath) -> str:
        """Pack the picture with the address ``url`` in ``document`` and return its name.

        Raises:
            MediaError: There is no such file, it can't be read or scaled, or it is no picture.
        """
        self.asked[url] = None
        self.asked[url] = name = self._pack(url, document)
        return name

    def take(self, pictures: Mapping[str, str | None], document: PurePosixPath) -> bool:
        """Pack the pictures of a document whose cards are made; or none, where one is not as it was then.

        Args:
            pictures: What :attr:`asked` said then.
            document: The document.
        """
        trial = replace(self, packed={}, unscaled={}, asked={})
        for url in pictures:
            with contextlib.suppress(MediaError):
                trial.add(url, document)
        if trial.asked != pictures:
            return False
        self.packed.update(trial.packed)
        self.unscaled.update(trial.unscaled)
        return True

    def _pack(self, url: str, document: PurePosixPath) -> str:
        where, data = self._found(url.strip(), document)
        picture = inspect(data)
        suffix = SUFFIXES.get(picture.format)
        if picture.problem or not suffix:
            raise _error(picture.problem or _no_picture(picture, data), where)
        if picture.format == "SVG" and b"\0" not in data:  # which UTF-16 has
            # Text, whose lines git may end by CRLF on Windows; to XML they are the same.
            data = data.replace(b"\r\n", b"\n")
        # Of the original, also of a scaled one: encoders differ from one version of Pillow to another,
        # and a note must not count as changed for that.
        name = f"dlcards-{hashlib.sha256(data).hexdigest()[:24]}"
        most = self.config.max_image_width
        if most and picture.format in _SCALABLE and (small := self._scaled(data, most, where)):
            name, data = f"{name}-{most}", small
        self.packed[f"{name}.{suffix}"] = data
        return f"{name}.{suffix}"

    def forget(self, before: Set[str]) -> None:
        """Take out again what was packed since only the names ``before`` were."""
        for name in self.packed.keys() - before:
            del self.packed[name]

    def _found(self, url: str, document: PurePosixPath) -> tuple[str, bytes]:
        """What to call a picture in a message, and its bytes."""
        if url[:5].lower() == "data:":
            return "data:", _inline(url)
        target = local_target(url, document, self.config)
        if target is None:
            return self._elsewhere(url)
        where = str(target.path)
        path = stored(target.path, self.files)
        if path is None:
            raise _error(Text("그림 파일이 없다", "no such picture"), where)
        data = self.files.read(path)
        if data is None:
            raise _error(Text("그림을 읽을 수 없다", "the picture can't be read"), where)
        return where, data

    def _elsewhere(self, url: str) -> tuple[str, bytes]:
        address = remote_address(url)
        if address is None:
            if is_external(url):
                raise _error(Text("웹 주소도 파일도 아니다", "neither a web address nor a file"), shown(url))
            if url:
                raise _error(Text("저장소 밖의 그림이다", "a picture outside the repository"), shown(url))
            raise MediaError(Text("그림에 주소가 없다", "picture without an address"))
        data = self.remote.get(address)
        if not isinstance(data, bytes):
            reason = data or Text("그림이 저장소 밖에 있다", "the picture is not in the repository")
            raise _error(reason, shown(url))
        return shown(url), data

    def _scaled(self, data: bytes, most: int, where: str) -> bytes | None:
        if find_spec("PIL") is None:
            self.unscaled[where] = Text("Pillow가 없어 줄이지 않았다", "without Pillow, so not scaled down")
            return None
        from dlcards.deck.cards.scaling import ScalingError, scaled

        try:
            small = scaled(data, most)
        except ScalingError as error:
            raise _error(error.message, where) from error
        if isinstance(small, Text):
            self.unscaled[where] = small
            return None
        return small


def remote_address(url: str) -> Address | None:
    """What to ask for the picture ``url`` of another site, without its fragment; None where it has no http.

    A page of GitHub that shows a picture stands for the picture itself.
    """
    page = blob_page(url)
    try:
        return parse(page.raw_url if page else url)._replace(fragment="")
    except (InvalidAddress, OtherScheme):
        return None


def remote_pictures(pairs: Iterable[ValidPair], config: Config) -> list[Address]:
    """The pictures of other sites that the cards of ``pairs`` need, each once, in order."""
    spans: dict[PurePosixPath, list[Span]] = {}
    documents = {}
    for valid in pairs:
        path = valid.document.path
        documents[path] = valid.document
        spans.setdefault(path, []).append(valid.pair.span)
    found: dict[Address, None] = {}
    for path, document in documents.items():
        notes = [node.span for node in document.nodes() if node.kind == "footnote_definition"]
        wanted = sorted([*spans[path], *notes])
        for link in document.links:
            url = link.url.strip()
            # Cards have no other forms of a picture (srcset) but those for day and night, and no films.
            is_shown = link.kind in _SHOWN or THEME_SOURCE.match(link.span.of(document.text))
            if not is_shown or local_target(url, path, config) is not None:
                continue
            if (address := remote_address(url)) and any(span.holds(link.span) for span in wanted):
                found[address] = None
    return list(found)


def _inline(url: str) -> bytes:
    """The bytes that a ``data:`` address (RFC 2397) holds.

    Raises:
        MediaError: It holds no proper base64.
    """
    head, _, content = url.partition(",")
    data = unquote_to_bytes(content)
    if not head.lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise _error(Text("그림의 base64가 틀렸다", "the picture's base64 is wrong"), "data:") from error


def _no_picture(picture: Picture, data: bytes) -> Text:
    if not data:
        return Text("그림 파일이 비어 있다", "the picture is empty")
    if picture.format in ("", "HTML"):
        said = "HTML" if picture.format else ""
        return Text(f"그림이 아니다{said and f'({said})'}", f"not a picture{said and f' ({said})'}")
    known = ", ".join(SUFFIXES)
    return Text(
        f"{picture.format}은(는) Anki가 어디서나 보여 주지는 않는다. {known} 가운데 하나로 저장한다",
        f"{picture.format} is not shown by Anki everywhere; save it as one of {known}",
    )


def _error(reason: Text, where: str) -> MediaError:
    return MediaError(Text(f"{reason.ko}: {where}", f"{reason.en}: {where}"))
