"""What was measured, as the tables of ``benchmarks/README.md``.

``python -m benchmarks.report`` makes them again, without measuring.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import peers
from benchmarks.export import SHORT
from benchmarks.measure import Took
from benchmarks.outcomes import ANKIOPS, DLCARDS, OUTCOMES, UNEDITED

HERE = Path(__file__).parent
README, NOW, BEFORE, PICTURE = (
    HERE / name for name in ("README.md", "measured.json", "before.json", "scale.png")
)
OPEN, CLOSE = "<!-- measured: what stands below is written by `make bench` -->", "<!-- /measured -->"
OURS = {"cold": "dlcards, cold", "unchanged": "dlcards, unchanged", "one changed": "dlcards, one changed"}
ROUNDTRIP = "roundtrip"
"""The group that counts what comes of edits; no time is measured there."""
OTHERS = ("mistune", "rumdl, cold", "rumdl, warm", "mdlinkcheck", "markdownlint-cli2")


def sizes(quick: bool) -> tuple[int, ...]:
    """How many files stand in the folders that are linted."""
    return (1, 10, 100) if quick else (1, 10, 100, 1_000, 10_000)


def pairs(quick: bool) -> int:
    """How many pairs stand in the deck that is exported."""
    return 1_000 if quick else 10_000


def files(number: int) -> str:
    """The group that lints so many files."""
    return f"files-{number}"


def export(number: int, documents: int) -> str:
    """The group that exports so many pairs, in so many documents."""
    return f"export-{number}-in-{documents}"


def decks(number: int) -> str:
    """The group in which other programs make a deck of so many pairs."""
    return f"decks-{number}"


Edits = dict[str, dict[str, dict[str, int]]]
"""What was done → program → how often which came of it."""


@dataclass
class Measured:
    """Groups of figures; those of one group were taken in turn, and only they are compared.

    Attributes:
        groups: Name of a group → name of a task → what it took.
        states: Name of a group → commit and day.
        setting: What it was measured on, and beside which versions.
        absent: The peers that could not be had.
        edits: What came of edits, by kind.
    """

    groups: dict[str, dict[str, Took]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    setting: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    edits: Edits = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Measured:
        """What an earlier run has written, or nothing."""
        if not path.exists():
            return cls()
        saved = json.loads(path.read_text(encoding="utf-8"))
        groups = {
            group: {task: Took(**took) for task, took in tasks.items()}
            for group, tasks in saved["groups"].items()
        }
        return cls(groups, saved["states"], saved["setting"], saved["absent"], saved.get("edits", {}))

    def write(self, path: Path) -> None:
        """Keep it for later runs."""
        saved = asdict(self)
        for tasks in saved["groups"].values():
            for took in tasks.values():
                took.update({name: float(f"{took[name]:.4g}") for name in ("cpu", "wall", "memory")})
        path.write_text(json.dumps(saved, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def put(self, group: str, taken: dict[str, Took], commit: str, day: str) -> None:
        """Take the figures of a group in the place of its earlier ones."""
        if group != ROUNDTRIP:
            self.groups[group] = taken
        self.states[group] = f"{commit}, {day}"
        cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
        self.setting = {"machine": cores, **peers.versions()}
        self.absent = peers.missing()

    def took(self, group: str) -> dict[str, Took]:
        """The figures of a group; none, if it was not measured."""
        return self.groups.get(group, {})


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        work: What is done.
        group: Where it was measured.
        task: What is measured there.
        base: The task that it is held against; ``""``: nothing, seconds count.
        target: The ratio, or the seconds, to reach; ``None`` where there is none.
        by: The figure that counts.
        beside: The words for the base, if its name does not say it.
        before: Whether it is held against the program before, both as ratios to the base.
    """

    work: str
    group: str
    task: str
    base: str
    target: float | None = None
    by: str = "cpu"
    beside: str = ""
    before: bool = False

    def value(self, measured: Measured) -> float | None:
        """The ratio to the base, or the seconds; ``None`` where either was not measured."""
        group = measured.took(self.group)
        took, base = group.get(self.task), group.get(self.base)
        if took is None or (self.base and base is None):
            return None
        seconds = float(getattr(took, self.by))
        return seconds / float(getattr(base, self.by)) if base else seconds

    def cells(self, now: Measured, before: Measured) -> list[str] | None:
        """What stands in its columns; ``None`` where nothing was measured."""
        took = now.took(self.group).get(self.task)
        value, earlier = self.value(now), self.value(before)
        if took is None:
            return None
        beside = self.beside or self.base
        if self.before:
            value, earlier = (value / earlier, 1.0) if value and earlier else (None, None)
        unit = "" if self.base else " s"
        reached = "" if self.target is None or value is None else "yes" if value <= self.target else "**no**"
        return [
            self.work,
            _seconds(took.cpu),
            _seconds(took.wall),
            f"{took.memory:.0f}" if took.memory else "",
            str(took.runs),
            f"{beside}, {self.by}" if beside else self.by,
            _number(earlier, unit),
            _number(value, unit),
            "" if self.target is None else f"≤ {self.target:g}{unit}",
            reached,
        ]


