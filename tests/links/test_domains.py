"""Whose a host is: registrable domains and public suffixes."""

from __future__ import annotations

import pytest

from dlcards.links.domains import is_public_suffix, owner, registrable

DOMAINS = [
    ("www.example.com", "example.com", "example.com"),
    ("a.b.example.co.kr", "example.co.kr", "example.co.kr"),
    ("me.tistory.com", "tistory.com", "tistory.com"),
    ("blog.naver.com", "naver.com", "naver.com"),
    ("me.github.io", "github.io", "me.github.io"),
    ("a.me.github.io", "github.io", "me.github.io"),
    ("github.io", "github.io", "github.io"),
    ("co.kr", "co.kr", "co.kr"),
    ("a.b.test", "b.test", "b.test"),
    ("localhost", "localhost", "localhost"),
    ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ("::1", "::1", "::1"),
    ("www.xn--bj0bj06e.xn--3e0b707e", "xn--bj0bj06e.xn--3e0b707e", "xn--bj0bj06e.xn--3e0b707e"),
]


@pytest.mark.parametrize(("host", "domain", "whose"), DOMAINS)
def test_registrable_domains(host: str, domain: str, whose: str) -> None:
    assert (registrable(host), owner(host)) == (domain, whose)


def test_nobody_owns_a_public_suffix() -> None:
    assert all(map(is_public_suffix, ("kr", "co.kr", ".co.kr", "github.io", "com", "localhost")))
    assert not any(map(is_public_suffix, ("a.co.kr", "me.github.io", "example.com", "a.test")))
