"""Input that can't be used."""

from __future__ import annotations

from dlcards.model.diagnostic import Text


class InputError(Exception):
    """Input that can't be used: not the program's fault.

    Attributes:
        message: What is wrong with which file, and what to do next.
    """

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[type[InputError], tuple[Text]]:
        """From one process to another: what is said, whatever it was."""
        return InputError, (self.message,)
