"""Loaded before all tests: Hypothesis without deadlines, which a busy machine would miss."""

from tests import helpers

__all__ = ["helpers"]
