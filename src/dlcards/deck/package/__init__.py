"""From cards to files: note types, .apkg, CSV, JSON."""
