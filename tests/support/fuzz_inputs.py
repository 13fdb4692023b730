"""Random inputs that are nearly right: documents, packages, locks and configurations with something changed in them."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from dlcards.deck.export import Order
from dlcards.document.build import build
from dlcards.identity import lock as locks
from dlcards.model import Config
from dlcards.project import config as configs
from tests.support import commonmark
from tests.support.documents import PATH, context
from tests.support.exports import export
from tests.support.packages import NEW_COLLECTION, squeezed

DATA = Path(__file__).parents[1] / "data" / "fuzz"


@cache
def _documents() -> tuple[str, ...]:
    return tuple(path.read_bytes().decode() for path in sorted(DATA.glob("*.txt")))


def piece(source: random.Random) -> str:
    """A few lines of a real document, changed."""
    lines = source.choice(_documents()).split("\n")
    start = source.randrange(len(lines))
    text = "\n".join(lines[start : start + source.choice((1, 2, 2, 4, 8, 16))])
    if source.random() < 0.2:  # a question around it, so that it is an answer
        text = f"## #1\n\n#### 무엇인가?\n\n{text}\n\n#### References\n\n- [a](https://a.b)\n"
    return mutated(source, text)


def document(source: random.Random) -> str:
    """A small document: a changed one of ours, or one made up of markdown's marks."""
    return piece(source) if source.random() < 0.6 else commonmark.random_document(source)


def mutated(source: random.Random, text: str) -> str:
    """``text`` after some changes."""
    for _ in range(source.choice((0, 1, 1, 2, 3, 5))):
        text = source.choice(_CHANGES)(source, text)
    return text


def _at(source: random.Random, text: str) -> int:
    return source.randint(0, len(text))


def _insert(source: random.Random, text: str) -> str:
    at = _at(source, text)
    return text[:at] + source.choice(commonmark.PIECES + _MARKS) + text[at:]


def _delete(source: random.Random, text: str) -> str:
    at = _at(source, text)
    return text[:at] + text[at + source.choice((1, 1, 2, 5, 20)) :]


def _repeat(source: random.Random, text: str) -> str:
    at = _at(source, text)
    return text[:at] + text[at : at + source.randint(1, 12)] * source.choice((2, 3, 30)) + text[at:]


