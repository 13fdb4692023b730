"""``dlcards rules``: all rules, what they are by themselves, and what the project makes of them."""

from __future__ import annotations

import json
from pathlib import Path

from dlcards.linter.rules import RULES
from tests.support.command import run, write


def test_every_rule_has_a_line(tmp_path: Path) -> None:
    done = run(tmp_path, "rules", "--lang", "en")
    assert done.returncode == 0
    head, *lines = done.stdout.decode().splitlines()
    assert head.split() == ["code", "name", "severity", "fix", "default", "here"]
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in RULES]
    (spaces,) = (line for line in lines if line.startswith("M010"))
    assert spaces.split()[2:] == ["warning", "--fix", "off"]


def test_the_last_column_says_what_the_configuration_changes(tmp_path: Path) -> None:
    write(tmp_path, "글", "a.md")
    config = 'select = ["M010"]\nignore = ["L001"]\nseverity = { M007 = "error", M001 = "warning" }\n'
    (tmp_path / "dlcards.toml").write_text(config)
    lines = run(tmp_path, "rules", "--lang", "en").stdout.decode().splitlines()
    here = {line.split()[0]: line.split() for line in lines}
    assert here["M010"][-2:] == ["off", "on"]
    assert here["L001"][-2:] == ["on", "off"]
    assert here["M007"][-2:] == ["on", "error"]
    assert here["M001"][-1] == "on"


def test_json(tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, "rules", "--format", "json").stdout)
    assert {rule["code"]: rule["on"] for rule in report["rules"]} == {r.code: r.default for r in RULES}
    assert run(tmp_path, "rules", "--format", "xml").returncode == 2
