"""The checkout on disk: which documents to read, and what rules may know of the other files."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.model import Config, Text, name_of
from dlcards.project.disk import Reach, read_regular, reason_of
from dlcards.project.exclusion import Exclusion, ignored_by_git, would_be_ignored
from dlcards.project.git import is_ignored
from dlcards.project.systems import as_git_has, command_line, real_path, seen_from

MARKDOWN_SUFFIXES = (".md", ".markdown")
PROJECT_FILES = ("dlcards.toml", "pyproject.toml")


class Unreadable(NamedTuple):
    """A file that could not be read, and why, in words for whoever has to mend it."""

    path: str
    reason: Text

    def __str__(self) -> str:
        return self.message.en

    @property
    def message(self) -> Text:
        """Path and reason."""
        return Text(f"{name_of(self.path)}: {self.reason.ko}", f"{name_of(self.path)}: {self.reason.en}")


def find_root(start: Path) -> Path:
    """The checkout that a file or folder belongs to: what paths in documents and reports start from.

    That is the nearest folder upwards with a ``.git``; outside of git, with a ``dlcards.toml`` or
    ``pyproject.toml``; where there is none, the folder itself.
    """
    above = folders_above(start)
    for marks in ((".git",), PROJECT_FILES):
        for folder in above:
            if any((folder / mark).exists() for mark in marks):
                return folder
    return above[0]


def reach_of(paths: Iterable[Path], *, meant: bool = True) -> Reach:
    """What a run on ``paths`` may touch: the checkouts that they stand in, and they themselves.

    Args:
        paths: Files and folders.
        meant: Whether somebody has named them; a hook names whatever is committed, links included.
    """
    places = ((find_root(path), path) if meant else (find_root(path),) for path in paths)
    return Reach.of(*dict.fromkeys(place for each in places for place in each))


def folders_above(start: Path) -> list[Path]:
    """The folder of a file, or a folder itself, and all folders above it."""
    folder = Path(real_path(start if os.path.isdir(start) else start.parent))
    return [folder, *folder.parents]


class Located(NamedTuple):
    """A file that was found: where it was found, and its real path, no part of which is a link.

    Strings, since a ``Path`` takes longer to make than a file to be found.
    """

    file: str
    real: str


def find_documents(paths: Iterable[Path], exclusion: Exclusion) -> Iterator[Path | Unreadable]:
    """The files that :func:`locate` finds."""
    for found in locate(paths, exclusion):
        yield found if isinstance(found, Unreadable) else Path(found.file)


def locate(paths: Iterable[Path], exclusion: Exclusion) -> Iterator[Located | Unreadable]:
    """The markdown files that ``paths`` name, in a stable order, each once.

    A folder stands for all markdown files below it, save what is excluded and what git ignores. A file
    that is named itself is found, unless ``exclusion`` is forced. Links to folders are not followed, so
    that a loop does no harm.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, exclusion):
            if isinstance(found, Unreadable):
                yield found
            elif found.real not in seen:
                seen.add(found.real)
                yield found


def is_found(real: str, path: Path, exclusion: Exclusion) -> bool:
    """Whether :func:`locate` would find a file, by its real path, under ``path`` once it is there."""
    start = Path(real_path(path))
    if real == str(start):
        return not (exclusion.force and exclusion.holds(real, is_folder=False))
    file = Path(real)
    if not (file.is_relative_to(start) and file.name.lower().endswith(MARKDOWN_SUFFIXES)):
        return False
    exclusion = exclusion.below(start)
    folders = [folder for folder in file.parents if folder != start and folder.is_relative_to(start)]
    excluded = exclusion.holds(real, is_folder=False) or any(
        exclusion.holds(folder, is_folder=True) for folder in folders
    )
    return not (excluded or would_be_ignored(file, start))


def read_text(path: Path, reach: Reach) -> str | Unreadable:
    """The characters of a UTF-8 file, its line ends and BOM untouched."""
    data = read_data(Located(str(path), real_path(path)), reach)
    return data if isinstance(data, Unreadable) else decoded(path, data)


def read_data(found: Located, reach: Reach) -> bytes | Unreadable:
    """The bytes of a file."""
    try:
        reach.check(found.file, found.real)
        return read_regular(found.file)
    except OSError as error:
        return Unreadable(str(Path(found.file)), unreadable_reason(error))


