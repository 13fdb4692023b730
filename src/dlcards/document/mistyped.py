"""Headings that are mistyped, as far as what refers to them tells: links know them by another anchor.

Where a heading and what leads to it disagree, either may be wrong: ``#12-33`` here, ``#12-3`` five times.
What decides, in this order: which of both numbers stands between its neighbours' numbers; which word the text
uses elsewhere; how many say the one, and how many the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple
from urllib.parse import unquote

from dlcards.document.anchors import resolves
from dlcards.document.numbering import Numbers, numbers, written
from dlcards.document.once import once
from dlcards.document.text import fold
from dlcards.document.typos import slip_between, spoken_for
from dlcards.markdown.slugs import slug
from dlcards.model import Document, Edit, Heading, Link, Pair, Span, lazy_compile

_NUMBER = lazy_compile(r"(\D{0,12}?)(\d{1,9}(?:-\d{1,9})*)(?!\d)(.*)", re.S)

_MOST_DEAD = 30  # anchors; where there are more, the links are old


class Mistyped(NamedTuple):
    """A heading that its document knows by another anchor than its own.

    Attributes:
        heading: The heading.
        anchor: The anchor by which links know it.
        links: These links, in order.
        is_heading: Whether it is the heading that is wrong; else nothing tells which side is.
        edit: What gives the heading that anchor, where only a number differs.
    """

    heading: Heading
    anchor: str
    links: tuple[Link, ...]
    is_heading: bool
    edit: Edit | None


@once
def mistyped(document: Document) -> Sequence[Mistyped]:
    """The headings that nothing leads to while links lead to nearly their anchor, as these come."""
    dead: dict[str, list[Link]] = defaultdict(list)
    led: set[str] = set()
    for link in document.links:
        if link.url.startswith("#") and not link.by_reference and not link.kind.is_image:
            anchor = unquote(link.url[1:])
            if resolves(anchor, document.anchors):
                led.add(fold(anchor))
            else:
                dead[anchor].append(link)
    if not dead or len(dead) > _MOST_DEAD or not document.headings:
        return ()
    headings = _Headings(document, led, [link.span for links in dead.values() for link in links])
    found = [each for anchor, links in dead.items() if (each := headings.meant(anchor, links))]
    # Two anchors for one heading: at least one of them is wrong, and nothing tells which.
    times = Counter(id(each.heading.node) for each in found)
    return tuple(each for each in found if times[id(each.heading.node)] == 1)


def meant_id(document: Document, pair: Pair) -> str:
    """A question's id; of one whose heading is mistyped, the one that links know it by."""
    return _meant_ids(document).get(id(pair.anchor), pair.id)


def mistyped_ids(document: Document) -> Set[str]:
    """The ids that stand in mistyped headings; another heading may rightly have one of them."""
    headings = _meant_ids(document)
    return {pair.id for pair in document.pairs if id(pair.anchor) in headings} if headings else set()


@once
def _meant_ids(document: Document) -> Mapping[int, str]:
    """By the headings' nodes."""
    return {id(each.heading.node): each.anchor for each in mistyped(document) if each.is_heading}


