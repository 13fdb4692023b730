"""What ``import dlcards`` offers and the command line is built on: it prints nothing, and ends no process."""
