"""What was asked of a project's files, so that it can be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from dlcards.model import Files
from dlcards.project.store import digest_of


class AskedFiles:
    """The files of a project (:class:`dlcards.model.Files`); notes every question with its answer.

    Attributes:
        asked: The answers, by the question and the path that it was about.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[tuple[str, str], str] = {}

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name."""
        answer = self._files.exists(path)
        self.asked["exists", str(path)] = str(answer)
        return answer

    def leaves(self, path: PurePosixPath) -> bool:
        """Whether a link of exactly this name leads out of the project."""
        answer = self._files.leaves(path)
        self.asked["leaves", str(path)] = str(answer)
        return answer

    def ignored(self, path: PurePosixPath) -> bool:
        """Whether git ignores a file that is there."""
        answer = self._files.ignored(path)
        self.asked["ignored", str(path)] = str(answer)
        return answer

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""
        answer = self._files.similar(path)
        self.asked["similar", str(path)] = str(answer)
        return answer

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a markdown document, which its bytes decide."""
        self.asked["read", str(path)] = digest_of(self._files.read(path))
        return self._files.anchors(path)

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file."""
        answer = self._files.read(path)
        self.asked["read", str(path)] = digest_of(answer)
        return answer

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files in a folder."""
        answer = self._files.names(folder)
        self.asked["names", str(folder)] = _digest_of_names(answer)
        return answer

    def noted(self) -> list[list[str]]:
        """All questions and answers, for :class:`Answers` in another run."""
        return [[question, path, answer] for (question, path), answer in self.asked.items()]


class Answers:
    """The answers that a project's files give today, each found out once.

    Args:
        files: The files.
        digests: The answers to ``read`` that are known, by path.
    """

    def __init__(self, files: Files, digests: Mapping[str, str] = MappingProxyType({})) -> None:
        self._files = files
        self._known = {("read", path): digest for path, digest in digests.items()}

    def are(self, asked: Iterable[Sequence[str]]) -> bool:
        """Whether they are those that :meth:`AskedFiles.noted` says of another run."""
        return all(self._answer(question, path) == before for question, path, before in asked)

    def _answer(self, question: str, path: str) -> str:
        key = question, path
        if key not in self._known:
            self._known[key] = self._ask(question, PurePosixPath(path))
        return self._known[key]

    def _ask(self, question: str, path: PurePosixPath) -> str:
        files = self._files
        if question == "exists":
            return str(files.exists(path))
        if question == "leaves":
            return str(files.leaves(path))
        if question == "ignored":
            return str(files.ignored(path))
        if question == "similar":
            return str(files.similar(path))
        return digest_of(files.read(path)) if question == "read" else _digest_of_names(files.names(path))


def _digest_of_names(names: Iterable[str]) -> str:
    return digest_of("\0".join(names).encode("utf-8", "surrogateescape"))
