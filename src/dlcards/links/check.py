"""From addresses to verdicts."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from dlcards.links.cache import Cache
from dlcards.links.names import Resolve, getaddrinfo
from dlcards.links.settings import Settings
from dlcards.links.urls import Address, InvalidAddress, OtherScheme, parse
from dlcards.links.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from dlcards.links.chase import Chase
    from dlcards.links.judge import Judgement
    from dlcards.links.run import Run

_TICK = 0.05
