"""Raw HTML as browsers read it: tags and text, each with its place.

This is the tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html), without
its tree. Python's ``HTMLParser`` decodes ``&section=`` in an address, raises on ``<![ if]>`` and does not
say where a value stands; the kept libraries that follow the standard (html5lib, justhtml, selectolax) build
trees that have lost the places of attributes, and take longer to load than most documents to lint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from html.entities import html5
from types import MappingProxyType
from typing import NamedTuple

from dlcards.model import Span, lazy_compile

_BLANKS = " \t\n\f\r"
# Most tags have no attributes, and are read to their end at once.
_TAG = lazy_compile(r"<(/?)([A-Za-z][^\t\n\f\r />]*)(?:[ \t\n\f\r/]*(>))?")
_SPACE = lazy_compile(r"[ \t\n\f\r]*")
_BEFORE_NAME = lazy_compile(r"[ \t\n\f\r/]*")
_NAME = lazy_compile(r".[^ \t\n\f\r/>=]*", re.S)  # "=" may begin it
_UNQUOTED = lazy_compile(r"[^ \t\n\f\r>]*")
_SHORT_COMMENT = lazy_compile(r"<!---?>")
_COMMENT_END = lazy_compile(r"--!?>")
# What GitHub escapes: on its pages these tags are text (GFM, "Disallowed Raw HTML").
ESCAPED = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
_REFERENCE = lazy_compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z0-9]+;?)")


class Attribute(NamedTuple):
    """An attribute of a tag: its decoded value, and where that stands in the document without quotes."""

    value: str
    span: Span


class Tag(NamedTuple):
    """A start or end tag.

    Attributes:
        name: In lower case.
        span: The whole tag.
        attributes: By name in lower case; of several of one name the first.
        closes: Whether it is an end tag.
    """

    name: str
    span: Span
    attributes: Mapping[str, Attribute] = MappingProxyType({})
    closes: bool = False

    def value(self, name: str) -> str:
        """The value of an attribute; empty where there is none."""
        attribute = self.attributes.get(name)
        return attribute.value if attribute else ""


class Characters(NamedTuple):
    """Text between tags, as it stands in the source."""

    source: str
    span: Span

    @property
    def text(self) -> str:
        """The characters that a reader sees."""
        return unescape(self.source)


class Unseen(NamedTuple):
    """What browsers show nothing of: a comment, a declaration, an instruction, a tag that has no end.

    Attributes:
        span: Where it stands.
        is_comment: Whether it was written as a comment.
    """

    span: Span
    is_comment: bool


def tokens(source: str, start: int, *, on_github: bool = True) -> list[Tag | Characters]:
    """The tags and the text of raw HTML, in order, as :func:`lexemes` finds them."""
    found = lexemes(source, start, on_github=on_github)
    return [lexeme for lexeme in found if not isinstance(lexeme, Unseen)]


def lexemes(source: str, start: int, *, on_github: bool = True) -> list[Tag | Characters | Unseen]:
    """Everything that raw HTML consists of, in order.

    Args:
        source: The HTML.
        start: Where it stands in the document.
        on_github: Whether the tags that GitHub escapes, such as ``<script>``, are text.
    """
    found: list[Tag | Characters | Unseen] = []
    at = shown = 0  # what is shown from there on is not in the list yet
    while (at := source.find("<", at)) >= 0:
        match = _TAG.match(source, at)
        if match and on_github and match[2].lower() in ESCAPED:
            at = match.end()
            continue
        if not match and not source.startswith(("<!", "<?", "</"), at):
            at += 1
            continue
        if at > shown:
            found.append(Characters(source[shown:at], Span(start + shown, start + at)))
        if match:
            tag, end = _tag(match, source, start)
            if tag is None:  # the source ends inside it
                return [*found, Unseen(Span(start + at, start + end), is_comment=False)]
            found.append(tag)
        else:
            end = _end_of_comment(source, at)
            is_comment = source.startswith("<!--", at)
            found.append(Unseen(Span(start + at, start + end), is_comment))
        at = shown = end
    if len(source) > shown:
        found.append(Characters(source[shown:], Span(start + shown, start + len(source))))
    return found


def all_lexemes(source: str) -> Sequence[Tag | Characters | Unseen]:
    """The :func:`lexemes` of a piece of HTML, also those that GitHub escapes; places count from its start."""
    return _remembered(source) if len(source) <= _SHORT else _all_lexemes(source)


def _all_lexemes(source: str) -> Sequence[Tag | Characters | Unseen]:
    return tuple(lexemes(source, 0, on_github=False))


# A document has few tags, many times.
_SHORT = 200
_remembered = lru_cache(maxsize=1024)(_all_lexemes)


def tags(source: str, start: int) -> list[Tag]:
    """The start tags of raw HTML, as :func:`tokens` finds them."""
    return [token for token in tokens(source, start) if isinstance(token, Tag) and not token.closes]


def stripped(attribute: Attribute, source: str) -> Attribute:
    """An address without the blanks around it, which browsers take away; ``source`` is all of the text."""
    written = attribute.span.of(source)
    start = attribute.span.start + len(written) - len(written.lstrip(_BLANKS))
    end = max(start, attribute.span.end - len(written) + len(written.rstrip(_BLANKS)))
    return Attribute(attribute.value.strip(_BLANKS), Span(start, end))


def srcset(attribute: Attribute, source: str) -> Iterator[Attribute]:
    """The addresses of a ``srcset``, each with its place; ``source`` is the document's text."""
    text = attribute.span.of(source)
    at = 0
    while at < len(text):
        while at < len(text) and text[at] in _BLANKS + ",":
            at += 1
        end = at
        while end < len(text) and text[end] not in _BLANKS:
            end += 1
        url = text[at:end].rstrip(",")
        if url:
            yield Attribute(
                decoded(url), Span(attribute.span.start + at, attribute.span.start + at + len(url))
            )
        if end - at == len(url):  # a width or a density follows, up to the next comma outside brackets
            depth = 0
            while end < len(text) and (text[end] != "," or depth):
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
        at = end


