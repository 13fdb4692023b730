"""The folder that a preview is written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dlcards.model import InputError, Text
from dlcards.project.files import shown, write_whole

_MANIFEST = ".dlcards-preview"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the preview's files into a folder, and remove those of an earlier preview that are left over.

    A list of the files that are ours stands beside them; nothing else is ever removed or replaced.

    Raises:
        InputError: The folder holds a page that is not ours, or can't be written to.
    """
    listing = folder / _MANIFEST
    try:
        known = listing.read_text(encoding="utf-8").split("\n") if listing.exists() else []
        if not known and (folder / "index.html").exists():
            said = shown(folder / "index.html")
            raise InputError(
                Text(
                    f"{said}은 dlcards preview가 만들지 않아 그대로 두었다. --output으로 다른 곳을 준다",
                    f"{said} was not made by dlcards preview and is left alone; use another --output",
                )
            )
        folder.mkdir(parents=True, exist_ok=True)
        ours = sorted({*files, *filter(None, known)})
        write_whole(listing, "\n".join(ours).encode())
        for name, data in files.items():
            target = folder / name
            if not target.is_file() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, data)
        for name in set(ours) - set(files):
            if ".." not in Path(name).parts and not Path(name).is_absolute():
                (folder / name).unlink(missing_ok=True)
        write_whole(listing, "\n".join(sorted(files)).encode())
    except (OSError, UnicodeDecodeError) as error:
        where = getattr(error, "filename", None) or folder
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(Text(f"{where}: 쓸 수 없다: {why}", f"{where}: cannot be written: {why}")) from error
