"""HTML that would run a program: `<script>`, event handlers (`onclick=`), `javascript:` addresses.

GitHub and the export remove it, so that a part of the answer is missing there; elsewhere it runs in the browser
of whoever reads the page. A `<script>` that was only meant as a word swallows the text behind it.

Put what is only mentioned into backticks (`` `<script>` ``); remove the rest. There is no fix: whether it is an
example or does something can't be told.

Not found: what stands in code, comments and as `&lt;script&gt;`; styles, frames and forms, which only look wrong.

Bad:

    브라우저는 <script> 태그를 만나면 파싱을 멈춘다.

Bad:

    [답 보기](javascript:show())

Good:

    브라우저는 `<script>` 태그를 만나면 파싱을 멈춘다. <b>굵게</b> 보이는 것은 괜찮다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from dlcards.document.html import Tag, tokens
from dlcards.document.once import nodes_of
from dlcards.document.text import shown
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Text, lazy_compile

KO = """
프로그램을 실행하는 HTML이다. `<script>`, 이벤트 처리기(`onclick=`), `javascript:` 주소가 그렇다.

GitHub와 내보내기는 이것을 지우므로 그곳에서는 답의 일부가 빠진다. 다른 곳에서는 페이지를 읽는 사람의 브라우저에서 실행된다. 낱말로 적었을 뿐인 `<script>`는 뒤따르는 글을 삼킨다.

말로만 언급한 것은 백틱으로 감싸고(`` `<script>` ``) 나머지는 지운다. 예시인지 실제로 쓰려는 것인지 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 코드와 주석 안의 것, `&lt;script&gt;`로 적은 것, 보기만 이상해지는 스타일·프레임·폼.
"""

_IGNORED = lazy_compile(r"[\x00-\x20]+")  # what browsers skip in a scheme
# What a tag that runs something has, and an address.
_MAY_RUN = lazy_compile(r"=|<script|[\s/]on[a-z]", re.I)
_BEGINS_LIKE_ONE = lazy_compile(r"[\x00-\x20]*[jv&]", re.I)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "xlink:href"})
_HANDLER = lazy_compile(r"on[a-z]+")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find tags, attributes and addresses that run a program."""
    found: list[Diagnostic] = []
    for node in nodes_of(document, "block_html", "inline_html"):
        if _MAY_RUN.search(document.text, node.span.start, node.span.end):
            found += _tags(node, document.text)
    for link in document.links:
        if _BEGINS_LIKE_ONE.match(link.url) and _runs(link.url):
            message = Text(
                f"프로그램을 실행하는 주소: {shown(link.url)}", f"address that runs: {shown(link.url)}"
            )
            found.append(Diagnostic(link.span if link.by_reference else link.url_span, message))
    yield from sorted(found, key=lambda diagnostic: diagnostic.span)


def _tags(node: Node, text: str) -> Iterator[Diagnostic]:
    for tag in tokens(node.span.of(text), node.span.start, on_github=False):
        if isinstance(tag, Tag) and not tag.closes and (what := _program(tag)):
            message = Text(f"프로그램을 실행하는 HTML: {what}", f"HTML that runs a program: {what}")
            yield Diagnostic(tag.span, message)


def _program(tag: Tag) -> str:
    """What of a tag runs a program; empty where nothing does."""
    if tag.name == "script":
        return "<script>"
    # The addresses of links and pictures are looked at as links.
    own = {"a": "href", "img": "src"}.get(tag.name)
    for name, attribute in tag.attributes.items():
        if _HANDLER.fullmatch(name):
            return f"{name}="
        if name in _ADDRESSES and name != own and _runs(attribute.value):
            return f'{name}="javascript:"'
    return ""


def _runs(url: str) -> bool:
    return _IGNORED.sub("", unescape(url)).casefold().startswith(("javascript:", "vbscript:"))


RULE = Rule("M009", "unsafe-html", Severity.ERROR, check)
