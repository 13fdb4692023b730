"""An address has moved for good: every step on the way answers "moved permanently".

It works today and breaks on the day when the old server is switched off.

The fix writes the address that it leads to now. Addresses that lead to a front page or to another domain are
left alone: there the page itself is probably gone (L013).

Not found: redirects for the moment (302, 307), since their target may change.

Bad:

    See [the paper](http://example.com/old).

Good:

    See [the paper](https://doi.org/10.1038/nature14539).
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.linter.rules.links.shared_verdicts import NAME, judged, tell
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
    Text,
    TextDocument,
    Verdict,
)
from dlcards.project.addresses import is_external
from dlcards.project.masking import masked
from dlcards.project.masking import shown as shown_url

KO = """
주소가 아주 옮겨 갔다. 가는 길의 모든 답이 "영구 이동"이다.

오늘은 이어지지만 옛 서버가 꺼지는 날 끊어진다.

`--fix`는 지금 이어지는 주소로 바꾼다. 첫 페이지나 다른 도메인으로 보내는 주소는 그대로 둔다. 그런 곳은 페이지 자체가 사라졌을 가능성이 크다(L013).

찾지 않는 것: 잠깐의 이동(302, 307). 목적지가 바뀔 수 있다.
"""

EXAMPLE_VERDICTS = (Verdict("http://example.com/old", Outcome.MOVED, final_url="https://example.com/new"),)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: only the network answers."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find addresses whose every redirect was permanent."""
    for address, verdict in judged(facts, context, Outcome.MOVED):
        if not is_external(address.written):
            continue  # `www.…`, and a path that leaves the repository, are short on purpose
        led = shown_url(verdict.final_url)
        message = Text(f"주소가 옮겨 갔다: {led}", f"the address has moved: {led}")
        fix = None
        # An address that CommonMark would read otherwise in place, or that holds a secret, is for a
        # human to write.
        plain = (
            not set(verdict.final_url) & set(" ()<>\\\"'|") and masked(verdict.final_url) == verdict.final_url
        )
        if address.is_in_place and plain:
            fix = Fix((Edit(address.place, verdict.final_url),), frozenset({Aspect.ADDRESSES, Aspect.WORDS}))
        yield Diagnostic(address.place, message, fix)


RULE = Rule(
    "L011", "moved-link", Severity.WARNING, check, fixable=True, across=Across(NAME, tell, check_across)
)
