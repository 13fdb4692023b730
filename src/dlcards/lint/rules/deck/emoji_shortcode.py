"""An emoji by its name, `:warning:`, in a question: a card shows the word.

GitHub draws emoji for the names that it knows. Anki and other programs do not know them, and so the learner reads
`:warning:` among the words.

The fix writes the emoji itself, which looks the same on GitHub. Not in headings that anchors come from, since the name
is part of the anchor there.

Not found: names that GitHub does not know, code, math, links' addresses; text outside of questions and answers.

Bad:

    ## #1

    #### 학습률이 너무 크면?

    :warning: 손실이 발산한다.

Good:

    ## #1

    #### 학습률이 너무 크면?

    ⚠️ 손실이 발산한다. `:warning:`은 이름이다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.prose import pair_blocks
from dlcards.document.text import masked
from dlcards.lint.rules.deck.emoji_shortcode_table import CHARACTERS
from dlcards.model import Aspect, Context, Diagnostic, Document, Edit, Fix, Node, Rule, Severity, Span, Text

KO = """
질문이나 답에 이름으로 적은 이모지, `:warning:`이 있다. 카드에는 낱말로 보인다.

GitHub는 아는 이름을 이모지로 그린다. Anki와 다른 프로그램은 그 이름을 몰라서, 학습자는 글 사이에서 `:warning:`을 읽는다.

`--fix`는 이모지를 그대로 적는다. GitHub에서는 똑같이 보인다. 앵커가 되는 제목은 이름이 앵커의 일부이므로 고치지 않는다.

찾지 않는 것: GitHub가 모르는 이름, 코드, 수식, 링크의 주소. 질문과 답이 아닌 글.
"""

# GitHub looks for the names anywhere; between letters and digits (`10:100:1`) no emoji is meant.
_NAME = re.compile(r"(?<![A-Za-z0-9_:]):(?P<name>[a-z0-9_+-]+):(?![A-Za-z0-9_:])")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find names of emoji in the text of questions, answers and references."""
    text = document.text
    for pair in document.pairs:
        for block in pair_blocks(pair):
            if block.span.of(text).count(":") > 1:
                yield from sorted(_names(block, text), key=lambda diagnostic: diagnostic.span)


def _names(block: Node, text: str) -> Iterator[Diagnostic]:
    # The words of a link are text, its address is not.
    links = [node.children for node in block.walk() if node.kind == "link" and node.children]
    words = [Node("link", Span(inner[0].span.start, inner[-1].span.end), inner) for inner in links]
    for holder in (block, *words):
        for match in _NAME.finditer(masked(holder, text)):
            character = CHARACTERS.get(match["name"])
            if character is None:
                continue
            span = Span(holder.span.start + match.start(), holder.span.start + match.end())
            message = Text(
                f"카드에는 이모지가 아니라 이름이 보인다: {match.group()}",
                f"a card shows the name, not the emoji: {match.group()}",
            )
            fix = Fix((Edit(span, character),), frozenset({Aspect.WORDS}))
            yield Diagnostic(span, message, fix, cause="emoji")


RULE = Rule("D005", "emoji-shortcode", Severity.NOTE, check, fixable=True)
