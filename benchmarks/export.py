"""An export of ten thousand pairs beside bare mistune and genanki: ``python -m benchmarks.export [PAIRS]``.

Each line of the table is a process of its own, on the same text, one after the other in one run: the
peer renders every section with mistune and packs it with genanki, and does nothing else; ``dlcards
export`` runs for the first time, with nothing changed, and with one answer changed. CPU seconds are the
process's, memory is its largest resident set. Read the ratios: the machine decides the seconds.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAIRS = 10_000
_MIB = 1 << 10  # ru_maxrss counts KiB

PEER = """
import sys
import genanki, mistune
text = open(sys.argv[1], encoding="utf-8").read()
markdown = mistune.create_markdown(plugins=["table", "footnotes", "math", "task_lists", "strikethrough"])
model = genanki.Model(1, "m", fields=[{"name": "q"}, {"name": "a"}],
                      templates=[{"name": "c", "qfmt": "{{q}}", "afmt": "{{a}}"}])
deck = genanki.Deck(2, "d")
for section in text.split("\\n---\\n\\n"):
    question, _, answer = section.partition("\\n\\n> ")
    deck.add_note(genanki.Note(model=model, fields=[markdown(question), markdown("> " + answer)]))
genanki.Package(deck).write_to_file(sys.argv[2])
"""


@dataclass(frozen=True)
class Run:
    """What a process took.

    Attributes:
        cpu: Seconds of processor time, its children's included.
        wall: Seconds on the clock.
        memory: Its largest resident set, in MiB.
    """

    cpu: float
    wall: float
    memory: float


def document(pairs: int) -> str:
    """That many pairs, all different, in the words and with the markup of our own answers."""
    chance = random.Random(0)
    source = (ROOT / "answers" / "deep-learning.md").read_text(encoding="utf-8")
    words = re.findall(r"[가-힣A-Za-z]{2,}", source)

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    return "\n---\n\n".join(
        f"## #{number}\n\n#### {some(8)}은 무엇인가요?\n\n"
        f"> 핵심: {some(6)}의 **{some(1)}**이고 $x_{{{number}}}$는 **{some(2)}**이다.\n\n"
        f"{some(30)}이다. 식은 $f(x)=x^{{{number}}}$이다. {some(20)} **{some(1)}** `{some(1)}`에서 "
        f"[{some(2)}](https://arxiv.org/abs/{number})을 본다.\n\n"
        f"- {some(5)}\n- {some(6)}\n\n```python\nprint({number})  # {some(3)}\n```\n\n"
        f"#### 꼬리질문\n\n- {some(5)}는?\n  - {some(9)}이다.\n\n"
        f"#### References\n\n- [{some(1)}, {some(4)} (2020)](https://arxiv.org/abs/{number})\n"
        for number in range(1, pairs + 1)
    )


def run(command: list[str], folder: Path) -> Run:
    """Run a command to its end and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()}")
    wall = time.perf_counter() - start
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / _MIB)


def main(pairs: int) -> None:
    """Print the table for a document of ``pairs`` pairs."""
    with tempfile.TemporaryDirectory(prefix="dlcards-benchmark-") as name:
        folder = Path(name)
        path = folder / "many.md"
        text = document(pairs)
        path.write_text(text, encoding="utf-8")
        export = [sys.executable, "-m", "dlcards", "export", "many.md", "--lang", "en"]
        runs = {"mistune + genanki": run([sys.executable, "-c", PEER, "many.md", "peer.apkg"], folder)}
        runs["dlcards export, first"] = run(export, folder)
        runs["dlcards export, nothing changed"] = run(export, folder)
        path.write_text(text.replace("print(7)", "print(77)"), encoding="utf-8")
        runs["dlcards export, one answer changed"] = run(export, folder)
        (peer, first, *_) = runs.values()
        print(f"{pairs} pairs, {len(text) / 1e6:.1f} million characters\n")
        print("| | CPU | wall | memory | CPU / peer | CPU / first |")
        print("|---|---|---|---|---|---|")
        for what, took in runs.items():
            print(
                f"| {what} | {took.cpu:.1f} s | {took.wall:.1f} s | {took.memory:.0f} MiB | "
                f"{took.cpu / peer.cpu:.2f} | {took.cpu / first.cpu:.2f} |"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)
