"""A bug of the program at one document: reported with its traceback, while the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import NamedTuple

from dlcards.model.diagnostic import Text
from dlcards.model.error import InputError
from dlcards.model.printable import name_of


class Fault(NamedTuple):
    """A bug that a document has met.

    Attributes:
        path: The document, or the address.
        doing: What was being done, in a word or two: the code of a rule, the command.
        traceback: As Python says it.
    """

    path: str
    doing: str
    traceback: str

    @property
    def message(self) -> Text:
        """What is to be reported to the program's authors, and that the rest has gone on."""
        said = f"{name_of(self.path)}: {self.doing}"
        return Text(
            f"{said}: 프로그램의 오류다. 이 부분만 빼고 계속했다. 아래를 붙여 알려 달라\n{self.traceback}",
            f"{said}: a bug in dlcards; all else went on without it. Please report it with what follows\n"
            f"{self.traceback}",
        )


class Faults(list[Fault]):
    """The bugs of a run."""

    @contextmanager
    def caught(self, path: PurePath | str, doing: str) -> Iterator[None]:
        """Note a bug instead of letting it end the run; Ctrl-C and an ``InputError`` end it all the same."""
        try:
            yield
        except InputError:
            raise
        except Exception:
            self.add(path, doing)

    def add(self, path: PurePath | str, doing: str) -> None:
        """Note the bug that is being handled."""
        self.append(Fault(str(path), doing, traceback.format_exc()))


class Unguarded(Faults):
    """For whoever wants a bug to be raised where it is: tests, and callers that do one thing."""

    @contextmanager
    def caught(self, path: PurePath | str, doing: str) -> Iterator[None]:
        """Let every bug pass."""
        yield
