"""The real Anki as the judge of a package; the only modules that import ``anki``."""
