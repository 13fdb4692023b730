"""``dlcards stats``: questions and answers counted."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.command import CLEAN, run, write


def test_stats(tmp_path: Path) -> None:
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#1-1").replace("답이다.", "TODO"))
    shown = run(tmp_path, "stats", "--lang", "ko").stdout.decode()
    assert shown.splitlines()[1].split() == ["a.md", "#1", "하나인가?", "2", "1"]
    assert json.loads(run(tmp_path, "stats", "--format", "json").stdout)["answered"] == 1
    assert run(tmp_path, "stats", "--format", "yaml").returncode == 2
