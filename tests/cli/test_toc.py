"""``dlcards toc``: contents made, mended and checked."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import CLEAN, run, write


def test_toc_makes_mends_and_checks_the_contents(tmp_path: Path) -> None:
    text = "## 목차\n\n" + CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("하나", "둘")
    path = write(tmp_path, text)
    done = run(tmp_path, "toc")
    assert done.returncode == 1
    assert "+- [하나인가?](#1)" in done.stdout.decode()
    assert path.read_text(encoding="utf-8") == text
    assert run(tmp_path, "toc", "--write").returncode == 0
    assert "## 목차\n\n- [하나인가?](#1)\n- [둘인가?](#2)\n" in path.read_text(encoding="utf-8")
    done = run(tmp_path, "toc")
    assert (done.returncode, done.stdout) == (0, b"")


def test_toc_makes_contents_however_few_questions_there_are(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    done = run(tmp_path, "toc", "--write")
    assert done.returncode == 0
    assert b"a.md: contents written" in done.stderr
    assert "- [하나인가?](#1)" in path.read_text(encoding="utf-8")
