"""What the documentation says is what the program does."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import pytest
from tools.write_docs import pages
from typer.testing import CliRunner

from dlcards.cli import COMMANDS, app
from dlcards.deck.package.formats import FORMATS as DECK_FORMATS
from dlcards.document.layouts import LAYOUTS
from dlcards.linter.rules import FAMILIES, RULES, load
from dlcards.model import Config
from dlcards.reports import FORMATS
from tests.support import ROOT
from tests.support.command import run

SOURCE = ROOT / "src" / "dlcards"
MODULES = sorted(SOURCE.rglob("*.py"))
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = page.partition(f"{heading}\n")[2]
    assert section, f"no {heading!r}"
    rows = re.findall(r"^\|.*\|$", section[: section.index("\n\n", section.index("\n|") + 1)], re.M)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[2:]]


# The rooms from the top to the bottom, with what each may import.
DIRECTIONS = {
    room: set(filter(None, names.split(", ")))
    for room, names in table(ARCHITECTURE, "## Which way imports point")
}


def room(module: str) -> str:
    """The room of ``linter/rules/links/broken`` is ``linter/rules``; no module of ours stands outside a room."""
    if module == "__main__":
        return "cli"
    return max((room for room in DIRECTIONS if f"{module}/".startswith(f"{room}/")), key=len, default="")


def imports(path: Path) -> set[str]:
    """The modules of ours that a module imports, as ``linter/engine``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcards."):
            base = (node.module or "").removeprefix("dlcards.").replace(".", "/")
            names = {f"{base}/{alias.name}" for alias in node.names}
            found |= {n for n in names if (SOURCE / n).is_dir() or (SOURCE / f"{n}.py").exists()} or {base}
    return found


def test_imports_point_one_way_as_the_table_says() -> None:
    used: dict[str, set[str]] = {room: set() for room in DIRECTIONS}
    for path in MODULES:
        own = path.relative_to(SOURCE).with_suffix("").as_posix().removesuffix("/__init__")
        if own == "__init__":
            continue
        assert room(own), f"{own} stands in no room of ARCHITECTURE.md's table"
        used[room(own)] |= {room(module) for module in imports(path)} - {room(own)}
    assert used == DIRECTIONS, "ARCHITECTURE.md's table of directions says otherwise"
    order = list(DIRECTIONS)
    for upper, names in DIRECTIONS.items():
        assert all(order.index(upper) < order.index(lower) for lower in names), f"{upper} imports upwards"


