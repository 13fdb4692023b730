"""Measured comparisons, run by hand: ``python -m benchmarks.lint``. Read ratios, not seconds."""
