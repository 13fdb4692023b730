"""A preview over HTTP on this machine, which tells open pages when there is a newer one.

It serves the files that it was given and nothing from the disk, to this machine alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote

from dlcards.deck.preview.build import PAGE

_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff": "font/woff",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
_HEARTBEAT = 15.0  # seconds between signs of life, by which a connection that is gone is noticed


class PreviewServer:
    """Serves the latest preview.

    Args:
        port: The port on 127.0.0.1; 0 for a free one.

    Raises:
        OSError: The port is in use or not allowed.
    """

    def __init__(self, port: int) -> None:
        self._files: Mapping[str, bytes] = {}
        self._event = b""
        self._version = ""
        self._news = threading.Condition()
        self._http = _HTTPServer(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self._http.server_port}/"

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Serve ``files`` from now on; open pages that show something else load again."""
        version = hashlib.sha256(files[PAGE]).hexdigest()[:16]  # pictures are named by their content
        page = files[PAGE].replace(b"<html ", f'<html data-live="{version}" '.encode(), 1)
        self._tell({**files, PAGE: page}, version, "")

    def complain(self, problem: str) -> None:
        """Show on open pages why there is no newer preview."""
        self._tell(self._files, self._version, problem)

    def file(self, name: str) -> bytes | None:
        """The bytes of a file of the preview."""
        return self._files.get(name)

    def wait_for_news(self, seen: bytes) -> bytes:
        """What to tell a page that was told ``seen`` last, as soon as there is something else."""
        with self._news:
            self._news.wait_for(lambda: self._event != seen, _HEARTBEAT)
            return self._event

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _tell(self, files: Mapping[str, bytes], version: str, problem: str) -> None:
        event = json.dumps({"version": version, "problem": problem})
        with self._news:
            self._files, self._version, self._event = files, version, f"data: {event}\n\n".encode()
            self._news.notify_all()


class _HTTPServer(ThreadingHTTPServer):
    # On Windows that would share the port with whoever has it already.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # which is a browser that went away
            super().handle_error(request, client_address)


def _handler(server: PreviewServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 60  # seconds that a connection may say nothing

        def do_GET(self) -> None:
            # A page of another site can give its name this machine's address, but not this header.
            host = self.headers.get("Host", "").rpartition(":")[0]
            if host not in ("127.0.0.1", "localhost"):
                self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
                return
            name = unquote(self.path.partition("?")[0].removeprefix("/")) or PAGE
            data = server.file(name)
            if name == "events":
                self._events()
            elif data is None:
                self.send_error(HTTPStatus.NOT_FOUND)
            else:
                self._head(_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8"))
                self.send_header("Content-Length", str(len(data)))
                if name != PAGE:  # an SVG that is opened by itself runs no script
                    self.send_header("Content-Security-Policy", "default-src 'none'; sandbox")
                self.end_headers()
                self.wfile.write(data)

        def _events(self) -> None:
            """Server-sent events, until the browser goes away."""
            self._head("text/event-stream")
            self.end_headers()
            told = b""
            while True:
                news = server.wait_for_news(told)
                self.wfile.write(news if news != told else b": alive\n\n")
                told = news

        def _head(self, content_type: str) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", content_type)
            self.send_header("Cache-Control", "no-cache")
            self.send_header("X-Content-Type-Options", "nosniff")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
