"""Findings: the engine that runs rules, fixes, the baseline, comments that keep findings silent."""