class _Headings:
    """The headings of a document with their own anchors: without the numbers that repeated ones get.

    Args:
        document: The document.
        led: The folded anchors that links lead to.
        dead: The places of the links that lead nowhere; what these say is no evidence of a word.
    """

    def __init__(self, document: Document, led: Set[str], dead: Sequence[Span]) -> None:
        self._document = document
        self._led = led
        self._dead = dead
        self._all = document.headings
        self._slugs = [_own_slug(heading) for heading in self._all]
        self._times = Counter(self._slugs)
        self._series: dict[tuple[int, str], list[_Place]] = defaultdict(list)
        self._questions = {id(pair.anchor): fold(pair.question) for pair in document.pairs if pair.question}
        sections = [0] * 7  # for each level of headings, how many have begun above it
        for index, (heading, own) in enumerate(zip(self._all, self._slugs, strict=True)):
            if parted := _parted(own):
                # Ids go on over sections, and whatever the level: some number sub-questions one level deeper.
                is_id = own == parted.number
                level, section = (0, 0) if is_id else (heading.level, sections[heading.level])
                place = _Place(index, numbers(parted.number), section)
                self._series[level, parted.before].append(place)
            for level in range(heading.level + 1, len(sections)):
                sections[level] += 1
        self._taken = {
            id(series): Counter((place.number, place.section) for place in series)
            for series in self._series.values()
        }

    def meant(self, anchor: str, links: Sequence[Link]) -> Mistyped | None:
        """The heading that links mean by an anchor that there is not."""
        if slug(anchor) != fold(anchor):
            return None  # no heading has such an anchor, however it is spelt: `#C#`, `#node.js`
        parted = _parted(fold(anchor))
        found = list(self._of_series(parted)) if parted else []
        if parted and found:
            return self._by_number(found, numbers(parted.number), anchor, links)
        return self._by_words(anchor, links)

    def _of_series(self, meant: _Parted) -> Iterator[tuple[Sequence[_Place], int]]:
        """The headings that differ from an anchor in their number alone, each as a place in its series."""
        for (_, before), series in self._series.items():
            for at, place in enumerate(series) if before == meant.before else ():
                parted = _parted(self._slugs[place.heading])
                if parted and parted.after == meant.after and self._is_free(place.heading):
                    yield series, at

    def _by_number(
        self,
        found: Sequence[tuple[Sequence[_Place], int]],
        number: Numbers,
        anchor: str,
        links: Sequence[Link],
    ) -> Mistyped | None:
        words = {fold(link.text) for link in links}
        gains: dict[int, int] = {}
        for series, at in found:
            taken = self._taken[id(series)]
            gain = _fit(series, at, number, taken) - _fit(series, at, series[at].number, taken)
            # Where an id is nothing but a number, the question's words tell whether it is meant.
            if gain > 0 or (
                gain == 0 and (fold(anchor) != written(number) or self._question(series[at].heading) in words)
            ):
                gains[series[at].heading] = gain
        best = [index for index, gain in gains.items() if gain == max(gains.values())]
        if len(best) > 1:
            best = [index for index in best if self._question(index) in words]
        if len(best) != 1:
            return None
        index = best[0]
        if not gains[index] and _any_says(links, self._slugs[index], fold(anchor)):
            return None
        return self._mistyped(index, anchor, links, is_heading=gains[index] > 0 or len(links) > 1)

    def _by_words(self, anchor: str, links: Sequence[Link]) -> Mistyped | None:
        # The second one of the same words has a number behind them; of its namesakes one is left.
        base = anchor.rpartition("-")[0]
        meant = base if anchor.rpartition("-")[2].isdecimal() and base in self._times else anchor
        near = [
            (index, found)
            for index, own in enumerate(self._slugs)
            if self._is_free(index)
            and (found := slip_between(own.replace("-", " "), meant.replace("-", " ")))
        ]
        if len(near) != 1:
            return None
        [(index, slip)] = near
        if _any_says(links, self._slugs[index], meant):
            return None
        places = [self._all[index].node.span, *self._dead]
        told = spoken_for(self._document, slip, places)
        if told > 0:
            return None
        return self._mistyped(index, anchor, links, is_heading=told < 0 or len(links) > 1)

    def _is_free(self, index: int) -> bool:
        """Whether nothing leads to a heading by its anchor, or to another one of the same words."""
        return self._times[self._slugs[index]] > 1 or fold(self._all[index].slug) not in self._led

    def _question(self, index: int) -> str:
        return self._questions.get(id(self._all[index].node), fold(self._all[index].text))

    def _mistyped(self, index: int, anchor: str, links: Sequence[Link], *, is_heading: bool) -> Mistyped:
        heading = self._all[index]
        edit = self._edit(heading, self._slugs[index], fold(anchor)) if is_heading else None
        return Mistyped(heading, anchor, tuple(links), is_heading, edit)

    def _edit(self, heading: Heading, own: str, meant: str) -> Edit | None:
        """The number that stands in a heading's source, replaced by the other one."""
        before, after = _parted(own), _parted(meant)
        if not before or not after or before.after != after.after:
            return None
        source = heading.node.span.of(self._document.text)
        places = list(re.finditer(rf"(?<![\d-]){re.escape(before.number)}(?![\d-])", source))
        if len(places) != 1 or slug(heading.text.replace(before.number, after.number)) != meant:
            return None
        start = heading.node.span.start
        return Edit(Span(start + places[0].start(), start + places[0].end()), after.number)


class _Parted(NamedTuple):
    """An anchor around its number: ``q12-what`` is ``q``, ``12`` and ``-what``."""

    before: str
    number: str
    after: str


def _parted(anchor: str) -> _Parted | None:
    found = _NUMBER.fullmatch(anchor)
    return _Parted(found[1], found[2], found[3]) if found else None


def _any_says(links: Sequence[Link], own: str, meant: str) -> bool:
    """Whether the words of a link are the heading's and not its address's, which then is wrong.

    They may leave out what stands in front: ``5. What is a list?`` is called ``What is a list?``.
    """
    said = [f"-{words}" for link in links if (words := slug(link.text))]
    return any(f"-{own}".endswith(words) and not f"-{meant}".endswith(words) for words in said)


def _own_slug(heading: Heading) -> str:
    own = slug(heading.text)
    return own if heading.slug.startswith(own) else heading.slug


class _Place(NamedTuple):
    """A numbered heading in its series: which heading it is, its number, and the section it stands in."""

    heading: int
    number: Numbers
    section: int


def _fit(series: Sequence[_Place], at: int, number: Numbers, taken: Counter[tuple[Numbers, int]]) -> int:
    """How well a number stands at a place: -1 out of order, else how many neighbours it adjoins, 0 to 2."""
    here = series[at]
    if taken[number, here.section] > (number == here.number):
        return -1
    before = series[at - 1] if at else None
    after = series[at + 1] if at + 1 < len(series) else None
    steps = [_step(before.number, number, before.section != here.section) if before else 1]
    steps.append(_step(number, after.number, after.section != here.section) if after else 1)
    return -1 if min(steps) < 0 else sum(steps)


def _step(first: Numbers, second: Numbers, is_new_section: bool) -> int:
    """-1 where a number cannot follow another one, 1 where it is the next one; a section may begin anew."""
    if second in _next(first) or (is_new_section and second[-1] == 1):
        return 1
    return 0 if first < second else -1


def _next(number: Numbers) -> Iterator[Numbers]:
    """What may follow a number: its first sub-question, or the next one at any level above."""
    yield (*number, 1)
    for end in range(len(number)):
        yield (*number[:end], number[end] + 1)
