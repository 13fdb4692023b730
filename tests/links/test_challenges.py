"""Pages that ask whether their reader is human."""

from __future__ import annotations

from dlcards.links.challenges import is_challenge
from dlcards.links.page import scan


def test_challenges() -> None:
    moment = scan("<title>Just a moment...</title>")
    article = scan(f"<title>Just a moment...</title><p>{'words ' * 300}")
    assert is_challenge(200, {}, moment, "")
    assert is_challenge(503, {}, moment, "")
    assert not is_challenge(200, {}, article, "")
    assert is_challenge(202, {"x-amzn-waf-action": "challenge"}, None, "")
    assert not is_challenge(404, {"server": "ddos-guard"}, None, "")
    assert not is_challenge(404, {"x-datadome": "protected"}, None, "")
    assert not is_challenge(404, {"crawler-price": "0.1"}, None, "")
    assert is_challenge(402, {"crawler-price": "0.1"}, None, "")
    assert not is_challenge(404, {"server": "cloudflare", "cf-ray": "1"}, scan("<p>no such page"), "")
    assert is_challenge(200, {}, None, "https://www.google.com/sorry/index?continue=x")
    assert not is_challenge(200, {}, None, "https://example.com/captcha-paper")
