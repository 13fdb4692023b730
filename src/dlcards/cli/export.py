"""``dlcards export``: documents to a deck."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlcards.cli.output import LanguageOption, fail, language_of, note, show
from dlcards.cli.project import PathsArgument, Project, shown
from dlcards.files import write_whole
from dlcards.model import Text

if TYPE_CHECKING:
    from dlcards.deck.export import Export
    from dlcards.lint import ValidPair


def export(
    paths: PathsArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The package. Default: build/DECK.apkg in the project."),
    ] = None,
    deck: Annotated[
        str, typer.Option("--deck", help="The deck's name in Anki. Default: the configuration's.")
    ] = "",
    lock: Annotated[
        Path | None, typer.Option("--lock", help="The lock file. Default: deck.lock beside the documents.")
    ] = None,
    locked: Annotated[
        bool, typer.Option("--locked", help="Change nothing and exit with 1 when the lock is stale.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a pair was left out.")] = False,
    lang: LanguageOption = "",
) -> None:
    """Make an Anki deck of all valid pairs. Exit code: 0 done, 1 as options say, 2 bad usage or input."""
    from dlcards import lock as locks
    from dlcards.deck.export import export as make_export

    language = language_of(lang)
    project = Project.open(paths)
    documents = [document for _, document in project.documents if document.pairs]
    if not documents:
        where = ", ".join(str(path) for path, _ in project.documents)
        fail(Text(f"질문이 없다: {where}", f"no questions in {where}"))
    name = deck or project.context.config.deck or documents[0].path.stem
    target = output or project.files.root / "build" / f"{_file_name(name)}.apkg"
    lock_path = lock or _common_folder(project) / "deck.lock"
    old_text = _read_lock(lock_path)
    try:
        old = locks.load(old_text, str(lock_path)) if old_text else locks.Lock()
    except locks.LockError as error:
        fail(str(error))
    now = _now()
    result = make_export(documents, project.context, project.files.root, name, old, now, _progress)
    show(_export_report(result, language))
    project.report_unreadable()
    new_text = locks.dump(result.identified.lock)
    if locked and new_text != old_text:
        said = shown(lock_path)
        note(
            Text(
                f"{said}이 낡았다. --locked 없이 내보낸 뒤 커밋한다",
                f"{said} is stale: export without --locked and commit it",
            )
        )
        raise typer.Exit(1)
    if not result.identified.cards:
        note(Text("만들 카드가 없어 아무것도 쓰지 않았다", "no card could be made; nothing was written"))
        raise typer.Exit(1)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, result.package)
        if new_text != old_text:
            write_whole(lock_path, new_text.encode("utf-8"))
    except OSError as error:
        fail(f"{error.filename or target}: cannot be written: {error.strerror}")
    questions = sum(len(document.pairs) for document in documents)
    packed, changed = len(result.identified.cards), result.identified
    show(
        Text(
            f"{shown(target)}: 질문 {questions}개 가운데 {packed}개를 담았다 "
            f"(새 카드 {changed.new}, 바뀐 카드 {changed.changed}, 그림 {result.media})\n",
            f"{shown(target)}: packed {packed} of {questions} questions "
            f"({changed.new} new, {changed.changed} changed, {result.media} pictures)\n",
        ).in_(language)
    )
    left_out = result.refused or result.without_picture or changed.ambiguous
    raise typer.Exit(2 if project.unreadable else 1 if strict and left_out else 0)


def _export_report(result: Export, language: str) -> str:
    """What was left out of the deck, a line each with file, line and reason."""
    lines = []
    for refused in result.refused:
        for finding in refused.findings:
            line, _ = refused.document.position(finding.diagnostic.span.start)
            said = finding.diagnostic.message.in_(language)
            lines.append(f"{refused.document.path}:{line}: {finding.rule.code} {said}")
    for without in result.without_picture:
        line, _ = without.valid.document.position(without.valid.pair.place.start)
        lines.append(
            f"{without.valid.document.path}:{line}: #{without.valid.pair.id}: {without.reason.in_(language)}"
        )
    for ambiguous in result.identified.ambiguous:
        guids = ", ".join(row.guid for row in ambiguous.candidates)
        message = Text(
            f"어느 카드인지 알 수 없다. deck.lock에서 하나를 남기고 지운다: {guids}",
            f"may be either of several cards; keep one of them in deck.lock: {guids}",
        )
        lines.append(f"{ambiguous.card.document}: #{ambiguous.card.id}: {message.in_(language)}")
    if not lines:
        return ""
    head = Text("담지 않은 것:", "Left out:").in_(language)
    return "\n".join([head, *(f"  {line}" for line in lines)]) + "\n"


def _progress(pairs: Sequence[ValidPair]) -> Iterable[ValidPair]:
    if not sys.stderr.isatty():
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, "", console=Console(stderr=True), transient=True)


def _common_folder(project: Project) -> Path:
    return Path(
        os.path.commonpath(
            [os.path.realpath(path.parent) for path, document in project.documents if document.pairs]
        )
    )


def _read_lock(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path}: cannot be read: {error}")


def _now() -> int:
    """The present second; ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        fail(f"SOURCE_DATE_EPOCH must be a number of seconds, not {epoch!r}")
    return int(epoch) if epoch else int(time.time())


def _file_name(deck: str) -> str:
    return deck.replace("::", "-").replace("/", "-")
