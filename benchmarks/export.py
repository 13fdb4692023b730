"""What making a deck costs."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.bench import Bench, emptied
from benchmarks.measure import Task, Took, measure

SHORT = 200
"""Pairs of the deck that other programs make, too; md2anki takes minutes for 1,000."""


def export(bench: Bench, pairs: int, documents: int) -> dict[str, Took]:
    """Export for the first time, with one answer changed, and with nothing changed.

    Args:
        bench: The workplace.
        pairs: All of them.
        documents: How many documents they stand in.
    """
    folder, cache = bench.folder / f"export-{documents}", bench.folder / f"cache-export-{documents}"
    folder.mkdir()
    texts = {
        folder / f"{number:03}.md": corpus.deck(pairs // documents, number) for number in range(documents)
    }

    def new() -> None:
        emptied(cache, folder / "build")
        (folder / "deck.lock").unlink(missing_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")

    def edit() -> None:
        path, text = list(texts.items())[documents // 2]
        path.write_text(re.sub(r"print\((7)\)", "print(77)", text), encoding="utf-8")

    new()
    again = "export --offline --lang en ."
    tasks = [
        Task("floor", peers.FLOOR, folder),
        Task("mistune + genanki", [*peers.GENANKI, ".", str(bench.folder / "peer.apkg")], folder),
        bench.dlcards("first", again, folder, cache, new),
        bench.dlcards("one changed", again, folder, cache, edit),
        bench.dlcards("nothing changed", again, folder, cache),
    ]
    try:
        return measure(f"{pairs} pairs in {documents}", tasks, bench.times(5))
    finally:
        emptied(folder, cache)


def decks(bench: Bench) -> dict[str, Took]:
    """The same pairs, written for each program as it wants them."""
    folder = bench.folder / "decks"
    folder.mkdir()
    sections = corpus.deck(SHORT).split("\n---\n\n")
    pairs = [re.split(r"\n\n(?=> )", section, maxsplit=1) for section in sections]
    questions = [question.split("#### ")[1] for question, _ in pairs]
    # Headings are questions to md2anki; a rule ends a card to all others.
    answers = [answer.replace("#### ", "").rstrip() for _, answer in pairs]
    texts = {
        "ours": "\n---\n\n".join(sections),
        "ankdown": "\n\n---\n\n".join(f"{q}\n\n%\n\n{a}" for q, a in zip(questions, answers, strict=True)),
        "md2anki": "# Deck (1)\n\n"
        + "\n\n".join(
            f"## {q} (00000000-0000-4000-8000-{number:012})\n\n{a}"
            for number, (q, a) in enumerate(zip(questions, answers, strict=True))
        ),
        "ankiops": "\n\n---\n\n".join(f"Q: {q}\nA: {a}" for q, a in zip(questions, answers, strict=True)),
    }
    places = {name: _alone(folder / name, f"{text}\n") for name, text in texts.items()}
    cache = folder / "cache"

    def new() -> None:
        emptied(cache, places["ours"] / "build")
        (places["ours"] / "deck.lock").unlink(missing_ok=True)

    tasks = [
        Task("mistune + genanki", [*peers.GENANKI, ".", str(folder / "peer.apkg")], places["ours"]),
        bench.dlcards("dlcards", "export --offline --lang en .", places["ours"], cache, new),
    ]
    where = {name: peers.executable(name) for name in ("ankdown", "md2anki", "ankiops")}
    if where["ankdown"]:
        command = [where["ankdown"], "-r", ".", "-p", "deck.apkg", "--highlight"]
        tasks.append(Task("ankdown", command, places["ankdown"], peer=True))
    if where["md2anki"]:
        command = [where["md2anki"], "deck.md", "-o-anki", "deck.apkg"]
        tasks.append(Task("md2anki", command, places["md2anki"], peer=True))
    if where["ankiops"]:
        tasks.append(
            Task("ankiops", [peers.python(), "-c", peers.ANKIOPS, "deck.md"], places["ankiops"], peer=True)
        )
    return measure(f"decks of {SHORT}", tasks, bench.times(5))


def _alone(folder: Path, text: str) -> Path:
    """A folder with that one document."""
    folder.mkdir()
    (folder / "deck.md").write_text(text, encoding="utf-8")
    return folder
