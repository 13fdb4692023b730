"""``python -m dlcards``."""

from dlcards.cli import main

if __name__ == "__main__":  # and not in a process that was spawned to help
    main()
