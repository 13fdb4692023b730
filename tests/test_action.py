"""``action.yml`` and the workflows: what their steps run is run, and what is known to be unsafe is not in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT
from tests.support.command import CLEAN, write

pytestmark = pytest.mark.slow


ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BROKEN = CLEAN.replace("답이다.", "[끊긴](#9) 답이다.")


class Runner:
    """A runner of GitHub Actions, as far as the action needs one; dlcards itself is this environment's."""

    def __init__(self, folder: Path, **inputs: str) -> None:
        self.folder = folder
        self.inputs = {name: inputs.get(name, given["default"]) for name, given in ACTION["inputs"].items()}
        self.temp = folder / ".runner"
        program = self.temp / "dlcards/bin/dlcards"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dlcards "$@"\n')
        program.chmod(0o755)
        self.output = self.temp / "output"
        self.output.touch()

    def run(self) -> dict[str, subprocess.CompletedProcess[str]]:
        """Run the steps that run anything, but that which installs, up to the first that fails."""
        done = {}
        for step in ACTION["runs"]["steps"]:
            name = step.get("name", "")
            if "run" not in step or name == "Install dlcards" or not self.holds(step.get("if", "")):
                continue
            done[name] = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.folder,
                env={**self.environment(), **{key: self.filled(v) for key, v in step.get("env", {}).items()}},
                capture_output=True,
                text=True,
                check=False,
            )
            if done[name].returncode:
                break
        return done

    def environment(self) -> dict[str, str]:
        own = {"RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(self.output), "LC_ALL": "C.UTF-8"}
        return {**os.environ, **own}

    def filled(self, value: str) -> str:
        for name, given in self.inputs.items():
            value = value.replace(f"${{{{ inputs.{name} }}}}", given)
        assert "${{" not in value
        return value

    def holds(self, condition: str) -> bool:
        if not condition:
            return True
        name, operator, wanted = condition.removeprefix("inputs.").split()
        given = self.inputs[name]
        return (given == wanted.strip("'")) is (operator == "==")


def test_a_finding_is_annotated_and_fails_the_step(tmp_path: Path) -> None:
    write(tmp_path, BROKEN)
    done = Runner(tmp_path).run()
    assert list(done) == ["Lint"]
    assert done["Lint"].returncode == 1
    assert done["Lint"].stdout.startswith("::error file=a.md,line=")


def test_several_paths_sarif_and_a_deck(tmp_path: Path) -> None:
    for name in ("a.md", "b c.md"):
        write(tmp_path, CLEAN, name=name)
    subprocess.run([sys.executable, "-m", "dlcards", "export", "a.md"], cwd=tmp_path, check=True)
    runner = Runner(tmp_path, paths="a.md\nb c.md", sarif="true", deck="a.md", **{"fail-on": "error"})
    done = runner.run()
    assert list(done) == ["Write SARIF", "Lint", "Make the deck"]
    assert [each.returncode for each in done.values()] == [0, 0, 0], [each.stderr for each in done.values()]
    assert '"runs"' in (runner.temp / "dlcards.sarif").read_text(encoding="utf-8")
    assert runner.output.read_text() == f"file={runner.temp}/deck.apkg\n"


def test_a_stale_lock_makes_no_deck(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    done = Runner(tmp_path, deck="a.md").run()
    assert done["Make the deck"].returncode == 1
    assert "--locked" in done["Make the deck"].stderr


def test_input_is_never_a_part_of_a_script() -> None:
    scripts: list[Any] = [step.get("run", "") for step in ACTION["runs"]["steps"]]
    assert not [script for script in scripts if "${{" in script]


def test_zizmor_finds_nothing() -> None:
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if program is None:
        pytest.skip("needs zizmor, which the test group installs: make .venv/test.stamp")
    done = subprocess.run(
        [program, "--offline", "--no-progress", "--format", "plain", "action.yml", ".github/workflows"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
