"""A document whose preview shows everything, its page as made and as read, and the page served."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

from dlcards.deck.export import Order
from dlcards.deck.preview.build import PAGE, Preview, make_preview
from dlcards.identity.lock import Lock
from dlcards.model import Config
from tests.support.command import write
from tests.support.documents import FakeFiles, context, document, md
from tests.support.exports import export
from tests.support.pictures import PNG

DOCUMENT = md(r"""
    ## #1

    #### 기울기는 왜 사라지나?

    > 핵심: **시그모이드**의 미분이 작아 **곱**이 0에 가까워진다. $\sigma'(z)\le\frac14$

    > 힌트: 연쇄 법칙을 생각해 보자.

    층마다 곱한다.

    $$
    \prod_l \sigma'(z_l)
    $$

    ![작은 그림](p.png)

    ```python
    print("<b>")
    ```

    #### 꼬리질문

    - 얼마나 작나?
      - 층마다 4분의 1이 곱해진다.

    #### References

    - [출처](https://example.com)

    ---

    ## #1-1

    #### 아직 답이 없는 것은?

    #### References

    ---

    ## #2

    #### 굵게 보이지 않는 것은?

    가나 **과적합(overfitting)**은 다라.

    #### References

    - [출처](https://example.com)
""")


def made(text: str, config: Config | None = None, mathjax: dict[str, bytes] | None = None) -> Preview:
    """The preview of a document beside its picture."""
    config = config or Config()
    files = FakeFiles(contents={"answers/p.png": PNG})
    one, where = document(text, config), context(config, files)
    result = export([one], where, Path("/nowhere"), Order("덱", Lock(), 1_700_000_000))
    return make_preview([one], where, config.deck or "덱", result, mathjax or {})


def html(preview: Preview) -> str:
    """The page of a preview."""
    return preview.files[PAGE].decode()


class Elements(HTMLParser):
    """The elements of a page: their names and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def project(folder: Path) -> Path:
    """A folder with the document, its picture and a configuration."""
    write(folder, DOCUMENT)
    write(folder, PNG, "p.png")
    write(folder, "deck = '덱'", "dlcards.toml")
    return folder


class Served:
    """``dlcards preview --serve`` at work, and what it tells open pages."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process
        assert process.stdout is not None
        address = next(
            found[0] for line in process.stdout if (found := re.search(rb"http://127\.0\.0\.1:\d+/", line))
        )
        self.address = address.decode()
        self.port = int(self.address.rstrip("/").rpartition(":")[2])
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/events")
        self._events = connection.getresponse()

    def get(self, path: str = "", host: str = "") -> tuple[int, HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", f"/{path}", headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer, answer.read()

    def next_event(self) -> dict[str, Any]:
        """What the server tells next; fails when it is silent for half a minute."""
        while not (line := self._events.readline()).startswith(b"data: "):
            assert line, "the server has gone"
        event = json.loads(line.removeprefix(b"data: "))
        assert isinstance(event, dict)
        return event


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Served]:
    """``dlcards preview --serve`` in a folder, for as long as the context lasts."""
    command = [sys.executable, "-u", "-m", "dlcards", "preview", "--serve", "--lang", "en"]
    process = subprocess.Popen(
        [*command, *(arguments or ("--port", "0"))],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield Served(folder, process)
    finally:
        process.kill()
        process.communicate(timeout=30)
