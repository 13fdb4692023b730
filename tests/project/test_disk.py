"""What a run reads, writes and deletes: regular files within its reach, and nothing that was saved meanwhile."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcards.model import Text
from dlcards.project import disk
from dlcards.project.disk import Reach, Refused, make_folder, read_regular, remove, write_whole
from tests.support.systems import POSIX


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A repository beside a folder that is none of its business."""
    (tmp_path / "repo" / "docs").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_bytes(b"secret")
    (tmp_path / "repo" / ".git").mkdir()
    return tmp_path


def test_within_reach_everything_is_read_written_and_deleted(world: Path) -> None:
    reach = Reach.of(world / "repo")
    new = world / "repo" / "docs" / "new" / "a.md"
    make_folder(new.parent, reach)
    write_whole(new, "글".encode(), reach, before=None)
    write_whole(new, b"b", reach, before="글".encode())
    assert read_regular(new, reach) == b"b"
    (world / "repo" / "link.md").symlink_to(new)
    write_whole(world / "repo" / "link.md", b"c", reach)
    assert new.read_bytes() == b"c", "a link stays a link to the file that is replaced"
    remove(new, reach)
    assert not new.exists()


OUT: dict[str, Callable[[Path], Path]] = {
    "a path upwards": lambda repo: repo / "docs" / ".." / ".." / "outside" / "secret",
    "a link to the file": lambda repo: _link(repo / "link", repo.parent / "outside" / "secret"),
    "a link to its folder": lambda repo: _link(repo / "folder", repo.parent / "outside") / "secret",
    "a link over a link": lambda repo: (
        _link(repo / "b", _link(repo / "a", repo.parent / "outside")) / "secret"
    ),
    "a link through the root": lambda repo: (
        _link(repo / "r", Path("/")) / str(repo.parent)[1:] / "outside/secret"
    ),
    "git's own": lambda repo: repo / ".git" / "config",
    "git's own, for file systems without letter case": lambda repo: repo / ".GIT" / "config",
    "an absolute path": lambda repo: repo / str(repo.parent / "outside" / "secret"),
}


def _link(place: Path, to: Path) -> Path:
    place.symlink_to(to)
    return place


@POSIX
@pytest.mark.parametrize("name", OUT)
def test_out_of_reach_nothing_is_touched(world: Path, name: str) -> None:
    (world / "repo" / ".git" / "config").write_bytes(b"[core]")
    path, reach = OUT[name](world / "repo"), Reach.of(world / "repo")
    before = _all_below(world)
    touches: list[Callable[[], object]] = [
        lambda: read_regular(path, reach),
        lambda: write_whole(path, b"", reach),
    ]
    if path.parent != world / "repo":
        touches += [
            lambda: write_whole(path.parent / "new", b"", reach),
            lambda: make_folder(path.parent / "new" / "folder", reach),
            lambda: remove(path, reach),
        ]
    for touch in touches:
        with pytest.raises(Refused) as caught:
            touch()
        said = "git's own" if name.startswith("git") else "out of the repository"
        assert said in caught.value.reason.en
    assert _all_below(world) == before
    assert not reach.holds(path)
    assert reach.and_(path).holds(path), "unless it is named"


def _all_below(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_a_link_is_deleted_and_not_what_it_leads_to(world: Path) -> None:
    link = _link(world / "repo" / "link", world / "outside" / "secret")
    remove(link, Reach.of(world / "repo"))
    assert not link.is_symlink()
    assert (world / "outside" / "secret").read_bytes() == b"secret"


def test_a_neighbour_of_the_same_beginning_is_out_of_reach(tmp_path: Path) -> None:
    assert not Reach.of(tmp_path / "repo").holds(tmp_path / "repository" / "a")
    assert Reach.of(tmp_path / "repo").holds(tmp_path / "repo")


def test_a_loop_of_links_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match=r"symbolic links|resolve"):
        read_regular(tmp_path / "a", Reach.of(tmp_path))


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as each:
        each.bind(str(path))


DEVICES: dict[str, Callable[[Path], None]] = {
    "pipe": _fifo,
    "socket": _socket,
    "folder": Path.mkdir,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
}


