"""``dlcards doctor``: what a project has of what it needs, and what to type for the rest."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dlcards import __version__
from dlcards.cli.arguments import load_config, parse, report_unreadable, watch_documents
from dlcards.cli.output import LanguageOption, language_of, show
from dlcards.model import InputError, Text, counted
from dlcards.project.caches import cache_folder
from dlcards.project.config import project_file
from dlcards.project.files import PROJECT_FILES, adding, shown
from dlcards.project.git import git, is_committed
from dlcards.project.locks import find_lock
from dlcards.project.project import Project
from dlcards.project.sources import read_sources
from dlcards.project.starting import beginnings, program_of_ours, speaks_of_us
from dlcards.reports import found

_EXTRAS = {  # what each is for, by the module that it brings
    "anki": ("anki", Text("export --verify, --against", "export --verify, --against")),
    "PIL": ("images", Text("--max-image-width", "--max-image-width")),
    "mathjax": ("preview", Text("미리보기의 수식", "formulas in the preview")),
    "pygls": ("lsp", Text("dlcards server", "dlcards server")),
}
_INIT = Text("dlcards init", "dlcards init")


class Check(NamedTuple):
    """A thing that was looked for.

    Attributes:
        what: Its name.
        found: What is there of it; empty where it is missing.
        remedy: What to do where it is missing; where that is empty, it may be.
    """

    what: Text
    found: Text
    remedy: Text = Text("", "")


def doctor(
    path: Annotated[
        Path, typer.Argument(help="The project's folder.", exists=True, file_okay=False)
    ] = Path(),
    lang: LanguageOption = "",
) -> None:
    """Show what is there of a project's set-up, and what is missing. Exit code: 0 all there, 1 something is
    missing, 2 bad usage or input.
    """
    language = language_of(lang)
    config = load_config([path]).config
    sources = read_sources([path], config)
    project = parse(sources)
    checks = [*_program(), *_project(project, sources.home, path)]
    marks = {True: "✓", False: "✗"}
    for check in checks:
        if check.found.en:
            show(f"{marks[True]} {check.what.in_(language)}: {check.found.in_(language)}\n")
        elif check.remedy.en:
            show(f"{marks[False]} {check.what.in_(language)} → {check.remedy.in_(language)}\n")
        else:
            show(f"- {check.what.in_(language)}\n")
    missing = any(not check.found.en and check.remedy.en for check in checks)
    raise typer.Exit(report_unreadable(sources.unreadable, project.faults) or int(missing))


def _same(text: str) -> Text:
    return Text(text, text)


def _program() -> Iterator[Check]:
    yield Check(
        Text("프로그램", "program"), _same(f"dlcards {__version__}, Python {platform.python_version()}")
    )
    for module, (extra, use) in _EXTRAS.items():
        name = f"dlcards[{extra}]"
        what = Text(f"{name}({use.ko})", f"{name} ({use.en})")
        yield Check(what, Text("설치됨", "installed") if find_spec(module) else _same(""))
    yield Check(Text("캐시", "cache"), _same(str(cache_folder())))


def _project(project: Project, root: Path, start: Path) -> Iterator[Check]:
    source = project_file(start)
    asking = [(file, document) for file, document in project.read if document.pairs]
    known = found.languages([document for _, document in asking], project.config)
    files = beginnings(root, project.config, known, len(asking), program_of_ours())
    # init writes what is needed, and no file that is there.
    needed = {file.path.name: file for file in files if file.text}
    remedy = _INIT if PROJECT_FILES[0] in needed else _same("")
    yield Check(Text("설정", "configuration"), _same(shown(source) if source else ""), remedy)
    count = sum(len(document.pairs) for _, document in asking)
    yield Check(
        Text("질문", "questions"),
        Text(f"문서 {len(asking)}개에 {count}개", f"{count} in {counted(len(asking), 'document')}")
        if asking
        else _same(""),
        _same("dlcards stats --why"),
    )
    if asking:
        yield _lock(project, [file for file, _ in asking], start)
    hooks = root / ".pre-commit-config.yaml"
    by_hand = needed[hooks.name].remedy if hooks.exists() else _INIT
    yield Check(Text("훅", "hook"), _same(shown(hooks) if speaks_of_us(hooks) else ""), by_hand)
    if speaks_of_us(hooks):
        installed = git(root, "rev-parse", "--git-path", "hooks/pre-commit").decode().strip()
        is_there = installed and (root / installed).exists()
        yield Check(
            Text("설치된 훅", "installed hook"),
            _same(shown(root / installed) if is_there else ""),
            _same("pre-commit install"),
        )
    flows = sorted((root / ".github/workflows").glob("*.y*ml"))
    ours = [shown(flow) for flow in flows if speaks_of_us(flow)]
    # Without a place where CI could get it from, it may be missing.
    remedy = _INIT if program_of_ours().requirement else _same("")
    yield Check(Text("CI 워크플로", "CI workflow"), _same(", ".join(ours)), remedy)
    if not git(root, "rev-parse", "--git-dir"):
        yield Check(Text("git 저장소", "git repository"), _same(""))
        return
    is_ignored = Text("무시한다", "yes") if git(root, "check-ignore", "build/x.apkg") else _same("")
    if not (is_ignored.en or (root / "build").exists()):
        is_ignored = Text("아직 없다. 만들 때 .gitignore도 함께 쓴다", "not there yet; it will be")
    yield Check(
        Text("git이 무시하는 덱의 폴더 build/", "build/, where decks go, ignored by git"),
        is_ignored,
        Text(".gitignore에 넣는다: build/", "add to .gitignore: build/"),
    )


def _lock(project: Project, files: list[Path], start: Path) -> Check:
    """The lock, which keeps learners' history only if it is committed."""
    what = Text("deck.lock(학습 기록)", "deck.lock (learners' history)")
    try:
        path = find_lock(project, files, None, watch_documents([start]), writes=False)
    except InputError as error:
        return Check(what, _same(""), error.message)
    if not path.exists():
        return Check(what, _same(""), _same("dlcards export"))
    if not is_committed(path) and git(path.parent, "rev-parse", "HEAD"):
        command = adding(path)
        return Check(what, _same(""), Text(f"커밋한다: {command}", f"commit it: {command}"))
    return Check(what, _same(shown(path)))
