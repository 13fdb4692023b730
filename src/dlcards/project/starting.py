"""What another repository needs to begin: configuration, hooks, a workflow; for ``dlcards init``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from dlcards import __version__
from dlcards.model import Config, Text
from dlcards.project.files import PROJECT_FILES
from dlcards.project.git import github_name, published, remote_of

IGNORED = "build/"  # where decks are made

_HOOKS = """\
# pre-commit install: then each commit is checked.
repos:
"""
_HOOK_OF_REPOSITORY = """\
  - repo: {address}
    rev: {commit}
    hooks:
      - id: dlcards-lint
"""
_HOOK_BY_ITSELF = """\
  - repo: local
    hooks:
      - id: dlcards-lint
        name: dlcards lint
        entry: dlcards lint --offline --force-exclude
{language}\
        types: [markdown]
        require_serial: true
"""
_FROM_INDEX = """\
        language: python
        additional_dependencies: ["{requirement}"]
"""
_AS_INSTALLED = """\
        language: system # the dlcards that is installed, in the environment that commits are made in
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
"""
_JOB_OF_REPOSITORY = """\
    uses: {name}/.github/workflows/lint-documents.yml@{commit}
"""
_JOB_BY_ITSELF = """\
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3
        with:
          persist-credentials: false
      - uses: actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0
        with:
          python-version: "3.12"
      - run: pip install "{requirement}"
      - run: dlcards lint --offline --format github .
"""


class Program(NamedTuple):
    """Where others get this very dlcards from.

    Attributes:
        requirement: What ``pip install`` takes; empty where they can't have it, since it was installed from a
            folder of this machine.
        address: Of its git repository, where it is of one.
        name: ``owner/name`` of that repository on GitHub, where it is there.
        commit: The full hash of its commit there.
    """

    requirement: str
    address: str = ""
    name: str = ""
    commit: str = ""


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


def beginnings(
    root: Path, config: Config, languages: Sequence[str], decks: int, program: Program
) -> list[Beginning]:
    """The files that a project without any of ours begins with.

    Args:
        root: Its root.
        config: Its configuration as it is, with what the checkout says.
        languages: The languages of its documents with questions, each once.
        decks: How many documents with questions there are.
        program: Where it gets dlcards from; a workflow is none of them where it can't.
    """
    values = configuration(config, languages, root.resolve().name if decks > 1 else "")
    files = [
        Beginning(
            PurePosixPath(PROJECT_FILES[0]),
            "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()),
            Text("설정. 기본값과 다른 것만 적는다", "configuration: only what differs from the defaults"),
            Text("", ""),
        ),
        Beginning(
            PurePosixPath(".pre-commit-config.yaml"),
            hooks(program),
            Text("커밋할 때마다 검사하는 훅", "a hook that checks each commit"),
            Text(
                "훅을 손으로 더한다. README의 pre-commit을 본다",
                "add the hook by hand; see pre-commit in README",
            ),
        ),
        Beginning(
            PurePosixPath(".gitignore"),
            f"{IGNORED}\n",
            Text("덱이 만들어지는 폴더", "the folder that decks are made in"),
            Text(f"이 줄을 넣는다: {IGNORED}", f"add this line: {IGNORED}"),
        ),
    ]
    if program.requirement:
        files.append(
            Beginning(
                PurePosixPath(".github/workflows/dlcards.yml"),
                workflow(program, config.default_branch or "main"),
                Text("CI에서 검사하는 워크플로", "a workflow that checks in CI"),
                Text("", ""),
            )
        )
    return files


def hooks(program: Program) -> str:
    """A configuration of pre-commit that lints the documents of a commit."""
    if program.commit:
        return _HOOKS + _HOOK_OF_REPOSITORY.format(address=program.address, commit=program.commit)
    language = _FROM_INDEX.format(requirement=program.requirement) if program.requirement else _AS_INSTALLED
    return _HOOKS + _HOOK_BY_ITSELF.format(language=language)


def workflow(program: Program, branch: str) -> str:
    """A workflow of GitHub Actions that lints all documents, by our own one where we are on GitHub, too."""
    job = _JOB_OF_REPOSITORY if program.name else _JOB_BY_ITSELF
    return _WORKFLOW.format(branch=branch) + job.format(**program._asdict())


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


def speaks_of_us(file: Path) -> bool:
    """Whether a file of the project, such as its hooks, names dlcards."""
    try:
        return file.is_file() and "dlcards" in file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def program_of_ours() -> Program:
    """Where others get the dlcards from that is running (PEP 610)."""
    try:
        said = distribution("dlcards").read_text("direct_url.json")
    except PackageNotFoundError:
        return Program("")
    if not said:
        return Program(f"dlcards=={__version__}")  # from an index
    origin = json.loads(said)
    address, name, commit = origin["url"], "", ""
    if vcs := origin.get("vcs_info"):
        commit = vcs["commit_id"] if vcs["vcs"] == "git" else ""
        name = github_name(remote_of(address))
    elif not address.startswith("file:"):  # the archive of a release
        return Program(f"dlcards @ {address}")
    else:
        remote, commit = published(Path(url2pathname(urlsplit(address).path)))
        address, name = f"{remote.site}/{remote.path}" if remote else "", github_name(remote)
    return Program(f"dlcards @ git+{address}@{commit}", address, name, commit) if commit else Program("")
