"""Where links lead, and what leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from dlcards.document.anchors import folded
from dlcards.document.build import build
from dlcards.markdown.links import label_key
from dlcards.model import Document, Link, LinkKind, Span
from dlcards.project.addresses import decoded_fragment, local_target
from dlcards.project.files import MARKDOWN_SUFFIXES
from dlcards.project.sources import Source
from dlcards.project.systems import real_path
from dlcards.server.folder import Known
from dlcards.server.opened import Opened

_LABEL = re.compile(r"\[([^\[\]\\]*(?:\\.[^\[\]\\]*)*)\]$", re.S)


class Target(NamedTuple):
    """A place in a file of the project.

    Attributes:
        path: The file's real path.
        anchor: The anchor in it, as anchors are compared; empty for the file itself.
    """

    path: str
    anchor: str


class Place(NamedTuple):
    """A passage of a document that may be open or not: its file, its text, and where it stands."""

    path: str
    text: str
    span: Span


def target_of(link: Link, known: Known, path: str) -> Target | None:
    """Where a link of a document leads; None where that is no file of the project.

    Args:
        link: The link.
        known: What is known of its document.
        path: The document's real path.
    """
    if link.url.startswith("#"):
        return Target(path, _anchor(decoded_fragment(link.url)))
    local = local_target(link.url, known.document.path, known.context.config)
    if local is None or not known.files.exists(local.path):
        return None
    return Target(real_path(known.files.root / local.path), _anchor(local.fragment))


def is_markdown(path: str) -> bool:
    """Whether a file is a markdown document."""
    return path.lower().endswith(MARKDOWN_SUFFIXES)


def passage_of(target: Target, opened: Mapping[str, Opened], known: Known) -> Place | None:
    """The heading or element that a target means, in what its document holds now.

    Args:
        target: The target.
        opened: What is open in the editor.
        known: What is known of a document of the same project.

    Returns:
        The beginning of the file for one without anchor; None where there is nothing.
    """
    there = opened.get(target.path)
    if there is not None and there.known is not None:
        text, headings = there.text, [(heading.slug, span) for heading, span in there.headings()]
    elif is_markdown(target.path):
        document = document_at(target.path, known)
        if document is None:
            return None
        text = document.text
        headings = [(heading.slug, heading.node.span) for heading in document.headings]
    else:
        return Place(target.path, "", Span(0, 0))
    if not target.anchor:
        return Place(target.path, text, Span(0, 0))
    found = next((span for slug, span in headings if folded(slug) == target.anchor), None)
    if found is None:
        element = re.search(
            rf"""\b(?:id|name)\s*=\s*["']?{re.escape(target.anchor)}(?=["'\s>])""", text, re.I
        )
        found = Span(*element.span()) if element else None
    return None if found is None else Place(target.path, text, found)


def document_at(path: str, known: Known) -> Document | None:
    """A document that is not open."""
    name = known.files.relative(Path(path))
    data = known.files.read(name)
    text = None if data is None else data.decode("utf-8", "replace")
    return None if text is None else build(name, text, known.context.config)


def label_at(opened: Opened, offset: int) -> str:
    """The label that a link by reference, or a definition, goes by; empty where none is at an offset."""
    found = opened.link_at(offset)
    if found is None:
        return ""
    link, span = found
    if link.kind is LinkKind.DEFINITION:
        return label_key(link.text)
    if not link.by_reference:
        return ""
    source = span.of(opened.text).removesuffix("[]")
    label = _LABEL.search(source)
    # "[text]" alone is its own label, whatever stands in it.
    return label_key(label[1] if label else source.strip("![]"))


def definition_of(opened: Opened, label: str) -> Place | None:
    """Where a label is defined."""
    for link, span in opened.definitions():
        if label_key(link.text) == label:
            return Place(opened.path, opened.text, span)
    return None


def footnote_at(opened: Opened, offset: int) -> Place | None:
    """The footnote that a mark at an offset leads to."""
    mark = opened.node_at(offset, "footnote_ref")
    if mark is None:
        return None
    for note in opened.notes():
        if note[0].str_attr("key") == mark[0].str_attr("key"):
            return Place(opened.path, opened.text, note[1])
    return None


def references_at(
    opened: Opened, offset: int, others: Mapping[str, Opened], sources: Sequence[Source]
) -> list[Place]:
    """What leads to the same place as the link at an offset, or to the heading there; or uses the same label.

    Args:
        opened: A settled document.
        offset: A place in it.
        others: What is open in the editor.
        sources: The documents of the run.
    """
    assert opened.known
    document = opened.known.document
    if label := label_at(opened, offset):
        uses = (
            node for node in document.nodes() if node.kind in ("link", "image") and "place" not in node.attrs
        )
        return [
            Place(opened.path, opened.text, node.span)
            for node in uses
            if label_at(opened, node.span.end) == label
        ]
    found = opened.link_at(offset)
    target = target_of(found[0], opened.known, opened.path) if found else None
    for heading in document.headings:
        if target is None and heading.node.span.start <= offset <= heading.node.span.end:
            target = Target(opened.path, folded(heading.slug))
    if target is None:
        return []
    return [passage for passage, _, _ in links_to([target], others, sources, opened.known)]


def links_to(
    targets: Sequence[Target], opened: Mapping[str, Opened], sources: Sequence[Source], known: Known
) -> Iterator[tuple[Place, Link, Target]]:
    """Every link of a run's documents that leads to one of some targets: a definition once, not what uses it.

    Args:
        targets: The targets.
        opened: What is open in the editor.
        sources: The documents of the run.
        known: What is known of one of them.
    """
    wanted = set(targets)
    files = {target.path for target in targets}
    for source in sources:
        path = real_path(source.file)
        there = opened.get(path)
        if there is not None and there.is_settled and there.known is not None:
            document = there.known.document
        elif path in files or _may_name(files, source.document.text):
            document = build(source.document.path, source.document.text, known.context.config)
        else:
            continue
        for link in document.links:
            if link.by_reference and link.kind is not LinkKind.DEFINITION:
                continue
            target = target_of(link, known._replace(document=document), path)
            if target in wanted:
                yield Place(path, document.text, link.span), link, target


def _may_name(files: set[str], text: str) -> bool:
    """Whether a text can hold an address of one of some files; most need not be parsed to see that."""
    names = {Path(file).name for file in files}
    return any(name in text or quote(name) in text for name in names) or (
        "%" in text and any(name in unquote(text) for name in names)
    )


def _anchor(fragment: str) -> str:
    return folded(fragment.removeprefix("user-content-"))
