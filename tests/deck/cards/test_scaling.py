"""Pictures scaled down when that is asked for, and what the command says of pictures."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dlcards.deck.cards.scaling import ScalingError, scaled
from dlcards.model import Text
from tests.deck.cards.test_media import names, put
from tests.support import pictures
from tests.support.decks import CONFIG, made, question
from tests.support.pictures import PNG, png_chunk


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes | Text | None) -> Image.Image:
    assert isinstance(data, bytes)
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


WIDE = Image.linear_gradient("L").resize((400, 200))


@pytest.mark.parametrize(
    ("mode", "kind", "after"),
    [
        ("1", "PNG", "L"),
        ("L", "PNG", "L"),
        ("LA", "PNG", "LA"),
        ("RGB", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("P", "PNG", "P"),
        ("L", "JPEG", "L"),
        ("RGB", "JPEG", "RGB"),
        ("CMYK", "JPEG", "CMYK"),
        ("RGB", "WEBP", "RGB"),
        ("P", "GIF", "P"),
    ],
)
def test_wide_pictures_are_scaled_in_kind(mode: str, kind: str, after: str) -> None:
    data = encoded(WIDE.convert(mode), kind)
    small = scaled(data, 100)
    image = opened(small)
    assert (image.format, image.mode, image.size) == (kind, after, (100, 50))
    assert scaled(data, 100) == small
    assert scaled(data, 400) is None


def test_transparency_is_kept() -> None:
    clear = Image.new("RGBA", (400, 200))
    clear.paste((255, 0, 0, 255), (0, 0, 200, 200))
    for data in (
        encoded(clear, "PNG"),
        encoded(clear.quantize(16), "PNG"),
        encoded(clear, "WEBP", lossless=True),
    ):
        image = opened(scaled(data, 100)).convert("RGBA")
        assert image.getpixel((90, 25))[3] == 0  # type: ignore[index]
        assert image.getpixel((10, 25))[3] > 250  # type: ignore[index]


def test_orientation_is_applied_and_other_metadata_go() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    data = encoded(WIDE.convert("RGB"), "JPEG", exif=exif, comment=b"private", icc_profile=b"profile" * 30)
    assert scaled(data, 200) is None, "it is 200 wide as it is seen"
    small = scaled(data, 100)
    image = opened(small)
    assert image.size == (100, 200)
    assert isinstance(small, bytes)
    assert b"camera" not in small
    assert b"private" not in small
    assert image.info["icc_profile"] == b"profile" * 30


def test_what_moves_and_what_is_deep_is_left_alone() -> None:
    turned = [WIDE.rotate(90)]
    for kind in ("GIF", "WEBP", "PNG"):
        reason = scaled(encoded(WIDE, kind, save_all=True, append_images=turned), 100)
        assert isinstance(reason, Text)
        assert "animated" in reason.en
    reason = scaled(encoded(Image.new("I;16", (400, 200)), "PNG"), 100)
    assert isinstance(reason, Text)
    assert "16 bits" in reason.en


def test_a_bomb_is_refused() -> None:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0))
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + head
        + png_chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + png_chunk(b"IEND", b"")
    )
    with pytest.raises(ScalingError, match="too many pixels"):
        scaled(bomb, 100)
    lie = PNG.replace(b"IHDR" + struct.pack(">II", 3, 1), b"IHDR" + struct.pack(">II", 3000, 1))
    with pytest.raises(ScalingError, match="damaged"):
        scaled(lie, 100)


def test_scaling_in_the_deck(tmp_path: Path) -> None:
    put(tmp_path, "a.png", encoded(WIDE, "PNG"))
    put(tmp_path, "b.gif", encoded(WIDE, "GIF", save_all=True, append_images=[WIDE.rotate(90)]))
    put(tmp_path, "c.svg", pictures.SVG)
    put(tmp_path, "d.png")
    text = question("![a](a.png) ![b](b.gif) ![c](c.svg) ![d](d.png)")
    plain = made(tmp_path, text)
    result = made(tmp_path, text, replace(CONFIG, max_image_width=100))
    changed = set(names(result)) - set(names(plain))
    (name,) = changed
    assert name.endswith("-100.png")
    assert opened(result.pictures[name]).width == 100
    assert {where: reason.ko for where, reason in result.unscaled.items()} == {
        "docs/b.gif": "움직이는 그림이라 줄이지 않았다"
    }


# --- the command ---


def run(root: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    start = code or "import sys; from dlcards.cli import main; sys.exit(main())"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(root / "cache")}
    return subprocess.run(
        [sys.executable, "-c", start, "export", *arguments],
        cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_command_names_pictures_that_are_not_at_hand(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.dlcards]\n")
    text = question("![a](https://a.example/a.png)") + question("글", "2")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = run(tmp_path, "a.md", "--offline", "--strict", "--lang", "ko")
    assert done.returncode == 1, done.stderr
    assert "a.md:3: #1: 받아 둔 그림이 없고 --offline이라" in done.stdout
    assert "https://a.example/a.png" in done.stdout


def test_without_pillow_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(question("글"), encoding="utf-8")
    hidden = "import sys; sys.modules['PIL'] = None; from dlcards.cli import main; sys.exit(main())"
    done = run(tmp_path, "a.md", "--max-image-width", "100", "--lang", "en", code=hidden)
    assert done.returncode == 2
    assert 'pip install "dlcards[images]"' in done.stderr
