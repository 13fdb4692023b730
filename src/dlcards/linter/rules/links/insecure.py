"""An `http:` address whose server answers the same under `https:`.

Whoever sits between reader and server can see and change the page.

The fix writes `https:`. It is known to work: the link checker, or its cache, has seen an answer there.

Not found: addresses of which nothing is known yet; run `dlcards lint` with the network once.

Bad:

    See [the paper](http://example.com/paper).

Good:

    See [the paper](https://doi.org/10.1038/nature14539).
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.linter.rules.links.shared_verdicts import NAME, links_of, tell
from dlcards.model import (
    Across,
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Facts,
    Fix,
    Outcome,
    Rule,
    Severity,
    Span,
    Text,
    TextDocument,
    Verdict,
)

KO = """
서버가 `https:`로도 답하는데 `http:`로 적은 주소다.

읽는 사람과 서버 사이에 있는 누구나 페이지를 보고 바꿀 수 있다.

`--fix`는 `https:`로 바꾼다. 링크 검사기나 그 캐시가 그 주소의 답을 보았으므로 이어진다.

찾지 않는 것: 아직 아무것도 알지 못하는 주소. 네트워크와 함께 `dlcards lint`를 한 번 돌린다.
"""

EXAMPLE_VERDICTS = (Verdict("https://example.com/paper", Outcome.OK, status=200),)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: only the network answers."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find http links_of that are known to answer under https."""
    for address in links_of(facts) if context.verdicts else ():
        if not address.written.lower().startswith("http://"):
            continue
        secure = "https" + address.url[4:]
        own, other = context.verdicts.get(address.url), context.verdicts.get(secure)
        leads_there = own is not None and own.outcome is Outcome.MOVED and own.final_url == secure
        if not (leads_there or (other is not None and other.outcome is Outcome.OK and not other.suspect)):
            continue
        fix = None
        if address.is_in_place:
            edit = Edit(Span(address.start, address.start + 4), "https")
            fix = Fix((edit,), frozenset({Aspect.ADDRESSES, Aspect.WORDS}))
        message = Text("https로도 답하는 주소다", "the address answers under https, too")
        yield Diagnostic(address.place, message, fix)


RULE = Rule(
    "L015",
    "insecure-link",
    Severity.WARNING,
    check,
    fixable=True,
    default=False,
    across=Across(NAME, tell, check_across),
)