def _line(source: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = source.randrange(len(lines))
    kind = source.randrange(4)
    if kind == 0:
        lines.insert(at, source.choice(commonmark.LINES))
    elif kind == 1:
        lines[at] = source.choice(commonmark.PREFIXES) + lines[at]
    elif kind == 2:
        lines.insert(at, lines.pop(source.randrange(len(lines))))
    else:
        prefix = source.choice(commonmark.PREFIXES)
        lines[at : at + 4] = [prefix + line for line in lines[at : at + 4]]
    return "\n".join(lines)


def _splice(source: random.Random, text: str) -> str:
    other = source.choice(_documents())
    at, start = _at(source, text), _at(source, other)
    return text[:at] + other[start : start + source.randint(1, 80)] + text[at:]


def _bytes(source: random.Random, text: str) -> str:
    return flipped(source, text.encode("utf-8", "replace")).decode("utf-8", "replace")


def flipped(source: random.Random, data: bytes) -> bytes:
    """``data`` with some bytes changed, taken out or put in."""
    changed = bytearray(data)
    for _ in range(source.choice((1, 1, 2, 8))):
        at = source.randint(0, len(changed))
        changed[at : at + source.choice((0, 1, 1, 4))] = source.randbytes(source.choice((0, 1, 1, 4)))
    return bytes(changed)


_CHANGES = (_insert, _insert, _delete, _repeat, _line, _line, _splice, _bytes)
_MARKS = (
    ["$", "$$", "\\(", "\\frac{", "{{c1::", "}}", "[sound:", "\r", "\r\n", "\0", "\u2028", "\ufeff", "\u200b"]
    + ["<details>", "<summary>", "</details>", "</summary>", "</p>", "<p>", "<a id='1'>", "<!-- dlcards: ignore"]
    + ["## #1", "\n## #1-1-1\n", "Q: ", "A: ", "> 핵심: ", "References", "목차", "\n---\n", "```\n", "TODO", "ㅋㅋ"]
    + ["http://a.b/c", "www.a.b", "](http://a.b", "[^1]: ", "\n[r]: u\n", "\\newcommand{\\a}{", "\\label{a}", "́"]
)  # fmt: skip


_SCALARS: tuple[object, ...] = (
    None, True, 0, -1, 1.5, "", "a", "x" * 50, "\0", "{{c300000000::x}}", "\x1f".join(["", "{{c99999::b}}"] * 5)
)  # fmt: skip
_JSON: tuple[object, ...] = (*_SCALARS, 2**70, "\ud800", [], [[]], {}, {"a": []})


def _otherwise(source: random.Random, value: object) -> object:
    """A value of JSON with something in it replaced or gone."""
    if isinstance(value, dict) and value and source.random() < 0.85:
        key = source.choice(list(value))
        if source.random() < 0.1:
            return {name: below for name, below in value.items() if name != key}
        return value | {key: _otherwise(source, value[key])}
    if isinstance(value, list) and value and source.random() < 0.85:
        at = source.randrange(len(value))
        return [*value[:at], _otherwise(source, value[at]), *value[at + 1 :]]
    return source.choice(_JSON)


@cache
def _exported() -> tuple[bytes, str]:
    """A package and its lock."""
    config = Config()
    parsed = build(PATH, (DATA / "native.txt").read_text("utf-8"), config)
    with tempfile.TemporaryDirectory() as folder:
        result = export([parsed], context(config), Path(folder), Order("덱", locks.Lock(), 1_760_000_000))
    return result.package, locks.dump(result.identified.lock)


def lock(source: random.Random) -> str:
    """A lock with something wrong in it."""
    lines = _exported()[1].split("\n")
    at = source.randrange(len(lines) - 1)
    if source.random() < 0.7:
        lines[at] = json.dumps(_otherwise(source, json.loads(lines[at])))
        return "\n".join(lines)
    return mutated(source, "\n".join(lines[: source.choice((1, 3, 9))]))


def package(source: random.Random) -> bytes:
    """A package with something wrong in it: in its zip, its database, or what stands there."""
    data = _exported()[0]
    if source.random() < 0.3:
        return flipped(source, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.startswith("collection"))
        database = archive.read(name)
    if source.random() < 0.3:
        database = flipped(source, database)
    else:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(database)
        if source.random() < 0.5:
            (models,) = connection.execute("SELECT models FROM col").fetchone()
            models = json.dumps(_otherwise(source, json.loads(models)))
            connection.execute("UPDATE col SET models = ?", (models,))
        else:
            column = source.choice(("guid", "mid", "mod", "tags", "flds"))
            with suppress(sqlite3.IntegrityError):
                connection.execute(f"UPDATE notes SET {column} = ?", (source.choice((*_SCALARS, b"\xff")),))
        connection.commit()
        database = connection.serialize()
    if source.random() < 0.3:
        name, database = NEW_COLLECTION, squeezed(database)
        if source.random() < 0.3:
            database = flipped(source, database)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, database)
    return out.getvalue()


_VALUES = (
    ["1", "-1", "true", '""', '"a"', '"ko"', '["Q"]', "[[1, 2]]", "[3, 1]", "{ a = 'b' }", "{ Q = ['M'] }", "1.5"]
    + ["1979-05-27", '"\\u0000"', '"("', '"(a+)+$"', "{ '*' = 1 }", "[1, 2]", "'../x'", "inf", "9" * 5000, "[" * 300]
)  # fmt: skip


def configuration(source: random.Random) -> str:
    """A configuration with a line or two, of any type."""
    fields = configs.keys()
    names = [configs.key_of(each.name) for each in fields]
    lines = [f"{source.choice(names)} = {source.choice(_VALUES)}" for _ in range(source.choice((1, 1, 2, 3)))]
    text = "\n".join(lines)
    return mutated(source, text) if source.random() < 0.5 else text
