"""``dlcards server``, as far as it is a command; what it serves stands in tests/server."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

_WITHOUT = "import sys; sys.modules['pygls'] = None; from dlcards.cli import main; main()"


def _start(*arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments], input=said, capture_output=True, check=False, timeout=60
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_the_extra_it_says_what_to_install(language: str) -> None:
    done = _start("-c", _WITHOUT, "server", "--lang", language)
    assert (done.returncode, done.stdout) == (2, b"")
    assert 'pip install "dlcards[lsp]"' in done.stderr.decode()


def test_it_ends_when_nobody_speaks_any_more() -> None:
    done = _start("-m", "dlcards", "server")
    assert (done.returncode, done.stdout) == (0, b"")
