"""A running Anki, by the add-on AnkiConnect (its API's version 6): https://git.sr.ht/~foosoft/anki-connect.

Requests go to the address alone that was named: no proxies of the environment, no passwords of ``~/.netrc``,
no redirects. Answers are bounded in time and size, and may be anything: another program may stand there.
"""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from dlcards.identity.collection import PackageNote
from dlcards.model import CLOZE_FIELDS, QUESTION_FIELDS, InputError, Text
from dlcards.project.disk import LARGEST
from dlcards.roundtrip.held import Held, held

DEFAULT = "http://127.0.0.1:8765"
"""Where AnkiConnect listens if its configuration says nothing else."""
KEY = "ANKICONNECT_KEY"
"""The environment variable with the key, where AnkiConnect's configuration asks for one (``apiKey``)."""
ADD_ON = "2055492159"
"""The number of AnkiConnect among Anki's add-ons."""

_VERSION = 6
_CONNECT = 5.0  # seconds
_PATIENCE = 20.0  # seconds
_WORK = 30  # times as long may an import or an export take as another answer
_STEP = 1 << 16
_LONGEST_SAID = 300  # characters of what Anki said
_FAULTS = (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError)


class AnkiConnectError(InputError):
    """What Anki, or its absence, has said; ``message`` also says what to do."""


class NotReady(AnkiConnectError):
    """Anki is closed, has no profile open, or is busy: another time it may answer."""


