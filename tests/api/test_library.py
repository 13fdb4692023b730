"""The examples of the library's page, and its laws: it says what the command line says, and prints nothing."""

import ast
import doctest
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dlcards
from tests.support import ROOT
from tests.support.command import run

PAGES = [ROOT / "docs/library.md", ROOT / "docs/library.en.md"]
EXAMPLE = re.search(r"```markdown\n(.*?)```", PAGES[1].read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert EXAMPLE
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers/shop.md").write_text(EXAMPLE.group(1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_the_page_say_what_they_say(folder: Path, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    assert len(test.examples) > 15
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert failed == 0, "".join(said)


def test_both_pages_have_the_same_examples() -> None:
    korean, english = (
        re.findall(r"```\w+\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL) for page in PAGES
    )
    assert korean == english


def test_the_pages_name_all_that_stays() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert [name for name in dlcards.__all__ if name not in text and name != "__version__"] == []


def test_every_name_is_there_with_a_docstring_and_another_one_is_not() -> None:
    for name in dlcards.__all__:
        assert getattr(dlcards, name).__doc__
    assert set(dlcards.__all__) <= set(dir(dlcards))
    with pytest.raises(AttributeError, match="no attribute 'lnt'"):
        dlcards.lnt  # type: ignore[attr-defined]  # noqa: B018


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "src/dlcards/__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcards.")
        for alias in node.names
    }
    assert imported == set(dlcards.__all__) - {"__version__"}


def test_importing_it_loads_next_to_nothing() -> None:
    code = "import sys, dlcards; print(sorted(name for name in sys.modules if name.startswith('dlcards.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_finds_what_the_command_finds(folder: Path) -> None:
    said = json.loads(run(folder, "lint", "--offline", "--format", "json", "--lang", "en").stdout)
    command = [(f["path"], f["line"], f["column"], f["code"], f["message"]) for f in said["findings"]]
    found = dlcards.lint().findings
    assert [(str(f.path), f.line, f.column, f.code, f.message.en) for f in found] == command


def test_it_makes_the_deck_that_the_command_makes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    dlcards.export("answers", output=folder / "ours.apkg")
    assert capfd.readouterr() == ("", "")
    lock = folder / "answers/deck.lock"
    locked = lock.read_bytes()
    lock.unlink()
    assert run(folder, "export", "answers", "-o", "theirs.apkg").returncode == 0
    assert (folder / "ours.apkg").read_bytes() == (folder / "theirs.apkg").read_bytes()
    assert lock.read_bytes() == locked


def test_nothing_is_written_where_there_is_nothing_to_write(folder: Path) -> None:
    document = folder / "answers/shop.md"
    document.write_text("# Interview\n\n### 1. What is an index for?\n\n### 2. What does ACID mean?\n")
    with pytest.raises(dlcards.DeckError, match="no card could be made") as caught:
        dlcards.export("answers", output="shop.apkg")
    assert [refused.pair.id for refused in caught.value.deck.export.refused] == [
        "1-what-is-an-index-for",
        "2-what-does-acid-mean",
    ]
    assert sorted(path.name for path in (folder / "answers").iterdir()) == ["shop.md"]
    assert not (folder / "shop.apkg").exists()


def test_a_stale_lock_is_told_and_left_alone(folder: Path) -> None:
    with pytest.raises(dlcards.DeckError, match="is stale"):
        dlcards.export("answers", output="shop.apkg", locked=True)
    assert not (folder / "answers/deck.lock").exists()
    dlcards.export("answers", output="shop.apkg")
    (folder / "shop.apkg").unlink()
    assert dlcards.export("answers", output="shop.apkg", locked=True).path.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"tags": ["a b"]}, "a tag has no blanks"),
        ({"format": "apk"}, "did you mean apkg"),
        ({"output": "a.txt"}, "say -o a.apkg"),
        ({"name": "a::"}, "part of the deck's name is empty"),
        ({"max_image_width": -3}, "0 or more, not -3"),
        ({"now": -5}, "from 0 to"),
        ({"lock": "answers/shop.md"}, "shop.md"),
    ],
)
def test_what_makes_no_deck_is_told(folder: Path, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(dlcards.InputError, match=re.escape(said)):
        dlcards.export("answers", **arguments)  # type: ignore[arg-type]
    assert not (folder / "answers/deck.lock").exists()


def test_what_can_not_be_read_ends_nothing(folder: Path) -> None:
    (folder / "answers/other.md").write_bytes(b"\xff")
    assert [each.path for each in dlcards.read("answers").unreadable] == ["answers/other.md:1"]
    assert [each.path for each in dlcards.lint("answers").unreadable] == ["answers/other.md:1"]
    assert [each.path for each in dlcards.export("answers").unreadable] == ["answers/other.md:1"]
    (folder / "answers/shop.md").unlink()
    with pytest.raises(dlcards.InputError, match=r"other\.md:1: is not UTF-8"):
        dlcards.export("answers")
    (folder / "answers/other.md").unlink()
    with pytest.raises(dlcards.InputError, match="no markdown file in answers"):
        dlcards.read("answers")
    with pytest.raises(dlcards.InputError, match="nowhere: does not exist"):
        dlcards.read("nowhere")
