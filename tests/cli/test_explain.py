"""``dlcards explain``: the page of a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", "Q0O1"], "unknown rule 'Q0O1'; did you mean Q001?"),
        (["explain", "missing-answr"], "did you mean Q001 (missing-answer)?"),
    ],
)
def test_bad_usage_is_2_and_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