class AnkiConnect:
    """A running Anki.

    Attributes:
        url: Where it is asked.
    """

    def __init__(self, url: str = DEFAULT, key: str = "", patience: float = _PATIENCE) -> None:
        """Ask nothing yet.

        Args:
            url: The address that the user named; this machine's own one otherwise.
            key: The key; what the environment has under :data:`KEY` where it is empty.
            patience: Seconds for an answer; imports and exports have more.

        Raises:
            AnkiConnectError: ``url`` is no address of a server.
        """
        self.url = _checked(url)
        self._key = key or os.environ.get(KEY, "")
        self._patience = patience

    def check(self) -> None:
        """Look whether Anki answers and has a profile open.

        Raises:
            NotReady: It is closed, or none is open.
            AnkiConnectError: Another program answers, the key is wrong, or AnkiConnect is too old.
        """
        version = self._ask("version")
        if not isinstance(version, int):
            raise self._rubbish()
        if version < _VERSION:
            raise self._too_old()
        self._ask("deckNames")

    def import_package(self, path: Path) -> None:
        """Import a package, as Anki's own import does: newer notes are updated, schedules kept.

        Args:
            path: The package; Anki must see it under the same name.

        Raises:
            AnkiConnectError: Anki has not imported it.
        """
        if self._ask("importPackage", times=_WORK, path=str(path.absolute())) is not True:
            raise self._rubbish()

    def add_tags(self, notes: Sequence[int], tags: Sequence[str]) -> None:
        """Give notes some more tags.

        Args:
            notes: Anki's numbers of them.
            tags: The tags, without blanks.

        Raises:
            AnkiConnectError: Anki has not done so.
        """
        self._ask("addTags", notes=list(notes), tags=" ".join(tags))

    @contextmanager
    def held(self, deck: str) -> Iterator[Held]:
        """What Anki holds of dlcards' notes, as long as the block runs: of all decks that have some.

        Args:
            deck: The main deck's name, which is asked for as a whole; it need not be there.

        Raises:
            AnkiConnectError: Anki has not told.
            PackageError: What it exported can't be read.
        """
        with ExitStack() as stack:
            # One of our own, so that nothing of the learner's is overwritten or left behind.
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dlcards-")))
            notes: dict[str, PackageNote] = {}
            parts = []
            for number, name in enumerate(self._decks(deck)):
                path = folder / f"{number}.apkg"
                self._export(name, path)
                part = stack.enter_context(held(path))
                notes |= {note.guid: note for note in part.notes if note.guid not in notes}
                parts.append(part)

            def media(name: str) -> bytes | None:
                found = (part.media(name) for part in parts)
                return next((data for data in found if data is not None), None)

            yield Held(self.url, list(notes.values()), media)

    def _export(self, deck: str, path: Path) -> None:
        if self._ask("exportPackage", times=_WORK, deck=deck, path=str(path)) is not True:
            raise self._rubbish()
        if not path.is_file():
            raise AnkiConnectError(
                Text(
                    f"{self.url}: Anki가 내보낸 파일이 {path.parent}에 없다. Anki와 같은 기계에서 실행하고, "
                    "Anki가 딴 폴더를 보면(Flatpak 따위) 둘 다 보는 폴더를 TMPDIR로 준다",
                    f"{self.url}: what Anki has exported is not in {path.parent}; run dlcards on Anki's "
                    "machine, and where Anki sees other folders (Flatpak) name one that both see: TMPDIR",
                )
            )

    def _decks(self, deck: str) -> list[str]:
        """The decks to export so that all notes of dlcards are in it: the main one, and others they are in.

        A package of a deck holds those below it, too, and not the cards that were moved elsewhere.
        """
        kinds = self._note_types()
        if not kinds:
            return []
        cards = self._ask("findCards", query=" OR ".join(f"mid:{number}" for number in kinds))
        if not isinstance(cards, list):
            raise self._rubbish()
        decks = self._ask("getDecks", cards=cards)
        if not isinstance(decks, dict):
            raise self._rubbish()
        found: list[str] = []
        for name in sorted(decks):
            top = "::".join(name.split("::")[: deck.count("::") + 1]) if _is_below(name, deck) else name
            if not any(_is_below(top, other) for other in found):
                found.append(top)
        return found

    def _note_types(self) -> list[int]:
        """The numbers of dlcards' note types, told by their fields."""
        numbers = self._ask("modelNamesAndIds")
        if not isinstance(numbers, dict) or not all(isinstance(each, int) for each in numbers.values()):
            raise self._rubbish()
        asked = [self._request("modelFieldNames", {"modelName": name}) for name in numbers]
        answers = self._ask("multi", actions=asked)
        if not isinstance(answers, list) or len(answers) != len(asked):
            raise self._rubbish()
        fields = [answer.get("result") if isinstance(answer, dict) else None for answer in answers]
        ours = [list(CLOZE_FIELDS), list(QUESTION_FIELDS)]
        return [number for number, names in zip(numbers.values(), fields, strict=True) if names in ours]

    def _request(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        key = {"key": self._key} if self._key else {}
        return {"action": action, "version": _VERSION, "params": parameters, **key}

    def _ask(self, action: str, times: int = 1, **parameters: Any) -> Any:
        """What Anki answers.

        Raises:
            AnkiConnectError: It is a complaint, or there is none.
        """
        try:
            answer = json.loads(self._post(self._request(action, parameters), self._patience * times))
        except (ValueError, RecursionError) as error:
            raise self._rubbish() from error
        if not isinstance(answer, dict) or "error" not in answer or "result" not in answer:
            raise self._rubbish()
        if answer["error"] is not None:
            raise self._complaint(str(answer["error"]), parameters)
        return answer["result"]

    def _post(self, request: Mapping[str, Any], seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        prepared = requests.Request("POST", self.url, json=request).prepare()
        prepared.headers.update({"Accept-Encoding": "identity", "Connection": "close"})
        # Not a Session: it would ask the environment, and read whatever a redirect brings.
        adapter = HTTPAdapter(max_retries=0)
        try:
            response = adapter.send(prepared, stream=True, timeout=(_CONNECT, seconds))
            try:
                return self._body(response.status_code, response.raw, deadline)
            finally:
                response.close()
        except (requests.Timeout, TimeoutError) as error:
            raise self._silent(seconds) from error
        except _FAULTS as error:
            raise self._closed() from error
        finally:
            adapter.close()

    def _body(self, status: int, raw: BaseHTTPResponse, deadline: float) -> bytes:
        if status != http.HTTPStatus.OK:
            raise self._rubbish()
        data = bytearray()
        while piece := raw.read1(_STEP, decode_content=False):
            data += piece
            if len(data) > LARGEST:
                raise self._rubbish()
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(data)

    def _complaint(self, said: str, parameters: Mapping[str, Any]) -> AnkiConnectError:
        said = " ".join(said.split())[:_LONGEST_SAID]
        if said == "collection is not available":
            return NotReady(
                Text(
                    f"{self.url}: Anki에 열린 프로필이 없다. Anki에서 프로필을 연다",
                    f"{self.url}: no profile is open in Anki; open one there",
                )
            )
        if "api key" in said:
            return AnkiConnectError(
                Text(
                    f"{self.url}: AnkiConnect가 키를 요구하거나 키가 다르다. 그 설정의 apiKey를 환경 "
                    f"변수 {KEY}로 준다",
                    f"{self.url}: AnkiConnect asks for a key, or has another one; give its setting apiKey in "
                    f"the environment variable {KEY}",
                )
            )
        if said == "unsupported action":
            return self._too_old()
        path = parameters.get("path", "")
        if path:
            return AnkiConnectError(
                Text(
                    f"{self.url}: Anki가 이 파일을 다루지 못했다: {path}: {said}. Anki와 같은 기계에서, "
                    "Anki도 볼 수 있는 폴더에 두고 다시 한다",
                    f"{self.url}: Anki can't work with {path}: {said}. Run again on Anki's machine, in a "
                    "folder that Anki sees, too",
                )
            )
        return AnkiConnectError(
            Text(
                f"{self.url}: Anki가 하지 못했다: {said}. Anki를 다시 열고 다시 해 본다",
                f"{self.url}: Anki could not do it: {said}. Open Anki anew and run again",
            )
        )

    def _closed(self) -> NotReady:
        return NotReady(
            Text(
                f"{self.url}: Anki가 답하지 않는다. Anki를 열고, 확장 프로그램 AnkiConnect({ADD_ON})가 "
                "없으면 도구 → 확장 프로그램에서 받는다",
                f"{self.url}: no Anki answers; open Anki, and if it has no AnkiConnect, get that add-on "
                f"({ADD_ON}) in Tools → Add-ons",
            )
        )

    def _silent(self, seconds: float) -> NotReady:
        return NotReady(
            Text(
                f"{self.url}: {seconds:.0f}초가 지나도 답이 없다. Anki에 열린 창이 있으면 닫고 다시 한다",
                f"{self.url}: no answer within {seconds:.0f} seconds; close what is open in Anki and run "
                "again",
            )
        )

    def _too_old(self) -> AnkiConnectError:
        return AnkiConnectError(
            Text(
                f"{self.url}: AnkiConnect가 낡았다. 도구 → 확장 프로그램 → 업데이트 확인으로 새로 받는다",
                f"{self.url}: this AnkiConnect is too old; Tools → Add-ons → Check for Updates",
            )
        )

    def _rubbish(self) -> AnkiConnectError:
        return AnkiConnectError(
            Text(
                f"{self.url}: AnkiConnect의 답이 아니다. 다른 프로그램이 그 주소를 쓰는지 보고, "
                "AnkiConnect의 주소를 --ankiconnect로 준다",
                f"{self.url}: not an answer of AnkiConnect; look whether another program has that address, "
                "and name AnkiConnect's: --ankiconnect",
            )
        )


def _checked(url: str) -> str:
    """An address as requests takes it.

    Raises:
        AnkiConnectError: It is none.
    """
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        prepared = requests.Request("POST", url).prepare().url if is_address else None
    except (ValueError, requests.RequestException):
        prepared = None
    if prepared is None or parts.username is not None or parts.query or parts.fragment:
        raise AnkiConnectError(
            Text(
                f"AnkiConnect의 주소가 아니다: {url}. 이렇게 준다: {DEFAULT}",
                f"no address of AnkiConnect: {url}; give one like {DEFAULT}",
            )
        )
    return url


def _is_below(name: str, deck: str) -> bool:
    """Whether a deck is another one, or stands below it."""
    one, other = (unicodedata.normalize("NFC", each) for each in (name, deck))
    return f"{one}::".startswith(f"{other}::")
