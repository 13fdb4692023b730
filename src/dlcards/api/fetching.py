"""Where the pictures of other sites come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from dlcards.model import Config

if TYPE_CHECKING:
    from dlcards.links.downloads import Remote
    from dlcards.links.urls import Address

# Gets the pictures of other sites.
Fetch = Callable[[Sequence["Address"], Config], "Remote"]


def fetcher(*, offline: bool) -> Fetch:
    """Gets pictures as the link checker does; from the cache alone when ``offline``."""
    return partial(_fetch, offline=offline)


def _fetch(addresses: Sequence[Address], config: Config, *, offline: bool) -> Remote:
    # Not above: requests is slow to load, and a deck without such pictures needs none of it.
    from dlcards.links.downloads import fetch_pictures

    return fetch_pictures(addresses, config, offline=offline)
