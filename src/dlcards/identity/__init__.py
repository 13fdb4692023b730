"""Which note a question is: the lock, and how its rows are matched. A learner's history hangs on it."""

NAME = "deck.lock"
VERSION = 1  # of its form
