"""An address answers, but looks like a page that is gone: it says so, is for sale, or is the front page.

A reader who follows it finds something else than what the answer's author read.

Open it. If the page is gone, find its new place or another source; if it is fine, nothing needs to be done:
this is a hint and fails a run only with `--fail-on note`.

Not found: pages that are gone and say so in words that the checker does not know.

Bad:

    See [the paper](https://example.com/deleted).

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
주소가 답은 하지만 사라진 페이지처럼 보인다. 스스로 그렇게 말하거나, 도메인을 판다고 하거나, 첫 페이지로 보낸다.

따라간 사람은 답을 쓴 사람이 읽은 것과 다른 것을 만난다.

열어 본다. 사라졌다면 옮겨 간 주소나 다른 출처를 찾고, 멀쩡하다면 그대로 둔다. 귀띔일 뿐이라 `--fail-on note`일 때만 실행이 실패한다.

찾지 않는 것: 사라졌지만 검사기가 모르는 말로 알리는 페이지.
"""

EXAMPLE_VERDICTS = (Verdict("https://example.com/deleted", Outcome.OK, suspect="soft-404", status=200),)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: only the network answers."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find addresses that answer and look gone all the same."""
    for address, verdict in judged(facts, context, Outcome.OK, Outcome.MOVED):
        if verdict.suspect:
            reason = why(verdict.suspect, verdict)
            message = Text(f"사라진 페이지 같다: {reason.ko}", f"looks like a page that is gone: {reason.en}")
            yield Diagnostic(address.place, message)


RULE = Rule("L013", "suspect-link", Severity.NOTE, check, across=Across(NAME, tell, check_across))
