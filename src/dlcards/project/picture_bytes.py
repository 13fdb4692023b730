"""What the bytes of a picture say: its format, its size in pixels, and whether it is whole.

Only headers, lengths and checksums are read; nothing is decompressed, so that a file made to burst a
decoder does no harm here.
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple
from xml.parsers import expat

from dlcards.model import Text, lazy_compile

FORMAT_OF_SUFFIX = {
    ".png": "PNG",
    ".apng": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jfif": "JPEG",
    ".gif": "GIF",
    ".webp": "WebP",
    ".svg": "SVG",
    ".bmp": "BMP",
    ".avif": "AVIF",
}

_SVG = "http://www.w3.org/2000/svg"
_HTML = lazy_compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_UNKNOWN_ENCODING = 18
# What an entity of an SVG may hold: enough for the namespaces that Illustrator declares as entities.
_LONGEST_ENTITY = 200

_CUT_OFF = Text("파일이 중간에서 잘렸다", "the file is cut off")
_POINTER = Text("그림 대신 Git LFS의 표시만 있다", "a pointer of Git LFS stands in the picture's place")
_DAMAGED = Text("파일이 손상되었다", "the file is damaged")


class Picture(NamedTuple):
    """What the bytes of a file say about the picture in it.

    Attributes:
        format: A value of :data:`FORMAT_OF_SUFFIX`, ``HTML`` or ``Git LFS`` for what often stands in
            a picture's place, or empty where it is none of these.
        width: In pixels; None where the header does not say (SVG, AVIF) or is damaged.
        problem: Why it can't be shown, as far as that is known.
    """

    format: str
    width: int | None = None
    problem: Text | None = None


def inspect(data: bytes) -> Picture:
    """Look at the bytes of a file; any bytes will do."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return _gif(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[:2] == b"BM" and len(data) > 26:
        return Picture("BMP", int.from_bytes(data[18:22], "little"))
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return Picture("AVIF")
    if data.startswith(b"version https://git-lfs.github.com/"):
        return Picture("Git LFS", problem=_POINTER)
    head = data[:4096].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    if _HTML.match(head.removeprefix("\u00ef\u00bb\u00bf")):
        return Picture("HTML")
    return Picture("SVG", problem=_svg_problem(data)) if "<svg" in head else Picture("")


def _png(data: bytes) -> Picture:
    width = int.from_bytes(data[16:20], "big") if data[12:16] == b"IHDR" else None
    if width is None:
        return Picture("PNG", problem=_DAMAGED)
    view, at, has_pixels = memoryview(data), 8, False
    while at + 12 <= len(data):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            break
        # Decoders throw a damaged chunk away where its name says that it is ancillary.
        is_critical = not name[0] & 0x20
        if is_critical and zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(view[end - 4 : end], "big"):
            return Picture("PNG", width, _DAMAGED)
        has_pixels = has_pixels or name == b"IDAT"
        if name == b"IEND":
            return Picture("PNG", width, None if has_pixels else _DAMAGED)
        at = end
    return Picture("PNG", width, _CUT_OFF)


def _jpeg(data: bytes) -> Picture:
    at, width = 2, None
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return Picture("JPEG", width, _DAMAGED)
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in (0x01, 0xFF, *range(0xD0, 0xD8)):  # without a length; FF is a fill byte
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            width = int.from_bytes(data[at + 7 : at + 9], "big")
        if marker == 0xDA:
            # In the pixels that follow, FF D9 can only be the end; a thumbnail's end stood earlier.
            return Picture("JPEG", width, None if data.find(b"\xff\xd9", at) >= 0 else _CUT_OFF)
        at += 2 + max(2, length)
    return Picture("JPEG", width, _CUT_OFF)


def _gif(data: bytes) -> Picture:
    width = int.from_bytes(data[6:8], "little")
    at = 13 + _gif_colours(data, 10)
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x21:
            at += 2
        elif data[at] == 0x2C:
            at += 11 + _gif_colours(data, at + 9)
        else:
            return Picture("GIF", width, _DAMAGED)
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return Picture("GIF", width, None if at < len(data) else _CUT_OFF)


def _gif_colours(data: bytes, at: int) -> int:
    """The size of the colour table that the flags at ``at`` announce."""
    flags = data[at] if at < len(data) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> Picture:
    chunk = data[12:16]
    width = None
    if chunk == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
    elif chunk == b"VP8L":
        width = (int.from_bytes(data[21:25], "little") & 0x3FFF) + 1
    elif chunk == b"VP8 ":
        width = int.from_bytes(data[26:28], "little") & 0x3FFF
    is_whole = 8 + int.from_bytes(data[4:8], "little") <= len(data)
    return Picture("WebP", width, None if is_whole else _CUT_OFF)


class _EntityBomb(Exception):
    """An SVG declares an entity that could expand to far more than the file itself."""


def _svg_problem(data: bytes) -> Text | None:
    """Why browsers would not show an SVG as a picture; None where they would."""
    roots: list[str] = []

    def note_root(name: str, attributes: object) -> None:
        roots.append(name)
        parser.StartElementHandler = None

    def refuse_bomb(name: str, is_parameter: int, value: str | None, *rest: object) -> None:
        # Entities inside entities grow exponentially, long ones by their length times their number.
        if value is not None and (len(value) > _LONGEST_ENTITY or "&" in value or "%" in value):
            raise _EntityBomb

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = note_root
    parser.EntityDeclHandler = refuse_bomb
    try:
        parser.Parse(data, True)
    except _EntityBomb:
        return Text("엔티티가 끝없이 불어나는 SVG다", "the SVG declares entities that grow without bound")
    except (ValueError, LookupError):
        return None  # an encoding that browsers may know and expat does not
    except expat.ExpatError as error:
        if error.code == _UNKNOWN_ENCODING:
            return None
        place = f"{error.lineno}:{error.offset + 1}"
        return Text(f"XML 문법이 틀린 SVG다({place})", f"the SVG is not well-formed XML ({place})")
    if roots[0] != f"{_SVG} svg":
        return Text(f'SVG에 xmlns="{_SVG}"이(가) 없다', f'the SVG lacks xmlns="{_SVG}"')
    return None
