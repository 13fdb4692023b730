"""The answers keep their word: code prints what it says, a minute is a minute, pictures are there."""

from __future__ import annotations

import itertools
import os
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.document.layouts.parts import goes_into_depth
from dlcards.model import Config, Node, Pair
from tests.answers.reading import (
    ANSWERS,
    BLOCKS,
    MAX_CODE_COLUMNS,
    MAX_CODE_LINES,
    MAX_PICTURE_BYTES,
    MIN_ALTERNATIVE,
    PICTURE,
    PICTURE_WIDTH,
    PICTURES,
    SCRIPTS,
    SECONDS_A_BLOCK,
    SECTIONS,
    Block,
    Picture,
    Section,
    skip_without,
)
from tests.support.spoken import LONGEST, SHORTEST, said, seconds, syllables

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_code_prints_what_its_comments_say(block: Block, tmp_path: Path) -> None:
    assert len(block.code.splitlines()) <= MAX_CODE_LINES, "too long to be read on a phone"
    for line in block.code.splitlines():
        assert columns(line) <= MAX_CODE_COLUMNS, f"too wide to be read on a phone: {line}"
    if block.kind == "noexec":
        assert block.code.startswith("# "), "the first line of a noexec block is a comment that says why"
        compile(block.code, block.name, "exec")
        return
    assert block.kind in {"", "torch"}, f"unknown kind of python block: {block.kind!r}"
    skip_without("numpy", block.name)
    if block.kind == "torch":
        skip_without("torch", block.name)
    script = tmp_path / "block.py"
    script.write_text(block.code, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-X", "utf8", script],
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS_A_BLOCK,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == block.promises()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_answer_begins_with_what_is_said(section: Section) -> None:
    config = Config()
    document = build(PurePosixPath("x.md"), f"## #{section.id}\n{section.text}", config)
    (pair,) = document.pairs
    text = said(document, pair, config)
    assert text is not None, "no heading 더 깊이 ends what is said in an interview"
    assert SHORTEST <= seconds(text) <= LONGEST, f"{seconds(text):.0f} s"
    assert all(block.kind in ("paragraph", "list", "blank_line") for block in takewhile_said(pair, config))
    assert "figures/" not in text


def takewhile_said(pair: Pair, config: Config) -> Iterator[Node]:
    return itertools.takewhile(lambda block: not goes_into_depth(block, config), pair.body)


@pytest.mark.parametrize(
    "picture", PICTURES, ids=lambda picture: f"{picture.section.name} {Path(picture.source).name}"
)
def test_picture_is_computed_and_readable(picture: Picture) -> None:
    path = ANSWERS / picture.source
    assert path.stem in SCRIPTS, f"no figures/{path.stem}.py computes it"
    assert picture.night == picture.source.replace(".png", ".night.png")
    for file in (path, ANSWERS / picture.night):
        assert file.is_file(), f"{picture.section.name} shows a picture that is not there: {file.name}"
        content = file.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n"), "not a PNG"
        (width,) = struct.unpack(">I", content[16:20])
        assert width == PICTURE_WIDTH
        assert len(content) <= MAX_PICTURE_BYTES
    assert len(picture.alternative) >= MIN_ALTERNATIVE, "the alternative text says too little"


def test_pictures_have_a_night() -> None:
    for section in SECTIONS:
        assert not section.find("image"), f"{section.name}: a picture without its variant for the night"
        assert section.text.count("<img") == len(PICTURE.findall(section.text))


def columns(line: str) -> int:
    """How many columns a line takes in a font of one width."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("과적합(overfitting)은 넷이다", 7),
        ("96.9%", 8),  # 구십육 점 구 퍼센트
        ("[#12](#12)에서", 5),
        ("BN과 ([#16](#16))", 3),
        ("$2/n$", 6),
    ],
)
def test_syllables(text: str, count: int) -> None:
    assert syllables(text) == count
