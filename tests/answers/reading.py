"""The answers, read by another parser than the program's, and what their tests share."""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
import pytest

from tests.support import ROOT

ANSWERS = ROOT / "answers"
FIGURES = ROOT / "figures"
MEASURED = FIGURES / "measured"

MAX_CODE_LINES = 20
MAX_CODE_COLUMNS = 46  # what a phone shows of a line; Hangul is two columns wide
MAX_PICTURE_BYTES = 150_000
PICTURE_WIDTH = 900  # 4.5 inches: figures.common.WIDTH
MIN_ALTERNATIVE = 10
LONG = 3  # figures.__main__.LONG
SECONDS_A_BLOCK = 120

# Figure scripts that need nothing but these are run again, save those that say by a constant ``SLOW`` why they
# take more than some 3 s.
CHEAP_PACKAGES = {"matplotlib", "numpy", "PIL", "cycler", "sklearn"}
LEAST_SEEDS, LEAST_LONG_SEEDS = 5, 3
OTHER_SEEDS = (1001, 1002, 1003)

Token = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A question with everything under it, up to the next one."""

    document: str
    id: str
    text: str
    tokens: list[Token]

    @property
    def name(self) -> str:
        return f"{self.document}#{self.id}"

    def is_answered(self) -> bool:
        return any(token["type"] not in {"heading", "blank_line", "thematic_break"} for token in self.tokens)

    def find(self, kind: str) -> list[Token]:
        return [token for token in walk(self.tokens) if token["type"] == kind]


@dataclass(frozen=True)
class Block:
    """A fenced block whose info string begins with ``python``."""

    name: str
    kind: str
    code: str

    def promises(self) -> list[str]:
        """The output that the comments state, a line a comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.code).readline)
        comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
        return [comment.removeprefix("# → ") for comment in comments if comment.startswith("# → ")]


@dataclass(frozen=True)
class Picture:
    """A picture of an answer, by day and by night."""

    section: Section
    source: str
    night: str
    alternative: str


def walk(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from walk(token.get("children", []))


def plain(token: Token) -> str:
    return "".join(inner.get("raw", "") for inner in walk([token]))


def read_sections(path: Path) -> list[Section]:
    text = path.read_text(encoding="utf-8")
    tokens, _ = mistune.create_markdown(renderer=None, plugins=["math", "table"]).parse(text)
    assert isinstance(tokens, list)
    grouped: list[tuple[str, list[Token]]] = []
    for token in tokens:
        if token["type"] == "heading" and token["attrs"]["level"] == 2:
            grouped.append((plain(token), []))
        elif grouped:
            grouped[-1][1].append(token)
    questions = [(title.removeprefix("#"), inner) for title, inner in grouped if title.startswith("#")]
    # The tokens don't know where they stand, so the text is cut at the same headings once more.
    cut = [part.partition("\n") for part in f"\n{text}".split("\n## #")[1:]]
    assert [id_ for id_, _, _ in cut] == [id_ for id_, _ in questions], f"odd headings in {path.name}"
    return [
        Section(path.stem, id_, body, inner)
        for (id_, inner), (_, _, body) in zip(questions, cut, strict=True)
    ]


def read_blocks(sections: list[Section]) -> Iterator[Block]:
    for section in sections:
        for number, token in enumerate(section.find("block_code"), start=1):
            language, _, kind = token.get("attrs", {}).get("info", "").strip().partition(" ")
            if language == "python":
                yield Block(f"{section.name}[{number}]", kind.strip(), token["raw"])


PICTURE = re.compile(
    r"^<picture>\n"
    r'<source media="\(prefers-color-scheme: dark\)" srcset="(?P<night>[^"]+)">\n'
    r'<img src="(?P<source>[^"]+)" alt="(?P<alternative>[^"]*)">\n'
    r"</picture>$",
    re.MULTILINE,
)


def read_pictures(sections: list[Section]) -> Iterator[Picture]:
    for section in sections:
        for found in PICTURE.finditer(section.text):
            yield Picture(section, found["source"], found["night"], found["alternative"])


SECTIONS = [section for path in sorted(ANSWERS.glob("*.md")) for section in read_sections(path)]
BLOCKS = list(read_blocks(SECTIONS))
PICTURES = list(read_pictures(SECTIONS))
SCRIPTS = sorted(path.stem for path in FIGURES.glob("q*.py"))


def skip_without(module: str, what: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{what} needs {module}, which is not installed")
