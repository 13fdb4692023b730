"""dlcards: lint markdown documents of questions and answers, and make Anki decks of them."""

__version__ = "0.1.0"
