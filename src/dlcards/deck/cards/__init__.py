"""From a valid pair to the fields of its cards."""
