"""L015 insecure-link: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Outcome, Verdict
from tests.linter.rules.links.cases import judged, judged_mend
from tests.support.documents import place_of

HTTP, HTTPS = "http://a.b/c", "https://a.b/c"
FINE = Verdict(HTTPS, Outcome.OK, status=200)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"[글]({HTTPS})", FINE),
        (f"`{HTTP}`", FINE),
        ("[글](http://a.b/other)", FINE),
        (f"[글]({HTTP})", Verdict(HTTP, Outcome.OK, status=200)),
        (f"[글]({HTTP})", Verdict(HTTP, Outcome.MOVED, final_url="https://a.b/d")),
        (f"[글]({HTTP})", Verdict(HTTPS, Outcome.BROKEN, "tls")),
        (f"[글]({HTTP})", Verdict(HTTPS, Outcome.OK, status=200, suspect="parked")),
    ],
)
def test_clean(text: str, verdict: Verdict) -> None:
    assert judged(text, "L015", verdict) == []


@pytest.mark.parametrize("verdict", [FINE, Verdict(HTTP, Outcome.MOVED, final_url=HTTPS)])
@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        (f"[글]({HTTP} 't')", f"1:5 {HTTP}", f"[글]({HTTPS} 't')"),
        (f"> - <{HTTP}>\r\n", f"1:6 {HTTP}", f"> - <{HTTPS}>\r\n"),
        (f"[글][a]\n\n[a]: {HTTP}", f"3:6 {HTTP}", f"[글][a]\n\n[a]: {HTTPS}"),
    ],
)
def test_found_and_mended(text: str, found: str, mended: str, verdict: Verdict) -> None:
    assert [place_of(finding) for finding in judged(text, "L015", verdict)] == [found]
    assert judged_mend(text, "L015", verdict) == mended
