"""What is shown of an edit at once, before everything is read again."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.server import passage
from dlcards.server.folder import Folder
from dlcards.server.opened import Opened
from tests.support import fuzz_inputs
from tests.support.command import write

_FILLER = "이 문단은 문서를 길게 하려고 있으며, 걸릴 것이 하나도 없도록 쓴 글이다. " * 12
_QUESTIONS = 40


def _question(number: int, words: str = "") -> str:
    return (
        f"## #{number}\n\n#### 질문 {number}은 무엇인가요?\n\n{words}답 {number}이다. {_FILLER}\n\n"
        f"#### References\n\n- [출처][s{number}]\n\n[s{number}]: https://example.com/{number}\n\n---\n\n"
    )


def _long(changed: int = 0, words: str = "") -> str:
    entries = "".join(f"- [질문 {n}은 무엇인가요?](#{n})\n" for n in range(1, _QUESTIONS + 1))
    sections = (_question(n, words if n == changed else "") for n in range(1, _QUESTIONS + 1))
    return f"## 목차\n\n{entries}\n---\n\n{''.join(sections)}"


def _opened(folder: Path, text: str, name: str = "a.md") -> tuple[Opened, Folder]:
    path = str(write(folder, text, name))
    opened = Opened(Path(path).as_uri(), path, "utf-16")
    opened.write(text, 1)
    run = Folder(str(folder))
    opened.settle(run.settle({path: text}, lambda: False).known[path])
    return opened, run


def _settle(opened: Opened, run: Folder) -> None:
    opened.settle(run.settle({opened.path: opened.text}, lambda: False).known[opened.path])


def _shown(opened: Opened) -> list[tuple[str, tuple[int, int], str]]:
    return sorted((f.code, f.diagnostic.span, f.diagnostic.message.en) for f in opened.findings)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "새 글이다. ",
        "[없는 곳](#없다)으로. ",
        "[있는 곳](#7)으로, 또 [있는 곳][s7]으로. ",
        "![](없다.png) ",
        "**과적합(overfitting)**은 ",
        "\n\n```python\nx = (\n```\n\n",
        "\n\n| a | b |\n|---|---|\n| 1 |\n\n",
        "<!-- dlcards: ignore L001 -->[없는 곳](#없다) ",
    ],
)
def test_an_edit_in_a_long_document_shows_at_once_what_is_found_in_the_end(
    tmp_path: Path, words: str
) -> None:
    opened, run = _opened(tmp_path, _long())
    assert len(opened.text) > 2 * passage.LONGEST
    opened.write(_long(20, words), 2)
    at_once = _shown(opened)
    _settle(opened, run)
    assert at_once == _shown(opened)


def test_what_was_found_and_is_mended_is_gone_at_once(tmp_path: Path) -> None:
    opened, _ = _opened(tmp_path, _long(20, "[없는 곳](#없다) "))
    assert "L001" in [code for code, *_ in _shown(opened)]
    opened.write(_long(20, "[있는 곳](#7) "), 2)
    assert "L001" not in [code for code, *_ in _shown(opened)]


def test_what_is_found_elsewhere_moves_with_the_text(tmp_path: Path) -> None:
    opened, run = _opened(tmp_path, _long(30, "[없는 곳](#없다) "))
    opened.write("새 줄.\n\n" + opened.text, 2)
    at_once = _shown(opened)
    _settle(opened, run)
    assert [each[:2] for each in at_once if each[0] == "L001"] == [
        each[:2] for each in _shown(opened) if each[0] == "L001"
    ]


@settings(max_examples=settings().max_examples // 3)
@given(st.integers(0, 2**32))
def test_of_a_short_document_that_stands_alone_everything_is_known_at_once(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        before = fuzz_inputs.piece(chance).encode("utf-8", "replace").decode()
        opened, run = _opened(folder, before)
        text = fuzz_inputs.mutated(chance, before).encode("utf-8", "replace").decode()
        opened.write(text, 2)
        at_once = _shown(opened)
        _settle(opened, run)
        if len(before) <= passage.LONGEST and len(text) <= passage.LONGEST:
            assert at_once == _shown(opened), seed


def test_headings_links_and_definitions_are_those_of_the_present_text(tmp_path: Path) -> None:
    opened, _ = _opened(tmp_path, _long())
    opened.write(_long(20, "\n\n#### 새 제목\n\n[글](#7) ").replace("질문 30은", "서른째는"), 2)
    # Two edits far apart: what lies between them is read when everything is.
    opened.write(_long(20, "\n\n#### 새 제목\n\n[글](#7) "), 3)
    slugs = [heading.slug for heading, span in opened.headings() if span.of(opened.text).startswith("#")]
    assert "새-제목" in slugs
    assert [f"{n}" in slugs for n in range(1, _QUESTIONS + 1)] == [True] * _QUESTIONS
    link = opened.link_at(opened.text.index("[글](#7)") + 5)
    assert link is not None
    assert (link[0].url, link[1].of(opened.text)) == ("#7", "[글](#7)")
    defined = [(link.text, span.of(opened.text)) for link, span in opened.definitions()]
    assert len(defined) == _QUESTIONS
    assert all(source.startswith(f"[{label}]: ") for label, source in defined)
