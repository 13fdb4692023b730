"""The page that GitHub shows of a text, as cmark-gfm renders it, and what a fix does to it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.linter.fixes import mend
from dlcards.model import Aspect, Context, Document
from tests.support.documents import PATH

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_MARKED = frozenset({"em", "strong", "del", "code"})
_BLOCKS = frozenset(
    ["blockquote", "details", "summary", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "pre"]
    + ["table", "tbody", "td", "th", "thead", "tr", "ul"]
)


@dataclass
class Shown:
    """What a page shows.

    Attributes:
        words: Its letters and digits.
        marked: Those that are emphasised, struck through or code.
        links: The addresses of its links, in order, those of bare addresses among them.
        pictures: The addresses of its pictures, in order.
        code: What stands in its blocks of code, to the character.
        structure: Its headings, lists, tables, quotes and folds: where each begins and ends.
        breaks: How many lines are broken.
    """

    words: str = ""
    marked: Counter[tuple[str, str]] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
    breaks: int = 0

    @property
    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.marked.elements())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self.texts: list[str] = []
        self._open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKED or tag == "pre":
            self._open.append((tag, len(self.texts)))
        if tag in _BLOCKS:
            self.shown.structure.append(tag)
        self.shown.breaks += tag == "br"
        for found, name, value in ((tag, name, value) for name, value in attrs):
            if (found, name) == ("a", "href"):
                self.shown.links.append(unquote(value or ""))
            elif (found, name) == ("img", "src"):
                self.shown.pictures.append(unquote(value or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.shown.structure.append(f"/{tag}")
        begun = next((start for start in reversed(self._open) if start[0] == tag), None)
        if begun:
            self._open.remove(begun)
            inside = "".join(self.texts[begun[1] :])
            if tag == "pre":
                self.shown.code.append(inside)
            else:
                self.shown.marked[tag, _letters(inside)] += 1

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


def page_of(text: str) -> Shown:
    """What GitHub shows of a text."""
    reader = _Page()
    # An unclosed declaration is text to GitHub; Python's parser of HTML gives up on some.
    html = cmarkgfm.github_flavored_markdown_to_html(text.replace("\0", "\ufffd"), _OPTIONS)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        pass  # as much as could be read, on both sides
    reader.shown.words = _letters("".join(reader.texts))
    return reader.shown


def shown(document: Document) -> Shown:
    """What GitHub shows of a document, but for its contents."""
    text = document.text
    if document.contents:
        text = text[: document.contents.span.start] + text[document.contents.span.end :]
    return page_of(text)


def harms(text: str, used: Context, path: PurePosixPath = PATH) -> Iterator[str]:
    """Each fix, of those that prove themselves, after which a page says something else, and what it does."""
    document = build(path, text, used.config)
    findings = lint(document, used)
    before = None
    for finding in findings:
        after = mend(document, findings, [finding], used) if finding.diagnostic.fix else None
        if after is None:
            continue
        before = before or shown(document)
        for harm in between(before, shown(build(path, after, used.config)), meant_by(finding)):
            yield f"{finding.code} {harm}: {text!r} became {after!r}"


def meant_by(finding: Finding) -> frozenset[Aspect]:
    """What the fix of a finding means to change."""
    return finding.diagnostic.fix.changes if finding.diagnostic.fix else frozenset()


def between(before: Shown, after: Shown, meant: frozenset[Aspect]) -> Iterator[str]:
    """How a page is another one than before, in something that nobody meant to change."""
    if Aspect.WORDS not in meant and before.words != after.words:
        yield "changed words"
    if Aspect.EMPHASIS not in meant:
        gone = before.tags - after.tags if Aspect.WORDS in meant else Counter(before.marked - after.marked)
        if gone:
            yield f"lost {sorted(gone)}"
    if Aspect.ADDRESSES not in meant:
        for name in ("links", "pictures"):
            if getattr(before, name) != getattr(after, name):
                yield f"changed {name} {getattr(before, name)} to {getattr(after, name)}"
    if not meant & {Aspect.WORDS, Aspect.EMPHASIS} and before.code != after.code:
        yield "changed code"
    if not meant & {Aspect.STRUCTURE, Aspect.NESTING} and before.structure != after.structure:
        yield "changed structure"
    if Aspect.BREAKS not in meant and before.breaks != after.breaks:
        yield "changed breaks"
