"""What some systems lack, as marks of the tests that need it: they are skipped, and say why."""

import os
import sys

import pytest

POSIX = pytest.mark.skipif(
    os.name == "nt", reason="needs pipes, devices, signals and permissions as POSIX has them"
)
BYTE_NAMES = pytest.mark.skipif(
    sys.platform != "linux", reason="needs names of any bytes, which only Linux lets be"
)
