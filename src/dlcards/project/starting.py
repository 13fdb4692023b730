"""What another repository needs to begin: configuration, hooks, a workflow; for ``dlcards init``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards import __version__
from dlcards.model import Config, Text
from dlcards.project.files import PROJECT_FILES

IGNORED = "build/"  # where decks are made

_HOOKS = """\
# pre-commit install: then each commit is checked.
repos:
  - repo: local
    hooks:
      - id: dlcards-lint
        name: dlcards lint
        entry: dlcards lint --offline --force-exclude
        language: python
        additional_dependencies: ["{requirement}"]
        types: [markdown]
        require_serial: true
"""
_WORKFLOW = """\
name: dlcards
on:
  push:
    branches: ["{branch}"]
  pull_request:
permissions:
  contents: read
jobs:
  lint:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "{requirement}"
      - run: dlcards lint --offline --format github .
"""


class Beginning(NamedTuple):
    """A file that a project begins with.

    Attributes:
        path: Where it stands, from the project's root.
        text: What it holds.
        what: What it is for.
        remedy: What to do by hand where there is such a file, which is left as it is; empty for nothing.
    """

    path: PurePosixPath
    text: str
    what: Text
    remedy: Text


def beginnings(root: Path, config: Config, languages: Sequence[str], decks: int) -> list[Beginning]:
    """The files that a project without any of ours begins with.

    Args:
        root: Its root.
        config: Its configuration as it is, with what the checkout says.
        languages: The languages of its documents with questions, each once.
        decks: How many documents with questions there are.
    """
    values = configuration(config, languages, root.resolve().name if decks > 1 else "")
    requirement, branch = requirement_of_ours(), config.default_branch or "main"
    return [
        Beginning(
            PurePosixPath(PROJECT_FILES[0]),
            "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()),
            Text("설정. 기본값과 다른 것만 적는다", "configuration: only what differs from the defaults"),
            Text("", ""),
        ),
        Beginning(
            PurePosixPath(".pre-commit-config.yaml"),
            _HOOKS.format(requirement=requirement),
            Text("커밋할 때마다 검사하는 훅", "a hook that checks each commit"),
            Text(
                "훅을 손으로 더한다. README의 pre-commit을 본다",
                "add the hook by hand; see pre-commit in README",
            ),
        ),
        Beginning(
            PurePosixPath(".github/workflows/dlcards.yml"),
            _WORKFLOW.format(requirement=requirement, branch=branch),
            Text("CI에서 검사하는 워크플로", "a workflow that checks in CI"),
            Text("", ""),
        ),
        Beginning(
            PurePosixPath(".gitignore"),
            f"{IGNORED}\n",
            Text("덱이 만들어지는 폴더", "the folder that decks are made in"),
            Text(f"이 줄을 넣는다: {IGNORED}", f"add this line: {IGNORED}"),
        ),
    ]


def configuration(config: Config, languages: Sequence[str], deck: str) -> dict[str, object]:
    """The keys of a new configuration with their values."""
    values: dict[str, object] = {}
    if config.origin:
        values["repository"] = config.origin
    if config.origin and config.default_branch not in ("", Config().branch):
        values["branch"] = config.default_branch
    if deck:
        values["deck"] = deck
    if len(languages) == 1:
        values["language"] = languages[0]
    return values


def requirement_of_ours() -> str:
    """What ``pip install`` takes to install this very dlcards elsewhere (PEP 508, PEP 610)."""
    pinned = f"dlcards=={__version__}"
    try:
        said = distribution("dlcards").read_text("direct_url.json")
    except PackageNotFoundError:
        return pinned
    origin = json.loads(said) if said else {}
    vcs = origin.get("vcs_info")
    if not vcs:  # from an index, or from a folder of this machine that others do not have
        return pinned
    return f"dlcards @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
