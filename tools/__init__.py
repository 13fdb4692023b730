"""Programs for those who work on dlcards itself."""
