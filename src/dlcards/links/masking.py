"""Addresses for people to read; see :mod:`dlcards.masking`, which loads nothing of the network."""

from dlcards.masking import masked, shown

__all__ = ["masked", "shown"]
