"""The command as its users run it: exit codes, output, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dlcards.project.files import find_documents, read_text
from tests.support.documents import md

CLEAN = md("""
    ## #1

    #### 하나인가?

    답이다.

    #### References

    - [출처](https://example.com)
""")
DIRTY = CLEAN.replace("답이다.", "가나 **과적합(overfitting)**은 [없다](#어디).")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    if arguments[:1] == ("lint",):
        arguments = ("lint", "--offline", *arguments[1:])
    return subprocess.run(
        [sys.executable, "-m", "dlcards", *arguments], cwd=folder, env=env, capture_output=True, check=False
    )


def write(folder: Path, text: str | bytes, name: str = "a.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


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
        a.md:5:4: warning M001 broken-emphasis: emphasis that does not render: **과적합(overfitting)**은
         5 | 가나 **과적합(overfitting)**은 [없다](#어디).
           |      ^^^^^^^^^^^^^^^^^^^^^^^

        a.md:5:31: error L001 broken-anchor: a.md has no anchor #어디
         5 | 가나 **과적합(overfitting)**은 [없다](#어디).
           |                                       ^^^^^

        questions 1 · answered 1 · findings 2 (errors 1, warnings 1) · fixable 1
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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lint", "없음.md"], "없음.md: does not exist"),
        (["lint", "leer"], "no markdown file in leer"),
        (["lint", "--format", "jsn"], "did you mean json?"),
        (["lint", "--lang", "fr"], "unknown language 'fr'"),
        (["explain", "Q0O1"], "unknown rule 'Q0O1'; did you mean Q001?"),
        (["explain", "missing-answr"], "did you mean Q001 (missing-answer)?"),
        (["export", "leer"], "no markdown file in leer"),
        (["export", "ohne.md"], "no questions in ohne.md"),
        (["lint", "--fxi"], "No such option"),
    ],
)
def test_bad_usage_is_2_and_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "leer").mkdir()
    write(tmp_path, "글\n", "ohne.md")
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "딥러닝이란?".encode("cp949"),
            "a.md:1: is not UTF-8; it looks like CP949; convert it: iconv -f CP949 -t UTF-8",
        ),
        ("글\n딥러닝".encode("utf-16"), "a.md:1: is not UTF-8; it looks like UTF-16; save it as UTF-8"),
        ("첫 줄\n둘째 줄\n".encode() + b"\xff\x00", "a.md:3: is not UTF-8; it looks like a binary file"),
        (b"ok\n\xc3\x28", "a.md:2: is not UTF-8; save it as UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "export"])
def test_an_unreadable_file_is_named_and_the_others_are_still_read(
    tmp_path: Path, data: bytes, message: str, command: str
) -> None:
    write(tmp_path, data)
    write(tmp_path, CLEAN, "b.md")
    done = run(tmp_path, command, "a.md", "b.md", "--lang", "en")
    assert done.returncode == 2
    assert f"dlcards: {message}\n" == done.stderr.decode()
    assert b"1" in done.stdout


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may read everything; for a moment be nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN)
    path.chmod(0)
    with as_an_ordinary_user():
        text = read_text(path)
    assert str(text) == f"{path}: cannot be read: Permission denied"


def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    closed = tmp_path / "zu"
    write(closed, CLEAN)
    closed.chmod(0)
    try:
        with as_an_ordinary_user():
            found = list(find_documents([closed]))
    finally:
        closed.chmod(0o755)
    assert [str(entry) for entry in found] == [f"{closed}: cannot be read: Permission denied"]


def test_a_loop_of_links_and_a_file_named_twice_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, CLEAN, "x/a.md")
    (tmp_path / "x/loop").symlink_to(tmp_path / "x", target_is_directory=True)
    (tmp_path / "x/self.md").symlink_to(tmp_path / "x/self.md")
    found = list(find_documents([tmp_path, path, tmp_path / "x"]))
    assert [entry for entry in found if isinstance(entry, Path) and entry.name == "a.md"] == [path]
    done = run(tmp_path, "lint", "x/a.md", "x/a.md", "--lang", "en")
    assert done.stdout.startswith(b"questions 1 ")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[tool.dlcards]\nrepositry = 'a/b'", "unknown key 'repositry'; did you mean repository?"),
        ("[tool.dlcards]\nignore = 'Q001'", "ignore: must be a list of strings"),
        ("[tool.dlcards]\nignore = ['Q9']", "ignore: unknown code 'Q9'"),
        ("[tool.dlcards]\ndeck = 1", "deck: must be a string"),
        ("[tool.dlcards]\nrepository = 'name'", "repository: must be OWNER/NAME"),
        ("[tool.dlcards\n", "pyproject.toml: "),
    ],
)
def test_a_bad_configuration_is_2_and_names_file_and_key(tmp_path: Path, toml: str, message: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, toml, "pyproject.toml")
    done = run(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "pyproject.toml" in done.stderr.decode()
    assert message in done.stderr.decode()


def test_the_configuration_of_the_project_counts_from_any_folder(tmp_path: Path) -> None:
    write(tmp_path, "repository = 'o/n'", "dlcards.toml")
    write(tmp_path, CLEAN.replace("답이다", "[글](https://github.com/o/n/blob/main/no.md)"), "x/a.md")
    done = run(tmp_path / "x", "lint", "a.md", "--lang", "en")
    assert "x/a.md:5:5: error L002 missing-file: no such file: no.md" in done.stdout.decode()


def test_export_writes_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, CLEAN + "\n" + CLEAN.replace("#1", "#2").replace("답이다.", ""))
    done = run(tmp_path, "export", "a.md", "-o", "덱.apkg", "--lang", "ko")
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "담지 않은 것:\n  a.md:13: Q001 #2: 답이 없다\n"
        "덱.apkg: 질문 2개 가운데 1개를 담았다. 카드 1장(질문 1, 빈칸 0, 꼬리질문 0), 그림 0개, "
        "노트 1개(새것 1, 바뀐 것 0, 사라진 것 0)\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "deck.lock", "덱.apkg"]
    assert run(tmp_path, "export", "a.md", "-o", "덱.apkg", "--strict").returncode == 1
    write(tmp_path, CLEAN.replace("답이다.", ""))
    before = (tmp_path / "덱.apkg").read_bytes(), (tmp_path / "deck.lock").read_bytes()
    done = run(tmp_path, "export", "a.md", "-o", "덱.apkg")
    assert done.returncode == 1
    assert b"no card could be made; nothing was written" in done.stderr
    assert ((tmp_path / "덱.apkg").read_bytes(), (tmp_path / "deck.lock").read_bytes()) == before
    (tmp_path / "file").write_text("")
    write(tmp_path, CLEAN)
    done = run(tmp_path, "export", "a.md", "-o", "file/x.apkg")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr


def test_a_stale_lock_fails_where_it_must_not_change(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert run(tmp_path, "export", "--locked").returncode == 1
    assert not (tmp_path / "deck.lock").exists()
    assert run(tmp_path, "export").returncode == 0
    lock = (tmp_path / "deck.lock").read_bytes()
    assert run(tmp_path, "export", "--locked").returncode == 0
    write(tmp_path, CLEAN.replace("답이다", "고친 답이다"))
    done = run(tmp_path, "export", "--locked")
    assert (done.returncode, (tmp_path / "deck.lock").read_bytes()) == (1, lock)
    assert b"deck.lock is stale" in done.stderr
    write(tmp_path, b"<<<<<<< HEAD\n", "deck.lock")
    done = run(tmp_path, "export")
    assert done.returncode == 2
    assert b"deck.lock:1: a merge conflict" in done.stderr


def test_korean_comes_out_whatever_the_locale(tmp_path: Path) -> None:
    write(tmp_path, DIRTY)
    done = run(tmp_path, "lint", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "과적합" in done.stdout.decode()
    assert "질문 1" in run(tmp_path, "lint", LC_ALL="ko_KR.UTF-8").stdout.decode()


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


def test_version() -> None:
    assert run(Path.cwd(), "--version").stdout == b"0.1.0\n"
