"""Pictures that learners have put into fields, as files of the repository to be."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from dlcards.deck.cards.media import SUFFIXES, MediaError
from dlcards.model import Document, Text, name_of
from dlcards.project.addresses import is_external, local_target
from dlcards.project.files import Checkout
from dlcards.project.masking import shown
from dlcards.project.picture_bytes import inspect
from dlcards.roundtrip.canonical import original, pictures
from dlcards.roundtrip.trial import Workbench

_FOLDER = "images"


class NoPictureError(Exception):
    """A picture that can't come into the repository; ``message`` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class NewPictures:
    """The pictures of some learners' fields that the project has not.

    Args:
        bench: What it takes to make cards.
        files: Its files, which take the new ones as if they were there.

    Attributes:
        files: The new files by their paths from the root.
    """

    def __init__(self, bench: Workbench, checkout: Checkout) -> None:
        self._bench = bench
        self._checkout = checkout
        self.files: dict[PurePosixPath, bytes] = {}

    def added(
        self,
        html: str,
        known: Collection[str],
        media: Callable[[str], bytes | None],
        document: Document,
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Make files of the pictures of a field.

        Args:
            html: The field.
            known: The names of the deck's own pictures (:func:`dlcards.roundtrip.canonical.original`).
            media: Gives the bytes that the learner has under a name.
            document: The document that is to show them.

        Returns:
            Their names in the deck by those that the field has for them, and their addresses in the document
            by their names in the deck.

        Raises:
            NoPictureError: One can't be had, or is none that a deck may hold.
        """
        names, addresses = {}, {}
        for source in dict.fromkeys(pictures(html)):
            if not source or original(source) in known:
                continue
            if is_external(source):
                said = shown(source)
                raise NoPictureError(
                    Text(
                        f"다른 사이트의 그림은 가져오지 않는다: {said}. 그림을 복사해 붙이고 다시 내보낸다",
                        f"pictures of other sites are not fetched for a learner: {said}; paste the picture "
                        "itself and export again",
                    )
                )
            data = media(source)
            if data is None:
                said = name_of(source)
                raise NoPictureError(
                    Text(
                        f"그림이 없다: {said}. 미디어 포함을 켜고 다시 내보낸다",
                        f"no such picture: {said}; export again, with media included",
                    )
                )
            path = self._path(data, source, document)
            self.files[path] = data
            self._checkout.take(path, data)
            address = posixpath.relpath(str(path), str(document.path.parent))
            try:
                names[source] = self._bench.name_of(address, document.path)
            except MediaError as error:
                raise NoPictureError(error.message) from error
            addresses[original(names[source])] = address
        return names, addresses

    def _path(self, data: bytes, source: str, document: Document) -> PurePosixPath:
        """Where a picture is to stand: with the document's others, under a name that no other one has."""
        picture = inspect(data)
        suffix = SUFFIXES.get(picture.format)
        if suffix is None or picture.problem:
            said = name_of(source)
            reason = picture.problem or Text(
                "카드에 넣을 수 있는 그림이 아니다", "no picture that cards can hold"
            )
            raise NoPictureError(Text(f"{said}: {reason.ko}", f"{said}: {reason.en}"))
        config = self._bench.config
        targets = [
            local_target(link.url, document.path, config) for link in document.links if link.kind.is_image
        ]
        folders = Counter(target.path.parent for target in targets if target)
        usual = next((folder for folder, _ in folders.most_common(1)), document.path.parent / _FOLDER)
        return usual / f"anki-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
