"""``make mutants``: spoil the modules that learners' history hangs on, a place at a time; does a test fail?

Cosmic Ray makes the mutants and runs the tests. Which mutants, is drawn by a seed: so many places of the
modules' code, in proportion to how many each has, and one mutant a place, since eight ways to spoil one
comparison tell little more than one. A mutant that no test kills lacks a test, or stands in
``tests/data/mutants.toml`` with the reason why it harms nobody; any other one fails the run.
"""

from __future__ import annotations

import argparse
import ast
import collections
import concurrent.futures
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.work_item import MutationSpec, TestOutcome

ROOT = Path(__file__).parent.parent
JUDGED = ROOT / "tests" / "data" / "mutants.toml"

_IDENTITY = (
    "tests/identity/test_keys.py tests/identity/test_claims.py tests/identity/test_matching.py "
    "tests/identity/test_evidence.py tests/identity/test_identify.py tests/identity/test_lives.py"
)
_PACKAGES = "tests/identity/test_package.py tests/roundtrip/test_held.py tests/identity/test_adopt.py"
# The tests that matter to each module, those that are quickest to fail first.
TESTS = {
    "markdown/slugs.py": "tests/markdown/test_slugs.py",
    "identity/key.py": _IDENTITY,
    "identity/keys.py": _IDENTITY,
    "identity/evidence.py": _IDENTITY,
    "identity/matching.py": _IDENTITY,
    "identity/claims.py": _IDENTITY,
    "identity/identify.py": _IDENTITY,
    "identity/lock.py": f"tests/identity/test_lock.py {_IDENTITY}",
    "identity/adopt.py": "tests/identity/test_adopt.py tests/identity/test_package.py",
    "identity/limits.py": _PACKAGES,
    "identity/wire.py": f"tests/identity/test_wire.py {_PACKAGES}",
    "identity/archive.py": _PACKAGES,
    "identity/collection.py": _PACKAGES,
    "identity/package.py": _PACKAGES,
    "linter/fixes.py": "tests/linter/test_fixes.py tests/linter/test_engine.py",
    "links/judge.py": "tests/links/test_judge.py tests/links/test_fragments.py",
    "project/disk.py": "tests/project/test_disk.py",
}
# Of these nearly all are the program itself, or one that can't even be imported.
_DULL = ("RemoveDecorator", "Is_Eq", "IsNot_NotEq", "Eq_Is", "NotEq_IsNot")
_FEWEST = 6  # mutants of a small module
# A mutant whose tests take so many times as long as without it, and so many seconds more, goes on for ever.
_TIMES, _SECONDS = 5, 30


class Mutant(NamedTuple):
    """A change of one place, and what came of it.

    Attributes:
        module: The module, below ``src/dlcards``.
        operator: The kind of change.
        occurrence: Which of the module's places for such a change, from 0.
        line: Where it is.
        was: The lines that it changes.
        became: What it makes of them.
        outcome: What the tests said.
    """

    module: str
    operator: str
    occurrence: int
    line: int
    was: str = ""
    became: str = ""
    outcome: str = ""

    @property
    def is_killed(self) -> bool:
        """Whether a test failed, or went on for ever."""
        return self.outcome in (TestOutcome.KILLED.value, "timeout")


def places(module: str) -> dict[tuple[int, int], list[Mutant]]:
    """All mutants of a module, by where they are; none in annotations, which nothing evaluates."""
    path = ROOT / "src" / "dlcards" / module
    unused = list(_annotations(ast.parse(path.read_text(encoding="utf-8"))))
    tree = get_ast_from_path(path)
    found: dict[tuple[int, int], list[Mutant]] = collections.defaultdict(list)
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if name.endswith(_DULL) or operator.arguments():
            continue
        spots = (start for node in ast_nodes(tree) for start, _ in operator().mutation_positions(node))
        for occurrence, start in enumerate(spots):
            if not any(begin <= start < end for begin, end in unused):
                found[start].append(Mutant(module, name, occurrence, start[0]))
    return found