def rows(most: int, many: int) -> Iterator[Row]:
    """The work that is to be quick, and how quick.

    Args:
        most: How many files the large folder has.
        many: How many pairs the deck has.
    """
    floor = "floor"
    yield Row("`--version`", "startup", "--version", "import typer", 1.1)
    yield Row("`--help`", "startup", "--help", floor, 1.5)
    yield Row("`explain Q001`", "startup", "explain Q001", floor, 1.5)
    one, nine, large = files(1), files(9), files(most)
    yield Row("one file, cold", one, "cold", floor, 2.2)
    yield Row("one file, unchanged", one, "unchanged", floor, 1.15)
    yield Row("9 real files (450 KB), cold", nine, "cold", floor, 0.5, "wall", "before", before=True)
    yield Row("9 real files, unchanged", nine, "unchanged", floor, 1.15)
    yield Row("9 real files, one changed", nine, "one changed", floor, 3)
    yield Row(f"{most:,} files, cold", large, "cold", "mistune", 3)
    yield Row(f"{most:,} files, cold", large, "cold", "mistune", 1.6, "wall")
    yield Row(f"{most:,} files, unchanged", large, "unchanged", "rumdl, warm", 0.7, "wall")
    yield Row(f"{most:,} files, one changed", large, "one changed", "rumdl, warm", 1, "wall")
    yield Row("lint hook, one staged file of 9", "hook", "lint hook", "", 0.35)
    yield Row("export hook, one staged file of 9", "hook", "export hook", "")
    nothing = "pre-commit, nothing"
    yield Row(
        "lint hook through pre-commit", "hook", "pre-commit, lint", nothing, None, "wall", "a hook of nothing"
    )
    for documents in (1, many // 100):
        group = export(many, documents)
        what = f"{many:,} pairs in {documents} document{'s' * (documents > 1)}"
        yield Row(f"export of {what}, first", group, "first", "mistune + genanki", 2.8)
        yield Row(f"export of {what}, one changed", group, "one changed", "first", 0.3)
        yield Row(f"export of {what}, nothing changed", group, "nothing changed", floor, 1.3)
    yield Row(
        "one file of 1.7 MB, cold", "growth", "cold, 1.7 MB", "cold, 170 KB", 10, "cpu", "one of 170 KB"
    )
    for what in ("findings", "findings, slow typing", "completion", "hover", "definition"):
        yield Row(f"editor, 500 KB: keystroke to {what}", "editor", what, "", 0.15)
    for what in ("findings", "completion", "hover", "definition"):
        yield Row(f"editor, 500 KB: the same in rumdl, {what}", "editor", f"rumdl, {what}", "")
    yield Row("editor, 500 KB: last keystroke to settled", "editor", "settled", "")
    for case in (
        "plain text, 4 a name",
        "plain text, 1 a name",
        "HTML of 20 kB, 4 a name",
        "one redirect each, 4 a name",
    ):
        yield Row(f"1,000 links of 100 ms, {case}", "links", case, f"{case}, ideal", 1.2, "wall", "ideal")


HEAD = ["work", "CPU, s", "wall, s", "MiB", "runs", "held against", "before", "now", "to reach", "reached"]


def table(now: Measured, before: Measured, work: Iterable[Row]) -> str:
    """The rows that were measured, in markdown."""
    return _markdown(HEAD, [cells for row in work if (cells := row.cells(now, before))])


def scale(measured: Measured) -> str:
    """Wall and CPU seconds by the number of files, a column a folder."""
    counted = [number for number in sizes(False) if files(number) in measured.groups]
    lines = []
    for task, name in (OURS | {other: other for other in OTHERS}).items():
        cells = [measured.took(files(number)).get(task) for number in counted]
        if any(cells):
            lines.append([name, *(f"{_seconds(c.wall)} ({_seconds(c.cpu)})" if c else "–" for c in cells)])
    runs = [measured.took(files(number)).get("cold") for number in counted]
    lines.append(["*runs*", *(str(took.runs) if took else "" for took in runs)])
    return _markdown(["wall (CPU), s", *(f"{number:,}" for number in counted)], lines)


def others(measured: Measured, group: str) -> str:
    """What other programs take for a deck."""
    taken = measured.took(group)
    least = min((took.cpu for took in taken.values()), default=1.0)
    names = {"ankiops": "AnkiOps, reading and HTML alone"}
    return _markdown(
        ["program", "CPU, s", "wall, s", "MiB", "runs", "CPU / least"],
        [
            [
                names.get(name, name),
                _seconds(t.cpu),
                _seconds(t.wall),
                f"{t.memory:.0f}",
                str(t.runs),
                _number(t.cpu / least),
            ]
            for name, t in taken.items()
        ],
    )


def edits(measured: Measured) -> str:
    """What came of edits made in Anki, a line a kind, a column a program and what came of it."""
    # AnkiOps asks nobody.
    shown = [(DLCARDS, outcome) for outcome in OUTCOMES] + [(ANKIOPS, outcome) for outcome in OUTCOMES[:-1]]
    found = {kind: counts for kind, counts in measured.edits.items() if kind != UNEDITED}
    whole: dict[str, dict[str, int]] = {}
    for counts in found.values():
        for program, outcomes in counts.items():
            sums = whole.setdefault(program, dict.fromkeys(outcomes, 0))
            whole[program] = {outcome: sums[outcome] + count for outcome, count in outcomes.items()}
    lines = [
        [kind, *(_count(counts, program, outcome) for program, outcome in shown)]
        for kind, counts in {**found, "*all*": whole}.items()
    ]
    parts = [_markdown(["edit", *(f"{program}: {outcome}" for program, outcome in shown)], lines)]
    if unedited := measured.edits.get(UNEDITED):
        said = (f"{program} {count['changed']} of {count['lines']}" for program, count in unedited.items())
        parts.append(f"Lines of the sources that change where nothing was edited: {', '.join(said)}.")
    return "\n\n".join(parts)


def _count(counts: Mapping[str, Mapping[str, int]], program: str, outcome: str) -> str:
    return str(counts[program][outcome]) if program in counts else "–"


def page(now: Measured, before: Measured, quick: bool = False) -> str:
    """All tables, with what they were measured on."""
    most = max(size for size in sizes(quick) if size <= 1_000)
    setting = dict(now.setting)
    parts = [
        f"Measured on {setting.pop('machine', 'nothing yet')}; "
        + ", ".join(f"{name} {number}" for name, number in setting.items())
        + ". "
        + _states(now, "dlcards")
        + (f' "Before" is {_states(before, "dlcards")}' if before.groups else "")
    ]
    if now.absent:
        parts.append(f"**Not to be had on that machine, and so not measured: {', '.join(now.absent)}.**")
    parts.append(table(now, before, rows(most, pairs(quick))))
    if any(name.startswith("files-") for name in now.groups):
        parts.append("### By the number of files\n\n" + scale(now))
    if decks(SHORT) in now.groups:
        parts.append(f"### A deck of {SHORT} pairs, first export\n\n{others(now, decks(SHORT))}")
    if now.edits:
        parts.append(f"### Edits made in Anki, taken back into the markdown\n\n{edits(now)}")
    return "\n\n".join(parts)


def main() -> None:
    """Write the README and its picture."""
    from benchmarks import picture  # matplotlib takes a second to load

    now = Measured.read(NOW)
    text = README.read_text(encoding="utf-8")
    above, below = text[: text.index(OPEN)], text[text.index(CLOSE) :]
    README.write_text(f"{above}{OPEN}\n\n{page(now, Measured.read(BEFORE))}\n\n{below}", encoding="utf-8")
    picture.draw(now, PICTURE)


def _states(measured: Measured, name: str) -> str:
    """Which states of the program the figures are of."""
    by_state: dict[str, list[str]] = {}
    for group, state in measured.states.items():
        by_state.setdefault(state, []).append(group)
    if len(by_state) == 1:
        return f"{name} at {next(iter(by_state))}."
    return "; ".join(f"{name} at {state}: {', '.join(some)}" for state, some in by_state.items()) + "."


def _seconds(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _number(value: float | None, unit: str = "") -> str:
    return "–" if value is None else f"{value:.2f}{unit}"


def _markdown(head: list[str], lines: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))


if __name__ == "__main__":
    main()
