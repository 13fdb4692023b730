"""What tests share: documents in a line, a project in a dictionary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from textwrap import dedent

from hypothesis import settings
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.linter.engine import RefusedPair, ValidPair, errors_in, examine, lint, lint_all, run_of
from dlcards.linter.finding import Finding
from dlcards.linter.fixes import fix
from dlcards.model import Config, Context, Document, Facts

settings.register_profile("suite", deadline=None, max_examples=150, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

PATH = PurePosixPath("answers/deep-learning.md")

# Pieces that make text look like markdown far more often than random characters do.
_PIECES = st.sampled_from(
    [
        "# ",
        "## #1",
        "#### ",
        "- ",
        "> ",
        "1. ",
        "    ",
        "\t",
        "```",
        "~~~",
        "---",
        "===",
        "$$",
        "$",
        "**",
        "*",
    ]
    + [
        "_",
        "__",
        "`",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "<b>",
        "<!--",
        "-->",
        "|",
        "|-|",
        "\\",
        "&amp;",
    ]
    + [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\ufeff",
        "\u2028",
        "\f",
        "\v",
        "\0",
        "\u00a0",
        "\u200b",
        "가",
        "은",
        "a",
        "1",
        " ",
    ]
    + [
        "[a]: b",
        "[^1]",
        "[^1]: x",
        "![i](p.png)",
        "[글](u)",
        "References",
        "~~",
        "<img src='a'>",
        "{{c1::",
        ":",
    ]
)
markdownish = st.lists(_PIECES | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


def md(text: str) -> str:
    """A document written indented in a test."""
    return dedent(text).strip("\n") + "\n"


@dataclass
class FakeFiles:
    """The files of a project, without a disk: paths, and the anchors of the documents among them."""

    paths: frozenset[str] = frozenset()
    anchors_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)
    ignored_paths: frozenset[str] = frozenset()
    leaving_paths: frozenset[str] = frozenset()

    def exists(self, path: PurePosixPath) -> bool:
        return str(path) in self.paths or str(path) in self.contents

    def leaves(self, path: PurePosixPath) -> bool:
        return str(path) in self.leaving_paths

    def ignored(self, path: PurePosixPath) -> bool:
        return str(path) in self.ignored_paths

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        near = sorted(p for p in self.paths if p.casefold() == str(path).casefold())
        return PurePosixPath(near[0]) if near else None

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        return self.anchors_of.get(str(path))

    def read(self, path: PurePosixPath) -> bytes | None:
        return self.contents.get(str(path))

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        every = {PurePosixPath(path) for path in (*self.paths, *self.contents)}
        return tuple(sorted(path.name for path in every if path.parent == folder))


def context(config: Config | None = None, files: FakeFiles | None = None) -> Context:
    return Context(config or Config(), files or FakeFiles())


def context_of(documents: Iterable[Document], config: Config, files: FakeFiles | None = None) -> Context:
    """What rules may use of a run over documents."""
    alone = context(config, files)
    return alone._replace(run=run_of(documents, alone))


def document(text: str, config: Config | None = None) -> Document:
    return build(PATH, text, config or Config())


def valid_pairs(documents: Iterable[Document], context: Context) -> tuple[list[ValidPair], list[RefusedPair]]:
    """Part the pairs of documents into those fit for a deck and those with an error in them."""
    valid: list[ValidPair] = []
    refused: list[RefusedPair] = []
    documents = tuple(documents)
    for document, findings in zip(documents, lint_all(documents, context, structural=True), strict=True):
        errors = [finding for finding in findings if finding.blocks_export(context.config)]
        for pair, own in zip(document.pairs, errors_in(document.pairs, errors), strict=True):
            if own:
                refused.append(RefusedPair(document, pair.outline, own))
            else:
                valid.append(ValidPair(document, pair))
    return valid, refused


def facts(text: str) -> Facts:
    """What is known of a document with this text."""
    return examine(document(text), context()).facts


def findings(text: str, config: Config | None = None, files: FakeFiles | None = None) -> list[Finding]:
    return lint(document(text, config), context(config, files))


def places(text: str, code: str, config: Config | None = None, files: FakeFiles | None = None) -> list[str]:
    """Where a rule, selected unless ``config`` says otherwise, finds something: ``line:column source``."""
    return [place_of(f) for f in findings(text, config or asked(code), files) if f.code == code]


def place_of(finding: Finding) -> str:
    """Where a finding stands: ``line:column source``."""
    document, span = finding.document, finding.diagnostic.span
    line, column = document.position(span.start)
    return f"{line}:{column} {span.of(document.text)}"


def causes(text: str, code: str, config: Config | None = None) -> list[str]:
    """The cause that each finding of a rule names."""
    return [f.diagnostic.cause for f in findings(text, config or asked(code)) if f.code == code]


def messages(text: str, code: str, config: Config | None = None, files: FakeFiles | None = None) -> list[str]:
    """What a rule says in English, finding for finding."""
    found = findings(text, config or asked(code), files)
    return [f.diagnostic.message.en for f in found if f.code == code]


def asked(code: str) -> Config:
    """A configuration that selects one rule besides those that are on."""
    return Config(select=(code,))


def only(code: str) -> Config:
    """A configuration that switches off all rules but one."""
    return Config(select=(code,), ignore=tuple("QTLIMKDS"))


def mend(text: str, config: Config | None = None, files: FakeFiles | None = None) -> str:
    """What the fixes make of a text."""
    return fix(PATH, text, context(config, files)).text


# Lines of a quote that begins with a label: further labels, words, a list.
QUOTE_LINES = ("핵심: 가", "**핵심:** 나", "힌트: 다", "*힌트* — 라", "마 **바**", "`사`", "", "- 아")
