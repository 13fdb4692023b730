"""Years of updates, and nothing of the learner's lost: the drill of ``tests/support/history.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.anki_collection import Learner, learner
from tests.support.history import VERSIONS, live

pytestmark = pytest.mark.slow


__all__ = ["learner"]


@pytest.mark.parametrize(
    ("layout", "beside"), [("native", False), ("heading", False), ("details", False), ("native", True)]
)
def test_thirty_six_versions_do_a_learner_no_harm(
    tmp_path: Path, learner: Learner, layout: str, beside: bool
) -> None:
    seen = list(live(tmp_path, learner, layout=layout, beside=beside))
    assert len(seen) == len(VERSIONS) >= 30
    assert {entry.number: entry.problems for entry in seen if entry.problems} == {}
    assert all(entry.imported.conflicting == 0 for entry in seen)
    nothing = [entry.imported for entry in seen if entry.change == "nothing"]
    assert [(said.new, said.updated) for said in nothing] == [(0, 0), (0, 0)]
    assert seen[-1].studied > 60
    assert sum(entry.edited for entry in seen) > 100, "edits must live through versions to be tested"


def test_the_drill_sees_the_harm_of_a_forgotten_lock(tmp_path: Path, learner: Learner) -> None:
    # Only as many versions as it takes: without a lock every one of them doubles notes, and imports slow down.
    wanted = {"notes": False, "edits": False}
    for problem in (problem for seen in live(tmp_path, learner, forget=True) for problem in seen.problems):
        wanted["notes"] |= "stands on two notes" in problem or "moved to another note" in problem
        wanted["edits"] |= "edit" in problem
        if all(wanted.values()):
            return
    raise AssertionError(wanted)
