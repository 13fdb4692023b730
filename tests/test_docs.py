"""What the documentation says is what the program does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from tools.write_docs import pages

from dlcards.model import Config
from tests.support import ROOT

SOURCE = ROOT / "src" / "dlcards"

# From the top to the bottom; a module may import only what stands below it.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("reports",),
    ("deck",),
    ("lint",),
    ("links",),
    ("identity", "project"),
    ("document",),
    ("markdown",),
    ("model",),
    ("__init__",),
)


def layer(module: str) -> int:
    top = module.removeprefix("dlcards").strip(".").split(".")[0] or "__init__"
    return next(number for number, names in enumerate(LAYERS) if top in names)


def imports(path: Path) -> set[str]:
    return {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcards.") and node.module
    }


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
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
    assert set((ROOT / "docs/rules").rglob("*.md")) == set(expected)


def test_the_readme_names_only_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    guide = (ROOT / "docs/deck.md").read_text(encoding="utf-8")
    used: dict[str, set[str]] = defaultdict(set)
    for command, options in re.findall(
        r"dlcards (lint|links|export|preview|explain|toc|stats|config)((?: --?[a-z-]+)*)", readme + guide
    ):
        used[command] |= set(options.split())
    used["export"] |= set(re.findall(r"^\| `(--[a-z-]+)", guide, re.M))
    for command, options in used.items():
        help_text = subprocess.run(
            [sys.executable, "-m", "dlcards", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
        assert {option for option in options if option not in help_text} == set(), f"dlcards {command}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", readme):
        assert re.search(rf"^{target}:", makefile, re.M), f"no make {target}"
    for link in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / link).exists(), link
    table = readme.partition("## 의존성")[2].partition("##")[0]
    named = set(re.findall(r"^\| ([a-z0-9]+) \|", table, re.M))
    declared = set(
        re.findall(
            r'^    "([a-z0-9]+)[><=]', (ROOT / "pyproject.toml").read_text().partition("scripts")[0], re.M
        )
    )
    assert named == declared


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_documented_configuration_keys_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    keys = re.findall(r"^([a-z-]+) = ", readme.rpartition("[tool.dlcards]")[2].partition("```")[0], re.M)
    assert keys
    assert {key.replace("-", "_") for key in keys} <= set(Config.__dataclass_fields__)


def test_the_lock_files_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"://|index-url|find-links|@ file", path.read_text(encoding="utf-8")), path
