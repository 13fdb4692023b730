"""Messages as protobuf itself writes them, and bytes that are none."""

from __future__ import annotations

import contextlib

import pytest
from anki.import_export_pb2 import MediaEntries
from hypothesis import given
from hypothesis import strategies as st

from dlcards.identity.wire import WireError, fields

ENTRIES = st.tuples(st.text(), st.integers(0, 2**32 - 1), st.binary(), st.integers(0, 2**32 - 1))


@given(st.lists(ENTRIES))
def test_what_protobuf_has_written_is_read(entries: list[tuple[str, int, bytes, int]]) -> None:
    message = MediaEntries()
    for name, size, sha1, file in entries:
        message.entries.add(name=name, size=size, sha1=sha1, legacy_zip_filename=file)
    read: list[tuple[str, object, object, object]] = []
    for number, value in fields(message.SerializeToString()):
        assert number == 1
        assert isinstance(value, bytes)
        found = dict(fields(value))
        called = found.get(1, b"")  # what is empty is not written
        assert isinstance(called, bytes)
        read.append((called.decode(), found.get(2, 0), found.get(3, b""), found.get(255, 0)))
    assert read == entries


def test_fields_of_fixed_size_are_passed_by() -> None:
    message = b"\x09" + bytes(8) + b"\x15" + b"\x01\x02\x03\x04" + b"\x18\x07"
    assert list(fields(message)) == [(1, bytes(8)), (2, b"\x01\x02\x03\x04"), (3, 7)]


@pytest.mark.parametrize(
    "message",
    [
        b"\x0a",
        b"\x0a\x02x",
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7fx",
        b"\x08",
        b"\x80" * 20,
        b"\x0b",
        b"\x0f",
        b"\x09\x00",
    ],
)
def test_what_is_none_is_refused(message: bytes) -> None:
    with pytest.raises(WireError):
        list(fields(message))


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(message: bytes) -> None:
    with contextlib.suppress(WireError):
        assert sum(len(value) for _, value in fields(message) if isinstance(value, bytes)) <= len(message)
