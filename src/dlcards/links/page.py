"""What the checker wants to know of an HTML page, found in one pass and in linear time.

Not :mod:`html.parser`: pages come from anybody, and it takes quadratic time for some.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from dlcards.model import lazy_compile

_MARKUP = lazy_compile(r"<(?=[a-zA-Z/!?])")
# Enough of it for a page of which only the words count, and with anchors: a tenth of the time. An
# attribute with "<" or ">" in it can hide an anchor from the second one.
_OF_WORDS = r"[!?]|/?h1[\s/>]|(?:title|script|style|textarea|noscript|xmp|i?frame|noembed|noframes)[\s/>]"
_SOME_MARKUP = lazy_compile(rf"<(?=(?i:{_OF_WORDS}))")
_SOME_ANCHORS = lazy_compile(rf"<(?=(?i:{_OF_WORDS}|[a-z][^<>]*?[\s/\"'](?:id|name)\s*=))")
_OTHER_MARKUP = lazy_compile(r"</?[a-zA-Z][^<>]*>")
_LEADS_ON = lazy_compile(r"http-equiv\s*=\s*[\"']?\s*refresh")
_TAG_NAME = lazy_compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = lazy_compile(r"""[\s/]*(?:>|([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?)""")
_RAW = ("script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes")
_END_OF_RAW = {name: lazy_compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in _RAW}
_REFRESH = lazy_compile(
    r"\s*(\d{1,9})?(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL
)
_ALERT = lazy_compile(r"""\balert\(\s*["']([^"']{1,300})["']""")
_META_CHARSET = lazy_compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_TEXT_LIMIT = 8_000
_AT_ONCE = 5  # seconds; with more, a page is there to be read before it reloads itself or leads on
_MOST_TAGS, _MOST_ATTRIBUTES = 100_000, 100
# Codecs of Python that are no encodings of pages; some take quadratic time.
_NO_ENCODING = lazy_compile(r"idna|punycode|undefined|(?:raw_)?unicode_escape|mbcs|oem|utf-7")

# Browsers read EUC-KR and KS C 5601 as the larger CP949, and Latin-1 as CP1252.
_WIDER = {"euc_kr": "cp949", "iso8859-1": "cp1252", "ascii": "cp1252"}

# Where programs that run in the browser put what they make.
_SHELL_ID = lazy_compile(
    r"root|app|__next|__nuxt|___gatsby|__docusaurus|svelte|q-app|app-root|app-mount|react-root|main-app|"
    r"notion-app|__NEXT_DATA__|__NUXT_DATA__"
)
_SHELL_ATTRIBUTES = frozenset(
    ("ng-app", "data-ng-app", "ng-version", "data-reactroot", "data-v-app", "data-server-rendered")
)
_SHELL_TAG = lazy_compile(r"app-root|react-app|react-partial|astro-island|ion-app")


class Page(NamedTuple):
    """What an HTML page says.

    Attributes:
        title: The words of its title.
        headings: The words of its headings of the first level.
        text: What it shows, white space collapsed; at most 8,000 characters.
        length: About how many characters it shows, if they are less than that.
        noscript: What it shows where JavaScript is off.
        alerts: What its scripts say in boxes.
        found: Those of the wanted names of anchors that it has.
        refresh: The address that it leads on to by itself at once; empty where it does not.
        base: The address that its relative ones start from; empty for its own.
        sources: The addresses of its scripts and frames.
        scripted: Whether it has scripts at all.
        shell: Whether it is of a kind that scripts fill with what it shows.
        complete: Whether all of it was read.
    """

    title: str = ""
    headings: str = ""
    text: str = ""
    length: int = 0
    noscript: str = ""
    alerts: str = ""
    found: frozenset[str] = frozenset()
    refresh: str = ""
    base: str = ""
    sources: tuple[str, ...] = ()
    scripted: bool = False
    shell: bool = False
    complete: bool = True


def decoded(data: bytes, content_type: str) -> str:
    """The characters of a page: by its byte order mark, its header, its own word, else UTF-8."""
    found = re.search(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", content_type, re.IGNORECASE)
    inside = _META_CHARSET.search(data[:2048])
    if data.startswith(codecs.BOM_UTF8):
        names = ["utf-8-sig"]
    elif data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        names = ["utf-16"]
    else:
        names = [found[1] if found else "", inside[1].decode("ascii", "replace") if inside else ""]
    for name in filter(None, names):
        try:
            codec = codecs.lookup(name).name
            if not _NO_ENCODING.fullmatch(codec):
                return data.decode(_WIDER.get(codec, codec), "replace")
        except (LookupError, ValueError):
            continue  # nobody knows it
    return data.decode("utf-8", "replace")


def scan(html: str, anchors: Sequence[frozenset[str]] = (), complete: bool = True) -> Page:
    """Read an HTML page.

    Args:
        html: The page.
        anchors: What to look for: of each, the names that it may have.
        complete: Whether ``html`` is all of it.
    """
    wanted = frozenset[str]().union(*anchors)
    if _LEADS_ON.search(html.lower()):
        return _Scanner(html, wanted, _MARKUP).page(complete)
    page = _Scanner(html, wanted, _SOME_ANCHORS if wanted else _SOME_MARKUP).page(complete)
    if not complete or not any(page.found.isdisjoint(names) for names in anchors):
        return page
    return _Scanner(html, wanted, _MARKUP).page(complete)


@dataclass(slots=True)
class _Scanner:
    html: str
    wanted: frozenset[str]
    markup: re.Pattern[str]
    title: str = ""
    noscript: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0
    found: set[str] = field(default_factory=set)
    refresh: str = ""
    base: str = ""
    sources: list[str] = field(default_factory=list)
    scripted: bool = False
    shell: bool = False
    in_heading: bool = False

    def page(self, complete: bool) -> Page:
        html, at = self.html, 0
        for _ in range(_MOST_TAGS):
            markup = self.markup.search(html, at)
            self._shown(html[at : markup.start() if markup else len(html)])
            at = self._markup(markup.start()) if markup else -1
            if at < 0 or (self.length >= _TEXT_LIMIT and self.markup is _SOME_MARKUP):
                break
        else:
            complete = False
        return Page(
            _words(self.title),
            _words(" ".join(self.headings)),
            _words(" ".join(self.text)),
            self.length,
            _words(" ".join(self.noscript)),
            _words(" ".join(self.alerts)),
            frozenset(self.found),
            self.refresh,
            self.base,
            tuple(self.sources),
            self.scripted,
            self.shell,
            complete,
        )

    def _markup(self, at: int) -> int:
        """Read what begins with the ``<`` at ``at``; returns where it ends, -1 for the page's end."""
        html = self.html
        if html.startswith("<!--", at):
            end = html.find("-->", at + 2)
            return end + 3 if end >= 0 else -1
        if html.startswith(("<!", "<?"), at):
            end = html.find(">", at)
            return end + 1 if end >= 0 else -1
        closing = html.startswith("/", at + 1)
        name = _TAG_NAME.match(html, at + 1 + closing)
        if not name:
            return at + 1
        attributes: dict[str, str] = {}
        at = name.end()
        for _ in range(_MOST_ATTRIBUTES):
            found = _ATTRIBUTE.match(html, at)
            if not found:
                return -1
            at = found.end()
            if found[1] is None:
                break
            value = next((group for group in found.groups()[1:] if group is not None), "")
            attributes.setdefault(found[1].lower(), value)
        else:
            at = html.find(">", at) + 1
            if not at:
                return -1
        tag = name[0].lower()
        if closing:
            self.in_heading = self.in_heading and tag != "h1"
            return at
        self._tag(tag, attributes)
        if tag not in _END_OF_RAW:
            return at
        close = _END_OF_RAW[tag].search(html, at)
        content = html[at : close.start() if close else len(html)]
        if tag == "title":
            self.title = self.title or unescape(content[:1000])
        elif tag == "noscript" and len(self.noscript) < 20:
            self.noscript.append(re.sub(r"<[^>]{0,1000}>", " ", content[:5000]))
        elif tag == "script" and len(self.alerts) < 20:
            self.alerts += _ALERT.findall(content[:5000])
        return close.start() if close else -1

    def _tag(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.in_heading = self.in_heading or tag == "h1"
        if self.wanted or "id" in attributes:
            anchor = unescape(attributes.get("id", ""))
            self.shell = self.shell or _SHELL_ID.fullmatch(anchor) is not None
            names = (anchor, unescape(attributes.get("name", "")) if tag == "a" else "")
            self.found.update(self.wanted.intersection(names))
        if _SHELL_TAG.fullmatch(tag) or not _SHELL_ATTRIBUTES.isdisjoint(attributes):
            self.shell = True
        if tag == "script":
            self.scripted = True
        if tag in ("script", "iframe", "frame") and attributes.get("src") and len(self.sources) < 200:
            self.sources.append(unescape(attributes["src"][:500]))
        if tag == "base" and not self.base:
            self.base = unescape(attributes.get("href", "")[:2000])
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh" and not self.refresh:
            self.refresh = refresh_target(unescape(attributes.get("content", "")[:4000]))

    def _shown(self, text: str) -> None:
        if not text or text.isspace():
            return
        if self.in_heading and len(self.headings) < 100:
            self.headings.append(unescape(_OTHER_MARKUP.sub(" ", text[:500])))
        if self.length < _TEXT_LIMIT:
            text = _words(unescape(_OTHER_MARKUP.sub(" ", text[: 2 * _TEXT_LIMIT])))
            self.text.append(text)
        self.length += len(text)


def refresh_target(content: str) -> str:
    """Where ``5; url=address`` leads within moments; empty where it stays, or leaves time to read."""
    found = _REFRESH.match(content)
    if not found or int(found[1] or 0) > _AT_ONCE:
        return ""
    url = found[2].strip()
    return url[1:].partition(url[0])[0] if url[:1] in ("'", '"') else url


def _words(text: str) -> str:
    return " ".join(text.split())[:_TEXT_LIMIT]
