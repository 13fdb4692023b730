"""An emoji by its name, `:warning:`, in a question: a card shows the word.

GitHub draws emoji for the names that it knows. Anki and other programs do not know them, and so the learner reads
`:warning:` among the words.

The fix writes the emoji itself, which looks the same on GitHub. Not in headings that anchors come from, since the name
is part of the anchor there, and not for pictures that no character stands for (`:octocat:`).

Not found: names that GitHub does not know, code, math, addresses of links, attributes of HTML; text outside of
questions and answers.

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

from collections.abc import Iterator
from itertools import zip_longest

from dlcards.document.html import Characters, tokens
from dlcards.document.prose import holders, pair_blocks
from dlcards.document.text import masked
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Node,
    Pair,
    Rule,
    Severity,
    Span,
    Text,
    lazy_compile,
)

KO = """
질문이나 답에 이름으로 적은 이모지, `:warning:`이 있다. 카드에는 낱말로 보인다.

GitHub는 아는 이름을 이모지로 그린다. Anki와 다른 프로그램은 그 이름을 몰라서, 학습자는 글 사이에서 `:warning:`을 읽는다.

`--fix`는 이모지를 그대로 적는다. GitHub에서는 똑같이 보인다. 앵커가 되는 제목은 이름이 앵커의 일부이므로 고치지 않는다. 글자가 없는 그림(`:octocat:`)도 고치지 않는다.

찾지 않는 것: GitHub가 모르는 이름, 코드, 수식, 링크의 주소, HTML의 속성. 질문과 답이 아닌 글.
"""

# GitHub looks for the names anywhere; between letters and digits (`10:100:1`) no emoji is meant. One may follow
# right behind another.
_NAMES = lazy_compile(r"(?<![A-Za-z0-9_:])(?::[a-z0-9_+-]+:)+(?![A-Za-z0-9_:])")
_NAME = lazy_compile(r":([a-z0-9_+-]+):")
# Where GitHub draws none.
_CODE = frozenset({"pre", "code", "tt"})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find names of emoji in the text of questions, answers and references."""
    text = document.text
    if not any(_NAME.search(text, *holder.span) for holder in holders(document)):
        return
    for pair in document.pairs:
        found = [name for source, at in _sources(pair, text) for name in _names(source, at)]
        yield from sorted(found, key=lambda diagnostic: diagnostic.span)


def _sources(pair: Pair, text: str) -> Iterator[tuple[str, int]]:
    """What may hold names: text in which all else is masked, and where it stands."""
    for block in pair_blocks(pair):
        if _NAME.search(text, *block.span):
            # The words of a link are text, its address is not.
            links = [node.children for node in block.walk() if node.kind == "link" and node.children]
            words = [Node("link", Span(inner[0].span.start, inner[-1].span.end), inner) for inner in links]
            for holder in (block, *words):
                yield masked(holder, text), holder.span.start
    for node in (*pair.body, *pair.follow_ups, *pair.references):
        for block in node.walk():
            if block.kind == "block_html" and _NAME.search(text, *block.span):
                yield from _words_of_html(block, text)


def _words_of_html(block: Node, text: str) -> Iterator[tuple[str, int]]:
    # What quotes and lists put before each line is no HTML.
    written, lines = block.raw.split("\n"), block.span.of(text).split("\n")
    source = "\n".join(
        line if len(line) < len(own) else line[len(line) - len(own) :].rjust(len(line))
        for line, own in zip_longest(lines, written[: len(lines)], fillvalue="")
    )
    code = 0
    for token in tokens(source, block.span.start):
        if isinstance(token, Characters):
            if not code:
                yield token.source, token.span.start
        elif token.name in _CODE:
            code = max(code - 1, 0) if token.closes else code + 1


def _names(source: str, at: int) -> Iterator[Diagnostic]:
    from dlcards.linter.rules.deck.emoji_shortcode_table import (  # large, for few documents
        CHARACTERS,
        PICTURES,
    )

    for names in _NAMES.finditer(source):
        for match in _NAME.finditer(names.group()):
            name, start = match[1], at + names.start() + match.start()
            if name not in CHARACTERS and name not in PICTURES:
                continue
            span = Span(start, start + len(match.group()))
            message = Text(
                f"카드에는 이모지가 아니라 이름이 보인다: {match.group()}",
                f"a card shows the name, not the emoji: {match.group()}",
            )
            character = CHARACTERS.get(name)
            fix = Fix((Edit(span, character),), frozenset({Aspect.WORDS})) if character else None
            yield Diagnostic(span, message, fix, cause="emoji")


RULE = Rule("D005", "emoji-shortcode", Severity.NOTE, check, fixable=True)
