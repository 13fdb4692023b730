"""Addresses as browsers read them, percent-encoded bytes untouched.

Follows https://url.spec.whatwg.org for http and https, except that two slashes and a host are
required: ``http:/a`` in a document is a slip, even if browsers guess what was meant.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from dlcards.model import lazy_compile

_PORTS = {"http": 80, "https": 443}
_SCHEME = lazy_compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN_IN_HOST = lazy_compile(r"[\x00-\x20\"#/:<>?@\[\\\]^`{|}%\x7f]")
_ENCODED_IN_PATH = lazy_compile(r"[\x00-\x20\"<>^`{}\x7f-\U0010ffff]")
_ENCODED_IN_QUERY = lazy_compile(r"[\x00-\x20\"'<>\x7f-\U0010ffff]")
_IPV4 = lazy_compile(r"[0-9]+(?:\.[0-9]+){3}")
_NUMBER = lazy_compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)")


class InvalidAddress(ValueError):
    """The text is no address that a browser could open."""


class OtherScheme(ValueError):
    """The address is one of ``mailto:``, ``file:`` and the like."""


class Address(NamedTuple):
    """An http or https address, ready to be asked for.

    Attributes:
        scheme: ``http`` or ``https``.
        host: In lower case and ASCII; an IPv6 address without brackets, an IPv4 address in decimal.
        port: 1 to 65535.
        target: Path and query as they are sent; begins with ``/``.
        fragment: As written, without ``#``.
        userinfo: As written, without ``@``.
    """

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""
    userinfo: str = ""

    @property
    def is_ip(self) -> bool:
        """Whether the host is an IP address."""
        return ":" in self.host or _IPV4.fullmatch(self.host) is not None

    @property
    def family(self) -> socket.AddressFamily:
        """The family of a host that is an IP address."""
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    def may_know_secrets_of(self, other: Address) -> bool:
        """Whether what is for ``other`` may be sent here: it is the same server, and no less secret."""
        if self.host != other.host:
            return False
        mine, others = (self.scheme, self.port), (other.scheme, other.port)
        return mine == others or (mine, others) == (("https", 443), ("http", 80))

    @property
    def authority(self) -> str:
        """Host and port, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without fragment and userinfo."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def full_url(self) -> str:
        """The address with its fragment, without userinfo."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url

    @property
    def path(self) -> str:
        """The path, percent-encoded."""
        return self.target.partition("?")[0]


def parse(text: str) -> Address:
    """The address that ``text`` means; ``//host/path`` is taken for https.

    Raises:
        OtherScheme: It has another scheme, or it is a relative path.
        InvalidAddress: It has no host, or one that can't be.
    """
    text = _stripped(text)
    if text.startswith("//"):
        text = f"https:{text}"
    scheme = _SCHEME.match(text)
    if not scheme:
        raise OtherScheme("a relative path")
    name = scheme[1].lower()
    if name not in _PORTS:
        raise OtherScheme(f"{name}: is not http")
    rest = text[scheme.end() :]
    before_query = re.split(r"[?#]", rest, maxsplit=1)[0]
    rest = before_query.replace("\\", "/") + rest[len(before_query) :]
    if not rest.startswith("//"):
        raise InvalidAddress("no // after the scheme")
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    target, fragment = _target(rest[2 + len(authority) :])
    userinfo, _, host_and_port = authority.rpartition("@")
    host, port = _host_and_port(host_and_port, _PORTS[name])
    return Address(name, host, port, target, fragment, userinfo)


def join(base: Address, location: str) -> Address:
    """Where a ``Location`` leads that was found at ``base``; the userinfo of ``base`` is left behind.

    The fragment is that of ``location``, empty where it has none.

    Raises:
        OtherScheme: To something that is not http.
        InvalidAddress: To no possible address.
    """
    location = _stripped(location)
    scheme = _SCHEME.match(location)
    if scheme:
        return parse(location)
    if location.replace("\\", "/").startswith("//"):
        return parse(f"{base.scheme}:{location}")
    if location.startswith("#") or not location:
        return base._replace(fragment=location[1:], userinfo="")
    if location.startswith("?"):
        location = base.path + location
    elif location[0] not in "/\\":
        location = base.path.rpartition("/")[0] + "/" + location
    target, fragment = _target(location)
    return base._replace(target=target, fragment=fragment, userinfo="")


def header_text(value: str) -> str:
    """The text of a ``Location`` header, which ``http.client`` reads as Latin-1.

    It is UTF-8 where that is possible; bytes of other encodings are percent-encoded as they are.
    """
    data = value.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in data)


def _stripped(text: str) -> str:
    return re.sub(r"[\t\r\n]", "", text.strip("".join(map(chr, range(0x21)))))


def _target(rest: str) -> tuple[str, str]:
    before, _, fragment = rest.partition("#")
    path, question_mark, query = before.partition("?")
    path = _without_dots(_encoded(_ENCODED_IN_PATH, path.replace("\\", "/")))
    return path + question_mark + _encoded(_ENCODED_IN_QUERY, query), fragment


def _encoded(what: re.Pattern[str], text: str) -> str:
    return what.sub(lambda found: quote(found[0].encode("utf-8", "replace"), safe=""), text)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for number, segment in enumerate(segments, 1):
        name = segment.lower().replace("%2e", ".")
        if name == ".." and kept:
            kept.pop()
        if name not in (".", ".."):
            kept.append(segment)
        elif number == len(segments):
            kept.append("")
    return "/" + "/".join(kept)


def _host_and_port(text: str, default: int) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?", text)
    if not found or not found[1]:
        raise InvalidAddress("no host" if not text else "a host or port that can't be")
    port = int(found[2][-6:]) if found[2] else default
    if not 0 < port < 65536 or len((found[2] or "").lstrip("0")) > 5:
        raise InvalidAddress("a port that can't be")
    return _host(found[1]), port


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            address = ipaddress.IPv6Address(text[1:-1] if "%" not in text else "")
        except ValueError:
            raise InvalidAddress("an IPv6 address that can't be") from None
        # Not always address.compressed: from Python 3.13 on, it writes mapped addresses in another way.
        low = int(address) & 0xFFFFFFFF
        return f"::ffff:{low >> 16:x}:{low & 0xFFFF:x}" if address.ipv4_mapped else address.compressed
    try:
        name = unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:  # bytes that are not UTF-8, or half a surrogate pair
        raise InvalidAddress("a host name that is not UTF-8") from None
    name = _ascii(name).lower().removesuffix(".")
    if _FORBIDDEN_IN_HOST.search(name):
        raise InvalidAddress("a character that host names can't have")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    if len(name) > 253 or not all(0 < len(label) < 64 for label in labels):
        raise InvalidAddress("a host name that can't be")
    return name


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    import idna

    try:
        mapped = idna.uts46_remap(name, std3_rules=False)
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidAddress(f"a host name that can't be: {error}") from None
    return ".".join(label if label.isascii() else _alabel(label) for label in mapped.split("."))


def _alabel(label: str) -> str:
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        # Browsers open names that IDNA 2008 forbids, such as ones with emoji.
        return "xn--" + label.encode("punycode").decode("ascii")


def _ipv4(labels: list[str]) -> str:
    """``0x7f.1``, ``2130706433``, ``0177.0.0.1``: what browsers and libc take for IPv4 addresses."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) and len(label) < 20 for label in labels):
        raise InvalidAddress("an IPv4 address that can't be")
    try:
        *first, last = (_number(label) for label in labels)
    except ValueError:
        raise InvalidAddress("an IPv4 address that can't be") from None
    if any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
        raise InvalidAddress("an IPv4 address that can't be")
    return str(ipaddress.IPv4Address(sum(p << 24 - 8 * i for i, p in enumerate(first)) + last))


def _number(label: str) -> int:
    if label[:2] in ("0x", "0X"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label[0] == "0" and len(label) > 1 else 10)
