"""``python -m dlcards``."""

from dlcards.cli import main

main()