def decoded(value: str) -> str:
    """An attribute's value with its character references decoded.

    One without a semicolon is none where ``=`` or a letter or digit follows: ``?a&copy=2`` is an address.
    """

    def decode(match: re.Match[str]) -> str:
        reference = match[1]
        if reference[0] == "#" or (reference[-1] == ";" and reference in html5):
            return unescape(match[0])
        known = next((reference[:n] for n in range(len(reference), 1, -1) if reference[:n] in html5), "")
        following = value[match.start() + 1 + len(known) :][:1]
        if not known or following == "=" or (following.isascii() and following.isalnum()):
            return match[0]
        return html5[known] + reference[len(known) :]

    return _REFERENCE.sub(decode, value) if "&" in value else value


def _end_of_comment(source: str, at: int) -> int:
    if not source.startswith("<!--", at):
        end = source.find(">", at)
        return len(source) if end < 0 else end + 1
    closing = _SHORT_COMMENT.match(source, at) or _COMMENT_END.search(source, at + 4)
    return closing.end() if closing else len(source)


def _tag(match: re.Match[str], source: str, start: int) -> tuple[Tag | None, int]:
    """The tag that begins at ``match``, and where it ends; None where the source ends inside it."""
    at = match.end()
    attributes: dict[str, Attribute] = {}
    is_ended = bool(match[3])
    while not is_ended:
        at = _skip(_BEFORE_NAME, source, at)
        name = _NAME.match(source, at)
        if name is None:
            return None, len(source)
        if is_ended := source[at] == ">":
            at += 1
            continue
        place = _value(source, name.end())
        if place is None:
            return None, len(source)
        begin, end, at = place
        value = Attribute(decoded(source[begin:end]), Span(start + begin, start + end))
        attributes.setdefault(name.group().lower(), value)
    return Tag(match[2].lower(), Span(start + match.start(), start + at), attributes, bool(match[1])), at


def _value(source: str, at: int) -> tuple[int, int, int] | None:
    """Where the value begins and ends of an attribute whose name ends at ``at``, and what is behind it."""
    equals = _skip(_SPACE, source, at)
    if not source.startswith("=", equals):
        return at, at, at
    begin = _skip(_SPACE, source, equals + 1)
    if source.startswith(("'", '"'), begin):
        end = source.find(source[begin], begin + 1)
        return (begin + 1, end, end + 1) if end >= 0 else None
    end = _skip(_UNQUOTED, source, begin)
    return begin, end, end


def _skip(characters: re.Pattern[str], source: str, at: int) -> int:
    match = characters.match(source, at)
    assert match is not None
    return match.end()
