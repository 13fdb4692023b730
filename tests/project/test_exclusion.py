"""What a search for documents leaves out: the configuration's exclude, and what git ignores."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.model import Config
from dlcards.project.exclusion import Exclusion, check_patterns, compiled
from dlcards.project.files import Unreadable, find_documents
from tests.support.command import CLEAN, run, write

EVERYWHERE = ("a.md", "b/a.md", "b/c.draft.md", "drafts/a.md", "b/drafts/a.md", "vendor/a.md", "b/초안/a.md")


def found(folder: Path, *patterns: str, named: str = ".", force: bool = False) -> list[str]:
    exclusion = Exclusion(folder, (*Config().exclude, *patterns), force=force)
    paths = list(find_documents([folder / named], exclusion))
    return [path.relative_to(folder).as_posix() for path in paths if not isinstance(path, Unreadable)]


_PARTS = st.sampled_from(["build", "builds", ".git", ".", "a.md", "x-build", "vendor", "b", ".hidden"])


@given(
    st.lists(
        st.sampled_from(["build/", ".*/", "*build/", "x*d/", "vendor/", "a.md/", ".hidden/"]), max_size=3
    ),
    st.lists(_PARTS.filter(lambda part: part != "."), min_size=1, max_size=4),
    st.booleans(),
)
def test_names_of_folders_mean_what_they_mean_to_git(
    patterns: list[str], parts: list[str], is_folder: bool
) -> None:
    exclusion = Exclusion(Path("/nowhere"), patterns)
    assert exclusion._folders is not None
    path = "/".join(parts)
    meant = compiled(patterns).match_file(path + "/" * is_folder)
    assert exclusion.holds(Path("/nowhere") / path, is_folder=is_folder) == meant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in EVERYWHERE:
        write(tmp_path, CLEAN, name)
    return tmp_path


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A checkout whose git ignores drafts and one folder, in which it tracks one file all the same."""
    write(folder, CLEAN, "ignored/tracked.md")
    write(folder, CLEAN, "ignored/x/a.md")
    write(folder, "*.draft.md\nignored/\n", ".gitignore")
    for command in (["init", "-q"], ["add", "-f", "ignored/tracked.md"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def test_other_peoples_files_are_left_out_by_default(tmp_path: Path) -> None:
    names = (
        "node_modules",
        "vendor",
        ".venv",
        "venv",
        "build",
        "dist",
        "site-packages",
        ".hidden",
        "x/vendor",
    )
    for name in names:
        write(tmp_path, CLEAN, f"{name}/y/a.md")
    write(tmp_path, CLEAN, "builds/a.md")
    write(tmp_path, CLEAN, "vendor.md")
    assert found(tmp_path) == ["vendor.md", "builds/a.md"]


@pytest.mark.parametrize(
    ("patterns", "left_out"),
    [
        ((), {"vendor/a.md"}),
        (("drafts/",), {"vendor/a.md", "drafts/a.md", "b/drafts/a.md"}),
        (("/drafts/",), {"vendor/a.md", "drafts/a.md"}),
        (("*.draft.md",), {"vendor/a.md", "b/c.draft.md"}),
        (("**/drafts/**",), {"vendor/a.md", "drafts/a.md", "b/drafts/a.md"}),
        (("b/*.md",), {"vendor/a.md", "b/a.md", "b/c.draft.md"}),
        (("!vendor/",), set()),
        (("초안/",), {"vendor/a.md", "b/초안/a.md"}),
        (("\u110e\u1169\u110b\u1161\u11ab/",), {"vendor/a.md", "b/초안/a.md"}),
    ],
)
def test_patterns_are_those_of_a_gitignore(
    folder: Path, patterns: tuple[str, ...], left_out: set[str]
) -> None:
    assert set(EVERYWHERE) - set(found(folder, *patterns)) == left_out


def test_who_names_something_means_it_and_a_hook_does_not(folder: Path) -> None:
    assert found(folder, "drafts/", named="drafts/a.md") == ["drafts/a.md"]
    assert found(folder, "drafts/", named="drafts") == ["drafts/a.md"]
    assert found(folder, "*.md", named="b") == []
    for name in ("drafts/a.md", "drafts", "vendor/a.md"):
        assert found(folder, "drafts/", named=name, force=True) == []
    assert found(folder, "drafts/", named="b/a.md", force=True) == ["b/a.md"]


def test_what_git_ignores_is_left_out_unless_it_is_tracked_or_named(checkout: Path) -> None:
    names = found(checkout)
    assert "ignored/tracked.md" in names
    assert not {"b/c.draft.md", "ignored/x/a.md"} & set(names)
    assert found(checkout, named="b") == ["b/a.md", "b/drafts/a.md", "b/초안/a.md"]
    assert found(checkout, named="b/c.draft.md") == ["b/c.draft.md"]
    assert found(checkout, named="ignored/x") == ["ignored/x/a.md"]


def test_git_in_a_hook_looks_into_the_folder_that_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    assert "b/c.draft.md" not in found(checkout, named="b")


def test_without_git_the_patterns_hold(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    names = found(checkout, "drafts/")
    assert "b/c.draft.md" in names
    assert "drafts/a.md" not in names


def test_every_command_leaves_them_out(checkout: Path) -> None:
    write(checkout, 'exclude = ["drafts/", "초안/"]', "dlcards.toml")
    kept = ["a.md", "b/a.md", "ignored/tracked.md"]
    shown = run(checkout, "stats").stdout.decode()
    assert [line.split()[2] for line in shown.splitlines()[1:-1] if ".md" in line] == kept
    assert b"\nquestions 3 " in run(checkout, "lint", "--lang", "en").stdout
    said = run(checkout, "toc", "--write", "--lang", "en").stderr.decode()
    assert said == "".join(f"dlcards: {name}: contents written\n" for name in kept)
    assert "질문 3" in run(checkout, "preview", "--lang", "ko").stdout.decode()


def test_a_hook_passes_force_exclude_and_is_content_with_nothing(folder: Path) -> None:
    write(folder, 'exclude = ["drafts/"]', "dlcards.toml")
    done = run(folder, "lint", "--lang", "en", "drafts/a.md")
    assert done.stdout.startswith(b"questions 1 ")
    done = run(folder, "lint", "--lang", "en", "--force-exclude", "drafts/a.md")
    assert (done.returncode, done.stdout[:12], done.stderr) == (0, b"questions 0 ", b"")
    done = run(folder, "lint", "--lang", "en", "--force-exclude", "no.md")
    assert (done.returncode, done.stderr) == (
        2,
        b"dlcards: no.md: does not exist; check the path, or run this in its folder\n",
    )


def test_an_export_is_made_anew_when_other_documents_are_found(checkout: Path) -> None:
    assert b"8 questions" not in run(checkout, "export", "--lang", "en").stdout
    assert b"nothing changed" in run(checkout, "export", "--lang", "en").stdout
    write(checkout, "*.draft.md\nignored/\ndrafts/\n", ".gitignore")
    assert b"nothing changed" not in run(checkout, "export", "--lang", "en").stdout


def test_configured_patterns_come_after_the_defaults_and_are_checked(tmp_path: Path) -> None:
    write(tmp_path, 'exclude = ["!build/"]', "dlcards.toml")
    assert '"dist/", "site-packages/", "!build/"]  # dlcards.toml' in run(tmp_path, "config").stdout.decode()
    write(tmp_path, 'exclude = ["!"]', "dlcards.toml")
    done = run(tmp_path, "config")
    assert done.returncode == 2
    assert b"dlcards.toml: exclude: one of them is no pattern: Invalid git pattern: '!'" in done.stderr


@pytest.mark.parametrize("pattern", ["a*" * 5 + "b", "**/a/" * 6 + "b", "x/" + "*?" * 30])
def test_a_pattern_that_never_ends_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match="stars"):
        check_patterns([pattern])


@pytest.mark.parametrize(
    "pattern", ["*.*.*.md", "**/build/**", "/a/**/b/*_*_*.md", "*", "docs/", "***/x", "!a*"]
)
def test_ordinary_patterns_are_patterns(pattern: str) -> None:
    check_patterns([pattern])


@pytest.mark.parametrize("pattern", ["x[z-a]/*", "[b-a]", "a/[9-0]x", "[[:nope:]-a]", "[", "[]", "[^", "\\"])
def test_a_range_that_goes_backwards_is_said(pattern: str) -> None:
    try:
        check_patterns([pattern])
        compiled([pattern]).match_file("a/b")
    except ValueError:
        pass  # and nothing else


def test_which_ranges_are_none() -> None:
    with pytest.raises(ValueError, match="bad character range"):
        check_patterns(["x[z-a]/*"])