@POSIX
@pytest.mark.parametrize("kind", DEVICES)
def test_only_regular_files_are_read_and_replaced(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    DEVICES[kind](Path("x"))
    with pytest.raises(OSError, match=r"pipe|socket|folder|device"):
        read_regular(Path("x"))
    with pytest.raises(OSError, match=r"pipe|socket|folder|device"):
        write_whole(Path("x"), b"mine")
    assert os.listdir() == ["x"]


@POSIX
def test_a_file_that_becomes_a_pipe_between_two_looks_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    os.mkfifo(path)
    regular = Path(__file__).stat()
    monkeypatch.setattr(os, "stat", lambda path, **_: regular)
    with pytest.raises(Refused, match="pipe"):
        read_regular(path)


def test_what_is_larger_than_memory_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(disk.LARGEST + 1)
    with pytest.raises(Refused, match="64 MiB"):
        read_regular(path)
    with path.open("wb") as file:
        file.truncate(disk.LARGEST)
    assert len(read_regular(path)) == disk.LARGEST


bytes_or_none = st.none() | st.binary(max_size=3)


@given(there=bytes_or_none, read=bytes_or_none, data=st.binary(max_size=3))
def test_what_was_saved_meanwhile_is_not_lost(
    tmp_path_factory: pytest.TempPathFactory, there: bytes | None, read: bytes | None, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("a") / "a.md"
    if there is not None:
        path.write_bytes(there)
    if there == read:
        write_whole(path, data, before=read)
        assert path.read_bytes() == data
    else:
        with pytest.raises(Refused, match="another program has changed it"):
            write_whole(path, data, before=read)
        assert (path.read_bytes() if path.exists() else None) == there
    assert {each.name for each in path.parent.iterdir()} <= {"a.md"}


@POSIX
@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_temporary_file_that_is_there_already_is_not_followed(world: Path, kind: str) -> None:
    path = world / "repo" / "a.md"
    planted = path.with_name(f".a.md.{os.getpid()}.tmp")
    if kind == "link":
        planted.symlink_to(world / "outside" / "secret")
    else:
        planted.write_bytes(b"of an earlier process of that number")
    write_whole(path, b"new", Reach.of(world / "repo"))
    assert path.read_bytes() == b"new"
    assert (world / "outside" / "secret").read_bytes() == b"secret"
    assert not planted.exists()


@POSIX
def test_a_new_file_has_the_permissions_asked_for_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"a", mode=0o600)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    (tmp_path / "a").chmod(0o640)
    write_whole(tmp_path / "a", b"b", mode=0o666)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@POSIX
def test_what_a_killed_process_has_left_the_next_write_removes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    # It stops while it writes, and is killed.
    code = (
        "import os, sys; from pathlib import Path; from dlcards.project.disk import write_whole\n"
        "os.fsync = lambda number: (print('writing', flush=True), sys.stdin.read())\n"
        "write_whole(Path(sys.argv[1]), b'half')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        left = tmp_path / f".a.md.{writer.pid}.tmp"
        assert left.exists()
        write_whole(path, b"whole")
        assert left.exists(), "of a process that is still writing"
        writer.send_signal(signal.SIGKILL)
    other = tmp_path / f".b.md.{writer.pid}.tmp"
    own = tmp_path / ".a.md.mine.tmp"
    for each in (other, own):
        each.write_bytes(b"")
    write_whole(path, b"whole again")
    assert sorted(os.listdir(tmp_path)) == sorted(["a.md", other.name, own.name])


@POSIX
def test_the_older_of_two_writers_does_not_win(tmp_path: Path) -> None:
    """Two programs read, both write: the second is told, whoever it is."""
    path = tmp_path / "a.md"
    path.write_bytes(b"0")
    code = (
        "import sys; from pathlib import Path; from dlcards.project.disk import read_regular, write_whole\n"
        "path = Path(sys.argv[1]); before = read_regular(path); print('read', flush=True); sys.stdin.read()\n"
        "write_whole(path, b'stale', before=before)"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"read\n"
        path.write_bytes(b"saved")
        _, said = writer.communicate()
    assert b"another program has changed it" in said
    assert path.read_bytes() == b"saved"


def test_what_is_not_there_is_deleted_already(tmp_path: Path) -> None:
    remove(tmp_path / "a", Reach.of(tmp_path))
    with pytest.raises(Refused, match="leads out of the repository"):
        remove(tmp_path.parent / "a", Reach.of(tmp_path))


def test_an_error_of_writing_names_the_file_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such file or directory") as caught:
        write_whole(tmp_path / "missing" / "a.md", b"")
    assert caught.value.filename == str(tmp_path / "missing" / "a.md")
    assert caught.value.strerror == "No such file or directory"


def test_no_process_has_the_number_0(tmp_path: Path) -> None:
    (tmp_path / ".a.0.tmp").write_bytes(b"")
    write_whole(tmp_path / "a", b"")
    assert os.listdir(tmp_path) == ["a"]


def test_who_is_refused_is_told_where_the_path_leads(world: Path) -> None:
    path, reach = _link(world / "repo" / "link", world / "outside" / "secret"), Reach.of(world / "repo")
    real = os.path.realpath(path)
    for known in ("", real):
        with pytest.raises(Refused, match=re.escape(real)):
            reach.check(path, known)
    reach.check(path, str(world / "repo" / "a"))


def test_why_a_file_can_not_be_had_is_said_in_both_languages_where_we_know_them() -> None:
    assert disk.reason_of(Refused("a", Text("까닭", "why"))) == Text("까닭", "why")
    assert disk.reason_of(FileNotFoundError(2, "No such file", "a")) == Text(
        "그런 파일이나 폴더가 없다", "No such file"
    )
    assert disk.reason_of(ValueError("embedded null byte")) == Text(
        "embedded null byte", "embedded null byte"
    )
