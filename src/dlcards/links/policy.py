"""Which addresses on the network may be asked: those that anybody on the internet can reach.

A document is not to be trusted: a link in it must not make the machine that checks it talk to
itself, to its neighbours or to a cloud's metadata service.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence

_IPv4 = ipaddress.IPv4Address
_IPv6 = ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Not the module's own is_global: what that means differs from one version of Python to another.
# https://www.iana.org/assignments/iana-ipv4-special-registry
_CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",  # the host of an Azure machine, though its range is public
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
# https://www.iana.org/assignments/iana-ipv6-special-registry
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Policy:
    """Which addresses may be asked.

    Args:
        allow_nets: Networks that may be asked besides the public ones.

    Raises:
        ValueError: One of them is no network.
    """

    def __init__(self, allow_nets: Sequence[str] = ()) -> None:
        self._allowed: tuple[_Network, ...] = tuple(
            ipaddress.ip_network(net, strict=False) for net in allow_nets
        )

    def allows(self, address: str) -> bool:
        """Whether an IP address, as text, may be asked; never one that can't be read."""
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(ip, _IPv6) and ip.scope_id:
            return False
        inner = list(_embedded(ip))
        if any(candidate in net for candidate in (ip, *inner) for net in self._allowed):
            return True
        if isinstance(ip, _IPv4):
            return not any(ip in net for net in _CLOSED_V4)
        if not all(self.allows(str(candidate)) for candidate in inner):
            return False
        if ip.ipv4_mapped or ip in _NAT64:
            return True
        return ip in _GLOBAL_V6 and not any(ip in net for net in _CLOSED_V6)


def _embedded(ip: _IPv4 | _IPv6) -> Iterator[_IPv4]:
    """The IPv4 addresses that something on the way may take an IPv6 address for."""
    if isinstance(ip, _IPv4):
        return
    number = int(ip)
    if ip.ipv4_mapped or ip in _NAT64:
        yield _IPv4(number & 0xFFFFFFFF)
    elif ip.sixtofour:
        yield ip.sixtofour
    elif number >> 32 & 0xFCFFFFFF == 0x5EFE:  # ISATAP
        yield _IPv4(number & 0xFFFFFFFF)
