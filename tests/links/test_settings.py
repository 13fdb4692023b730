"""Settings that are refused before anything is asked."""

from __future__ import annotations

import pytest

from dlcards.links import Settings


@pytest.mark.parametrize(
    "settings",
    [
        Settings(allow_nets=("10.0.0.0/33",)),
        Settings(headers={"*": {"a b": "c"}}),
        Settings(headers={"*": {"A": "b\r\nC: d"}}),
    ],
)
def test_settings_that_can_not_be(settings: Settings) -> None:
    with pytest.raises(ValueError, match=r"."):
        settings.check()
