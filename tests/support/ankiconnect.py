"""AnkiConnect as it answers, on loopback over a real collection: a running Anki for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.anki_collection import Learner

from anki.collection import (  # isort: skip (after the module that settles its language)
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId  # isort: skip


class RunningAnki:
    """An Anki that runs with AnkiConnect.

    Attributes:
        learner: Who uses it.
        url: Where it answers.
        key: What must be sent to it, if anything.
        has_profile: Whether a profile is open.
        raw: What it sends in place of an answer; ``b""`` for nothing, and the connection stays open.
        asked: The actions that it was asked for.
    """

    def __init__(self, learner: Learner, url: str) -> None:
        self.learner = learner
        self.url = url
        self.key: str | None = None
        self.has_profile = True
        self.version = 6
        self.raw: bytes | None = None
        self.asked: list[str] = []
        self.ended = threading.Event()
        self._turn = threading.RLock()

    def answer(self, request: Any) -> dict[str, Any]:
        """What AnkiConnect says to a request."""
        with self._turn:  # as Anki's one thread
            action, parameters = request["action"], request.get("params", {})
            try:
                if request.get("key") != self.key:
                    raise ValueError("valid api key must be provided")
                self.asked.append(action)
                method = getattr(self, f"do_{action}", None)
                if method is None:
                    raise ValueError("unsupported action")
                return {"result": method(**parameters), "error": None}
            except Exception as error:
                return {"result": None, "error": str(error)}

    @property
    def col(self) -> Any:
        if not self.has_profile:
            raise ValueError("collection is not available")
        return self.learner.col

    def do_version(self) -> int:
        return self.version

    def do_deckNames(self) -> list[str]:
        return [deck.name for deck in self.col.decks.all_names_and_ids()]

    def do_multi(self, actions: list[Any]) -> list[Any]:
        return [self.answer(action) for action in actions]

    def do_modelNamesAndIds(self) -> dict[str, int]:
        return {kind.name: kind.id for kind in self.col.models.all_names_and_ids()}

    def do_modelFieldNames(self, modelName: str) -> list[str]:
        kind = self.col.models.by_name(modelName)
        if kind is None:
            raise ValueError(f"model was not found: {modelName}")
        return [field["name"] for field in kind["flds"]]

    def do_findCards(self, query: str) -> list[int]:
        return [int(card) for card in self.col.find_cards(query)]

    def do_getDecks(self, cards: list[int]) -> dict[str, list[int]]:
        decks: dict[str, list[int]] = {}
        for card in cards:
            number = self.col.db.scalar("select did from cards where id = ?", card)
            decks.setdefault(self.col.decks.get(number)["name"], []).append(card)
        return decks

    def do_addTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_add(notes, tags)

    def do_importPackage(self, path: str) -> bool:
        options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
        self.col.models._clear_cache()
        return True

    def do_exportPackage(self, deck: str, path: str, includeSched: bool = False) -> bool:
        number = self.col.decks.id_for_name(deck)
        if number is None:
            return False
        options = ExportAnkiPackageOptions(
            with_scheduling=includeSched, with_deck_configs=includeSched, with_media=True, legacy=True
        )
        self.col.export_anki_package(out_path=path, options=options, limit=DeckIdLimit(DeckId(number)))
        return True


@contextmanager
def running_anki(learner: Learner) -> Iterator[RunningAnki]:
    """An Anki that runs as long as the block does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if anki.raw is not None:
                self.wfile.write(anki.raw)
                if not anki.raw:
                    anki.ended.wait(60)
                return
            body = json.dumps(anki.answer(request)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    anki = RunningAnki(learner, f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield anki
    finally:
        anki.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def closed_port() -> str:
    """An address of this machine at which nothing answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_address[1]}"
