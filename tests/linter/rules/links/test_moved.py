"""L011 moved-link: clean cases first, then what is found and what the fix makes of it."""

from __future__ import annotations

import pytest

from dlcards.model import Outcome, Verdict
from tests.linter.rules.links.cases import judged, judged_mend
from tests.support.documents import place_of

OLD, NEW = "http://a.b/old", "https://a.b/new"
MOVED = Verdict(OLD, Outcome.MOVED, final_url=NEW)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"[글]({NEW})", MOVED),
        (f"`{OLD}`", MOVED),
        (f"[글]({OLD})", Verdict(OLD, Outcome.OK, status=200, final_url=NEW)),
        (f"[글]({OLD})", Verdict(OLD, Outcome.BROKEN, "not-found", 404)),
    ],
)
def test_clean(text: str, verdict: Verdict) -> None:
    assert judged(text, "L011", verdict) == []


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        (f"[글]({OLD} 't')", f"1:5 {OLD}", f"[글]({NEW} 't')"),
        (f"> - <{OLD}>\r\n", f"1:6 {OLD}", f"> - <{NEW}>\r\n"),
        (f"[글][a]\n\n[a]: {OLD}", f"3:6 {OLD}", f"[글][a]\n\n[a]: {NEW}"),
        (f'<a href="{OLD}">글</a>', f"1:10 {OLD}", f'<a href="{NEW}">글</a>'),
    ],
)
def test_found_and_mended(text: str, found: str, mended: str) -> None:
    assert [place_of(finding) for finding in judged(text, "L011", MOVED)] == [found]
    assert judged_mend(text, "L011", MOVED) == mended


@pytest.mark.parametrize(
    "led", ["https://a.b/new_(c)", "https://a.b/new d", "https://a.b/?token=abcdef0123456789"]
)
def test_found_and_left_alone(led: str) -> None:
    text, verdict = f"[글]({OLD})", Verdict(OLD, Outcome.MOVED, final_url=led)
    (finding,) = judged(text, "L011", verdict)
    assert "abcdef0123456789" not in finding.diagnostic.message.en
    assert judged_mend(text, "L011", verdict) == text
