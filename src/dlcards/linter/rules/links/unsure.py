"""An address could not be decided: the server blocks programs, limits requests, is slow or broken today.

It may be fine for a reader. Calling it broken would make people stop believing the checker.

Nothing needs to be mended. Open the address yourself once in a while, or name it under `links-exclude` in the
configuration. It fails a run only with `--fail-on note`.

Not found: anything when there is no network at all; that is one line at the end, not a list.

Bad:

    See [the paper](https://example.com/walled).

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
주소가 살아 있는지 판단하지 못했다. 서버가 프로그램을 막거나 요청을 제한하거나, 오늘 느리거나 고장이 났다.

읽는 사람에게는 멀쩡할 수 있다. 이런 것까지 끊어졌다고 하면 아무도 검사기를 믿지 않게 된다.

고칠 것은 없다. 가끔 직접 열어 보거나, 설정의 `links-exclude`에 적는다. `--fail-on note`일 때만 실행이 실패한다.

찾지 않는 것: 네트워크가 아예 없을 때. 그때는 목록 대신 한 줄로 알린다.
"""

EXAMPLE_VERDICTS = (Verdict("https://example.com/walled", Outcome.UNSURE, "blocked", 403),)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: only the network answers."""
    return iter(())


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find addresses that the link checker could not decide."""
    for address, verdict in judged(facts, context, Outcome.UNSURE):
        if verdict.reason == "offline":
            continue
        reason = why(verdict.reason, verdict)
        message = Text(f"판단하지 못한 링크: {reason.ko}", f"undecided link: {reason.en}")
        yield Diagnostic(address.place, message)


RULE = Rule("L012", "unsure-link", Severity.NOTE, check, across=Across(NAME, tell, check_across))
