"""An address in text that swallows the particle or the bracket after it.

GitHub and the cards of dlcards make links of bare addresses. Where the text goes on without a blank
(`https://arxiv.org/abs/1502.03167에서`, `（https://arxiv.org/abs/1502.03167）`), GitHub takes the particle
or the bracket for a part of the address, and the link leads nowhere.

Many other renderers make no links of bare addresses at all. Where a project selects this rule by itself
(`select = ["L008"]`), every bare address is found.

The fix puts `<` and `>` around the address, which every renderer understands, and which says where the
address ends. Better still, write a link with words: `[Batch Normalization](https://…)`.

Not found: addresses in code, in HTML and in definitions; examples (`https://example.com`,
`http://localhost:8080`); a site that is only named in a sentence (`https://github.com`). Where an address
in a sentence ends in Hangul (`https://namu.wiki/w/딥러닝을`), the last letter may be a particle or a part
of the page's name: such an address is taken as it stands and not mended.

Bad:

    배치 정규화는 https://arxiv.org/abs/1502.03167에서 처음 제안되었다.

Bad:

    배치 정규화(https://arxiv.org/abs/1502.03167，2015)

Good:

    배치 정규화는 <https://arxiv.org/abs/1502.03167>에서 처음 제안되었다.

    - [CS231n](https://cs231n.github.io/neural-networks-1/)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from dlcards.document.bare_urls import BareUrl, bare_urls
from dlcards.document.text import shown
from dlcards.linter.rules.links import malformed as malformed_link
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Text, lazy_compile

KO = """
글에 그대로 적힌 주소가 뒤에 붙은 조사나 괄호까지 주소로 삼킨다.

GitHub와 dlcards의 카드는 맨 주소를 링크로 만든다. `https://arxiv.org/abs/1502.03167에서`나 `（https://arxiv.org/abs/1502.03167）`처럼 띄지 않고 이어 쓰면 GitHub는 조사나 괄호까지 주소로 보아 링크가 엉뚱한 곳으로 간다.

맨 주소를 링크로 만들지 않는 렌더러도 많다. 이 규칙을 따로 켜면(`select = ["L008"]`) 맨 주소를 모두 찾는다.

`--fix`는 주소를 `<`와 `>`로 감싼다. 어느 렌더러나 링크로 읽고, 주소가 어디서 끝나는지도 분명해진다. `[Batch Normalization](https://…)`처럼 글이 있는 링크로 쓰면 더 좋다.

찾지 않는 것: 코드, HTML, 정의 속의 주소와 예로 든 주소(`https://example.com`, `http://localhost:8080`), 문장에서 이름 대신 적은 사이트(`https://github.com`). 문장 속에서 한글로 끝나는 주소(`https://namu.wiki/w/딥러닝을`)는 마지막 글자가 조사인지 페이지 이름인지 알 수 없으므로 적힌 그대로 주소로 보고 고치지 않는다.
"""

_SITE = lazy_compile(r"(?:https?://|www\.)[^/?#]+/?", re.I)

_GOES_ON = lazy_compile(r"[^ \t\n\r<\[`$\\&]*[\[`$\\&]")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find bare addresses outside malformed links, which are L004's."""
    malformed = sorted(found.span for found in malformed_link.check(document, context))
    starts = [span.start for span in malformed]
    # GitHub makes links of them all the same.
    finds_all = context.config.asks_for("L008")
    for url in bare_urls(document):
        at = bisect_right(starts, url.span.start) - 1
        if at >= 0 and url.span.start < malformed[at].end:
            continue
        address = url.span.of(document.text)
        if url.is_example:
            continue
        if url.swallowed:
            message = Text(
                f'"{shown(url.swallowed, 20)}"까지 주소로 읽힌다: {shown(address, 60)}',
                f'the link swallows "{shown(url.swallowed, 20)}": {shown(address, 60)}',
            )
            yield Diagnostic(url.span, message, _fix(document, url))
        elif finds_all and (url.is_alone or not _SITE.fullmatch(address)):
            message = Text(f"링크가 아닌 주소: {shown(address, 60)}", f"bare address: {shown(address, 60)}")
            yield Diagnostic(url.span, message, _fix(document, url), cause="bare")


def _fix(document: Document, url: BareUrl) -> Fix | None:
    if not url.is_certain:
        return None
    # Where the link goes on into a picture, code or the like, these would be read anew.
    if url.swallowed and _GOES_ON.match(document.text, url.span.end):
        return None
    address = url.span.of(document.text)
    # Without a scheme it is no address between `<` and `>`.
    link = f"<{address}>" if "://" in address else f"[{address}](http://{address})"
    # An address that swallows what follows it swallows the end of emphasis, too: there is none on the page.
    changes = {Aspect.ADDRESSES, Aspect.EMPHASIS} if url.swallowed else {Aspect.ADDRESSES}
    return Fix((Edit(url.span, link),), frozenset(changes))


RULE = Rule("L008", "bare-url", Severity.WARNING, check, fixable=True)
