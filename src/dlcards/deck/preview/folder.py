"""The folder that a preview is written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dlcards.model import InputError, Text
from dlcards.project.disk import Reach, make_folder, read_regular, remove, write_whole
from dlcards.project.files import shown, unwritable_reason

_MANIFEST = ".dlcards-preview"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the preview's files into a folder, and remove those of an earlier preview that are left over.

    A list of the files that are ours stands beside them; nothing else is ever removed or replaced.

    Raises:
        InputError: The folder holds a page that is not ours, or can't be written to.
    """
    # The list may be a stranger's, and so may be what stands in the folder.
    listing, within = folder / _MANIFEST, Reach.of(folder)
    try:
        known = _listed(listing, within)
        if known is None and (folder / "index.html").exists():
            said = shown(folder / "index.html")
            raise InputError(
                Text(
                    f"{said}은 dlcards preview가 만들지 않아 그대로 두었다. --output으로 다른 곳을 준다",
                    f"{said} was not made by dlcards preview and is left alone; use another --output",
                )
            )
        make_folder(folder, within)
        ours = sorted({*files, *(known or ())})
        write_whole(listing, "\n".join(ours).encode(), within)
        for name, data in files.items():
            target = folder / name
            if not target.is_file() or read_regular(target, within) != data:
                make_folder(target.parent, within)
                write_whole(target, data, within)
        for name in set(ours) - set(files):
            place = folder / name
            if place.parent.is_dir() and within.holds(place.parent) and not place.is_dir():
                remove(place, within)
        write_whole(listing, "\n".join(sorted(files)).encode(), within)
    except OSError as error:
        where, why = shown(Path(error.filename or folder)), unwritable_reason(error)
        raise InputError(
            Text(f"{where}: {why.ko}. 다른 폴더를 준다: -o", f"{where}: {why.en}; name another folder: -o")
        ) from error


def _listed(listing: Path, within: Reach) -> list[str] | None:
    """The files of an earlier preview; None where there was none. What can be no name of ours is left out."""
    try:
        names = read_regular(listing, within).decode("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return None
    return [name for name in names if name and "\0" not in name and ".." not in name.split("/")]
