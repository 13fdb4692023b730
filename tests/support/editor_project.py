"""A small project of two documents that lead to each other, as an editor opens it."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import write
from tests.support.documents import md

NATIVE = md("""
    ## 목차

    - [과적합이란?](#1)
    - [층이란?](#2)
      - [왜 쌓나?](#2-1)

    ---

    ## #1

    #### 과적합이란?

    훈련 집합만 외운 것이다. [#2-1](#2-1)과 [층이란?](#2)을 본다.

    #### References

    - [책][book], [글](notes.md#절-하나)

    [book]: https://example.com/book

    ---

    ## #2

    #### 층이란?

    뉴런의 줄이다. ![그림](images/층.png)

    ---

    ## #2-1

    #### 왜 쌓나?

    TODO
""")
NOTES = md("""
    # 노트

    [과적합](a.md#1), [#2-1](a.md#2-1), [층이란?](a.md#2)

    ## 절 하나

    글이다.
""")
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def project(folder: Path) -> Path:
    write(folder, "", "dlcards.toml")
    write(folder, NATIVE)
    write(folder, NOTES, "notes.md")
    write(folder, _PNG, "images/층.png")
    return folder
