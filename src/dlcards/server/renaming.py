"""A question's number, or the words of a heading, under another name wherever they are spoken of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from dlcards.document.anchors import folded
from dlcards.document.build import build
from dlcards.linter.fixes import apply
from dlcards.model import Document, Edit, Heading, InputError, Link, Pair, Span, Text
from dlcards.project.sources import Source
from dlcards.server.folder import Known
from dlcards.server.opened import Opened
from dlcards.server.targets import Target, document_at, links_to, target_of

_NUMBER = re.compile(r"\d+(?:-\d+)*")


class Name(NamedTuple):
    """What can be renamed: a heading's words, or the number in it.

    Attributes:
        path: The file that it stands in.
        document: Its document.
        heading: The heading.
        span: Where the number or the words stand in the document.
        pair: The question whose number it is; None for words.
    """

    path: str
    document: Document
    heading: Heading
    span: Span
    pair: Pair | None

    @property
    def words(self) -> str:
        """The name as it stands in the source."""
        return self.span.of(self.document.text)


def name_at(opened: Opened, offset: int, others: Mapping[str, Opened]) -> tuple[Name, Span] | None:
    """What is named at an offset of a settled document, by a heading or a link to one, and where.

    Returns:
        None where nothing is that can be renamed.
    """
    known = opened.known
    if known is None:
        return None
    for heading in known.document.headings:
        if heading.node.span.start <= offset < max(heading.node.span.end, heading.node.span.start + 1):
            name = _name(opened.path, known.document, heading)
            return None if name is None else (name, name.span)
    found = opened.link_at(offset)
    if found is None:
        return None
    link, span = found
    target = target_of(link, known, opened.path)
    if target is None or not target.anchor:
        return None
    there = others.get(target.path)
    if there is not None and there.is_settled and there.known is not None:
        document: Document | None = there.known.document
    else:
        document = document_at(target.path, known)
    for heading in document.headings if document else ():
        if document and folded(heading.slug) == target.anchor:
            name = _name(target.path, document, heading)
            return None if name is None else (name, span)
    return None


def renamed(
    name: Name, new: str, opened: Mapping[str, Opened], sources: Sequence[Source], known: Known
) -> dict[str, list[Edit]]:
    """The edits that give another name to what is named, by the real paths of files.

    The heading, every anchor that changes with it, of questions that belong to this one, too, and links whose
    words are the old name.

    Args:
        name: What is renamed.
        new: Its new name, as it is to stand in the source.
        opened: What is open in the editor.
        sources: The documents of the run.
        known: What is known of one of them.

    Raises:
        InputError: The name can't be; the message says why.
    """
    new = " ".join(new.split())
    if name.pair is not None:
        new = new.removeprefix("#")
        if not _NUMBER.fullmatch(new):
            raise InputError(Text("번호는 12나 12-3처럼 쓴다", "a number is written as 12 or 12-3"))
    if not new:
        raise InputError(Text("이름이 비어 있다", "the name is empty"))
    before = name.document
    headings = _renumbered(name, new) if name.pair else [Edit(name.span, new)]
    after = build(before.path, apply(before.text, headings), known.context.config)
    ids = [pair.id for pair in after.pairs]
    if len(after.headings) != len(before.headings) or len(ids) != len(before.pairs):
        raise InputError(Text("그렇게 쓰면 제목이 아니다", "written like this it is no heading"))
    if name.pair and len(set(ids)) < len({pair.id for pair in before.pairs}):
        raise InputError(Text(f"{new}번 질문이 이미 있다", f"there is a question {new} already"))
    slugs = {
        folded(old.slug): made.slug
        for old, made in zip(before.headings, after.headings, strict=True)
        if old.slug != made.slug
    }
    edits: dict[str, list[Edit]] = {name.path: list(headings)}
    words = _spoken(name, new)
    led = {Target(name.path, anchor) for anchor in (*slugs, *(folded(slug) for slug in words))}
    for place, link, target in links_to(sorted(led), opened, sources, known):
        own = edits.setdefault(place.path, [])
        if target.anchor in slugs:
            own += _anchor_edit(place.text, link, slugs[target.anchor])
        for slug, (old_words, new_words) in words.items():
            if folded(slug) == target.anchor and link.text in old_words:
                own += _words_edit(place.text, link, new_words[old_words.index(link.text)])
    for path, own in edits.items():
        edits[path] = sorted({edit for edit in own if edit.span.start <= edit.span.end})
    return edits


def _name(path: str, document: Document, heading: Heading) -> Name | None:
    node = heading.node
    if node.kind != "heading" or not node.children:
        return None
    words = Span(node.children[0].span.start, node.children[-1].span.end)
    pair = next(
        (p for p in document.pairs if p.anchor.span == node.span and p.anchor is not p.question_node), None
    )
    number = (
        re.search(re.escape(pair.id), words.of(document.text))
        if pair and _NUMBER.fullmatch(pair.id)
        else None
    )
    if pair and number:
        at = words.start + number.start()
        return Name(path, document, heading, Span(at, at + len(pair.id)), pair)
    return Name(path, document, heading, words, None)


def _renumbered(name: Name, new: str) -> list[Edit]:
    """The number's edit, and those of the questions that belong to it: ``12-1`` becomes ``13-1``."""
    assert name.pair
    edits = []
    by_place = {heading.node.span: heading for heading in name.document.headings}
    for pair in _family(name):
        heading = by_place.get(pair.anchor.span)
        found = _name(name.path, name.document, heading) if heading else None
        if found and found.pair is pair:
            edits.append(Edit(found.span, new + pair.id[len(name.pair.id) :]))
    return edits


def _family(name: Name) -> list[Pair]:
    """The question whose number it is, and those that belong to it."""
    own = name.pair
    assert own
    return [pair for pair in name.document.pairs if pair is own or pair.id.startswith(f"{own.id}-")]


def _spoken(name: Name, new: str) -> dict[str, tuple[list[str], list[str]]]:
    """How links call what is renamed, and how they are to call it, by the anchors that lead to it."""
    if name.pair:
        found = {}
        for pair in _family(name):
            now = new + pair.id[len(name.pair.id) :]
            found[pair.slug] = ([f"#{pair.id}", pair.id], [f"#{now}", now])
        return found
    said = ([name.heading.text], [new])
    found = {name.heading.slug: said}
    for pair in name.document.pairs:
        if pair.question_node is not None and pair.question_node.span == name.heading.node.span and pair.slug:
            found[pair.slug] = said
    return found


def _anchor_edit(text: str, link: Link, slug: str) -> list[Edit]:
    """The edit of a link's anchor; written with percent signs where it was."""
    written = link.url_span.of(text)
    at = written.find("#")
    if at < 0:
        return []
    anchor = written[at + 1 :]
    return [
        Edit(Span(link.url_span.start + at + 1, link.url_span.end), quote(slug) if "%" in anchor else slug)
    ]


def _words_edit(text: str, link: Link, words: str) -> list[Edit]:
    """The edit of a link's words, where they stand in it as they are."""
    source = link.span.of(text)
    close = source.rfind("](", 0, max(0, link.url_span.start - link.span.start + 1))
    if not source.startswith("[") or close < 0:
        return []
    return [
        Edit(Span(link.span.start + 1, link.span.start + close), re.sub(r"(?<!\\)([\[\]])", r"\\\1", words))
    ]
