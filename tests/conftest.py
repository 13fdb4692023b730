"""Loaded before all tests: Hypothesis without deadlines, which a busy machine would miss; one thread each."""

import os

# Workers share the processors already, and small matrices are slower on several threads; set before
# numpy is loaded.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from tests import helpers  # noqa: E402

__all__ = ["helpers"]
