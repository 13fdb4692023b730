"""The answers keep their word: code prints what it says, numbers are as measured, pictures are computed."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import io
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import tokenize
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import mistune
import pytest

from dlcards.document.build import build
from dlcards.document.layouts.parts import goes_into_depth
from dlcards.model import Config, Node, Pair
from tests.support import ROOT
from tests.support.spoken import LONGEST, SHORTEST, said, seconds, syllables

pytestmark = pytest.mark.slow


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

NUMBER = re.compile(
    r"""(?<![A-Za-z0-9.])
    (?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)
    (?:e(?P<e>[-+]?\d+)
      |\s*(?:×|\\times)\s*10\^\{?(?P<power>[-−]?\d+)\}?
      |\s*(?:×|\\times)\s*10(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    )?""",
    re.VERBOSE,
)
SPREAD = re.compile(r"(?<![\w.~^{])(\d[\d,.]*\d|\d)%?\\?~(\d[\d,.]*\d|\d)")
# Ranges that are settings of the measurement, or others' results.
NOT_MEASURED = {
    "15-1": {"5~95", "11~14"},
    "16-4": {"7~64"},
    "20-1": {"6~1", "38~43", "80~240"},
}
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def stated(words: str) -> tuple[float, float]:
    """The first number of ``words``, and the unit of its last digit.

    ``"97.4%"`` is (97.4, 0.1), ``"$2\\times10^{-8}$"`` (2e-8, 1e-8). The zeros at the end of a number from 1,000 on
    count as rounded: ``"15,000"`` is (15000, 1000).
    """
    found = NUMBER.search(words)
    assert found, f"no number in {words!r}"
    power = int((found["e"] or found["power"] or found["raised"] or "0").translate(LOWERED))
    number = found["number"].replace(",", "").translate(LOWERED)
    whole, _, decimals = number.partition(".")
    rounded = len(whole) - len(whole.rstrip("0")) if not decimals and abs(float(number)) >= 1000 else 0
    return float(f"{number}e{power}"), float(f"1e{power + rounded - len(decimals)}")


def skip_without(module: str, what: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{what} needs {module}, which is not installed")


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


@pytest.mark.parametrize("name", SCRIPTS)
def test_answer_states_what_was_measured(name: str) -> None:
    script, runs = script_of(name), recorded(name)
    texts = [
        " ".join(section.text.replace(r"\~", "~").split())  # escaped for GitHub (M017)
        for section in SECTIONS
        if section.id == script.ANSWER
    ]
    assert texts, f"figures/{name}.py is for #{script.ANSWER}, which no document has"
    for says in script.SAYS:
        words = " ".join(says.words.split())
        assert any(words in text for text in texts), f"not in the text: {words}"
        number, unit = stated(words)
        # A half of the last digit, and what the record is rounded by.
        assert number == pytest.approx(says.value(runs[says.budget]), rel=1e-5, abs=unit / 2 * (1 + 1e-9)), (
            says
        )


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_both_ends_of_a_spread_are_held_by_the_record(section: Section) -> None:
    scripts = [script_of(name) for name in SCRIPTS if section.id == script_of(name).ANSWER]
    if not scripts:
        pytest.skip(f"nothing is measured for {section.name}")
    held = {stated(says.words)[0] for script in scripts for says in script.SAYS}
    depth = section.text.partition("#### 더 깊이")[2].partition("#### 꼬리질문")[0]
    for found in SPREAD.finditer(depth):
        ends = {float(end.replace(",", "")) for end in found.groups()}
        said = found.group().replace("\\", "")
        assert ends <= held or said in NOT_MEASURED.get(section.id, ()), f"in no SAYS: {said}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_runs_are_recorded(name: str) -> None:
    script, runs = script_of(name), recorded(name)
    parameters = inspect.signature(script.measure).parameters
    if "seed" in parameters:
        assert script.SEEDS >= LEAST_SEEDS
        assert all(len(values) == script.SEEDS for values in runs[1].values())
    if "budget" in parameters:
        assert all(len(values) >= LEAST_LONG_SEEDS for values in runs[LONG].values())
        assert script.CONCLUSIONS, "what is trained is trained to conclude something"
    assert sorted(path.stem for path in MEASURED.glob("*.json")) == SCRIPTS


@pytest.mark.parametrize("name", SCRIPTS)
def test_conclusions_hold_in_all_recorded_runs(name: str) -> None:
    for budget, runs in recorded(name).items():
        for conclusion in script_of(name).CONCLUSIONS:
            assert conclusion.holds(runs), f"with {budget} times the budget not so: {conclusion.says}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_conclusions_hold_with_other_seeds_and_budgets(name: str) -> None:
    skip_dear(name)
    script = script_of(name)
    parameters = inspect.signature(script.measure).parameters
    if "seed" not in parameters:
        kept = {number: float(values[0]) for number, values in recorded(name)[1].items()}
        assert script.measure() == pytest.approx(kept, rel=1e-3, abs=1e-9)
        return
    for budget in (1, LONG) if "budget" in parameters else (1,):
        more = {"budget": budget} if "budget" in parameters else {}
        runs = by_number([script.measure(seed, **more) for seed in OTHER_SEEDS])
        for conclusion in script.CONCLUSIONS:
            assert conclusion.holds(runs), f"with {budget} times the budget not so: {conclusion.says}: {runs}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_figure_is_drawn(name: str, tmp_path: Path) -> None:
    skip_dear(name)
    common = importlib.import_module("figures.common")
    try:
        common.font()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has, a layout that does not fit
        common.save(script_of(name).draw, tmp_path / f"{name}.png")
    assert (tmp_path / f"{name}.night.png").is_file()


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_figure_is_shown(name: str) -> None:
    shown = [picture for picture in PICTURES if Path(picture.source).stem == name]
    assert [picture.section.id for picture in shown] == [script_of(name).ANSWER]


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


def script_of(name: str) -> Any:
    """A figure script; what it computes needs more than its claims."""
    for package in ("matplotlib", "numpy", "sklearn"):
        skip_without(package, name)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"figures.{name}")


def recorded(name: str) -> dict[int, dict[str, Any]]:
    """The recorded runs of a script by budget: the values of each number, a value a run."""
    file = MEASURED / f"{name}.json"
    assert file.is_file(), f"no runs yet; run: python -m figures {name}"
    runs = json.loads(file.read_text(encoding="utf-8"))
    budgets = sorted({run["budget"] for run in runs})
    return {
        budget: by_number([run["numbers"] for run in runs if run["budget"] == budget]) for budget in budgets
    }


def by_number(runs: list[dict[str, float]]) -> dict[str, Any]:
    import numpy as np

    assert all(run.keys() == runs[0].keys() for run in runs)
    return {number: np.array([run[number] for run in runs]) for number in runs[0]}


def skip_dear(name: str) -> None:
    """Skip what would take long or needs more than CI has; its recorded runs are held against its claims."""
    if why := slow(FIGURES / f"{name}.py"):
        pytest.skip(f"{name} {why}; python -m figures {name} measures it anew")
    if more := packages(FIGURES / f"{name}.py") - CHEAP_PACKAGES:
        pytest.skip(f"{name} needs {', '.join(sorted(more))}; python -m figures {name} measures it anew")
    for package in ("matplotlib", "numpy", "sklearn"):
        skip_without(package, name)


def columns(line: str) -> int:
    """How many columns a line takes in a font of one width."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


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
    ("words", "number", "unit"),
    [
        ("1,961칸", 1961, 1),
        ("15,000스텝", 15000, 1000),
        ("100%", 100, 1),
        ("셋 다 97.4%를", 97.4, 0.1),
        (r"$2\times10^{-8}$이었고", 2e-8, 1e-8),
        ("3×10⁻⁸", 3e-8, 1e-8),
        ("# → 2e-08", 2e-8, 1e-8),
        ("약 $-0.17$ 이상", -0.17, 0.01),
        ("1.50배", 1.5, 0.01),
    ],
)
def test_stated(words: str, number: float, unit: float) -> None:
    assert stated(words) == pytest.approx((number, unit))


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
