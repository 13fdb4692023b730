"""Servers that are left alone for the rest of a run."""

from __future__ import annotations

from dlcards.links import Outcome
from dlcards.links.hosts import Hosts
from dlcards.links.judge import Judgement


def test_servers_that_are_left_alone() -> None:
    hosts = Hosts(30.0)
    refused = Judgement(Outcome.UNSURE, "rate-limited", 429)
    silent = Judgement(Outcome.UNSURE, "timeout")
    for _ in range(4):
        hosts.heard("a", refused)
        hosts.heard("b", refused)
        hosts.heard("c", silent)
        hosts.heard("d", silent)
    hosts.heard("b", None)
    hosts.heard("d", Judgement(Outcome.BROKEN, "not-found", 404))
    for name in "abcd":
        assert hosts.closed(name) is None
        hosts.heard(name, refused if name in "ab" else silent)
    closed = [hosts.closed(name) for name in "abcd"]
    assert [judgement and judgement.reason for judgement in closed] == ["rate-limited", None, "timeout", None]
    hosts.heard("e", refused._replace(retry_after=30.0))
    hosts.heard("f", refused._replace(retry_after=31.0))
    assert (hosts.closed("e"), bool(hosts.closed("f"))) == (None, True)
