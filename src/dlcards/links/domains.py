"""Registrable domains, by the Public Suffix List that ``tldextract`` brings along."""

from __future__ import annotations

import ipaddress
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract

    # No addresses and no folder: the list inside the package, nothing downloaded, nothing written.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """What was registered at a registry: ``example.co.kr`` of ``www.example.co.kr``.

    Hosting sites are one domain each (``github.io``, ``tistory.com``). An IP address stands for
    itself, and of a name below no known suffix the last two labels count.
    """
    return _registrable(host, private=False)


@lru_cache(maxsize=4096)
def owner(host: str) -> str:
    """As :func:`registrable`, but each customer of a hosting site for itself: ``someone.github.io``."""
    return _registrable(host, private=True)


def is_public_suffix(domain: str) -> bool:
    """Whether everybody can get names below ``domain``, so that its cookies are nobody's."""
    found = _extract()(domain.lstrip("."), include_psl_private_domains=True)
    return not found.domain or (not found.suffix and not found.subdomain)


def _registrable(host: str, private: bool) -> str:
    try:
        return ipaddress.ip_address(host).compressed
    except ValueError:
        pass
    found = _extract()(host, include_psl_private_domains=private)
    if found.suffix:
        return f"{found.domain}.{found.suffix}" if found.domain else found.suffix
    return ".".join(host.split(".")[-2:])
