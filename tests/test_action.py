"""``action.yml`` and the workflows: what their steps run is run, and what is known to be unsafe is not in them."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT
from tests.support.checkers import found_by
from tests.support.command import CLEAN, run, write
from tests.support.runner import ACTION, Runner, workflow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.name == "nt" or not shutil.which("bash"), reason="needs bash, as runners of Linux have it"
    ),
]

BROKEN = CLEAN.replace("답이다.", "[끊긴](#9) 답이다.")
CALLED = (
    "lint-documents.yml",
    "check-links.yml",
    "release-deck.yml",
    "publish-preview.yml",
    "pull-edits.yml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "checkout"
    made.mkdir()
    return made


def test_a_finding_is_annotated_and_fails_the_step(folder: Path) -> None:
    write(folder, BROKEN)
    done, _ = Runner(folder).act()
    assert list(done) == ["Lint"]
    assert done["Lint"].returncode == 1
    assert done["Lint"].stdout.startswith("::error file=a.md,line=")


def test_several_paths_sarif_and_a_deck(folder: Path) -> None:
    for name in ("a.md", "b c.md"):
        write(folder, CLEAN, name=name)
    write(folder, BROKEN, name="not named.md")
    run(folder, "export", "a.md")
    runner = Runner(folder)
    # As from `paths: |`, which ends in a line break.
    done, outputs = runner.act(paths="a.md\nb c.md\n", sarif="true", deck="a.md", **{"fail-on": "error"})
    assert list(done) == ["Write SARIF", "Lint", "Make the deck"]
    assert [each.returncode for each in done.values()] == [0, 0, 0], [each.stderr for each in done.values()]
    assert '"runs"' in (runner.temp / "dlcards.sarif").read_text(encoding="utf-8")
    assert outputs == {"deck": f"{runner.temp}/deck.apkg", "program": str(runner.program)}
    assert list(runner.artifacts) == ["deck"]


def test_a_stale_lock_makes_no_deck(folder: Path) -> None:
    write(folder, CLEAN)
    done, _ = Runner(folder).act(deck="a.md")
    assert done["Make the deck"].returncode == 1
    assert "--locked" in done["Make the deck"].stderr


@pytest.mark.parametrize("programs", ["bin", "Scripts"])
def test_it_installs_itself_with_what_is_asked_for(folder: Path, programs: str) -> None:
    """With a Python that does nothing but make the folders that it would."""
    runner = Runner(folder)
    pip = runner.temp / "dlcards" / programs / "python"
    made = f"""mkdir -p "{pip.parent}"; printf '#!/bin/sh\\necho "$@"\\n' > "{pip}"; chmod +x "{pip}"\n"""
    (runner.temp / "bin/python").write_text(f"#!/bin/sh\n{made}")
    (runner.temp / "bin/python").chmod(0o755)
    script = next(step["run"] for step in ACTION["runs"]["steps"] if step.get("id") == "install")
    for extras, wanted in (("", "/the action"), ("anki,images", "/the action[anki,images]")):
        done, outputs = runner.bash(script, {"EXTRAS": extras, "GITHUB_ACTION_PATH": "/the action"})
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith(f" {wanted}\n")
        assert outputs == {"program": f"{pip.parent}/dlcards"}


def test_documents_are_linted_for_a_caller(folder: Path) -> None:
    write(folder, BROKEN)
    done = Runner(folder).call("lint-documents.yml")
    assert done["Lint"].stdout.startswith("::error file=a.md,line=")
    assert done["Lint"].returncode == 1


LINKED = CLEAN.replace("https://example.com", "http://127.0.0.1:9/gone")


def links(folder: Path, state: str, **gh: tuple[int, str]) -> tuple[Runner, Any]:
    """A run of the links' workflow in which an address has the state given."""
    runner = Runner(folder, {name.replace("_", " "): answer for name, answer in gh.items()})
    issue, code = {"broken": ("- `a`\n", 1), "doubtful": ("- `a`\n", 0), "fine": ("", 0), "bad": ("", 2)}[
        state
    ]
    (runner.temp / "issue").write_text(issue)
    runner.program.write_text(
        f'#!/bin/sh\necho "$@" > "{runner.temp}/asked"\ncat "{runner.temp}/issue"\nexit {code}\n'
    )
    return runner, runner.call("check-links.yml", language="ko")


@pytest.mark.parametrize(
    ("state", "issue", "told"),
    [
        ("broken", "", ["issue list", "label create", "issue create"]),
        ("broken", "7", ["issue list", "issue edit"]),
        ("doubtful", "", ["issue list"]),
        ("doubtful", "7", ["issue list", "issue edit"]),
        ("fine", "", ["issue list"]),
        ("fine", "7", ["issue list", "issue close"]),
        ("bad", "7", []),
    ],
)
def test_one_issue_says_what_is_broken(folder: Path, state: str, issue: str, told: list[str]) -> None:
    runner, done = links(folder, state, issue_list=(0, issue))
    assert [" ".join(call[:2]) for call in runner.told] == told
    asked = (runner.temp / "asked").read_text().split()
    assert asked[:6] == ["links", "--format", "issue", "--lang", "ko", "--max-time"]
    failed = [name for name, each in done.items() if each.returncode]
    assert failed == (["Ask all addresses"] if state == "bad" else [])
    for call in runner.told[1:]:
        if call[1] in ("edit", "close"):
            assert call[2] == issue
        if "--body-file" in call:
            body = runner.temp / "tell" / call[call.index("--body-file") + 1]
            assert body.read_text() == "- `a`\n"


