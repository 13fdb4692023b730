"""``dlcards explain``: the page of a rule."""

from __future__ import annotations

import subprocess
import sys
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


_EXPLAIN = """
import sys
from dlcards.cli import app
app(["explain", sys.argv[1], "--lang", "en"], standalone_mode=False)
print(*[name for name in sys.modules if name.startswith("dlcards.linter.rules.")], sep="\\n", file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("asked", "module"),
    [("m007", "markup.code_language"), ("broken-link", "links.broken"), ("S001", "suppressions.unused")],
)
def test_only_the_module_of_the_rule_is_loaded(asked: str, module: str) -> None:
    done = subprocess.run([sys.executable, "-c", _EXPLAIN, asked], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("# ")
    loaded = [name.removeprefix("dlcards.linter.rules.") for name in done.stderr.split()]
    assert [name for name in loaded if "." in name and ".shared_" not in name] == [module]
