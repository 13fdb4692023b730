"""Measured comparisons: ``make bench``. Read ratios, not seconds."""
