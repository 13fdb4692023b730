"""Documents to measure with: the same bytes on every machine, other words in every file.

Each is made of sections of ``answers/deep-learning.md``, so that headings, formulas, code, tables, lists,
pictures, links and references stand in it as in life; words give place to other words of the same length, and
numbers in code, formulas and addresses to other numbers. Every fourth document is in English.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "answers" / "deep-learning.md"
SIZE = 17_000
"""Bytes of a document."""

# What is no prose: fences, formulas, code, addresses.
_APART = re.compile(r"(^```.*?^```$|^\$\$.*?^\$\$$|\$[^$\n]+\$|`[^`\n]+`|\]\([^)\n]*\))", re.M | re.S)
# What stands without a blank behind a term, a formula or code is a particle.
_PARTICLE = r"(?:(?<=[A-Za-z0-9)\]$`%])|(?<=[^\s(]\*\*))[가-힣]+"
# Words that end a sentence keep the document's register; labels keep its structure.
_WORD = re.compile(rf"{_PARTICLE}|(?:핵심|힌트)(?=:)|꼬리질문|[가-힣]+(?=[.?!])|([가-힣]{{2,}})")
_NUMBER = re.compile(r"\d{2,}")
_ENGLISH_LABELS = {"핵심:": "Summary:", "힌트:": "Hint:", "꼬리질문": "Follow-ups", "목차": "Contents"}


@cache
def _sections() -> tuple[tuple[str, str], ...]:
    """Question and answer of every section of our own answers."""
    parts = SOURCE.read_text(encoding="utf-8").split("\n---\n\n## #")[1:]
    pairs = (part.partition("#### ")[2].partition("\n") for part in parts)
    return tuple((question, answer.rstrip()) for question, _, answer in pairs)


@cache
def _words(language: str) -> dict[int, list[str]]:
    """The words of our answers, or of our English pages, by length."""
    if language == "ko":
        found = re.findall(r"[가-힣]{2,}", SOURCE.read_text(encoding="utf-8"))
    else:
        found = re.findall(r"\b[a-z]{2,}\b", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    words: dict[int, set[str]] = defaultdict(set)
    for word in found:
        words[len(word)].add(word)
    return {length: sorted(some) for length, some in words.items()}


def _varied(text: str, language: str, chance: random.Random) -> str:
    """The text with other words and numbers."""
    words = _words(language)
    english = [word for some in words.values() for word in some]

    def number(found: re.Match[str]) -> str:
        first, rest = found[0][0], found[0][1:]
        return (first if first == "0" else chance.choice("123456789")) + "".join(
            chance.choice("0123456789") for _ in rest
        )

    def korean(piece: str) -> str:
        return _WORD.sub(lambda word: chance.choice(words[len(word[1])]) if word[1] else word[0], piece)

    def in_english(piece: str) -> str:
        for ours, theirs in _ENGLISH_LABELS.items():
            piece = piece.replace(ours, theirs)
        return re.sub(r"[가-힣]+", lambda _: chance.choice(english), re.sub(_PARTICLE, "", piece))

    prose = korean if language == "ko" else in_english
    pieces = _APART.split(text)
    for place, piece in enumerate(pieces):
        if place == 0:
            pieces[place] = prose(piece)
        elif place % 2 == 0:
            pieces[place] = prose(f"`{piece}")[1:]  # what follows code or a formula at once is a particle
        elif "images/" not in piece:
            varied = _NUMBER.sub(number, piece)
            pieces[place] = varied if language == "ko" else re.sub(r"[가-힣]+", "text", varied)
    return "".join(pieces)


def document(number: int, size: int = SIZE, images: str = "images", neighbour: str = "") -> str:
    """A document of about that many bytes: contents, then questions with their answers.

    Args:
        number: Decides all that is left to chance, and the language.
        size: Bytes.
        images: Where the pictures are, from the document.
        neighbour: Another document that the last answer refers to.
    """
    chance = random.Random(number)
    language = "en" if number % 4 == 3 else "ko"
    contents, sections, written = [], list[str](), 0
    while written < size - 2_000:  # half a section
        question, answer = _varied("\0".join(chance.choice(_sections())), language, chance).split("\0")
        place = len(sections) + 1
        # Sections of our answers name each other; here each names one of this document.
        answer = re.sub(r"\[#[\d-]+\]\(#[\d-]+\)", f"[#{place}](#{place})", answer)
        answer = answer.replace("](images/", f"]({images}/")
        contents.append(f"- [{question}](#{place})\n")
        sections.append(f"## #{place}\n\n#### {question}\n{answer}\n\n---\n\n")
        written += len((contents[-1] + sections[-1]).encode())
    if neighbour:
        sections[-1] = sections[-1].replace("\n\n---", f"\n- [{question}]({neighbour}#1)\n\n---")
    title = "Contents" if language == "en" else "목차"
    return f"## {title}\n\n{''.join(contents)}\n---\n\n{''.join(sections)}"


def folder(path: Path, files: int, size: int = SIZE) -> list[Path]:
    """Write that many documents, a hundred a folder, beside the pictures they show."""
    path.mkdir()
    shutil.copytree(SOURCE.parent / "images", path / "images")
    names = [f"{number // 100:02}/{number:05}.md" for number in range(files)]
    for number, name in enumerate(names):
        (path / name).parent.mkdir(exist_ok=True)
        text = document(number, size, "../images", f"../{names[number - 1]}")
        (path / name).write_text(text, encoding="utf-8")
    return [path / name for name in names]


def nine(path: Path) -> list[Path]:
    """Write 450 KB in nine files: our own answers as they are, and eight that are derived from them."""
    path.mkdir()
    shutil.copytree(SOURCE.parent / "images", path / "images")
    written = [path / "deep-learning.md"]
    shutil.copy(SOURCE, written[0])
    size = (450_000 - SOURCE.stat().st_size) // 8
    for number in range(8):
        written.append(path / f"{number}.md")
        written[-1].write_text(document(number, size), encoding="utf-8")
    return written


def edit(path: Path, times: int) -> None:
    """Change one sentence of a document, in other words each time."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for place in range(len(lines) // 2, len(lines)):
        # A paragraph of prose: neither markup at its start nor a label.
        if re.match(r"[가-힣A-Za-z][^|:]{40,}[.]$", lines[place]):
            lines[place] = re.sub(r"(?: edit \d+\.)?$", f" edit {times}.", lines[place], count=1)
            path.write_text("\n".join(lines), encoding="utf-8")
            return
    raise ValueError(f"{path.name} has no paragraph to change")


def deck(pairs: int, seed: int = 0) -> str:
    """That many short pairs in one document, all different, in the words and with the markup of ours."""
    chance = random.Random(seed)
    words = re.findall(r"[가-힣A-Za-z]{2,}", SOURCE.read_text(encoding="utf-8"))

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
