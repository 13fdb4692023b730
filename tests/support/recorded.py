"""What Anki's editor made of notes of ours, as recorded: ``tests/data/roundtrip/recorded.json``.

``make desktop`` plays the scenes again and compares; ``make desktop RECORD=1`` writes the file anew. The notes are those
of the small project beside it, so that the recording keeps its worth however our answers change.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.support import ROOT

FOLDER = ROOT / "tests" / "data" / "roundtrip"
PROJECT = FOLDER / "project"
_GIVEN = re.compile(r"(?:dlcards-[0-9a-f]+|paste-[0-9a-f]{40})(?=\.)")
RECORDED = FOLDER / "recorded.json"


class Scene(NamedTuple):
    """A note before and after what was done to it in Anki.

    Attributes:
        name: What was done, as a function of ``desktop_scenes`` is named.
        guid: The note's.
        kind: The kind of note, as in ``deck.lock``.
        notetype: Its name in Anki.
        field: The field that was edited.
        before: The HTML of all fields before, by name.
        after: The HTML of all fields after.
        tags_before: The note's tags before.
        tags: The note's tags after.
        media: Files that came into the collection, by name.
    """

    name: str
    guid: str
    kind: str
    notetype: str
    field: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    tags_before: Sequence[str]
    tags: Sequence[str]
    media: Mapping[str, bytes]


def scenes(path: Path = RECORDED) -> list[Scene]:
    """Every scene of a recording, in the order in which they were played."""
    saved: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    kinds = {row["guid"]: row["kind"] for row in _lock_rows()}
    found = []
    for scene in saved["scenes"]:
        note = saved["notes"][scene["guid"]]
        media = {name: base64.b64decode(data) for name, data in scene.get("media", {}).items()}
        found.append(
            Scene(
                scene["scene"],
                scene["guid"],
                kinds[scene["guid"]],
                note["notetype"],
                scene["field"],
                note["fields"],
                {**note["fields"], **scene["after"]},
                note["tags"],
                scene.get("tags", note["tags"]),
                media,
            )
        )
    return found


def unnamed(html: str) -> str:
    """A field without the names that Anki and dlcards give pictures."""
    return _GIVEN.sub("picture", html)


def _lock_rows() -> list[dict[str, Any]]:
    lines = (PROJECT / "deck.lock").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


PROSE = "*대리 손실*(surrogate loss)을 줄인다."
LAST = "줄인다."

MEANT: dict[str, tuple[str, str]] = {
    "letter": (PROSE, PROSE.replace("다.", "까.")),
    "sentence": (PROSE, f"{PROSE} 새로 넣은 문장이다."),
    "word_deleted": (PROSE, PROSE.removesuffix(" 줄인다.")),
    "double_blanks": (PROSE, f"{PROSE} 두 칸 띄움"),
    "special_characters": (PROSE, rf'{PROSE} a \< b & c > d "q" {{{{x}}}} $y$ \$z\$ \*w\* 1. \_v\_'),
    "decomposed_hangul": (PROSE, f"{PROSE} 한글"),
    "bold": (PROSE, PROSE.replace(LAST, "**줄인다**.")),
    "italic": (PROSE, PROSE.replace(LAST, "*줄인다*.")),
    "bold_taken_away": ("설계하던 **특징**까지", "설계하던 특징까지"),
    "bold_added_to_a_summary": ("> 핵심: 딥러닝은", "> 핵심: **딥러**닝은"),
    "list_item": ("것을 배운다.\n- 신호와", "것을 배운다.\n- 새 항목이다.\n- 신호와"),
    "nested_list_item": ("기울기의 분산을 지킨다.\n", "기울기의 분산을 지킨다.\n  - 안쪽 새 항목이다.\n"),
    "enter_at_the_end_of_a_paragraph": (PROSE, f"{PROSE}\n\n새 문단이다."),
    "shift_enter": (PROSE, f"{PROSE}<br>줄을 바꾼 말."),
    "enter_in_the_midst_of_a_paragraph": (PROSE, PROSE.replace(" 줄인다.", "\n\n줄인다.")),
    "name_in_code": ("import numpy as np\n", "import numpy as np_x\n"),
    "enter_in_code": ("import numpy as np\n", "import numpy as np\n```\n\n```python\ny = 1\n"),
    "inline_code": ("`kaiming_uniform_`", "`kaiming_uniform_x_`"),
    "formula": (r"$\ell(\hat y,y)$", r"$\ell(\hat y,y)+1$"),
    "formula_with_signs": (r"-\sum_ib_is_i", r"-\sum_ib_is_i+1"),
    "picture_pasted": (PROSE, f"{PROSE}![](images/PICTURE)"),
    "html_pasted": (PROSE, f"{PROSE}붙인 **굵은** [링크](https://example.org/x?a=1&b=2) `x`\n\n- 하나"),
    "table_cell": ("| Xavier |", "| Xavier 더 |"),
    "heading": ("##### 목적", "##### 목적 둘"),
    "inside_a_blank": ("설계하던 **특징**까지", "설계하던 **특징들**까지"),
    "list_button": ("\n정확도는 비용으로", "\n- 정확도는 비용으로"),
    "question": ("\n#### 딥러닝과", "\n#### 도대체 딥러닝과"),
    "hint": ("> 힌트: 모델을", "> 힌트: 먼저 모델을"),
    "reference": ("Deep Learning (2015)", "Deep Learning (2019)"),
    "follow_ups_answer": ("조금 바꾸어도 강하다.", "조금 바꾸어도 강하다. 그래서 함께 견준다."),
}
"""What each scene means in the project's document: a passage that stands there once, and what becomes of it."""
BY_HAND = frozenset({"backspace_before_a_paragraph"})
"""What no source makes: a paragraph in the element of a formula."""
NOTHING = frozenset({"open_and_leave", "tags"})
"""What documents have no place for, or no need."""
