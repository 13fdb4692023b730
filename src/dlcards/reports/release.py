"""``dlcards export --notes``: what a release of a deck brings to its learners, as Markdown for its page.

In Korean and English at once: a release has one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dlcards.deck.description import version_of
from dlcards.identity.identify import IdentifiedCard
from dlcards.model import name_of

if TYPE_CHECKING:
    from dlcards.deck.anki.verify import OldNote, Update

_MOST = 200  # entries of a list; GitHub takes 125,000 characters, and nobody reads so many
_LONG_ID = 12  # a longer one is made of the question's words
_KINDS = {"cloze": "빈칸 / blank", "follow-up": "꼬리질문 / follow-up"}


def release_notes(cards: Sequence[IdentifiedCard], update: Update | None) -> str:
    """The notes of a release.

    Args:
        cards: The cards that are in the package.
        update: What the learner of the last release sees; None for the first release.
    """
    day, count = version_of(cards)
    lines = [
        "## 덱의 변화 / What learners will see",
        "",
        f"판 {day}, 카드 {count}장. / Version {day}, {count} cards.",
    ]
    if update is None:
        return "\n".join(lines) + "\n"
    lines += [
        "",
        "새 `.apkg`를 Anki에서 다시 가져온다(파일 → 가져오기). 배우던 카드의 일정은 그대로 이어진다.",
        "Import the new `.apkg` into Anki over the old one (File → Import): schedules go on.",
    ]
    new, changed = _entries(cards, set(update.new)), _entries(cards, set(update.updated))
    lines += _section("새로 들어온 것 / New", "", new)
    lines += _section(
        "바뀐 것 / Changed",
        "새 내용으로 바뀐다. 그 카드에 스스로 적어 둔 것은 덮어쓴다.\n"
        "Replaced by the new content, and with it what you wrote on these cards yourself.",
        list(dict.fromkeys(entry.partition(" · ")[0] for entry in changed)),
    )
    lines += _section(
        "덱에서 빠진 것 / Retired",
        "가진 카드는 남는다. 지우려면 Anki의 탐색 창에서 이 검색식으로 찾는다.\n"
        "You keep these cards. To delete them, find them in Anki's browser by the search.",
        [f"{title}: {_code(search)}" for search, title in _by_search(update.orphaned).items()],
    )
    lines += _section(
        "이번 판에 빠졌지만 이어질 것 / Left out for now",
        "가진 카드를 지우지 않는다. 돌아오면 일정이 이어진다.\n"
        "Don't delete these cards: when they are back, their schedules go on.",
        list(_by_search(update.waiting).values()),
    )
    lines += _section(
        "빈 카드가 생기는 것 / With empty cards",
        "Anki의 도구 → 빈 카드로 지운다. / Tools → Empty Cards in Anki deletes them.",
        list(_by_search(update.emptied).values()),
    )
    if lines[-1].startswith("Import"):
        lines += ["", "바뀐 카드가 없다. / No card has changed."]
    return "\n".join(lines) + "\n"


def _entries(cards: Iterable[IdentifiedCard], guids: set[str]) -> list[str]:
    """The questions of some notes, and of a question that is not among them what is derived from it."""
    asked = {(entry.card.document, entry.card.id): entry for entry in cards if entry.card.kind == "question"}
    entries = []
    for entry in cards:
        card = entry.card
        question = asked.get((card.document, card.id))
        if entry.guid not in guids or (question and card.kind != "question" and question.guid in guids):
            continue
        title = _title(card.id, question.card.question if question else card.question)
        words = f": {_text(card.question)}" if card.kind == "follow-up" else ""
        entries.append(title if card.kind == "question" else f"{title} · {_KINDS[card.kind]}{words}")
    return entries


def _by_search(notes: Iterable[OldNote]) -> Mapping[str, str]:
    """The titles of a learner's notes by the searches that find them: of several the first, a question."""
    found: dict[str, str] = {}
    for note in notes:
        found.setdefault(note.search, _title(note.id, note.words))
    return found


def _section(head: str, words: str, entries: Sequence[str]) -> list[str]:
    """A list under a heading; nothing without entries."""
    if not entries:
        return []
    shown = [f"- {entry}" for entry in entries[:_MOST]]
    if more := len(entries) - len(shown):
        shown.append(f"- … {more}개 더 / {more} more")
    return ["", f"### {head} ({len(entries)})", "", *([words, ""] if words else []), *shown]


def _title(number: str, words: str) -> str:
    # In code, since GitHub takes #12 for an issue.
    return f"{_code(f'#{number}')} {_text(words)}" if 0 < len(number) <= _LONG_ID else _text(words)


def _text(words: str) -> str:
    """Plain words, formulas among them, as they stand for themselves in a line of markdown on GitHub."""
    words = re.sub(r"\\[(\[](.+?)\\[)\]]", r"$\1$", name_of(words))
    parts = re.split(r"(\$[^$]+\$)", words)
    parts[::2] = (re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", part) for part in parts[::2])
    # A mention would tell somebody, a number lead to an issue.
    parts[::2] = (re.sub(r"(?<![\w])([@#])(?=\w)", r"\1<!-- -->", part) for part in parts[::2])
    return re.sub(r"^([-+=#]|\d+(?=[.)]))", r"&#8288;\1", "".join(parts))


def _code(words: str) -> str:
    words = name_of(words)
    ticks = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    return f"{ticks} {words} {ticks}" if "`" in words else f"`{words}`"
