"""L013 suspect-link: clean cases first, then what is found and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Outcome, Verdict
from tests.linter.rules.links.cases import judged
from tests.support.documents import place_of

URL = "https://a.b/c"


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(URL, Outcome.OK, status=200),
        Verdict(URL, Outcome.MOVED, final_url="https://a.b/d"),
        Verdict(URL, Outcome.BROKEN, "not-found", 404),
        Verdict(URL, Outcome.UNSURE, "blocked", 403),
    ],
)
def test_clean(verdict: Verdict) -> None:
    assert judged(f"[글]({URL})", "L013", verdict) == []


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(URL, Outcome.OK, status=200, suspect="soft-404"), "says that the page is gone"),
        (Verdict(URL, Outcome.OK, status=200, suspect="parked"), "looks like a parked domain"),
        (Verdict(URL, Outcome.MOVED, final_url="https://a.b/", suspect="to-root"), "sends to the front page"),
    ],
)
def test_found(verdict: Verdict, said: str) -> None:
    (finding,) = judged(f"- [글]({URL})", "L013", verdict)
    assert place_of(finding) == f"1:7 {URL}"
    assert finding.diagnostic.message.en == f"looks like a page that is gone: {said}"
