"""Edits that make one text of another, and comments that keep findings silent."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.linter.fixes import apply
from dlcards.server import actions
from dlcards.server.folder import Folder
from tests.support import fuzz_inputs
from tests.support.command import write

_lines = st.lists(st.sampled_from(["a\n", "b\n", "가\r\n", "\n", "a", "\u2028"]), max_size=12).map("".join)


@given(_lines, _lines)
def test_the_difference_makes_one_text_of_the_other(old: str, new: str) -> None:
    edits = list(actions.difference(old, new))
    assert apply(old, edits) == new
    assert bool(edits) == (old != new)


def test_lines_that_are_the_same_are_left_alone() -> None:
    old = "".join(f"{number}\n" for number in range(100))
    edits = list(actions.difference(old, old.replace("7\n", "x\n", 1).replace("90\n", "y\n")))
    assert [edit.text for edit in edits] == ["x\n", "y\n"]


@settings(max_examples=settings().max_examples // 5)
@given(st.integers(0, 2**32))
def test_a_comment_silences_its_finding_and_brings_no_other(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        text = fuzz_inputs.piece(chance).encode("utf-8", "replace").decode()
        path = str(write(folder, text))
        known = Folder(str(folder)).settle({path: text}, lambda: False).known[path]
        for finding in known.findings[:3]:
            edits = actions.silence(finding, known)
            if edits is not None:
                document = known.document
                after = build(document.path, apply(text, edits), known.context.config)
                left = [each.code for each in lint(after, known.context)]
                before = [each.code for each in lint(document, known.context)]
                assert left.count(finding.code) < before.count(finding.code)
                assert set(left) <= set(before)
