"""The command line: read, call, print, exit. The only place that prints or exits."""

from __future__ import annotations

import difflib
import locale
import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dlcards import __version__
from dlcards.config import ConfigError, closest, load
from dlcards.document import build
from dlcards.files import Checkout, Unreadable, find_documents, find_root, read_text, write_whole
from dlcards.model import LANGUAGES, Context, Document, Text

if TYPE_CHECKING:
    from dlcards.deck.export import Export
    from dlcards.lint import ValidPair

app = typer.Typer(
    help="Lint markdown documents of questions and answers, and make Anki decks of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; this folder when none is given.")
]
Language = Annotated[
    str, typer.Option("--lang", help="Language of messages: ko or en. Default: the locale's.")
]


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def lint(
    paths: Paths = None,
    output: Annotated[str, typer.Option("--format", help="How to show findings: text or json.")] = "text",
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended, then show what is left.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")
    ] = False,
    lang: Language = "",
) -> None:
    """Find what hurts a reader or a learner. Exit code: 0 nothing found, 1 findings, 2 bad usage or input."""
    from dlcards.fixes import fix as fix_text
    from dlcards.lint import lint as lint_document
    from dlcards.reports import FORMATS
    from dlcards.reports.summary import Summary

    language = _language(lang)
    if output not in FORMATS:
        _fail(f"unknown format {output!r}{closest(output, list(FORMATS))} (known: {', '.join(FORMATS)})")
    project = Project.open(paths or [Path()])
    if fix or diff:
        for index, (path, document) in enumerate(project.documents):
            fixed = fix_text(document.path, document.text, project.context)
            if fixed.text == document.text:
                continue
            if diff:
                _print(_unified_diff(document, fixed.text))
                continue
            try:
                write_whole(path, fixed.text.encode("utf-8"))
            except OSError as error:
                project.unreadable.append(Unreadable(str(path), f"cannot be written: {error.strerror}"))
                continue
            project.documents[index] = (path, build(document.path, fixed.text, project.context.config))
    if diff:
        raise typer.Exit(2 if project.unreadable else 0)
    documents = [document for _, document in project.documents]
    findings = [finding for document in documents for finding in lint_document(document, project.context)]
    _print(FORMATS[output](Summary(documents, findings, project.context), language))
    _report_unreadable(project)
    raise typer.Exit(2 if project.unreadable else 1 if findings else 0)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or name, such as Q001 or missing-answer.")],
    lang: Language = "",
) -> None:
    """Show a rule's page: what it finds, why that hurts, how to mend it, examples."""
    from dlcards.rules import RULES
    from dlcards.rules.pages import render

    for rule in RULES:
        if code.casefold() in (rule.code.casefold(), rule.name):
            _print(render(rule, _language(lang)))
            return
    known = [word for rule in RULES for word in (rule.code, rule.name)]
    _fail(f"unknown rule {code!r}{closest(code.upper(), known) or closest(code, known)}")


