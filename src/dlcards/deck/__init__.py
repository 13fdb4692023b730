"""From valid pairs to a deck: HTML, pictures, identity, the package that Anki imports."""
