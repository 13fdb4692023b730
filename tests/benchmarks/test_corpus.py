"""The documents that are measured with are the same everywhere, and such as people write."""

from __future__ import annotations

import hashlib
from pathlib import Path

from benchmarks import corpus

from tests.support.documents import document


def test_a_document_is_the_same_each_time_and_no_two_are_alike() -> None:
    texts = [corpus.document(number) for number in range(8)]
    assert texts == [corpus.document(number) for number in range(8)]
    assert len(set(texts)) == len(texts)
    paragraphs = [{line for line in text.splitlines() if line.endswith("다.")} for text in texts]
    assert paragraphs[0]
    assert not paragraphs[0] & paragraphs[1]
    assert all(10_000 < len(text.encode()) < 26_000 for text in texts)


def test_a_document_has_questions_answers_and_contents() -> None:
    for number in range(4):
        found = document(corpus.document(number))
        assert len(found.pairs) >= 2
        assert found.contents is not None
        assert len(found.contents.entries) == len(found.pairs)
        assert all(pair.answer for pair in found.pairs)


def test_folders_are_the_same_bytes_and_an_edit_changes_one_file(tmp_path: Path) -> None:
    def digests(paths: list[Path]) -> list[str]:
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]

    one, two = corpus.folder(tmp_path / "one", 3), corpus.folder(tmp_path / "two", 3)
    before = digests(one)
    assert before == digests(two)
    seen = {before[1]}
    for times in range(3):
        corpus.edit(one[1], times)
        after = digests(one)
        assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]
        seen.add(after[1])
    assert len(seen) == 4, "each edit is another one"


def test_nine_files_are_450_kb(tmp_path: Path) -> None:
    paths = corpus.nine(tmp_path / "nine")
    assert len(paths) == 9
    assert 400_000 < sum(path.stat().st_size for path in paths) < 500_000


def test_a_deck_has_as_many_pairs_as_asked_for() -> None:
    assert len(document(corpus.deck(12)).pairs) == 12
    assert corpus.deck(12) == corpus.deck(12) != corpus.deck(12, seed=1)
