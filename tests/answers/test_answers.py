"""The answers keep their word: code prints what it says, numbers are as measured, pictures are computed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import io
import json
import os
import re
import struct
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow


ANSWERS = ROOT / "answers"
FIGURES = ROOT / "figures"
MEASURED_FILE = FIGURES / "measured.json"

MAX_CODE_LINES = 20
MAX_PICTURE_BYTES = 150_000
MAX_PICTURE_WIDTH = 1200
MIN_ALTERNATIVE = 10
SECONDS_A_BLOCK = 120

# Figure scripts that need nothing but these are run again by test_figure_reproduces_its_numbers, save
# those that say by a constant ``SLOW`` why they take more than some 3 s.
CHEAP_PACKAGES = {"matplotlib", "numpy", "sklearn"}

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
class Number:
    """An entry of figures/measured.json; see figures.common.Measured."""

    figure: str
    answer: str
    name: str
    value: float
    says: str
    within: float


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


def read_numbers() -> list[Number]:
    if not MEASURED_FILE.exists():
        return []
    return [
        Number(figure, entry["answer"], **number)
        for figure, entry in json.loads(MEASURED_FILE.read_text(encoding="utf-8")).items()
        for number in entry["numbers"]
    ]


SECTIONS = [section for path in sorted(ANSWERS.glob("*.md")) for section in read_sections(path)]
BLOCKS = list(read_blocks(SECTIONS))
NUMBERS = read_numbers()
PICTURES = [(section, token) for section in SECTIONS for token in section.find("image")]
SCRIPTS = sorted(path.stem for path in FIGURES.glob("q*.py"))

NUMBER = re.compile(
    r"""(?<![A-Za-z0-9.])
    (?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)
    (?:e(?P<e>[-+]?\d+)
      |\s*(?:×|\\times)\s*10\^\{?(?P<power>[-−]?\d+)\}?
      |\s*(?:×|\\times)\s*10(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    )?""",
    re.VERBOSE,
)
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def stated(words: str) -> float:
    """The first number of ``words``: ``"1,961칸"``, ``"97.4%"``, ``"$2\\times10^{-8}$"``, ``"2e-08"``."""
    found = NUMBER.search(words)
    assert found, f"no number in {words!r}"
    power = found["e"] or found["power"] or found["raised"] or "0"
    number = found["number"].replace(",", "").translate(LOWERED)
    return float(f"{number}e{power.translate(LOWERED)}")


def skip_without(module: str, what: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{what} needs {module}, which is not installed")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_code_prints_what_its_comments_say(block: Block, tmp_path: Path) -> None:
    assert len(block.code.splitlines()) <= MAX_CODE_LINES, "too long to be read on a phone"
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


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"#{number.answer} {number.name}")
def test_answer_states_what_was_measured(number: Number) -> None:
    sections = [section for section in SECTIONS if section.id == number.answer]
    assert sections, f"figures/{number.figure}.py is for #{number.answer}, which no document has"
    answered = [section for section in sections if section.is_answered()]
    if not answered:
        pytest.skip(f"#{number.answer} is not answered yet")
    words = " ".join(number.says.split())
    # A tilde is escaped where GitHub would strike through from one range to the next (M017).
    texts = [" ".join(section.text.replace(r"\~", "~").split()) for section in answered]
    assert any(words in text for text in texts), f"not in the text: {words}"
    assert stated(number.says) == pytest.approx(number.value, rel=0, abs=number.within)


@pytest.mark.parametrize(
    ("section", "picture"),
    [pytest.param(*pair, id=f"{pair[0].name} {Path(pair[1]['attrs']['url']).name}") for pair in PICTURES],
)
def test_picture_is_computed_and_readable(section: Section, picture: Token) -> None:
    path = ANSWERS / picture["attrs"]["url"]
    assert path.is_file(), f"{section.name} shows a picture that is not there: {path.name}"
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n"), "not a PNG"
    (width,) = struct.unpack(">I", content[16:20])
    assert width <= MAX_PICTURE_WIDTH
    assert len(content) <= MAX_PICTURE_BYTES
    assert path.stem in SCRIPTS, f"no figures/{path.stem}.py computes it"
    assert len(plain(picture)) >= MIN_ALTERNATIVE, "the alternative text says too little"


def test_measured_numbers_belong_to_scripts() -> None:
    assert sorted(json.loads(MEASURED_FILE.read_text(encoding="utf-8"))) == SCRIPTS


@pytest.mark.parametrize("name", SCRIPTS)
def test_figure_reproduces_its_numbers(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {number.name: number for number in NUMBERS if number.figure == name}
    assert expected, f"no numbers yet; run: python -m figures {name}"
    if why := slow(FIGURES / f"{name}.py"):
        pytest.skip(f"{name} {why}; python -m figures {name} measures it anew")
    if more := packages(FIGURES / f"{name}.py") - CHEAP_PACKAGES:
        pytest.skip(f"{name} needs {', '.join(sorted(more))}; python -m figures {name} measures it anew")
    for package in sorted(CHEAP_PACKAGES):
        skip_without(package, name)
    monkeypatch.syspath_prepend(str(ROOT))
    measured = importlib.import_module(f"figures.{name}").main(tmp_path / f"{name}.png")
    assert (tmp_path / f"{name}.png").is_file()
    assert {number.name for number in measured} == expected.keys()
    for number in measured:
        before = expected[number.name]
        assert number.value == pytest.approx(before.value, rel=0, abs=before.within), number.name


def slow(script: Path) -> str:
    """Why a script takes long, by its constant ``SLOW``; empty where it has none."""
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SLOW":
            return str(ast.literal_eval(node.value))
    return ""


def packages(script: Path) -> set[str]:
    """The top-level packages that a script imports, other than Python's own and this repository's."""
    found = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"figures", "examples"}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1,961칸", 1961),
        ("셋 다 97.4%를", 97.4),
        (r"$2\times10^{-8}$이었고", 2e-8),
        ("3×10⁻⁸", 3e-8),
        ("# → 2e-08", 2e-8),
        ("약 $-0.17$ 이상", -0.17),
        ("L2 규제 0.01", 0.01),
    ],
)
def test_stated(words: str, number: float) -> None:
    assert stated(words) == pytest.approx(number)
