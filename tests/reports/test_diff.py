"""Patches, which git itself applies."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.model import Config
from dlcards.reports.diff import new_file, unified_diff
from tests.support.documents import markdownish
from tests.support.names import ODD, names
from tests.support.systems import BYTE_NAMES

# Each example starts git.
BOUNDED = settings(max_examples=settings.default.max_examples // 3 if settings.default else 10)


def applied(files: dict[str, bytes], patch: str) -> dict[str, bytes]:
    """What git makes of some files with a patch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        # In no repository, and whatever the user has configured.
        env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
        command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]
        done = subprocess.run(
            command, input=os.fsencode(patch), cwd=folder, env=env, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


@BOUNDED
@given(st.binary(max_size=300))
@example(b"")
@example(bytes(range(256)) * 40)
@example(b"\n")
def test_git_makes_a_new_file_of_any_bytes(data: bytes) -> None:
    assert applied({}, new_file(PurePosixPath("images/a.png"), data)) == {"images/a.png": data}


@BYTE_NAMES
@BOUNDED
@given(names)
def test_git_makes_a_new_file_of_any_name(name: str) -> None:
    assert applied({}, new_file(PurePosixPath("그림 (둘)") / name, b"\0")) == {f"그림 (둘)/{name}": b"\0"}


@BYTE_NAMES
@pytest.mark.parametrize("name", ODD)
def test_git_makes_a_new_file_of_an_odd_name(name: bytes) -> None:
    path = os.fsdecode(name)
    assert applied({}, new_file(PurePosixPath(path), b"x\n")) == {path: b"x\n"}


@BOUNDED
@given(markdownish, markdownish)
@example("가\r\n나\r\n", "가\r\n다\r\n")
@example("가\r\n나\n", "가\n나\r\n")
@example("가", "가\n")
@example("\ufeff가\n", "\ufeff나")
@example("가\x0c나\u2028\n", "가\x0c다\u2028\n")
@example("가\r나", "가\r다")
def test_git_makes_the_one_text_of_the_other(before: str, after: str) -> None:
    document = build(PurePosixPath("a b/가.md"), before, Config())
    patch = unified_diff(document, after)
    if document.text == after:
        assert patch == ""
        return
    made = applied({"a b/가.md": document.text.encode()}, patch)
    # A patch has no way to say that a file becomes empty but stays.
    assert made == ({"a b/가.md": after.encode()} if after else made)
    assert made.get("a b/가.md", b"") == after.encode()


def test_several_in_one_patch() -> None:
    document = build(PurePosixPath("a.md"), "가\n나", Config())
    patch = (
        unified_diff(document, "가\n다")
        + new_file(PurePosixPath("x.png"), b"\x89")
        + new_file(PurePosixPath("y z"), b"")
    )
    assert applied({"a.md": "가\n나".encode()}, patch) == {
        "a.md": "가\n다".encode(),
        "x.png": b"\x89",
        "y z": b"",
    }
