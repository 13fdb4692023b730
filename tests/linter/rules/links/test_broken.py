"""L010 broken-link: clean cases first, then what is found and where, and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Outcome, Verdict
from tests.linter.rules.links.cases import judged
from tests.support.documents import place_of

URL = "https://a.b/c"
GONE = Verdict(URL, Outcome.BROKEN, "not-found", 404)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[글](https://a.b/other)", GONE),
        (f"`[글]({URL})`", GONE),
        (f"[글]({URL})", Verdict(URL, Outcome.OK, status=200)),
        (f"[글]({URL})", Verdict(URL, Outcome.MOVED, final_url="https://a.b/d")),
        (f"[글]({URL})", Verdict(URL, Outcome.UNSURE, "server-error", 500)),
        (f"[글]({URL})", Verdict(URL, Outcome.SKIPPED, "excluded")),
    ],
)
def test_clean(text: str, verdict: Verdict) -> None:
    assert judged(text, "L010", verdict) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"[글]({URL})", [f"1:5 {URL}"]),
        (f"> - <{URL}>\r\n", [f"1:6 {URL}"]),
        (f"![그림]({URL}) [글]({URL} 't')", [f"1:7 {URL}", f"1:26 {URL}"]),
        (f"[글][a] [글][a]\n\n[a]: {URL}", [f"3:6 {URL}"]),
        (f'<a href="{URL}">글</a>', [f"1:10 {URL}"]),
    ],
)
def test_found(text: str, found: list[str]) -> None:
    assert [place_of(finding) for finding in judged(text, "L010", GONE)] == found


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (GONE, "broken link: no such page (404)"),
        (Verdict(URL, Outcome.BROKEN, "host-not-found"), "broken link: no such host"),
        (Verdict(URL, Outcome.BROKEN, "fragment", 200), "broken link: the page has no such anchor"),
    ],
)
def test_why_it_is_broken_is_said(verdict: Verdict, said: str) -> None:
    (finding,) = judged(f"[글]({URL})", "L010", verdict)
    assert finding.diagnostic.message.en == said
