"""``dlcards init``: another repository begins, and nothing that is there changes."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from dlcards import __version__
from tests.document.layouts.cases import DOCUMENTS
from tests.support.checkers import found_by
from tests.support.command import CLEAN, run, write
from tests.support.documents import md
from tests.support.installed import FOLDER, install

WRITTEN = {".github/workflows/dlcards.yml", ".gitignore", ".pre-commit-config.yaml"}
COMMIT = "0123456789abcdef" * 2 + "01234567"
INSTALLED: dict[str, dict[str, object] | None] = {
    "an index": None,
    "GitHub": {
        "url": "https://github.com/owner/dlcards.git",
        "vcs_info": {"vcs": "git", "commit_id": COMMIT},
    },
    "another forge": {"url": "https://forge.example/x.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
    "a folder": FOLDER,
    "a wheel": {"url": "https://example.com/dlcards-0.1.0-py3-none-any.whl", "archive_info": {}},
}


@pytest.fixture(autouse=True)
def from_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)


QUESTIONS = {
    "ko": "## 1. 과적합이란 무엇인가?\n\n학습 데이터의 잡음까지 외운 상태이다.\n\n## 2. 드롭아웃은 왜 쓰는가?\n\n공동 적응을 막는다.\n",
    "en": "## 1. What is overfitting?\n\nThe model has learnt the noise of its examples, too.\n\n## 2. What is dropout?\n\nUnits are left out at random while the network learns.\n",
    "ja": "## 1. 過学習とは何ですか?\n\nモデルが訓練データのノイズまで覚えてしまうことです。\n\n## 2. ドロップアウトとは何ですか?\n\nユニットを確率的に無効にします。\n",
    "zh": "## 1. 什么是过拟合?\n\n模型把训练数据的噪声也记住了。\n\n## 2. 什么是丢弃法?\n\n训练时随机地去掉一些单元。\n",
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_whatever_the_layout_a_run_after_it_is_clean(tmp_path: Path, name: str) -> None:
    write(tmp_path, md(DOCUMENTS[name]))
    said = run(tmp_path, "init", "--yes", "--lang", "en").stdout.decode()
    assert name.split()[0] in said
    assert files(tmp_path).keys() >= WRITTEN
    assert run(tmp_path, "lint").returncode == 0
    before = files(tmp_path)
    assert run(tmp_path, "init", "--yes").returncode == 0
    assert files(tmp_path) == before, "a second time there is nothing to do"


@pytest.mark.parametrize("language", QUESTIONS)
def test_the_language_is_found_and_written_down(tmp_path: Path, language: str) -> None:
    write(tmp_path, QUESTIONS[language])
    assert run(tmp_path, "init", "--yes").returncode == 0
    assert tomllib.loads((tmp_path / "dlcards.toml").read_text(encoding="utf-8")) == {"language": language}


def test_what_the_checkout_says_is_written_down(tmp_path: Path) -> None:
    for name, text in (("a.md", QUESTIONS["ko"]), ("b.md", QUESTIONS["en"])):
        write(tmp_path, text, name=name)
    for command in ("init -q -b trunk", "remote add origin https://github.com/owner/name.git"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
    (tmp_path / ".git/refs/remotes/origin").mkdir(parents=True)
    (tmp_path / ".git/refs/remotes/origin/HEAD").write_text("ref: refs/remotes/origin/trunk\n")
    assert run(tmp_path, "init", "--yes").returncode == 0
    written = tomllib.loads((tmp_path / "dlcards.toml").read_text(encoding="utf-8"))
    assert written == {"repository": "owner/name", "branch": "trunk", "deck": tmp_path.name}
    workflow = yaml.safe_load((tmp_path / ".github/workflows/dlcards.yml").read_text())
    assert workflow[True]["push"]["branches"] == ["trunk"]  # YAML 1.1 reads on as true


def test_what_is_there_stays_as_it_is_and_is_named(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    there = {
        "pyproject.toml": "[tool.dlcards]\ndeck = 'mine'\n",
        ".pre-commit-config.yaml": "repos: []\n",
        ".gitignore": "*.log\n",
    }
    for name, text in there.items():
        (tmp_path / name).write_text(text)
    done = run(tmp_path, "init", "--yes", "--lang", "en")
    after = files(tmp_path)
    assert {name: after[name].decode() for name in there} == there
    assert "dlcards.toml" not in after
    said = done.stdout.decode()
    assert ".gitignore: is there, and left as it is; add this line: build/" in said
    assert ".pre-commit-config.yaml: is there" in said


def test_nothing_is_written_unasked(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    before = files(tmp_path)
    done = run(tmp_path, "init", "--lang", "ko")
    assert done.returncode == 0
    assert files(tmp_path) == before
    assert "--yes를 주면 그렇게 한다" in done.stderr.decode()


def test_a_baseline_only_where_it_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("답이다.", "[끊긴](#9) 답이다."))
    assert run(tmp_path, "init", "--yes", "--no-baseline").returncode == 0
    assert not (tmp_path / "dlcards-baseline.json").exists()
    assert run(tmp_path, "lint").returncode == 1
    assert run(tmp_path, "init", "--yes").returncode == 0
    assert run(tmp_path, "lint").returncode == 0


@pytest.mark.parametrize("names", [("a.md",), ("a.md", "b.md")])
def test_the_first_export_brings_no_new_findings(tmp_path: Path, names: tuple[str, ...]) -> None:
    more = "\n## #2\n\n#### 둘인가?\n\n답이다. ![변화](https://example.com/a.png)\n"
    for name in names:
        write(tmp_path, CLEAN + more, name=name)
    assert run(tmp_path, "init", "--yes").returncode == 0
    assert run(tmp_path, "lint", "--offline").returncode == 0
    assert run(tmp_path, "export", "--offline").returncode == 0
    assert (tmp_path / "deck.lock").is_file()
    assert run(tmp_path, "lint", "--offline").returncode == 0


def test_what_the_written_configuration_finds_is_accepted_too(tmp_path: Path) -> None:
    """As remote pictures (I004), which count once the configuration names a deck."""
    write(tmp_path, QUESTIONS["en"] + "![units](https://example.com/units.png)\n", "a.md")
    write(tmp_path, QUESTIONS["en"].replace("overfitting", "underfitting"), "b.md")
    assert run(tmp_path, "init", "--yes").returncode == 0
    assert "I004" in (tmp_path / "dlcards-baseline.json").read_text()
    after = run(tmp_path, "lint", "--offline")
    assert after.returncode == 0, after.stdout.decode()


def test_what_it_has_written_is_not_asked_for_again(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    run(tmp_path, "init", "--yes", "--lang", "en")
    again = run(tmp_path, "init", "--yes", "--lang", "en").stdout.decode()
    assert "is there, and left as it is" not in again
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    other = run(tmp_path, "init", "--yes", "--lang", "en").stdout.decode()
    assert ".pre-commit-config.yaml: is there, and left as it is" in other


def test_a_folder_without_questions_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, "# Notes\n\nNothing is asked here.\n")
    done = run(tmp_path, "init", "--lang", "en")
    assert "no questions in a.md; what nearly fits: dlcards stats --why" in done.stderr.decode()
    assert run(tmp_path, "init", "nowhere").returncode == 2
    write(tmp_path, CLEAN, name="b.md")
    said = run(tmp_path, "init", "--lang", "en").stdout.decode()
    assert "no questions in 1 more document; what nearly fits: dlcards stats --why" in said


@pytest.mark.parametrize("source", INSTALLED)
def test_hook_and_workflow_get_it_from_where_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    write(tmp_path, CLEAN)
    install(monkeypatch, INSTALLED[source])
    done = run(tmp_path, "init", "--yes", "--lang", "en")
    (hooks,) = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())["repos"]
    path = tmp_path / ".github/workflows/dlcards.yml"
    assert path.exists() is (source != "a folder")
    assert (b"could not get it" in done.stderr) is not path.exists()
    if source == "GitHub":
        job = yaml.safe_load(path.read_text())["jobs"]["lint"]
        assert job == {"uses": f"owner/dlcards/.github/workflows/lint-documents.yml@{COMMIT}"}
        assert (hooks["repo"], hooks["rev"]) == ("https://github.com/owner/dlcards.git", COMMIT)
        assert hooks["hooks"] == [{"id": "dlcards-lint"}]
    elif source == "another forge":
        assert f'pip install "dlcards @ git+https://forge.example/x.git@{COMMIT}"' in path.read_text()
        assert (hooks["repo"], hooks["rev"]) == ("https://forge.example/x.git", COMMIT)
    elif source in ("an index", "a wheel"):
        url = INSTALLED[source]
        requirement = f"dlcards @ {url['url']}" if url else f"dlcards=={__version__}"
        assert f'pip install "{requirement}"' in path.read_text()
        assert hooks["hooks"][0]["additional_dependencies"] == [requirement]
    else:
        assert hooks["hooks"][0]["language"] == "system"


@pytest.mark.parametrize("is_pushed", [True, False])
def test_of_a_clone_from_github_that_is_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_pushed: bool
) -> None:
    """As README says: clone, ``pip install .``."""
    clone, project = tmp_path / "a clone", tmp_path / "project"
    for command in (
        f"init -q {clone.name}",
        f"-C {clone.name} -c user.name=x -c user.email=x@example.com commit -q --allow-empty -m x",
        f"-C {clone.name} remote add origin git@github.com:owner/dlcards.git",
        *([f"-C {clone.name} update-ref refs/remotes/origin/main HEAD"] if is_pushed else []),
    ):
        arguments = command.replace(clone.name, "\0").split()
        subprocess.run(["git", *(a.replace("\0", clone.name) for a in arguments)], cwd=tmp_path, check=True)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=clone, check=True, capture_output=True, text=True
    ).stdout
    install(monkeypatch, {"url": clone.as_uri(), "dir_info": {"editable": True}})
    write(project, CLEAN)
    run(project, "init", "--yes")
    (hooks,) = yaml.safe_load((project / ".pre-commit-config.yaml").read_text())["repos"]
    wanted = ("https://github.com/owner/dlcards", head.strip()) if is_pushed else ("local", None)
    assert (hooks["repo"], hooks.get("rev")) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["zizmor", "actionlint"])
@pytest.mark.parametrize("source", [source for source in INSTALLED if source != "a folder"])
def test_checkers_of_workflows_find_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, checker: str
) -> None:
    write(tmp_path, CLEAN)
    install(monkeypatch, INSTALLED[source])
    run(tmp_path, "init", "--yes")
    assert not found_by(checker, tmp_path, ".github/workflows/dlcards.yml")


@pytest.mark.slow
def test_the_hook_is_one_that_pre_commit_takes(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    run(tmp_path, "init", "--yes")
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path)})


def test_it_asks_in_the_language_of_its_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, CLEAN.replace("답이다.", "[끊긴](#9) 답이다."))
    asked: list[str] = []

    def confirm(question: str, default: bool) -> bool:
        asked.append(question)
        return len(asked) == 1

    monkeypatch.setattr("dlcards.cli.init._can_ask", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    run(tmp_path, "init", "--lang", "ko")
    assert asked == ["이대로 쓸까?", "오늘의 발견을 받아들여 새로 생긴 것만 실패하게 할까?"]
    assert files(tmp_path).keys() >= WRITTEN
    assert not (tmp_path / "dlcards-baseline.json").exists()


def test_who_wants_no_files_is_asked_for_no_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, CLEAN.replace("답이다.", "[끊긴](#9) 답이다."))
    asked: list[str] = []

    def confirm(question: str, default: bool) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr("dlcards.cli.init._can_ask", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    before = files(tmp_path)
    said = run(tmp_path, "init", "--lang", "en").stdout.decode()
    assert asked == ["Write these?"]
    assert files(tmp_path) == before
    assert "L001" in said


def test_the_first_findings_are_shown_and_what_is_done_is_not_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "## 1. What is a?\n\n[x](#no) [y](no.md)\n\n## 2. What is b?\n\n[z](#none) [v](n.md)\n")
    said = run(tmp_path, "init", "--yes", "--lang", "en").stdout.decode()
    assert [line for line in said.splitlines() if ": error L00" in line] == [
        "a.md:3:5: error L001 broken-anchor: a.md has no anchor #no",
        "a.md:3:14: error L002 missing-file: no such file: no.md",
        "a.md:7:5: error L001 broken-anchor: a.md has no anchor #none",
    ]
    assert "accepts 4 findings; delete it to see them again" in said
    assert "by hand" not in run(tmp_path, "init", "--yes", "--lang", "en").stdout.decode()
