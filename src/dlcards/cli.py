"""The command line: read, call, print, exit. The only place that prints or exits."""

from __future__ import annotations

import difflib
import locale
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dlcards import __version__
from dlcards.config import ConfigError, closest, load
from dlcards.document import build
from dlcards.files import Checkout, Unreadable, find_documents, find_root, read_text, write_whole
from dlcards.model import LANGUAGES, Context, Document

app = typer.Typer(
    help="Lint markdown documents of questions and answers, and make Anki decks of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Paths = Annotated[list[Path] | None, typer.Argument(help="Files and folders; this folder when none is given.")]
Language = Annotated[str, typer.Option("--lang", help="Language of messages: ko or en. Default: the locale's.")]


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def lint(
    paths: Paths = None,
    output: Annotated[str, typer.Option("--format", help="How to show findings: text or json.")] = "text",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended, then show what is left.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    lang: Language = "",
) -> None:
    """Find what hurts a reader or a learner. Exit code: 0 nothing found, 1 findings, 2 bad usage or input."""
    from dlcards.lint import fix as fix_text
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
            config = load(root)
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
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


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
    show: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    """Lint markdown documents of questions and answers, and make Anki decks of them."""
    if show:
        print(__version__)
        raise typer.Exit()