def decoded(path: Path, data: bytes) -> str | Unreadable:
    """The characters of a file that holds these bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = _encoding_hint(data)
        reason = Text(f"UTF-8이 아니다. {hint.ko}", f"is not UTF-8; {hint.en}")
        return Unreadable(f"{path}:{line}", reason)


def shown(path: Path) -> str:
    """``path`` as seen from the present folder, on one line."""
    return name_of(seen_from(path))


def adding(path: Path) -> str:
    """The command that has git keep a file, also one that it ignores."""
    # Git runs hooks in the checkout's root, wherever the commit is typed.
    seen = name_of(seen_from(path, os.environ.get("GIT_PREFIX") or "."))
    return command_line("git", "add", *(["--force"] if is_ignored(path) else []), seen)


class Checkout:
    """The files of a project, as :class:`dlcards.model.Files` for rules.

    Names are compared to the letter, as GitHub's servers do, also on file systems that don't tell
    ``A.png`` from ``a.png``. What links lead to out of ``reach`` is not there.

    Args:
        root: The folder that paths start from.
        config: The project's configuration.
        reach: Where files may stand; below the root when None.
    """

    def __init__(self, root: Path, config: Config, reach: Reach | None = None) -> None:
        self.root = root
        self.reach = reach or Reach.of(root)
        self._config = config
        self._listings: dict[str, dict[str, bool]] = {}
        self._anchors: dict[PurePosixPath, frozenset[str] | None] = {}
        self._ignored: frozenset[str] | None = None
        self._unsaved: dict[PurePosixPath, bytes] = {}

    def relative(self, path: Path) -> PurePosixPath:
        """``path`` as seen from the root."""
        return PurePosixPath(self.relative_name(real_path(path)))

    def relative_name(self, real: str) -> str:
        """A real path as seen from the root, with ``/``."""
        inside = os.path.join(self.root, "")  # noqa: PTH118 - a string, as in Located
        if real.startswith(inside):
            return real[len(inside) :].replace(os.sep, "/")
        return seen_from(real, self.root)

    def exists(self, path: PurePosixPath) -> bool:
        """Whether there is a file or folder of exactly this name."""
        return self._is_there(path) and not self._leads_out(path)

    def leaves(self, path: PurePosixPath) -> bool:
        """Whether what has exactly this name stands out of reach: a link leads to it."""
        return self._is_there(path) and self._leads_out(path)

    def ignored(self, path: PurePosixPath) -> bool:
        """Whether git ignores a file that is there, so that the repository has none."""
        if self._ignored is None:
            self._ignored = ignored_by_git(self.root)
        if not self._ignored:
            return False
        place = self.root / path
        return any(str(part) in self._ignored for part in (place, *place.parents))

    def similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that differs from ``path`` only in letter case or in Unicode form."""
        found = PurePosixPath()
        for name in path.parts:
            if name == "..":
                found /= name
                continue
            names = sorted(n for n in self._listing(self.root / found) if _fold(n) == _fold(name))
            if not names:
                return None
            same_letters = [n for n in names if _composed(n) == _composed(name)]
            found /= name if name in names else [*same_letters, *names][0]
        return None if self._leads_out(found) else found

    def anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        """The anchors of a markdown document; None where it is no readable one."""
        if path not in self._anchors:
            self._anchors[path] = self._read_anchors(path)
        return self._anchors[path]

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a file; None where there is none that can be read."""
        if path in self._unsaved:
            return self._unsaved[path]
        try:
            return read_regular(self.root / path, self.reach)
        except OSError:
            return None

    def names(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names of the files (no folders) in a folder, sorted."""
        if self._leads_out(folder):
            return ()
        return tuple(
            name
            for name in sorted(self._listing(self.root / folder))
            if folder / name in self._unsaved or (self.root / folder / name).is_file()
        )

    def add(self, path: PurePosixPath, anchors: frozenset[str]) -> None:
        """Take the anchors of a document that are already known."""
        self._anchors[path] = anchors

    def take(self, path: PurePosixPath, data: bytes) -> None:
        """Take a file as an editor holds it, unsaved, whatever the disk says."""
        self._unsaved[path] = data
        for part in (path, *path.parents[:-1]):  # the folders of a new file may be new, too
            folder = str((self.root / part).parent)
            self._listings[folder] = {part.name: False, **self._listing(folder)}

    def _read_anchors(self, path: PurePosixPath) -> frozenset[str] | None:
        if path.suffix.lower() not in MARKDOWN_SUFFIXES:
            return None
        if path in self._unsaved:
            text = decoded(self.root / path, self._unsaved[path])
        else:
            text = read_text(self.root / path, self.reach)
        # Not above: who only reads files need not wait for the parser.
        from dlcards.document.build import build

        return None if isinstance(text, Unreadable) else build(path, text, self._config).anchors

    def _is_there(self, path: PurePosixPath) -> bool:
        folder = str(self.root)
        for name in path.parts:
            if name == "..":
                folder = os.path.dirname(folder)  # noqa: PTH120 - asked a hundred times a document
            elif name not in self._listing(folder):
                return False
            else:
                folder = f"{folder}{os.sep}{name}"
        return True

    def _leads_out(self, path: PurePosixPath) -> bool:
        # Where no link is on the way, the disk need not be asked.
        folder, is_straight = str(self.root), True
        for name in path.parts:
            is_straight = is_straight and name != ".." and not self._listing(folder).get(name)
            folder = f"{folder}{os.sep}{name}"
        return not (is_straight and ".git" not in path.parts) and not self.reach.holds(Path(folder))

    def _listing(self, folder: str | Path) -> Mapping[str, bool]:
        """The names in a folder, each with whether it is a link."""
        folder = str(folder)
        if folder not in self._listings:
            try:
                with os.scandir(folder) as entries:
                    self._listings[folder] = {as_git_has(entry.name): _is_link(entry) for entry in entries}
            except OSError:
                self._listings[folder] = {}
        return self._listings[folder]


