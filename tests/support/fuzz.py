"""Random inputs against the laws that hold for every input; what broke one is kept and played again by the suite.

    python -m tests.support.fuzz --seconds 600 --seed 1 [--target parse]

Documents are those of ``tests/data/fuzz``, with lines, marks and bytes put in, taken out, doubled and spliced, and
those of ``tests.support.commonmark``. What falls is made smaller and written to ``tests/data/fuzz/found/TARGET``.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path, PurePosixPath

from dlcards.deck.export import Order
from dlcards.document.build import build
from dlcards.identity import lock as locks
from dlcards.identity.adopt import read_package
from dlcards.linter.engine import lint
from dlcards.linter.fixes import fix
from dlcards.linter.rules import RULES
from dlcards.markdown import parse
from dlcards.model import Config, Context, InputError, Node
from dlcards.project import config as configs
from tests.support import commonmark
from tests.support.documents import FakeFiles, valid_pairs
from tests.support.exports import export
from tests.support.fuzz_inputs import DATA, configuration, document, lock, package, piece
from tests.support.github_page import harms

_PATH = PurePosixPath("a.md")
_ALL = Config(
    select=tuple("QTLIMKDS"), language="ko", repository="o/n", glossary="g.toml", deck="덱", anchors="github"
)
_DEFAULT = Config()
_FILES = FakeFiles(frozenset({"x.md"}), contents={"images/a.png": b"\x89PNG\r\n\x1a\n", "g.toml": b""})
_NOW = 1_760_000_000
_DEEP = 20  # marks in a line that may be beyond our limits to nesting
_SECONDS = 30.0  # far more than any of these small inputs takes


class Broken(AssertionError):
    """A law that does not hold of an input."""


# Laws


def reads(text: str) -> None:
    """The blocks tile the text; whatever stands in a node stands in its place, in order."""
    at = 0
    for block in parse(text):
        if block.span.start != at:
            raise Broken(f"a gap before {block.span}")
        at = block.span.end
        _holds(block)
    if at != len(text):
        raise Broken(f"ends at {at}")


def _holds(node: Node) -> None:
    at = node.span.start
    for child in node.children:
        if not at <= child.span.start <= child.span.end <= node.span.end:
            raise Broken(f"{child.kind} {child.span} in {node.kind} {node.span}")
        at = child.span.end
        _holds(child)


def is_read_as_on_github(text: str) -> None:
    """Both parsers see the same page, but for what ARCHITECTURE.md names."""
    is_deep = any(max(map(line.count, ">-+*_[~1"), default=0) >= _DEEP for line in text.split("\n"))
    if is_deep or "$" in text or text.lstrip("\ufeff \t").startswith("---"):
        return
    with suppress(UnicodeEncodeError):
        if found := commonmark.differences(text):
            raise Broken(f"not as on GitHub: {found}")


def builds(text: str) -> None:
    """A document is made of any text, its pairs in order and within it."""
    document = build(_PATH, text, _DEFAULT)
    for pair in document.pairs:
        if not 0 <= pair.span.start <= pair.span.end <= len(text):
            raise Broken(f"{pair.id} at {pair.span}")


def is_linted(text: str) -> None:
    """No rule raises, and each finding stands in the text."""
    for config in (_DEFAULT, _ALL):
        for finding in lint(build(_PATH, text, config), Context(config, _FILES)):
            if not 0 <= finding.diagnostic.span.start <= finding.diagnostic.span.end <= len(text):
                raise Broken(f"{finding.code} at {finding.diagnostic.span}")


def is_fixed(text: str) -> None:
    """Fixing twice is fixing once, and the page says the same as before."""
    used = Context(_ALL, _FILES)
    fixed = fix(_PATH, text, used).text
    if fix(_PATH, fixed, used).text != fixed:
        raise Broken("fixing again changes something")
    with suppress(UnicodeEncodeError):
        for harm in harms(text, used, _PATH):
            raise Broken(harm)


def is_exported(text: str) -> None:
    """An export raises nothing and loses no words: what can't be made a card of says why."""
    context = Context(_DEFAULT, _FILES)
    document = build(_PATH, text, _DEFAULT)
    result = export([document], context, _folder(), Order("덱", locks.Lock(), _NOW))
    valid, _ = valid_pairs([document], context)
    if len(valid) != len(result.unmade) + sum(e.card.kind == "question" for e in result.identified.cards):
        raise Broken("a question that is neither exported nor refused")
    if any("card would not show all words" in unmade.reason.en for unmade in result.unmade):
        raise Broken(result.unmade[0].reason.en)
    locks.load(locks.dump(result.identified.lock), "a.lock")


