"""Loaded before all tests: Hypothesis without deadlines, which a busy machine would miss; one thread each."""

import os
import signal

import pytest

# Workers share the processors already, and small matrices are slower on several threads; set before
# numpy is loaded.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# What a shell starts in the background ignores Ctrl-C, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

from tests.support import documents as helpers  # noqa: E402

__all__ = ["helpers"]


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or fills the caches of whoever runs it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("caches"))