@app.command()
def export(
    paths: Paths = None,
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
    lang: Language = "",
) -> None:
    """Make an Anki deck of all valid pairs. Exit code: 0 done, 1 as options say, 2 bad usage or input."""
    from dlcards.deck import identity
    from dlcards.deck.export import export as make_export

    language = _language(lang)
    project = Project.open(paths or [Path()])
    documents = [document for _, document in project.documents if document.pairs]
    if not documents:
        _fail("no questions in " + ", ".join(str(path) for path, _ in project.documents))
    name = deck or project.context.config.deck or documents[0].path.stem
    target = output or project.files.root / "build" / f"{_file_name(name)}.apkg"
    lock_path = lock or _common_folder(project) / "deck.lock"
    old_text = _read_lock(lock_path)
    try:
        old = identity.load(old_text, str(lock_path)) if old_text else identity.Lock()
    except identity.LockError as error:
        _fail(str(error))
    now = _now()
    result = make_export(documents, project.context, project.files.root, name, old, now, _progress)
    _print(_export_report(result, language))
    _report_unreadable(project)
    new_text = identity.dump(result.identified.lock)
    if locked and new_text != old_text:
        print(f"dlcards: {lock_path} is stale: export without --locked and commit it", file=sys.stderr)
        raise typer.Exit(1)
    if not result.identified.cards:
        print("dlcards: no card could be made; nothing was written", file=sys.stderr)
        raise typer.Exit(1)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, result.package)
        if new_text != old_text:
            write_whole(lock_path, new_text.encode("utf-8"))
    except OSError as error:
        _fail(f"{error.filename or target}: cannot be written: {error.strerror}")
    questions = sum(len(document.pairs) for document in documents)
    packed, changed = len(result.identified.cards), result.identified
    _print(
        Text(
            f"{_shown(target)}: 질문 {questions}개 가운데 {packed}개를 담았다 "
            f"(새 카드 {changed.new}, 바뀐 카드 {changed.changed}, 그림 {result.media})\n",
            f"{_shown(target)}: packed {packed} of {questions} questions "
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
        _fail(f"{path}: cannot be read: {error}")


def _now() -> int:
    """The present second; ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        _fail(f"SOURCE_DATE_EPOCH must be a number of seconds, not {epoch!r}")
    return int(epoch) if epoch else int(time.time())


def _file_name(deck: str) -> str:
    return deck.replace("::", "-").replace("/", "-")


def _shown(path: Path) -> str:
    return os.path.relpath(path)


class Project:
    """The documents that a command works on, read and parsed.

    Attributes:
        documents: The documents with the paths they were read from.
        unreadable: What could not be read.
        context: What the rules may use.
    """

    def __init__(self, files: Checkout, context: Context) -> None:
        self.files = files
        self.context = context
        self.documents: list[tuple[Path, Document]] = []
        self.unreadable: list[Unreadable] = []

    @classmethod
    def open(cls, paths: list[Path]) -> Project:
        """Read the documents under ``paths``; exits with 2 where there are none."""
        root = find_root(paths[0])
        try:
            config = load(root).config
        except ConfigError as error:
            _fail(str(error))
        files = Checkout(root, config)
        project = cls(files, Context(config, files))
        for path in find_documents(paths):
            text = path if isinstance(path, Unreadable) else read_text(path)
            if isinstance(text, Unreadable) or isinstance(path, Unreadable):
                assert isinstance(text, Unreadable)
                project.unreadable.append(text)
                continue
            document = build(files.relative(path), text, config)
            files.add(document)
            project.documents.append((path, document))
        if not project.documents:
            _report_unreadable(project)
            if not project.unreadable:
                _fail(f"no markdown file in {', '.join(map(str, paths))}")
            raise typer.Exit(2)
        return project


def _report_unreadable(project: Project) -> None:
    for unreadable in project.unreadable:
        print(f"dlcards: {unreadable}", file=sys.stderr)


def _unified_diff(document: Document, text: str) -> str:
    # keepends on "\n" alone: str.splitlines() would also break lines at U+2028 and form feeds.
    before, after = _lines(document.text), _lines(text)
    lines = difflib.unified_diff(before, after, f"a/{document.path}", f"b/{document.path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _language(asked: str) -> str:
    if asked and asked not in LANGUAGES:
        _fail(f"unknown language {asked!r} (known: {', '.join(LANGUAGES)})")
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return asked or ("ko" if (name or locale.getlocale()[0] or "").startswith("ko") else "en")


def _print(text: str) -> None:
    # Korean must come out whatever the locale says; a pipe gets the same bytes as a terminal.
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    print(f"dlcards: {message}", file=sys.stderr)
    raise typer.Exit(2)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)
    ] = False,
) -> None:
    """Lint markdown documents of questions and answers, and make Anki decks of them."""
    if show:
        print(__version__)
        raise typer.Exit()
