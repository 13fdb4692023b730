"""``dlcards lint``: what it prints and writes, how it ends, and which rules it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import HANGS
from tests.support.command import CLEAN, DIRTY, run, write
from tests.support.documents import md
from tests.support.systems import POSIX


def test_clean_is_0(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    done = run(tmp_path, "lint", "--lang", "ko")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "질문 1 · 답한 것 1 · 발견 0 (오류 0, 경고 0) · 고칠 수 있는 것 0\n"


def test_findings_are_1_and_carets_stand_right_under_hangul(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    done = run(tmp_path, "lint", "a.md", "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.decode() == md("""
        a.md:5:31: error L001 broken-anchor: a.md has no anchor #어디
         5 | 가나 **과적합(overfitting)**은 [없다](#어디).
           |                                       ^^^^^

        a.md:5:4: warning M001 broken-emphasis [*]: emphasis that does not render: **과적합(overfitting)**은
         5 | 가나 **과적합(overfitting)**은 [없다](#어디).
           |      ^^^^^^^^^^^^^^^^^^^^^^^

        code  name             severity  found  fixable
        L001  broken-anchor    error     1      0
        M001  broken-emphasis  warning   1      1

        questions 1 · answered 1 · findings 2 (errors 1, warnings 1) · fixable 1
        [*] to mend 1: dlcards lint --fix a.md (--diff shows what would change)
        dlcards explain L001: why it hurts and how to mend it
        --write-baseline: accept today's findings, so that only new ones fail
    """)


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    write(tmp_path, "가" * 500 + " [없다](#어디) " + "나" * 500)
    source, carets = run(tmp_path, "lint", "a.md").stdout.decode().splitlines()[1:3]
    assert "…가" in source
    assert "나…" in source
    assert "^^^^^" in carets
    assert len(source) < 120


def test_json(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    report = json.loads(run(tmp_path, "lint", "--format", "json", "--lang", "en").stdout)
    assert report["version"] == 1
    assert report["findings"][0] == {
        "path": "a.md",
        "line": 5,
        "column": 4,
        "end_line": 5,
        "end_column": 24,
        "code": "M001",
        "name": "broken-emphasis",
        "severity": "warning",
        "message": "emphasis that does not render: **과적합(overfitting)**은",
        "fixable": True,
        "cause": "",
        "related": [],
    }
    assert report["documents"] == [{"path": "a.md", "layout": "native", "questions": 1}]
    assert report["removable"] == []
    assert report["summary"] == {
        "documents": 1,
        "questions": 1,
        "answered": 1,
        "findings": 2,
        "errors": 1,
        "warnings": 1,
        "fixable": 1,
        "accepted": 0,
    }


def test_statistics_have_a_fixable_column(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    shown = run(tmp_path, "lint", "--statistics", "--lang", "en").stdout.decode().splitlines()
    assert shown[0].split() == ["code", "name", "severity", "found", "fixable"]
    assert ["M001", "broken-emphasis", "warning", "1", "1"] in [line.split() for line in shown]


def test_the_layout_is_said(tmp_path: Path) -> None:
    write(tmp_path, "# 모음\n\n## 1. 프로세스란?\n\n답이다.\n\n## 2. 스레드란?\n\n답이다.\n")
    assert b"layout: heading (detected)" in run(tmp_path, "lint", "--lang", "en").stdout
    write(tmp_path, "layouts = { '*' = 'heading' }", "dlcards.toml")
    assert b"layout: heading (configured)" in run(tmp_path, "lint", "--lang", "en").stdout


def test_a_configured_list_of_questions_is_said(tmp_path: Path) -> None:
    write(tmp_path, "- 질문?\n- 또?\n")
    write(tmp_path, "layouts = { '*' = 'list' }", "dlcards.toml")
    assert b"layout: list (configured)" in run(tmp_path, "lint", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "codes", "exit_code"),
    [
        (["--select", "M001"], {"M001"}, 1),
        (["--select", "L"], {"L001"}, 1),
        (["--ignore", "M001,L"], set(), 0),
        (["--fail-on", "error"], {"M001", "L001"}, 1),
        (["--fail-on", "error", "--ignore", "L001"], {"M001"}, 0),
        (["--fail-on", "never"], {"M001", "L001"}, 0),
    ],
)
def test_rules_are_chosen_and_failures_decided(
    tmp_path: Path, arguments: list[str], codes: set[str], exit_code: int
) -> None:
    write(tmp_path, DIRTY)
    done = run(tmp_path, "lint", "--format", "json", *arguments)
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == codes
    assert done.returncode == exit_code


def test_codes_may_be_small_and_a_wrong_one_is_guessed_by_name_too(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    assert run(tmp_path, "lint", "--select", "m001").returncode == 1
    done = run(tmp_path, "lint", "--select", "broken-emphasi")
    assert b"did you mean M001 (broken-emphasis)?" in done.stderr


@POSIX
def test_diff_changes_nothing_and_fix_what_it_said(tmp_path: Path) -> None:
    text = "\ufeff" + DIRTY.replace("\n", "\r\n")
    path = write(tmp_path, text)
    path.chmod(0o640)
    done = run(tmp_path, "lint", "--diff")
    assert done.returncode == 0
    assert "-가나 **과적합(overfitting)**은" in done.stdout.decode()
    assert "+가나 **과적합**(overfitting)은" in done.stdout.decode()
    assert path.read_bytes().decode() == text
    done = run(tmp_path, "lint", "--fix")
    assert done.returncode == 1, "what can't be fixed is still shown"
    fixed = text.replace("**과적합(overfitting)**은", "**과적합**(overfitting)은")
    assert path.read_bytes().decode() == fixed
    assert path.stat().st_mode & 0o777 == 0o640
    run(tmp_path, "lint", "--fix")
    assert path.read_bytes().decode() == fixed
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_fix_writes_through_a_link_and_leaves_no_litter(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = write(tmp_path, DIRTY, "real/b.md")
    (tmp_path / "a.md").symlink_to(target)
    run(tmp_path, "lint", "--fix", "a.md")
    assert (tmp_path / "a.md").is_symlink()
    assert "**과적합**(overfitting)은" in target.read_text(encoding="utf-8")
    assert sorted(os.listdir(tmp_path / "real")) == ["b.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lint", "없음.md"], "없음.md: does not exist"),
        (["lint", "leer"], "no markdown file in leer"),
        (["lint", "--format", "jsn"], "did you mean json?"),
        (["lint", "--lang", "fr"], "unknown language 'fr'"),
        (["lint", "--fxi"], "No such option"),
    ],
)
def test_bad_usage_is_2_and_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "leer").mkdir()
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_file_that_vanishes_between_listing_and_reading_is_named(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    (tmp_path / "weg.md").symlink_to(tmp_path / "nie")
    done = run(tmp_path, "lint", "--lang", "en")
    assert done.returncode == 2
    assert b"weg.md: cannot be read: No such file or directory" in done.stderr
    assert b"questions 1" in done.stdout


def test_thousands_of_findings_in_one_line_are_shown_soon(tmp_path: Path) -> None:
    write(tmp_path, "가나 **다(a)**는 " * 3_000 + "\n")
    start = time.monotonic()
    for name in ("text", "concise", "json"):
        assert run(tmp_path, "lint", "--select", "M001", "--format", name).returncode == 1
    assert time.monotonic() - start < HANGS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("가" * 1_000_000, id="a line of 3 MB"),
        pytest.param("> " * 10_000 + "글", id="10,000 quotes"),
        pytest.param("[" * 10_000 + "글" + "]" * 10_000, id="10,000 brackets"),
        pytest.param("글\0글\n" * 1_000, id="NUL bytes"),
        pytest.param("**" * 20_000, id="asterisks"),
        pytest.param("$$ x\n" * 5_000, id="open math"),
        pytest.param("`" * 20_001 + "\n", id="backticks"),
        pytest.param("| a " * 5_000 + "|\n", id="a wide row"),
        pytest.param("<a " * 20_000, id="open tags"),
        pytest.param("![" * 10_000, id="open pictures"),
        pytest.param("[a](" * 10_000, id="open links"),
        pytest.param("**가(a)**은 " * 3_000, id="broken emphasis"),
        pytest.param("https://a.b/c " * 5_000, id="bare urls"),
        pytest.param("$x$는 " * 5_000, id="inline math"),
        pytest.param("<!-- dlcards: ignore M001 -->\n\n글\n\n" * 500, id="comments"),
    ],
)
def test_hard_input_ends_soon_and_without_a_traceback(tmp_path: Path, text: str) -> None:
    write(tmp_path, f"## #1\n\n#### 하나인가?\n\n{text}\n")
    start = time.monotonic()
    done = run(tmp_path, "lint", "--format", "json")
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    assert b"Traceback" not in done.stderr
    assert time.monotonic() - start < HANGS
    assert json.loads(done.stdout)["summary"]["questions"] == 1


def test_lint_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    code = (
        "import sys; sys.argv = ['dlcards', 'lint', '--offline']\n"
        "from dlcards.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('genanki', 'requests', 'langdetect', 'nh3', 'pygments') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_can_be_mended_says_what_to_type(tmp_path: Path) -> None:
    write(tmp_path, DIRTY, "my notes/a.md")
    said = run(tmp_path, "lint", "--lang", "en", "my notes").stdout.decode()
    assert "[*] to mend 1: dlcards lint --fix 'my notes' (" in said
    # Said again from what an earlier run has kept: as it was typed now.
    assert "dlcards lint --fix (" in run(tmp_path, "lint", "--lang", "en").stdout.decode()
    for machine in ("concise", "json", "github", "sarif", "junit"):
        said = run(tmp_path, "lint", "--format", machine, "my notes").stdout.decode()
        assert "dlcards lint --fix" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lint", "nota.md"], "nota.md: 그런 파일이나 폴더가 없다. 혹시 note.md인가?"),
        (["lint", "--format", "jsn"], "모르는 값: 'jsn'. 혹시 json인가?"),
        (["lint", "--select", "M99"], "모두 보려면: dlcards rules"),
        (["explain", "L99"], "모르는 규칙: 'L99'"),
        (["lint", "--baseline", "b.json", "note.md"], "b.json: 없다. --write-baseline이 만든다"),
        (["export", "--against", "old.apkg"], "old.apkg: 없다. 예전에 내보낸 .apkg를 준다"),
        (["links", "--cache", "c.json"], "저장소 밖의 파일을 준다"),
        (["links", "--allow-net", "x"], "이렇게 적는다: 10.0.0.0/8"),
        (["lint", "--offline", "--allow-net", "x", "note.md"], "이렇게 적는다: 10.0.0.0/8"),
        (["lint", "--max-time", "-1", "note.md"], "'--max-time'의 값이 맞지 않는다"),
        (["lint", "empty"], "문서를 명령 뒤에 적는다"),
        (["export", "notes.md"], "무엇이 거의 맞는지: dlcards stats --why"),
    ],
)
def test_a_mistake_is_told_in_korean_with_what_to_do_next(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    write(tmp_path, "", ".git/HEAD")
    write(tmp_path, CLEAN, "note.md")
    write(tmp_path, "# Notes\n\nNothing is asked here.\n", "notes.md")
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, *arguments, LC_ALL="ko_KR.UTF-8")
    assert done.returncode == 2
    assert said in done.stderr.decode()