def _annotations(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                assert part.end_lineno is not None
                assert part.end_col_offset is not None
                yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def draw(modules: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """So many mutants of all modules together, the same for the same seed."""
    chance = random.Random(seed)
    at = {module: places(module) for module in modules}
    total = sum(map(len, at.values()))
    drawn: list[Mutant] = []
    for spots in at.values():
        share = max(_FEWEST, round(count * len(spots) / total))
        chosen = sorted(chance.sample(sorted(spots), min(share, len(spots))))
        drawn += [chance.choice(spots[spot]) for spot in chosen]
    return [mutant for mutant in drawn if _is_program(mutant)]


def _is_program(mutant: Mutant) -> bool:
    """Whether a mutant can be compiled: ``not`` before ``a := b`` can't."""
    code = (ROOT / "src" / "dlcards" / mutant.module).read_text(encoding="utf-8")
    try:
        warnings.simplefilter("ignore", SyntaxWarning)  # of `is` beside a literal
        compile(mutate_code(code, get_operator(mutant.operator)(), mutant.occurrence), mutant.module, "exec")
    except SyntaxError:
        return False
    return True


def command(tests: str, python: str) -> str:
    """What runs some tests, until one fails."""
    options = "-x -q -p no:cacheprovider -p no:randomly --no-header --tb=no"
    return f'{shlex.quote(python)} -m pytest {options} -m "not slow" {tests}'


def settle(folder: str) -> None:
    """Go into a copy of the project, one for each process, whose modules are written over."""
    copy = Path(tempfile.mkdtemp(dir=folder))
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in names.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    os.chdir(copy)
    os.environ |= {"PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}", "HYPOTHESIS_PROFILE": "quick"}


def run(mutant: Mutant, python: str, limit: float) -> Mutant:
    """A mutant with what its tests said within so many seconds."""
    spec = MutationSpec(
        module_path=Path("src/dlcards") / mutant.module,
        operator_name=mutant.operator,
        occurrence=mutant.occurrence,
        start_pos=(mutant.line, 0),
        end_pos=(mutant.line, 1),
    )
    result = mutate_and_test([spec], command(TESTS[mutant.module], python), limit)
    diff = [line for line in (result.diff or "").splitlines() if not line.startswith(("---", "+++"))]
    was, became = (" ".join(line[1:].strip() for line in diff if line[:1] == sign).strip() for sign in "-+")
    said = str(result.test_outcome.value if result.test_outcome else result.worker_outcome.value)
    return mutant._replace(was=was, became=became, outcome="timeout" if result.output == "timeout" else said)


def check(tests: str, python: str) -> tuple[str, float]:
    """What tests say without any mutant, if they do not pass; and the seconds that they take."""
    begun = time.monotonic()
    done = subprocess.run(shlex.split(command(tests, python)), capture_output=True, text=True, check=False)
    said = "" if done.returncode == 0 else f"These fail without any mutant:\n{done.stdout}"
    return said, time.monotonic() - begun


def judged() -> dict[tuple[str, str, str], str]:
    """Why a mutant that no test kills harms nobody, by its module and lines."""
    entries = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["mutant"] if JUDGED.exists() else []
    return {(entry["module"], entry["was"], entry["became"]): entry["why"] for entry in entries}


def report(done: Sequence[Mutant], reasons: dict[tuple[str, str, str], str]) -> int:
    """Print the table and the survivors; 1 where one of them is not judged."""
    print(f"\n| {'module':<22} | mutants | killed | judged | left |")
    print(f"|{'-' * 24}|--------:|-------:|-------:|-----:|")
    left: list[Mutant] = []
    rows = [*dict.fromkeys(mutant.module for mutant in done), ""]
    for module in rows:
        of = [mutant for mutant in done if module in ("", mutant.module)]
        killed = sum(mutant.is_killed for mutant in of)
        survived = [mutant for mutant in of if not mutant.is_killed]
        left = [mutant for mutant in survived if (mutant.module, mutant.was, mutant.became) not in reasons]
        known = len(survived) - len(left)
        print(f"| {module or 'all':<22} | {len(of):>7} | {killed:>6} | {known:>6} | {len(left):>4} |")
    print(f"\n{sum(mutant.is_killed for mutant in done) / len(done):.1%} killed")
    for mutant in left:
        print(f"\n{mutant.module}:{mutant.line} {mutant.outcome} ({mutant.operator})")
        print(f"  - {mutant.was}\n  + {mutant.became}")
    return 1 if left else 0


def main() -> int:
    """Draw the mutants, run them, and report."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("modules", nargs="*", help="modules below src/dlcards; all of them by default")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=200, help="how many mutants, of all modules")
    arguments.add_argument("--python", default=sys.executable, help="the Python that has what tests need")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = arguments.parse_args()
    python = str(Path.cwd() / given.python)
    modules = given.modules or list(TESTS)
    drawn = draw(modules, given.count, given.seed)
    begun = time.monotonic()
    done = []
    with (
        tempfile.TemporaryDirectory(prefix="dlcards-mutants-") as folder,
        concurrent.futures.ProcessPoolExecutor(given.jobs, initializer=settle, initargs=(folder,)) as pool,
    ):
        sets = dict.fromkeys(TESTS[module] for module in modules)
        before = {tests: pool.submit(check, tests, python) for tests in sets}
        taken = {tests: said.result() for tests, said in before.items()}
        if failing := [said for said, _ in taken.values() if said]:
            print("\n".join(failing))
            return 2
        limits = [taken[TESTS[mutant.module]][1] * _TIMES + _SECONDS for mutant in drawn]
        for mutant in pool.map(run, drawn, [python] * len(drawn), limits):
            done.append(mutant)
            print(f"{len(done)}/{len(drawn)} {mutant.module}:{mutant.line} {mutant.outcome}", flush=True)
    print(f"seed {given.seed}, {time.monotonic() - begun:.0f} s")
    return report(done, judged())


if __name__ == "__main__":
    sys.exit(main())
