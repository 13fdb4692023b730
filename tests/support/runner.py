"""GitHub Actions, as far as our action and workflows need it: their steps are run, and ``gh`` writes down what it is told.

``curl`` has what the runner is given for it, and nothing of the network.

What other actions do (check out, set up Python, keep caches) is done by whoever makes the runner; dlcards itself is this
environment's. Artifacts are what they are on GitHub: what is uploaded under a name can be downloaded by it.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.support import ROOT

Done = subprocess.CompletedProcess[str]

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
_GH = """\
#!{python}
import json, sys
from pathlib import Path
folder = Path({folder!r})
with (folder / "gh.jsonl").open("a") as told:
    told.write(json.dumps(sys.argv[1:]) + "\\n")
code, said = json.loads((folder / "gh.json").read_text()).get(" ".join(sys.argv[1:3]), [0, ""])
if sys.argv[1:3] == ["release", "download"] and not code:
    (Path(sys.argv[sys.argv.index("--dir") + 1]) / "last.apkg").write_bytes((folder / "last.apkg").read_bytes())
print(said, end="")
sys.exit(code)
"""
_CURL = """\
#!{python}
import json, sys
from pathlib import Path
folder = Path({folder!r})
with (folder / "curl.jsonl").open("a") as told:
    told.write(json.dumps(sys.argv[1:]) + "\\n")
answer = json.loads((folder / "curl.json").read_text()).get(sys.argv[-1])
if answer is None:
    sys.exit(22)
is_file = not answer.startswith("https://")
data = Path(answer).read_bytes() if is_file else b"<html>"
Path(sys.argv[sys.argv.index("--output") + 1]).write_bytes(data)
print("" if is_file else answer, end="")
"""


def workflow(name: str) -> dict[Any, Any]:
    """A workflow of ours; its ``on`` stands under True, as YAML 1.1 reads it."""
    read: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))
    return read


class Runner:
    """A runner whose workspace is a folder.

    Args:
        folder: The checkout.
        gh: What ``gh`` answers: by its first two words, the exit code and what it prints.
        web: What ``curl`` is answered: by the address, a file or the address that it is sent on to.
        event: What has happened on GitHub.
        variables: More of the environment that GitHub sets.

    Attributes:
        temp: The runner's folder for temporary files.
        artifacts: What was uploaded, by its name.
    """

    def __init__(
        self,
        folder: Path,
        gh: Mapping[str, tuple[int, str]] | None = None,
        *,
        web: Mapping[str, str] | None = None,
        event: Mapping[str, Any] | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.temp = folder.parent / f"{folder.name}.runner"
        programs = self.temp / "bin"
        programs.mkdir(parents=True)
        self.program = programs / "dlcards"
        self.program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dlcards "$@"\n', encoding="utf-8")
        (programs / "gh").write_text(
            _GH.format(python=sys.executable, folder=str(self.temp)), encoding="utf-8"
        )
        (programs / "curl").write_text(
            _CURL.format(python=sys.executable, folder=str(self.temp)), encoding="utf-8"
        )
        for program in programs.iterdir():
            program.chmod(0o755)
        for name, content in (("gh", gh), ("curl", web), ("event", event)):
            (self.temp / f"{name}.json").write_text(json.dumps(content or {}), encoding="utf-8")
        self.artifacts: dict[str, list[Path]] = {}
        self.summary = self.temp / "summary"
        self._variables = variables or {}
        self._github = {"github.token": "secret", "github.repository": "owner/name", "github.run_id": "1"}
        number = (event or {}).get("issue", {}).get("number", "")
        self._github["github.event.issue.number"] = str(number)

    @property
    def told(self) -> list[list[str]]:
        """The calls of ``gh``."""
        return self._calls("gh")

    @property
    def asked(self) -> list[str]:
        """The addresses that ``curl`` was to fetch."""
        return [call[-1] for call in self._calls("curl")]

    def _calls(self, name: str) -> list[list[str]]:
        path = self.temp / f"{name}.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def act(self, **inputs: str) -> tuple[dict[str, Done], dict[str, str]]:
        """Run the action: what its steps have done, by their names, and its outputs."""
        given = {name: inputs.get(name, each["default"]) for name, each in ACTION["inputs"].items()}
        done, outputs = self._run(ACTION["runs"]["steps"], {f"inputs.{k}": v for k, v in given.items()})
        return done, {name: _filled(each["value"], outputs) for name, each in ACTION["outputs"].items()}

    def call(self, name: str, **inputs: str) -> dict[str, Done]:
        """Run a workflow, job after job, up to the first step that fails."""
        read = workflow(name)
        known = {
            f"inputs.{each}": str(inputs.get(each, given["default"]))
            for each, given in read[True]["workflow_call"]["inputs"].items()
        }
        all_done: dict[str, Done] = {}
        for job, steps in read["jobs"].items():
            if not _holds(steps.get("if", ""), known):
                continue
            here = copy.copy(self)
            if job != next(iter(read["jobs"])):  # a job that comes later has nothing but artifacts
                here.folder = self.temp / job
                here.folder.mkdir()
            done, outputs = here._run(steps["steps"], known)
            all_done |= done
            for each, value in steps.get("outputs", {}).items():
                known[f"needs.{job}.outputs.{each}"] = _filled(value, outputs)
            if any(each.returncode for each in done.values()):
                break
        return all_done

    def _run(
        self, steps: list[dict[str, Any]], known: Mapping[str, str]
    ) -> tuple[dict[str, Done], dict[str, str]]:
        known = {**known, **self._github, "runner.temp": str(self.temp)}
        done: dict[str, Done] = {}
        for step in steps:
            if not _holds(step.get("if", ""), known):
                continue
            given = {key: _filled(str(value), known) for key, value in step.get("with", {}).items()}
            outputs = {}
            if step.get("id") == "install":
                outputs = {"program": str(self.program)}
            elif "run" in step:
                environment = {key: _filled(str(value), known) for key, value in step.get("env", {}).items()}
                done[step["name"]], outputs = self.bash(step["run"], environment)
            elif step["uses"] == "$/":
                inner, outputs = self.act(**given)
                done |= inner
            elif "/upload-artifact@" in step["uses"]:
                self.artifacts[given["name"]] = [Path(path) for path in given["path"].split("\n") if path]
            elif "/upload-pages-artifact@" in step["uses"]:
                self.artifacts["github-pages"] = [Path(given["path"])]
            elif "/download-artifact@" in step["uses"]:
                for path in self.artifacts[given["name"]]:
                    copy = shutil.copytree if path.is_dir() else shutil.copy
                    copy(path, self.folder / path.name)
            if "id" in step:
                known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
            if any(each.returncode for each in done.values()):
                break
        return done, dict(known)

    def bash(self, script: str, environment: Mapping[str, str]) -> tuple[Done, dict[str, str]]:
        """Run a script as a step: what it has done, and its outputs."""
        output = self.temp / "output"
        output.write_text("")
        own = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_RUN_ID": "1",
            "GITHUB_EVENT_PATH": str(self.temp / "event.json"),
            "HOME": str(self.temp / "home"),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
            **self._variables,
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={**os.environ, **own, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        return done, dict(line.split("=", 1) for line in lines)


def _filled(value: str, known: Mapping[str, str]) -> str:
    filled = re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: known.get(found[1], ""), value)
    assert "${{" not in filled, filled
    return filled


def _holds(condition: str, known: Mapping[str, str]) -> bool:
    if not condition:
        return True
    name, operator, wanted = condition.split()
    return (known[name] == wanted.strip("'")) is (operator == "==")