def is_read_as_package(data: bytes) -> None:
    """A package is read, or a message says why not; what was read is a lock."""
    path = _folder() / "a.apkg"
    path.write_bytes(data)
    with suppress(InputError):
        locks.load(locks.dump(read_package(path, ["a.md"])), "a.lock")


def is_read_as_lock(text: str) -> None:
    """A lock is read, or a message says why not; what was read is written as it was read."""
    try:
        lock = locks.load(text, "a.lock")
    except InputError:
        return
    if locks.load(locks.dump(lock), "a.lock") != lock:
        raise Broken("written differently than read")


def is_read_as_configuration(text: str) -> None:
    """A configuration is read, or a message says why not."""
    folder = _folder() / "configured"
    folder.mkdir(exist_ok=True)
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "dlcards.toml").write_text(text, encoding="utf-8", errors="replace")
    with suppress(InputError):
        configs.load(folder, {rule.code: rule.name for rule in RULES})


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="dlcards-fuzz-"))


Input = str | bytes
TARGETS: dict[str, tuple[Callable[[random.Random], Input], Callable[..., None]]] = {
    "parse": (document, reads),
    "github": (document, is_read_as_on_github),
    "build": (piece, builds),
    "lint": (piece, is_linted),
    "fix": (piece, is_fixed),
    "export": (piece, is_exported),
    "package": (package, is_read_as_package),
    "lock": (lock, is_read_as_lock),
    "config": (configuration, is_read_as_configuration),
}


# Runs


@contextmanager
def _limited() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise Broken("takes too long")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fault(target: str, value: Input) -> str:
    """What a law has against an input, in one line that tells one fault from another; empty if nothing."""
    try:
        with _limited():
            TARGETS[target][1](value)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        said = (
            str(error).partition(":")[0]
            if isinstance(error, Broken)
            else f"{Path(where.filename).name}:{where.lineno}"
        )
        return f"{type(error).__name__} {said}"
    return ""


def smaller(target: str, value: Input) -> Input:
    """A part of an input that has the same fault."""
    known = fault(target, value)
    size = len(value) // 2
    end = time.monotonic() + _SECONDS
    while size and isinstance(value, str):
        at = 0
        while at < len(value) and time.monotonic() < end:
            shorter = value[:at] + value[at + size :]
            if fault(target, shorter) == known:
                value = shorter
            else:
                at += size
        size //= 2
    return value


def keep(target: str, value: Input) -> Path:
    """Write an input where the suite finds it."""
    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    path = DATA / "found" / target / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def kept() -> list[tuple[str, Path]]:
    """The inputs that once broke a law, with their targets."""
    return [(target, path) for target in TARGETS for path in sorted((DATA / "found" / target).glob("*"))]


def read(target: str, path: Path) -> Input:
    """An input that was kept."""
    data = path.read_bytes()
    return data if target == "package" else data.decode("utf-8", "surrogatepass")


def main() -> int:
    """Fuzz for a while; 1 if something fell."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--seconds", type=float, default=60, help="in all, parted among the targets")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--target", choices=TARGETS, action="append")
    options = arguments.parse_args()
    targets = options.target or list(TARGETS)
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for target in targets:
        source = random.Random(f"{options.seed} {target}")
        end = time.monotonic() + options.seconds / len(targets)
        while time.monotonic() < end:
            value = TARGETS[target][0](source)
            counts[target] += 1
            if (found := fault(target, value)) and (name := f"{target}: {found}"):
                faults[name] += 1
                if faults[name] == 1:
                    path = keep(target, smaller(target, value))
                    print(f"{name}\n  {path}: {path.read_bytes()[:400]!r}", flush=True)
    print(f"seed {options.seed}:", ", ".join(f"{count} {name}" for name, count in counts.items()))
    for name, count in faults.most_common():
        print(f"{count:6} {name}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
