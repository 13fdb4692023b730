"""Lives of decks: documents in every layout that an author changes again and again, exported after each change.

    python -m tests.support.lives --count 2000 --seed 1

prints how many questions kept their note, were new, or were asked about (D002), by layout and change.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from dlcards.deck.export import Export, Order
from dlcards.document.build import build
from dlcards.identity.lock import Lock, dump, load
from dlcards.model import Config, Context, Document
from tests.support.documents import FakeFiles
from tests.support.exports import export

NOUNS = str.split(
    "gradient layer kernel mask padding stride token weight momentum dropout pooling channel bias batch epoch loss "
    "margin optimizer scheduler encoder decoder attention head residual norm embedding softmax sampler beam cache"
)
VERBS = str.split(
    "scales shifts hides keeps drops mixes reads writes sums splits folds clips warms cools tracks skips"
)
TEMPLATES = (
    "What is a {0}?",
    "Explain the {0}",
    "What is the effect of {0} on {1}?",
    "How does a {0} use its {1}?",
)
SHORT = ("Pros and cons?", "Why?", "장단점은?")
SHORT_ANSWERS = ("Yes.", "No.", "O(n)")
LAYOUTS = ("native", "heading", "topics", "details", "dialogue", "bold", "folded", "divided", "file")


@dataclass(frozen=True)
class Item:
    """A question as its author sees it: ``key`` is what it is, however it is asked and answered."""

    key: int
    words: str
    answer: str
    topic: int = 0

    @property
    def content(self) -> tuple[str, str]:
        return self.words, self.answer


@dataclass
class Author:
    """Documents by name, and what may be brought back."""

    random: random.Random
    documents: dict[str, list[Item]]
    made: int = 0
    drawer: list[Item] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    def item(self) -> Item:
        r = self.random
        self.made += 1
        words = r.choice(SHORT) if r.random() < 0.15 else r.choice(TEMPLATES).format(*r.sample(NOUNS, 2))
        answer = r.choice(SHORT_ANSWERS) if r.random() < 0.1 else self.sentences(r.randint(1, 5))
        return Item(self.made, words, answer, r.randrange(3))

    def sentences(self, count: int) -> str:
        r = self.random
        return " ".join(
            f"The {r.choice(NOUNS)} {r.choice(VERBS)} the {r.choice(NOUNS)} and the {r.choice(NOUNS)}."
            for _ in range(count)
        )

    def change(self) -> None:
        """One random change."""
        name = self.random.choice(list(self.documents))
        act = self.random.choice(ACTS)
        self.changes.append(act.__name__)
        act(self, name)


def insert(a: Author, name: str) -> None:
    items = a.documents[name]
    items.insert(a.random.randint(0, len(items)), a.item())


def delete(a: Author, name: str) -> None:
    if a.documents[name]:
        items = a.documents[name]
        a.drawer.append(items.pop(a.random.randrange(len(items))))


def bring_back(a: Author, name: str) -> None:
    if a.drawer:
        items = a.documents[name]
        items.insert(a.random.randint(0, len(items)), a.drawer.pop(a.random.randrange(len(a.drawer))))


def reword(a: Author, name: str) -> None:
    def new(item: Item) -> Item:
        other = a.random.choice(TEMPLATES).format(*a.random.sample(NOUNS, 2))
        near = item.words.rstrip("?") + " in practice?"
        return replace(item, words=near if a.random.random() < 0.5 else other)

    _one(a, name, new)


def mend(a: Author, name: str) -> None:
    _one(a, name, lambda item: replace(item, answer=f"{item.answer} {a.sentences(1)}"))


def rewrite(a: Author, name: str) -> None:
    _one(a, name, lambda item: replace(item, answer=a.sentences(3)))


def move(a: Author, name: str) -> None:
    items = a.documents[name]
    if items:
        items.insert(a.random.randint(0, len(items) - 1), items.pop(a.random.randrange(len(items))))


def reverse(a: Author, name: str) -> None:
    a.documents[name].reverse()


def move_between(a: Author, name: str) -> None:
    other = a.random.choice(list(a.documents))
    if a.documents[name] and other != name:
        item = a.documents[name].pop(a.random.randrange(len(a.documents[name])))
        a.documents[other].insert(a.random.randint(0, len(a.documents[other])), item)


def rename(a: Author, name: str) -> None:
    a.made += 1
    a.documents[f"n{a.made}"] = a.documents.pop(name)


def split(a: Author, name: str) -> None:
    items = a.documents[name]
    if len(items) > 3:
        a.made += 1
        half = len(items) // 2
        a.documents[name], a.documents[f"n{a.made}"] = items[:half], items[half:]


def merge(a: Author, name: str) -> None:
    others = [other for other in a.documents if other != name]
    if others:
        a.documents[name] += a.documents.pop(a.random.choice(others))


def sort_topics(a: Author, name: str) -> None:
    a.documents[name].sort(key=lambda item: -item.topic)


ACTS: tuple[Callable[[Author, str], None], ...] = (
    insert, insert, delete, bring_back, reword, reword, mend, rewrite, move, reverse, move_between, rename, split,
    merge, sort_topics,
)  # fmt: skip


def _one(a: Author, name: str, changed: Callable[[Item], Item]) -> None:
    items = a.documents[name]
    if items:
        at = a.random.randrange(len(items))
        items[at] = changed(items[at])


def texts(name: str, items: Sequence[Item], layout: str) -> dict[str, str]:
    """The files of a document."""
    if layout == "file":
        return {f"{name}/{item.key}.md": f"# {item.words}\n\n{item.answer}\n" for item in items}
    if layout == "topics":
        parts = []
        for at, item in enumerate(items):
            if at == 0 or items[at - 1].topic != item.topic:
                parts.append(f"## Topic {'ABC'[item.topic]}\n")
            parts.append(f"### {item.words}\n\n{item.answer}\n")
        return {f"{name}.md": "\n".join(["# All\n", *parts])}
    written = {
        "native": "## #{0}\n\n#### {1}\n\n{2}\n\n---\n",
        "heading": "### {0}. {1}\n\n{2}\n",
        "details": "<details>\n<summary>{1}</summary>\n\n{2}\n\n</details>\n",
        "dialogue": "Q: {1}\n\nA: {2}\n",
        "bold": "**{1}**\n\n{2}\n",
        "folded": "{1}\n\n<details><summary>Answer</summary>\n\n{2}\n\n</details>\n",
        "divided": "{1}\n\n. . .\n\n{2}\n\n---\n",
    }[layout]
    return {f"{name}.md": "\n".join(written.format(n, i.words, i.answer) for n, i in enumerate(items, 1))}


@dataclass
class Life:
    """A deck, exported again and again; the lock goes through its file each time."""

    author: Author
    layout: str
    lock: Lock = field(default_factory=Lock)
    now: int = 1_700_000_000
    truth: dict[str, int] = field(default_factory=dict)
    before: dict[int, tuple[str, tuple[str, str]]] = field(default_factory=dict)  # GUID and content, by key
    said: dict[str, str] = field(default_factory=dict)  # the words that a note was last exported with
    counts: Counter[str] = field(default_factory=Counter)

    def export(self) -> list[str]:
        """Export the documents as they are; what went wrong."""
        self.now += 1000
        layout = "heading" if self.layout == "topics" else self.layout
        # What the layouts see is another matter: here all headings of the level ask.
        pattern = "^(?!All$|Topic .$)" if layout == "heading" else ""
        config = Config(deck="Deck", layouts={"*": layout}, question_pattern=pattern)
        documents: list[Document] = []
        keys: dict[tuple[str, str], Item] = {}
        for name, items in self.author.documents.items():
            for path, text in texts(name, items, self.layout).items():
                document = build(PurePosixPath(path), text, config)
                documents.append(document)
                shown = [item for item in items if self.layout != "file" or path.endswith(f"/{item.key}.md")]
                assert len(document.pairs) == len(shown), (path, text)
                keys.update(((path, pair.id), item) for pair, item in zip(document.pairs, shown, strict=True))
        result = self._exported(documents, config)
        return list(self._problems(result, keys))

    def _exported(self, documents: list[Document], config: Config) -> Export:
        files = FakeFiles(frozenset(str(document.path) for document in documents))
        context = Context(config, files)
        result = export(documents, context, Path("/nowhere"), Order("Deck", self.lock, self.now))
        self.lock = load(dump(result.identified.lock), "deck.lock")
        return result

    def _problems(self, result: Export, keys: dict[tuple[str, str], Item]) -> Iterator[str]:
        asked = {(a.card.document, a.card.id) for a in result.identified.ambiguous}
        now: dict[int, tuple[str, tuple[str, str]]] = {}
        alike = Counter(item.content for item in keys.values())
        had = Counter(content for _, content in self.before.values())
        for entry in result.identified.cards:
            item = keys[entry.card.document, entry.card.id]
            now[item.key] = entry.guid, item.content
            if self.truth.setdefault(entry.guid, item.key) != item.key:
                other = self.truth[entry.guid]
                # Nobody can tell a question that was answered anew from another one of its words in its place.
                if self.said.get(entry.guid) == item.words:
                    self.counts["answered anew, or another"] += 1
                    self.truth[entry.guid] = item.key
                elif alike[item.content] < 2 and item.content not in had:
                    yield f"{item} has the note of {other}"
            self.said[entry.guid] = item.words
        for place, item in keys.items():
            old = self.before.get(item.key)
            if old is None:
                self.counts["first seen"] += 1
                self.counts["asked of the first seen"] += place in asked
                continue
            kind = "unchanged" if old[1] == item.content else "changed"
            kept = item.key in now and now[item.key][0] == old[0]
            how = "kept" if kept else "asked" if place in asked else "new"
            self.counts[f"{kind}: {how}"] += 1
            if kind == "unchanged" and not kept and alike[item.content] < 2 and had[item.content] < 2:
                yield f"{item} has lost its note: {how}"
        self.before |= now
        self.before = {
            key: known for key, known in self.before.items() if any(i.key == key for i in keys.values())
        }


def lives(seed: int, layout: str, steps: int = 6) -> tuple[list[str], Life]:
    """A life from its seed: what went wrong, with the changes that led there; and how many questions kept what."""
    r = random.Random(f"{seed} {layout}")
    author = Author(r, {"a": [], "b": []})
    for name in author.documents:
        author.documents[name] = [author.item() for _ in range(r.randint(1, 6))]
    life = Life(author, layout)
    for _ in range(steps):
        if problems := life.export():
            return [*problems, f"changes: {author.changes}"], life
        author.changes.clear()
        for _ in range(r.choice((1, 1, 1, 2, 3))):
            author.change()
    return life.export(), life


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(
        "| layout | lives | exports | unchanged: kept | asked | new | changed: kept | asked | new | wrong |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for layout in LAYOUTS:
        counts: Counter[str] = Counter()
        wrong = 0
        for seed in range(arguments.seed, arguments.seed + arguments.count):
            problems, life = lives(seed, layout)
            counts += life.counts
            if problems:
                wrong += 1
                if wrong <= 5:
                    print(f"  seed {seed}: {problems}")
        cells = [
            counts[f"{kind}: {how}"] for kind in ("unchanged", "changed") for how in ("kept", "asked", "new")
        ]
        print(
            f"| {layout} | {arguments.count} | {7 * arguments.count} | {' | '.join(map(str, cells))} | {wrong} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
