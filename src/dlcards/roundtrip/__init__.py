"""From Anki's fields back into the markdown that they were made of: a patch that proves itself."""
