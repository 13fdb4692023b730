"""Which note a question is: the lock, and how its rows are matched. A learner's history hangs on it."""

NAME = "deck.lock"
VERSION = 1  # of its form
LAST_SECOND = 253_402_300_799  # of the year 9999 in UTC, the last one that Python's datetime knows
