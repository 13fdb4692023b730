"""Where the running dlcards says that it was installed from (PEP 610), whatever it is here."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

FOLDER: dict[str, object] = {"url": "file:///nowhere", "dir_info": {}}


class _Distribution(NamedTuple):
    origin: dict[str, object] | None

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return json.dumps(self.origin) if self.origin else None


def install(monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None) -> None:
    """Say that it was installed from there; from an index when None."""
    monkeypatch.setattr("dlcards.project.starting.distribution", lambda name: _Distribution(origin))