def _is_link(entry: os.DirEntry[str]) -> bool:
    # A junction of Windows is one, too; Python 3.11 does not know it by that name.
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def _absent(path: Path) -> Text:
    """That there is no such file, and which one may be meant."""
    # Not above: who names what is there need not wait for it.
    from dlcards.project.closest import closest

    try:
        hint = closest(path.name, os.listdir(path.parent), 0.75)
    except OSError:
        hint = Text("", "")
    if not hint.en:
        hint = Text(". 경로를 다시 보거나 그 폴더에서 친다", "; check the path, or run this in its folder")
    return Text(f"그런 파일이나 폴더가 없다{hint.ko}", f"does not exist{hint.en}")


def _expand(path: Path, exclusion: Exclusion) -> Iterator[Located | Unreadable]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        yield Unreadable(str(path), _absent(path))
        return
    except OSError as error:
        yield Unreadable(str(path), unreadable_reason(error))
        return
    real = real_path(path)
    if exclusion.force and exclusion.holds(real, is_folder=is_folder):
        return
    if is_folder:
        yield from _below(Located(str(path), real), exclusion)
    else:
        yield Located(str(path), real)


def _below(start: Located, exclusion: Exclusion) -> Iterator[Located | Unreadable]:
    exclusion = exclusion.below(Path(start.real))
    ignored = ignored_by_git(Path(start.real))
    errors: list[OSError] = []
    left = [start]
    while left:
        folder = left.pop()
        try:
            with os.scandir(folder.file) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            errors.append(error)
            continue
        folders = []
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if not (is_folder or entry.name.lower().endswith(MARKDOWN_SUFFIXES)):
                continue
            file, real = (os.path.join(where, as_git_has(entry.name)) for where in folder)  # noqa: PTH118 - strings
            if real in ignored or exclusion.holds(real, is_folder=is_folder):
                continue
            if is_folder:
                folders.append(Located(file, real))
            elif not entry.is_symlink():
                yield Located(file, real)
            elif not os.path.isdir(real):
                yield Located(file, real_path(real))
        left += reversed(folders)
    yield from (Unreadable(str(e.filename), unreadable_reason(e)) for e in errors)


def unreadable_reason(error: OSError) -> Text:
    """Why a file could not be read."""
    why = reason_of(error)
    return Text(f"읽을 수 없다: {why.ko}", f"cannot be read: {why.en}")


def unwritable_reason(error: OSError) -> Text:
    """Why a file could not be written."""
    why = reason_of(error)
    return Text(f"쓸 수 없다: {why.ko}", f"cannot be written: {why.en}")


def _encoding_hint(data: bytes) -> Text:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Text("UTF-16인 듯하니 UTF-8로 저장한다", "it looks like UTF-16; save it as UTF-8")
    if b"\0" in data:
        return Text("이진 파일인 듯하다", "it looks like a binary file")
    try:
        data.decode("cp949")
    except UnicodeDecodeError:
        return Text("UTF-8로 저장한다", "save it as UTF-8")
    command = "iconv -f CP949 -t UTF-8"
    return Text(f"CP949인 듯하니 바꾼다: {command}", f"it looks like CP949; convert it: {command}")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _fold(name: str) -> str:
    return _composed(name).casefold()
