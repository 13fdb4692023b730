"""What the bytes of a picture say: formats, widths, damage; any bytes will do."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.project.picture_bytes import inspect
from tests.support.pictures import AVIF, BMP, GIF, JPEG, PNG, SVG, WEBP_LOSSLESS, WEBP_LOSSY, png_chunk

SVG_START = b'<svg xmlns="http://www.w3.org/2000/svg">'
ILLUSTRATOR = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
]>
<svg xmlns="&ns_svg;" width="10"/>"""


@pytest.mark.parametrize(
    ("data", "name", "width"),
    [
        (PNG, "PNG", 3),
        (PNG + b"trailing bytes", "PNG", 3),
        # A damaged chunk that only adds a comment is thrown away by every decoder.
        (PNG[:33] + png_chunk(b"tEXt", b"a")[:-4] + b"\0\0\0\0" + PNG[33:], "PNG", 3),
        (JPEG, "JPEG", 3),
        (JPEG + b"\0" * 10, "JPEG", 3),
        (GIF, "GIF", 3),
        (WEBP_LOSSY, "WebP", 3),
        (WEBP_LOSSLESS, "WebP", 3),
        (BMP, "BMP", 3),
        (AVIF, "AVIF", None),
        (SVG, "SVG", None),
        (b"\xef\xbb\xbf<!-- Inkscape -->\n" + SVG, "SVG", None),
        (SVG.decode().encode("utf-16"), "SVG", None),
        (ILLUSTRATOR, "SVG", None),
        (b'<?xml version="1.0" encoding="euc-kr"?>' + SVG, "SVG", None),
        (b"<!DOCTYPE html><p>404", "HTML", None),
        (b"\xef\xbb\xbf\n<!-- x --><HTML lang=ko>" + SVG, "HTML", None),
        (b"", "", None),
        (b"hello", "", None),
        (b"{}", "", None),
    ],
)
def test_a_picture_is_known_by_its_bytes(data: bytes, name: str, width: int | None) -> None:
    picture = inspect(data)
    assert (picture.format, picture.width, picture.problem) == (name, width, None)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (PNG[:-1], "cut off"),
        (PNG[:40], "cut off"),
        (PNG[:12], "damaged"),
        (PNG.replace(b"IDAT", b"IDAX"), "damaged"),
        (PNG[:33] + png_chunk(b"IEND", b""), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + png_chunk(b"CgBI", b"\0" * 4) + PNG[8:], "damaged"),
        (JPEG[:-2], "cut off"),
        (JPEG[:30], "cut off"),
        (JPEG[:2] + b"\xff\xe0\0\x02x" + JPEG[2:], "damaged"),
        (GIF[:-1], "cut off"),
        (GIF[:13] + b"x" + GIF[13:], "damaged"),
        (WEBP_LOSSY[:-1], "cut off"),
        (SVG[:-3], "not well-formed"),
        (SVG_START + b"<g></svg>", "not well-formed"),
        (SVG_START + b"&nbsp;</svg>", "not well-formed"),
        (b"<svg/>", "lacks xmlns"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "pointer of Git LFS"),
        (b"<div>" + SVG + b"</div>", "lacks xmlns"),
    ],
)
def test_damage_is_seen(data: bytes, problem: str) -> None:
    found = inspect(data).problem
    assert found
    assert problem in found.en


def test_a_cut_jpeg_with_a_whole_thumbnail_is_cut() -> None:
    exif = b"\xff\xe1" + struct.pack(">H", 2 + len(JPEG)) + JPEG
    whole = JPEG[:2] + exif + JPEG[2:]
    assert inspect(whole).problem is None
    found = inspect(whole[:-2]).problem
    assert found
    assert found.en == "the file is cut off"


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30)),
        f'<!ENTITY a29 "{"x" * 3_000}">',
    ],
    ids=["exponential", "quadratic"],
)
def test_an_svg_that_would_grow_without_bound_is_not_expanded(entities: str) -> None:
    bomb = f"<!DOCTYPE svg [<!ENTITY a0 'x'>{entities}]>{SVG_START.decode()}{'&a29;' * 10_000}</svg>"
    found = inspect(bomb.encode()).problem
    assert found
    assert "without bound" in found.en


@given(st.sampled_from([PNG, JPEG, GIF, WEBP_LOSSY, WEBP_LOSSLESS, BMP, AVIF, SVG, ILLUSTRATOR]), st.data())
def test_any_bytes_will_do(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole)))
    inspect(whole[:at])
    inspect(whole[:at] + data.draw(st.binary(max_size=20)) + whole[at:])


def test_a_big_file_is_read_in_one_pass() -> None:
    pixels = b"\0" * 20_000_000
    big = PNG[:33] + png_chunk(b"IDAT", zlib.compress(pixels)) + png_chunk(b"IDAT", pixels) + PNG[-12:]
    assert inspect(big).problem is None