def test_the_table_of_rooms_names_every_folder_and_only_files_that_there_are() -> None:
    rows = {cells[0].strip("`/"): cells[1] for cells in table(ARCHITECTURE, "## Where things are")}
    families = {f"linter/rules/{path.name}" for path in (SOURCE / "linter/rules").iterdir()}
    folders = {path.parent.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.*")} - {"."}
    folders = {folder for folder in folders if "__pycache__" not in folder}
    assert set(rows) == folders - families, "ARCHITECTURE.md's table of rooms has a row a folder"
    for folder, text in rows.items():
        for name in re.findall(r"`([\w/]+\.py)`", text):
            assert (SOURCE / folder / name).exists(), f"{folder}/{name}"


def test_the_stops_of_the_journeys_exist() -> None:
    journeys = ARCHITECTURE.partition("## Three journeys")[2].partition("\n## ")[0]
    stops = re.findall(r"`([a-z_0-9/]+(?:\.py|/))`", journeys)
    assert len(stops) > 15
    assert [stop for stop in stops if not (SOURCE / stop).exists()] == []


def test_every_file_that_architecture_names_exists() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.(?:py|md))(?:: \w+)?`", ARCHITECTURE.replace("tests/linter", ""))
    assert [name for name in named if not ((SOURCE / name).exists() or (ROOT / name).exists())] == []


def test_a_family_holds_rules_of_its_letter_and_what_they_share() -> None:
    for letter, family in FAMILIES.items():
        folder = Path(family.__file__ or "").parent
        rules = {(rule := load(code)).check.__module__.rpartition(".")[2]: rule for code in family.NAMES}
        codes = list(family.NAMES)
        assert codes == sorted(codes), f"NAMES of {folder.name}/__init__.py: in the order of their codes"
        said = {rule.code: rule.name for rule in rules.values()}
        assert said == family.NAMES, f"NAMES of {folder.name}/__init__.py: as the rules say"
        strays = [code for code in codes if code[0] != letter]
        assert not strays, f"{strays} are no {folder.name}: a family's codes begin with {letter}"
        for module, rule in rules.items():
            words = rule.name.split("-")
            short = [word for word in words if word not in (folder.name, folder.name.removesuffix("s"))]
            assert module in ("_".join(words), "_".join(short)), (
                f"{folder.name}/{module}.py holds {rule.name}"
            )
        helpers = {path.stem for path in folder.glob("*.py")} - {"__init__", *rules}
        shared = {name for name in helpers if name.startswith("shared_")}
        users = [*rules, *shared]
        needed = {name.rpartition("/")[2] for user in users for name in imports(folder / f"{user}.py")}
        for name in sorted(helpers):
            place = f"{folder.name}/{name}.py"
            is_named = name in shared or name.startswith(tuple(f"{rule}_" for rule in rules))
            assert is_named, (
                f"{place}: a rule goes into NAMES; what rules share is called shared_…, one's own RULE_…"
            )
            assert name in needed, f"{place}: no rule of the family needs it"


def test_tests_stand_where_the_source_does() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        folder = path.parent.relative_to(ROOT / "tests").as_posix()
        assert (SOURCE / folder).is_dir() or (ROOT / folder).is_dir(), path
    for rule in RULES:
        own = rule.check.__module__.split(".")[1:]
        path = Path("tests", *own[:-1], f"test_{own[-1]}.py")
        assert (ROOT / path).exists() and "def test_" in (ROOT / path).read_text("utf-8"), f"write {path}"  # noqa: PT018


def test_every_command_is_in_the_table_and_tested() -> None:
    for name, says in COMMANDS.items():
        command = getattr(import_module(f"dlcards.cli.{name}"), name)
        summary = " ".join(str(command.__doc__).split())
        assert summary.startswith(says) and says.endswith("."), f"cli/__init__.py: {name}: {summary}"  # noqa: PT018
        assert (ROOT / f"tests/cli/test_{name}.py").exists(), f"write tests/cli/test_{name}.py"
    shared = {name for path in (SOURCE / "cli").glob("*.py") for name in imports(path)}
    for path in (SOURCE / "cli").glob("*.py"):
        known = path.stem in COMMANDS or f"cli/{path.stem}" in shared
        assert known or path.stem == "__init__", f"cli/{path.name}: add the command to cli/__init__.py"


def test_every_report_is_used() -> None:
    used = {name for path in MODULES for name in imports(path)}
    for path in (SOURCE / "reports").glob("*.py"):
        assert f"reports/{path.stem}" in used or path.stem in ("__init__", *FORMATS), (
            f"reports/{path.name}: add it to FORMATS"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    if "cli" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "sys.exit", "exit", "sys.stdout.write")


def test_the_rules_pages_are_the_generated_ones() -> None:
    expected = pages()
    for path, text in expected.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: run make docs"
    rules = ROOT / "docs/rules"
    assert set(rules.rglob("*.md")) == {path for path in expected if path.is_relative_to(rules)}


def test_the_documents_name_only_commands_and_options_that_there_are() -> None:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    shown = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    del shown["CHANGELOG.md"]
    used: dict[str, set[str]] = defaultdict(set)
    for command, arguments in re.findall(r"dlcards ([a-z]+)([^`\n|]*)", "\n".join(shown.values())):
        if command in COMMANDS:
            used[command] |= set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", arguments.partition("#")[0]))
    assert set(used) == set(COMMANDS), "README or docs show every command"
    for name in ("docs/deck.md", "docs/deck.en.md"):
        used["export"] |= set(
            re.findall(r"`(--[a-z-]+)", re.sub(r"^(?!\| `--).*", "", shown[name], flags=re.M))
        )
    for command, options in used.items():
        help_text = CliRunner().invoke(app, [command, "--help"]).output
        known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_text))
        assert options <= known, f"dlcards {command}: {options - known}"


def test_the_readme_names_only_targets_files_and_packages_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.M), f"no make {target}"
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / link).exists(), link
    named = {cells[0] for cells in table(README, "## 의존성")}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("scripts")[0]
    assert named == set(re.findall(r'^    "([a-z0-9.]+)[><=]', project, re.M))


def test_the_readmes_tables_are_the_programs_own() -> None:
    formats = [cells[0] for cells in table(README, "### 보고 형식")]
    assert formats == list(FORMATS), (
        "README's table below 보고 형식 has a row a format, in the order of FORMATS"
    )
    layouts = {cells[0] for cells in table(README, "### 다른 Q&A 저장소에서")}
    assert layouts == set(LAYOUTS), "README's table of layouts has a row for each of LAYOUTS"
    for name in ("docs/deck.md", "docs/deck.en.md"):
        guide = (ROOT / name).read_text(encoding="utf-8")
        assert {"apkg", *re.findall(r"--format ([a-z]+)", guide)} == set(DECK_FORMATS)


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_documented_configuration_keys_exist() -> None:
    keys = re.findall(r"^([a-z-]+) = ", README.rpartition("[tool.dlcards]")[2].partition("```")[0], re.M)
    assert keys
    assert {key.replace("-", "_") for key in keys} <= set(Config.__dataclass_fields__)


def test_the_lock_files_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"://|index-url|find-links|@ file", path.read_text(encoding="utf-8")), path


def test_our_own_documents_hold_to_our_own_rules() -> None:
    done = run(ROOT, "lint", ".", "--format", "concise")
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
