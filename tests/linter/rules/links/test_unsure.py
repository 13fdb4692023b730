"""L012 unsure-link: clean cases first, then what is found and in which words."""

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
        Verdict(URL, Outcome.BROKEN, "not-found", 404),
        Verdict(URL, Outcome.SKIPPED, "excluded"),
        Verdict(URL, Outcome.UNSURE, "offline"),
    ],
)
def test_clean(verdict: Verdict) -> None:
    assert judged(f"[글]({URL})", "L012", verdict) == []


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(URL, Outcome.UNSURE, "blocked", 403), "undecided link: the server blocks programs (403)"),
        (Verdict(URL, Outcome.UNSURE, "timeout"), "undecided link: no answer in time"),
        (
            Verdict(URL, Outcome.UNSURE, "fragment-js", 200),
            "undecided link: a page that makes its anchors by script",
        ),
        (Verdict(URL, Outcome.UNSURE, "new-word"), "undecided link: new-word"),
    ],
)
def test_found(verdict: Verdict, said: str) -> None:
    (finding,) = judged(f"- [글]({URL})", "L012", verdict)
    assert (place_of(finding), finding.diagnostic.message.en) == (f"1:7 {URL}", said)
