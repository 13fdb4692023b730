"""``dlcards init``: what a repository needs to begin."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from dlcards.cli.arguments import NoCacheOption, load_config, parse, refuse_nothing, report_unreadable
from dlcards.cli.output import LanguageOption, language_of, note, show
from dlcards.linter import baseline as baselines
from dlcards.linter.run import LintRun
from dlcards.model import LANGUAGES, Text, counted
from dlcards.project.caches import cache_folder
from dlcards.project.config import project_file
from dlcards.project.disk import make_folder, write_whole
from dlcards.project.files import PROJECT_FILES
from dlcards.project.sources import Sources, read_sources
from dlcards.project.starting import IGNORED, Beginning, beginnings, program_of_ours, speaks_of_us
from dlcards.project.store import Store
from dlcards.project.writing import writing
from dlcards.reports import found, readings, rule_counts
from dlcards.reports.summary import Summary
from dlcards.reports.text import by_severity, head


def init(
    path: Annotated[
        Path, typer.Argument(help="The repository's folder.", exists=True, file_okay=False)
    ] = Path(),
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing, and write what would be asked for.")
    ] = False,
    baseline: Annotated[
        bool | None,
        typer.Option("--baseline/--no-baseline", help="Accept today's findings, so that only new ones fail."),
    ] = None,
    no_cache: NoCacheOption = False,
    lang: LanguageOption = "",
) -> None:
    """Set up a repository: configuration, hook, workflow, and a baseline. Leaves as it is what is there.

    Exit code: 0 done, or nothing to do; 2 bad usage or input.
    """
    language = language_of(lang)
    config = load_config([path]).config
    # As after the first export, which comes next: what rules say of a deck's documents is no news then.
    as_deck = replace(config, deck=config.deck or path.resolve().name)
    sources = read_sources([path], as_deck)
    refuse_nothing(sources, [path], force_exclude=False)
    project = parse(sources)
    asking = [document for document in project.documents if document.pairs]
    if not asking:
        near = {each: readings.nearly(project.documents, each) for each in LANGUAGES}
        note(readings.no_questions([source.file for source in sources.read], near))
    show(found.render(asking, config, language))
    if asking and (others := len(project.documents) - len(asking)):
        said = Text(
            f"질문을 찾지 못한 문서 {others}개. 무엇이 거의 맞는지는 dlcards stats --why",
            f"no questions in {counted(others, 'more document')}; what nearly fits: dlcards stats --why",
        )
        show(f"{said.in_(language)}\n\n")
    root = sources.home
    known = found.languages(asking, config)
    new: list[Beginning] = []
    there: list[Beginning] = []
    program = program_of_ours()
    for file in beginnings(root, config, known, len(asking), program):
        (there if _is_there(file, root, path) else new).append(file)
    for file in there:
        is_done = _ignores(root) if file.path.name == ".gitignore" else speaks_of_us(root / file.path)
        if file.remedy.en and not is_done:
            show(f"{file.path}: {_LEFT[language]} {file.remedy.in_(language)}\n")
    if not program.requirement:
        note(_NO_WORKFLOW)
    if new:
        show(_PLAN[language] + "".join(f"  {file.path}  {file.what.in_(language)}\n" for file in new))
    goes_on = not new or _may(yes, Text("이대로 쓸까?", "Write these?"), language)
    if new and goes_on:
        _write(new, sources, root)
        # What is accepted is what the next run finds: by the configuration that is there now.
        config = load_config([path]).config
        sources = read_sources([path], replace(config, deck=config.deck or as_deck.deck))
        project = parse(sources)
    run = LintRun(sources, None if no_cache else Store(cache_folder() / "lint"))
    findings = run.findings()
    summary = Summary(run.facts, findings, 0, (), 0)
    if not findings:
        show(_CLEAN[language])
    else:
        first = islice(by_severity(summary), _FIRST)
        show(("\n" if new else "") + "".join(f"{head(group, language)}\n" for group in first))
        show("\n" + rule_counts.render(summary, language))
        where = root / baselines.NAME
        asked = (
            baseline
            if baseline is not None
            else goes_on
            and not where.exists()
            and _may(
                yes,
                Text(
                    "오늘의 발견을 받아들여 새로 생긴 것만 실패하게 할까?",
                    "Accept today's findings, so that only new ones fail?",
                ),
                language,
            )
        )
        if asked and not where.exists():
            with writing(where):
                write_whole(where, baselines.dump(findings).encode("utf-8"), sources.files.reach, before=None)
            count = len(findings)
            said = Text(
                f"{count}개를 받아들였다. 지우면 다시 보인다",
                f"accepts {counted(count, 'finding')}; delete it to see them again",
            )
            show(f"{where.name}: {said.in_(language)}\n")
    show(_NEXT[language])
    raise typer.Exit(report_unreadable(sources.unreadable, [*project.faults, *run.faults]))


_FIRST = 3  # findings that are shown: what they look like
_NO_WORKFLOW = Text(
    "CI 워크플로는 쓰지 않는다: 이 dlcards는 이 컴퓨터의 폴더에서 설치되어 CI가 받을 곳을 모른다. "
    "저장소의 주소에서 설치하고 다시 친다: pip install git+주소",
    "no workflow for CI: this dlcards was installed from a folder of this machine, so that CI could not get "
    "it. Install it from its repository's address, and run this again: pip install git+ADDRESS",
)
_LEFT = {"ko": "있는 것을 그대로 둔다.", "en": "is there, and left as it is;"}
_PLAN = {"ko": "쓸 것:\n", "en": "To be written:\n"}
_CLEAN = {"ko": "발견한 것이 없다.\n", "en": "Nothing was found.\n"}
_NEXT = {
    "ko": "다음: 발견한 것은 dlcards lint, 고칠 것은 dlcards lint --fix --diff, 덱은 dlcards export\n",
    "en": "Next: what was found: dlcards lint; what can be mended: dlcards lint --fix --diff; the deck: "
    "dlcards export\n",
}


def _is_there(file: Beginning, root: Path, start: Path) -> bool:
    """Whether there is such a file, or another one that does its work."""
    if file.path.name in PROJECT_FILES and project_file(start):
        return True
    return not file.text or os.path.lexists(root / file.path)


def _ignores(root: Path) -> bool:
    """Whether ``.gitignore`` has the line already."""
    try:
        lines = (root / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.strip().strip("/") == IGNORED.strip("/") for line in lines)


def _may(yes: bool, question: Text, language: str) -> bool:
    """Whether to go on; where nobody can be asked, not without ``--yes``."""
    if yes:
        return True
    if not _can_ask():
        note(Text(f"{question.ko} --yes를 주면 그렇게 한다", f"{question.en} --yes does so"))
        return False
    return typer.confirm(question.in_(language), default=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _write(files: list[Beginning], sources: Sources, root: Path) -> None:
    for file in files:
        target = root / file.path
        with writing(target):
            make_folder(target.parent, sources.files.reach)
            write_whole(target, file.text.encode("utf-8"), sources.files.reach, before=None)
