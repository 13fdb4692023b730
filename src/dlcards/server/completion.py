"""What an address or a label that is being typed may become: anchors, files, labels."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from dlcards.model import Link, LinkKind, Span, lazy_compile
from dlcards.project.picture_bytes import FORMAT_OF_SUFFIX
from dlcards.project.sources import Source
from dlcards.project.systems import real_path, seen_from
from dlcards.server.opened import Opened
from dlcards.server.targets import Target, is_markdown, target_of

# What stands before the cursor on its line.
_ADDRESS = lazy_compile(
    r"(?P<image>!?)\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\(<?(?P<typed>[^()\s<>]*)$"
    r"|^ {0,3}\[[^\[\]]+\]:[ \t]*<?(?P<defined>[^\s<>]*)$"
    r"|\b(?:src|srcset)\s*=\s*[\"'](?P<shown>[^\"']*)$"
    r"|\bhref\s*=\s*[\"'](?P<led>[^\"']*)$"
)
_LABEL = lazy_compile(r"\[(?P<typed>[^\[\]\\]*)$")
_MOST = 1_000  # items; what is typed next makes it fewer
_ENDS_NAME = " ()<>\"'?#%\\"


class Completion(NamedTuple):
    """One thing that what was typed may become.

    Attributes:
        text: What to write in place of it.
        kind: ``anchor``, ``document``, ``picture``, ``folder`` or ``label``.
        detail: What it is.
        replaced: Where what was typed stands.
    """

    text: str
    kind: str
    detail: str
    replaced: Span


def completions(
    opened: Opened, offset: int, others: Mapping[str, Opened], sources: tuple[Source, ...]
) -> list[Completion]:
    """What may be meant at an offset, at most a thousand; nothing where no address or label is typed."""
    if opened.known is None:
        return []
    line = opened.lines.line(opened.lines.position(offset).line)
    before = opened.text[line.start : offset]
    if (match := _ADDRESS.search(before)) is not None:
        name = match.lastgroup or "typed"
        if name == "image":
            name = "typed"
        typed = match[name]
        place = Span(line.start + match.start(name), offset)
        pictures = bool(match["image"]) or name == "shown"
        if "#" in typed:
            return [*_anchors(opened, typed, place, others)][:_MOST]
        files = [*_files(opened, typed, place, sources, pictures=pictures)]
        anchors = [] if typed or pictures else [*_anchors(opened, "#", place, others)]
        return [*files, *anchors][:_MOST]
    if (match := _LABEL.search(before)) is not None:
        place = Span(line.start + match.start("typed"), offset)
        labels = {link.text: link.url for link, _ in opened.definitions()}
        return [Completion(label, "label", url, place) for label, url in labels.items()][:_MOST]
    return []


def _anchors(opened: Opened, typed: str, place: Span, others: Mapping[str, Opened]) -> Iterator[Completion]:
    """The anchors of the document that an address with a ``#`` names."""
    assert opened.known
    path = typed.partition("#")[0]
    target = Target(opened.path, "")
    if path:
        link = Link(LinkKind.LINK, path, "", place, place)
        found = target_of(link, opened.known, opened.path)
        if found is None or not is_markdown(found.path):
            return
        target = found
    place = Span(place.start + len(path), place.end)
    there = others.get(target.path)
    if there is not None and there.known is not None:
        # An id that is the anchor stands there already.
        questions = {
            pair.slug: pair.question if pair.id == pair.slug else f"#{pair.id} {pair.question}".strip()
            for pair, _ in there.pairs()
        }
        headings = [(heading.slug, heading.text) for heading, _ in there.headings()]
        known = dict.fromkeys(slug for slug, _ in headings)
        words = {**dict(headings), **questions}
        slugs = [*known, *(each for each in there.known.document.ids if each not in known)]
    else:
        words = {}
        slugs = sorted(opened.known.files.anchors(opened.known.files.relative(Path(target.path))) or ())
    for slug in slugs:
        if slug:
            yield Completion(f"#{_written(slug)}", "anchor", words.get(slug, ""), place)


def _files(
    opened: Opened, typed: str, place: Span, sources: tuple[Source, ...], *, pictures: bool
) -> Iterator[Completion]:
    """The files that a relative path, as far as it is typed, may lead to.

    Those of the folder that is typed, and the run's documents wherever they are.
    """
    assert opened.known
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", typed):
        return
    root = opened.known.files.root
    folder_typed = typed[: typed.rfind("/") + 1]
    start = root if typed.startswith("/") else Path(opened.path).parent
    folder = Path(os.path.normpath(start / unquote(folder_typed).lstrip("/")))
    if opened.known.files.reach.holds(folder):
        for name, is_folder in _inside(folder):
            if name.startswith(".") or os.path.join(folder, name) == opened.path:  # noqa: PTH118
                continue
            kind = "folder" if is_folder else _kind(name)
            if kind == "folder" or (kind == "picture") == pictures:
                written = folder_typed + _written(name) + "/" * is_folder
                yield Completion(written, kind, "", place)
    if pictures or typed.startswith("/"):
        return
    for source in sources:
        real = real_path(source.file)
        if real != opened.path and os.path.dirname(real) != str(folder):  # noqa: PTH120
            away = seen_from(real, Path(opened.path).parent)
            yield Completion(_written(away), "document", "", place)


def _inside(folder: Path) -> list[tuple[str, bool]]:
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.name, entry.is_dir()) for entry in entries)
    except OSError:
        return []


def _kind(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if is_markdown(name):
        return "document"
    return "picture" if suffix in FORMAT_OF_SUFFIX else "file"


def _written(name: str) -> str:
    """A name as part of an address: what would end or change it is written with percent signs."""
    return "".join(quote(each) if each in _ENDS_NAME else each for each in name)
