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
        known = read_regular(listing, within).decode("utf-8").split("\n") if listing.exists() else []
        if not known and (folder / "index.html").exists():
            said = shown(folder / "index.html")
            raise InputError(
                Text(
                    f"{said}은 dlcards preview가 만들지 않아 그대로 두었다. --output으로 다른 곳을 준다",
                    f"{said} was not made by dlcards preview and is left alone; use another --output",
                )
            )
        make_folder(folder, within)
        ours = sorted({*files, *filter(None, known)})
        write_whole(listing, "\n".join(ours).encode(), within)
        for name, data in files.items():
            target = folder / name
            if not target.is_file() or read_regular(target, within) != data:
                make_folder(target.parent, within)
                write_whole(target, data, within)
        for name in set(ours) - set(files):
            if within.holds((folder / name).parent):
                remove(folder / name, within)
        write_whole(listing, "\n".join(sorted(files)).encode(), within)
    except (OSError, UnicodeDecodeError) as error:
        where = shown(Path(getattr(error, "filename", None) or folder))
        why = unwritable_reason(error) if isinstance(error, OSError) else Text(f"{error}", f"{error}")
        raise InputError(Text(f"{where}: {why.ko}", f"{where}: {why.en}")) from error
