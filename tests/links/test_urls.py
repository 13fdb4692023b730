"""Addresses as browsers read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.links.urls import Address, InvalidAddress, OtherScheme, header_text, join, parse

PARSED = [
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.com:80/A", "http://example.com/A"),
    ("https://example.com:443/", "https://example.com/"),
    ("https://example.com:8443", "https://example.com:8443/"),
    ("//example.com/a", "https://example.com/a"),
    ("  https://example.com/a\n", "https://example.com/a"),
    ("https://exa\tmple.com/a\nb", "https://example.com/ab"),
    ("https://example.com./a", "https://example.com/a"),
    ("https:\\\\example.com\\a?b\\c", "https://example.com/a?b\\c"),
    ("https://example.com?q", "https://example.com/?q"),
    ("https://example.com/?", "https://example.com/?"),
    ("https://user:pw@example.com/a", "https://example.com/a"),
    ("https://a@b@example.com/", "https://example.com/"),
    ("https://example.com/a@b:c", "https://example.com/a@b:c"),
    # Bytes as they are, and only what can't be sent is encoded.
    ("https://example.com/%c7%D1%2F%2525%7E%zz%", "https://example.com/%c7%D1%2F%2525%7E%zz%"),
    ("https://example.com/한 글?q=한\"'", "https://example.com/%ED%95%9C%20%EA%B8%80?q=%ED%95%9C%22%27"),
    ("https://example.com/<a>`{b}^|[c]'", "https://example.com/%3Ca%3E%60%7Bb%7D%5E|[c]'"),
    ("https://example.com/a?{b}|^`", "https://example.com/a?{b}|^`"),
    # Dots, as browsers fold them.
    ("https://example.com/a/./b/../c/%2e%2E/d/..", "https://example.com/a/"),
    ("https://example.com/../../a//b/", "https://example.com/a//b/"),
    ("https://example.com/a...b/..c", "https://example.com/a...b/..c"),
    # Hosts.
    ("https://한글.example/", "https://xn--bj0bj06e.example/"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://example。com/", "https://example.com/"),
    ("https://i❤.example/", "https://xn--i-7iq.example/"),
    ("https://ex%61mple.com/", "https://example.com/"),
    ("https://my_host.example/", "https://my_host.example/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://0x7F.0.0.1/", "http://127.0.0.1/"),
    ("http://0177.0.0.01/", "http://127.0.0.1/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0/", "http://0.0.0.0/"),
    ("http://0x/", "http://0.0.0.0/"),
    ("http://１２７。０.0.1/", "http://127.0.0.1/"),
    ("http://[::ffff:127.0.0.1]:80/", "http://[::ffff:7f00:1]/"),
    ("http://[0:0::1]:8080/", "http://[::1]:8080/"),
]
INVALID = [
    "http:",
    "http://",
    "http:///a",
    "http:/example.com",
    "http:example.com",
    "http://:80/",
    "http://user@/",
    "http://[::1/",
    "http://[::1]a/",
    "http://[fe80::1%25eth0]/",
    "http://[1.2.3.4]/",
    "http://a b/",
    "http://a..b/",
    "http://.a/",
    "http://a<b/",
    'http://a"b/',
    "http://a%00b/",
    "http://%ff/",
    "http://a%2fb/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:999999999999/",
    "http://example.com:http/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://1.2.3.08/",
    "http://4294967296/",
    "http://0x100000000/",
    f"http://{'9' * 5000}/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 127}example/",
]


@pytest.mark.parametrize(("text", "url"), PARSED)
def test_addresses_are_read_as_browsers_do(text: str, url: str) -> None:
    address = parse(text)
    assert address.url == url
    assert parse(address.url) == address._replace(fragment="", userinfo="")


@pytest.mark.parametrize("text", INVALID)
def test_addresses_that_can_not_be(text: str) -> None:
    with pytest.raises(InvalidAddress):
        parse(text)


@pytest.mark.parametrize(
    "text", ["", "a/b", "../a", "#a", "?a", "mailto:a@b", "file:///a", "data:,", "1http://a/"]
)
def test_other_schemes(text: str) -> None:
    with pytest.raises(OtherScheme):
        parse(text)


def test_the_parts_of_an_address() -> None:
    address = parse("https://me:pw@Example.com:444/a/b?c=d#e%20f")
    assert address == Address("https", "example.com", 444, "/a/b?c=d", "e%20f", "me:pw")
    assert (address.authority, address.path) == ("example.com:444", "/a/b")
    assert address.full_url == "https://example.com:444/a/b?c=d#e%20f"
    assert [parse(f"http://{host}/").is_ip for host in ("127.1", "[::1]", "1.a", "a")] == [
        True,
        True,
        False,
        False,
    ]


@given(st.text(), st.text())
def test_no_text_is_too_strange_to_read(text: str, location: str) -> None:
    base = parse("http://example.com/a/b?c#d")
    readers: list[Callable[[], Address]] = [
        lambda: parse(text),
        lambda: parse(f"http://{text}"),
        lambda: join(base, location),
    ]
    for read in readers:
        try:
            address = read()
        except (InvalidAddress, OtherScheme):
            continue
        assert address.url.isascii()
        assert not set(address.url) & set(' \r\n\t"<>')


JOINED = [
    ("c", "http://example.com/a/c"),
    ("/c?d", "http://example.com/c?d"),
    ("?d", "http://example.com/a/b?d"),
    ("../c", "http://example.com/c"),
    ("./", "http://example.com/a/"),
    ("//other.example/c", "http://other.example/c"),
    ("\\\\other.example\\c", "http://other.example/c"),
    ("https://other.example", "https://other.example/"),
    ("#e", "http://example.com/a/b?c"),
    (" /c\r\n", "http://example.com/c"),
    ("c:d", OtherScheme),
    ("./c:d", "http://example.com/a/c:d"),
    ("javascript:alert(1)", OtherScheme),
    ("FILE:///etc/passwd", OtherScheme),
    ("http://", InvalidAddress),
    ("//", InvalidAddress),
    ("http://[", InvalidAddress),
]


@pytest.mark.parametrize(("location", "expected"), JOINED)
def test_locations(location: str, expected: str | type[Exception]) -> None:
    base = parse("http://me:pw@example.com/a/b?c#d")
    if isinstance(expected, str):
        found = join(base, location)
        assert (found.url, found.userinfo) == (expected, "")
        assert found.fragment == ("e" if location == "#e" else "")
    else:
        with pytest.raises(expected):
            join(base, location)


def test_the_bytes_of_a_header() -> None:
    assert header_text("/한".encode().decode("latin-1")) == "/한"
    assert header_text("/한a".encode("cp949").decode("latin-1")) == "/%C7%D1a"