def test_links_are_asked_by_the_real_program(folder: Path) -> None:
    write(folder, LINKED)
    runner = Runner(folder)
    done = runner.call("check-links.yml")
    assert [each.returncode for each in done.values()] == [0, 0], [each.stderr for each in done.values()]
    state = json.loads((runner.temp / "home/.cache/dlcards/state.json").read_text())
    assert state["broken"] == []  # not an address of the public network, so it was not asked


TAG = {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1.0"}


def test_a_deck_is_released_with_what_has_changed(folder: Path) -> None:
    pytest.importorskip("anki", reason="needs Anki's library, which the test group installs")
    write(folder, CLEAN)
    run(folder, "export", "--output", "last.apkg", "a.md")
    gh = {"release list": (0, "v0.9\n"), "release view": (1, "")}
    runner = Runner(folder, gh, variables=TAG)
    shutil.move(folder / "last.apkg", runner.temp)
    write(folder, CLEAN + "\n## #2\n\n#### 둘인가?\n\n새 답이다.\n")
    run(folder, "export", "a.md")
    done = runner.call("release-deck.yml")
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    published = runner.temp / "publish"
    assert sorted(path.name for path in (published / "dist").iterdir()) == ["SHA256SUMS", "name-v1.0.apkg"]
    sums = (published / "dist/SHA256SUMS").read_text()
    assert sums.endswith("  name-v1.0.apkg\n")
    notes = (published / "notes.md").read_text(encoding="utf-8")
    assert "둘인가?" in notes
    assert "하나인가?" not in notes
    assert runner.told[-1][:3] == ["release", "create", "v1.0"]
    assert set(runner.told[-1][-2:]) == {"dist/SHA256SUMS", "dist/name-v1.0.apkg"}


def test_a_first_deck_is_attached_to_a_release_made_by_hand(folder: Path) -> None:
    pytest.importorskip("anki", reason="needs Anki's library, which the test group installs")
    write(folder, CLEAN)
    run(folder, "export", "a.md")
    runner = Runner(folder, {"release list": (0, "")}, variables=TAG)
    done = runner.call("release-deck.yml")
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert [call[1] for call in runner.told] == ["list", "view", "upload"]


@pytest.mark.parametrize("fault", ["branch", "finding", "lock"])
def test_nothing_is_released_that_should_not_be(folder: Path, fault: str) -> None:
    write(folder, BROKEN if fault == "finding" else CLEAN)
    if fault != "lock":
        run(folder, "export", "a.md")
    runner = Runner(folder, variables={**TAG, "GITHUB_REF_TYPE": "branch" if fault == "branch" else "tag"})
    done = runner.call("release-deck.yml")
    failed = {"branch": "It runs on a tag", "finding": "Lint", "lock": "Make the deck"}
    assert [name for name, each in done.items() if each.returncode] == [failed[fault]]
    assert not [call for call in runner.told if call[:2] in (["release", "create"], ["release", "upload"])]


def test_a_preview_goes_to_pages(folder: Path) -> None:
    write(folder, CLEAN)
    runner = Runner(folder)
    done = runner.call("publish-preview.yml")
    assert done["Make the page"].returncode == 0, done["Make the page"].stderr
    assert (runner.artifacts["github-pages"][0] / "index.html").exists()


@pytest.mark.parametrize("name", CALLED)
def test_what_a_caller_is_told_to_grant_is_what_the_jobs_take(name: str) -> None:
    """Else GitHub would refuse the call; a caller's are those in the sample above the workflow."""
    text = (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")
    sample = "".join(line[1:] + "\n" for line in text.splitlines() if line.startswith("#     "))
    called = yaml.safe_load(sample)
    (job,) = called["jobs"].values()
    assert job == {"uses": f"OWNER/dlcards/.github/workflows/{name}@TAG"}
    read = workflow(name)
    taken: dict[str, str] = {}
    for each in read["jobs"].values():
        taken |= each.get("permissions", read["permissions"])
    assert called["permissions"] == taken


@pytest.mark.parametrize("name", ["docs/ci.md", "docs/ci.en.md"])
def test_the_pages_name_every_input_with_its_default(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    tables = re.findall(r"\| (?:입력|input) \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", page)
    written = [dict(re.findall(r"^\| `(.*?)` \| `?(.*?)`? ?\|", table, re.M)) for table in tables]
    given = [workflow(name)[True]["workflow_call"]["inputs"] for name in CALLED] + [ACTION["inputs"]]
    assert written == [{k: str(v["default"]) for k, v in inputs.items()} for inputs in given]
    for called in CALLED:
        sample = (ROOT / ".github/workflows" / called).read_text(encoding="utf-8").partition("name:")[0]
        shown = "\n".join(
            line.removeprefix("#     ") for line in sample.splitlines() if line.startswith("#     ")
        )
        assert shown in page


def test_input_is_never_a_part_of_a_script() -> None:
    steps = [*ACTION["runs"]["steps"]]
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        steps += [step for job in workflow(path.name)["jobs"].values() for step in job.get("steps", ())]
    assert not [step for step in steps if "${{" in step.get("run", "")]


def test_zizmor_finds_nothing() -> None:
    assert not found_by("zizmor", ROOT, "action.yml", ".github/workflows")


def test_actionlint_finds_nothing() -> None:
    """Types of expressions, names of keys, inputs of actions, and, where shellcheck is there, scripts."""
    assert not found_by("actionlint", ROOT)
