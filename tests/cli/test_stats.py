"""``dlcards stats``: questions and answers counted."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.command import CLEAN, run, write


def test_stats(tmp_path: Path) -> None:
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#1-1").replace("답이다.", "TODO"))
    shown = run(tmp_path, "stats", "--lang", "ko").stdout.decode()
    assert [line.split() for line in shown.splitlines()[1:]] == [
        ["2", "1", "a.md"],
        ["2", "1", "#1", "하나인가?"],
        ["2", "1", "합계"],
    ]
    assert json.loads(run(tmp_path, "stats", "--format", "json").stdout)["answered"] == 1
    assert run(tmp_path, "stats", "--format", "yaml").returncode == 2


def test_why(tmp_path: Path) -> None:
    write(tmp_path, "".join(f"## {n}. 이것은?\n\n답\n\n" for n in range(1, 5)))
    shown = run(tmp_path, "stats", "--why", "--lang", "en").stdout.decode()
    assert shown.splitlines()[1].split()[:2] == ["a.md", "heading"]


def test_what_nearly_fits_is_said_with_the_line_to_write(tmp_path: Path) -> None:
    write(tmp_path, "".join(f"## {n}. Topic\n\ntext\n\n" for n in range(1, 5)))
    for command in ("stats", "export"):
        done = run(tmp_path, command, "--lang", "en")
        assert 'layouts = { "a.md" = "heading" }' in done.stderr.decode()


def test_a_folder_of_questions(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, f"### What is {name}?\n\n#### Answer\n\nIt is.\n", name=f"{name}.md")
    assert json.loads(run(tmp_path, "stats", "--format", "json").stdout)["questions"] == 3
