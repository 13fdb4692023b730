"""Addresses for people to read; see :mod:`dlcards.project.masking`, which loads nothing of the network."""

from dlcards.project.masking import masked, shown

__all__ = ["masked", "shown"]
