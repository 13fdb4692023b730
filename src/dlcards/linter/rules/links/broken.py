"""The network says that an address is broken: no such page, no such host, a certificate that does not fit.

A reader who wants to check the answer or read on gets an error page.

Only what is certain is called broken: a page that answers 404 or 410 twice, a host that does not exist while
others do, a redirect into a circle, an anchor that static HTML does not have. To mend it, find the page's
new place, or another source, or an archived copy.

Not found: pages behind a login or a wall against programs, rate limits, time-outs and server errors (L012),
pages that are there and say that they are gone (L013). Nothing is found with `--offline`.

Bad:

    See [the paper](https://example.com/gone).

Good:

    See [the paper](https://doi.org/10.1038/nature14539).
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.linter.rules.links.shared_verdicts import NAME, judged, tell
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Outcome,
    Rule,
    Severity,
    Text,
    TextDocument,
    Verdict,
    why,
)

KO = """
네트워크가 주소가 끊어졌다고 답한다. 페이지나 호스트가 없거나 인증서가 맞지 않는다.

답을 확인하거나 더 읽으려는 사람이 오류 페이지를 만난다.

확실한 것만 끊어졌다고 한다. 두 번 모두 404나 410으로 답한 페이지, 다른 호스트는 찾았는데 찾지 못한 호스트, 제자리를 맴도는 이동, 정적인 HTML에 없는 앵커가 그렇다. 옮겨 간 주소나 다른 출처, 보존된 사본으로 바꾼다.

찾지 않는 것: 로그인이나 프로그램 차단 뒤의 페이지, 요청 제한, 시간 초과, 서버 오류(L012), 있으면서 지워졌다고 말하는 페이지(L013). `--offline`에서는 아무것도 찾지 않는다.
"""

EXAMPLE_VERDICTS = (Verdict("https://example.com/gone", Outcome.BROKEN, "not-found", 404),)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: only the network answers."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find addresses that the link checker calls broken."""
    for address, verdict in judged(facts, context, Outcome.BROKEN):
        reason = why(verdict.reason, verdict)
        message = Text(f"끊어진 링크: {reason.ko}", f"broken link: {reason.en}")
        # A picture that can't be had keeps its card out by itself, once it is fetched for the deck.
        yield Diagnostic(address.place, message, spares_cards=True)


RULE = Rule("L010", "broken-link", Severity.ERROR, check, across=Across(NAME, tell, check_across))
