r"""Bold words in place of a heading, and bold words that run into the line below them.

A line that is only bold looks like a heading and is none: it has no anchor, no outline shows it, and a screen
reader passes over it. And a bold line right above a text is no line of its own: markdown puts a blank for the line
end, so that the page shows `**Xavier 초기화** 가중치를 …` in one line.

Write a heading where the document has headings; put a blank line, or `\` at the end of the line, behind a bold
lead-in. There is no fix: which level it should be, or whether a break is wanted, can't be told.

Not found: bold sentences, labels with what they say (`**Answer: 2**`), bold links (`**[⬆ Back to Top](#top)**` leads somewhere and heads nothing), bold lines in quotes and lists, bold questions of documents that write their questions
so, and documents without headings.

Bad:

    # 초기화

    ## 방법

    **Xavier 초기화**

    분산을 층의 너비에 맞춘다.

Bad:

    # 초기화

    ## 방법

    **Xavier 초기화**
    분산을 층의 너비에 맞춘다.

Good:

    # 초기화

    ## 방법

    ### Xavier 초기화

    분산을 **층의 너비**에 맞춘다.

    **He 초기화**: ReLU에 맞춘 것이다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dlcards.document.text import shown
from dlcards.markdown import plain_text
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Text, lazy_compile

KO = r"""
제목 자리에 쓴 굵은 글씨, 아랫줄과 이어 붙는 굵은 첫 줄이다.

굵은 글씨뿐인 줄은 제목처럼 보이지만 제목이 아니다. 앵커가 없고, 개요에 나오지 않으며, 화면 낭독기는 그냥 지나친다. 글 바로 위의 굵은 줄도 따로 선 줄이 아니다. 마크다운은 줄 끝을 공백으로 바꾸므로 페이지에는 `**Xavier 초기화** 가중치를 …`가 한 줄로 보인다.

제목을 쓰는 문서라면 제목으로 적고, 굵은 첫 줄 뒤에는 빈 줄이나 줄 끝의 `\`를 둔다. 제목의 단계도 줄바꿈을 바랐는지도 알 수 없으므로 자동으로 고치지 않는다.

찾지 않는 것: 굵은 문장, 이름표와 그 내용(`**답: 2**`), 굵은 링크(`**[⬆ 맨 위로](#목차)**`는 제목이 아니라 길이다), 인용과 목록 안의 굵은 줄, 질문을 굵은 글씨로 적는 문서의 질문, 제목이 없는 문서.
"""

_LONGEST = 60
_SENTENCE = lazy_compile(r"[.!?,;:。！？…]\W*$|(?:[가-힣]다|요|까)\W*$")
# A label and what it says, `Answer: "bar"`: the words behind the colon are no title.
_LABELLED = lazy_compile(r"[^\W\d_]+\s*[:：]\s*\S")
_LINK_TAG = lazy_compile(r"<(?P<end>/?)a(?=[\s>])", re.I)
# Prose that goes on behind bold words, wrapped by chance right there.
_GOES_ON = lazy_compile(r"[a-z(,.:;)]|(?:은|는|이|가|을|를|의|로|으로|와|과|도|에)(?:\s|$)")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find bold lines that stand for headings, or that were meant to stand alone."""
    yield from sorted(
        [*_pseudo_headings(document), *_run_ins(document.blocks)],
        key=lambda diagnostic: diagnostic.span,
    )


def _pseudo_headings(document: Document) -> Iterator[Diagnostic]:
    blocks = [block for block in document.blocks if block.kind != "blank_line"]
    bold = {block.span: plain_text(block.children).strip() for block in blocks if _is_bold(block)}
    questions = {pair.question_node.span for pair in document.pairs if pair.question_node}
    asking = {span for span, words in bold.items() if "?" in words or span in questions}
    # A document whose questions are bold paragraphs has them for its headings.
    if len(document.headings) < 2 or len(asking) > 1:
        return
    for block, following in pairwise([*blocks, None]):
        if block is None or block.span not in bold or block.span in asking:
            continue
        words = bold[block.span]
        if (
            _SENTENCE.search(words)
            or _LABELLED.match(words)
            or len(words) > _LONGEST
            or _is_link(block.children[0])
        ):
            continue
        if following is None or following.kind in ("heading", "thematic_break") or following.span in bold:
            continue
        message = Text(
            f'굵은 글씨가 제목을 대신한다: "{shown(words)}"',
            f'bold words instead of a heading: "{shown(words)}"',
        )
        yield Diagnostic(block.children[0].span, message, cause="bold-heading")


def _is_bold(block: Node) -> bool:
    """Whether a block is a paragraph of one bold span on one line."""
    if block.kind != "paragraph" or len(block.children) != 1 or block.children[0].kind != "strong":
        return False
    return all(node.kind not in ("softbreak", "linebreak", "image") for node in block.walk())


def _is_link(strong: Node) -> bool:
    """Whether all words of bold text are links, as those are that lead back to the top."""
    in_html = False
    linked = False
    for node in strong.children:
        if node.kind == "inline_html" and (tag := _LINK_TAG.match(node.raw)):
            in_html = not tag["end"]
            linked = True
        elif node.kind == "link":
            linked = True
        elif not in_html and any(map(str.isalnum, plain_text([node]))):
            return False
    return linked


def _run_ins(blocks: Sequence[Node]) -> Iterator[Diagnostic]:
    for block in blocks:
        if block.kind == "paragraph" and _runs_in(block):
            strong = block.children[0]
            words = shown(plain_text(strong.children))
            message = Text(
                f'굵은 첫 줄이 아랫줄과 한 줄로 보인다: "{words}"',
                f'the bold line "{words}" runs into the line below it',
            )
            yield Diagnostic(strong.span, message, cause="run-in")


def _runs_in(block: Node) -> bool:
    first, *rest = block.children
    if first.kind != "strong" or len(plain_text(first.children)) > _LONGEST:
        return False
    if _SENTENCE.search(plain_text(first.children)) or _is_link(first):
        return False
    if rest and rest[0].kind == "text" and rest[0].raw.strip() in (":", "：", ""):
        rest = rest[1:]
    if len(rest) < 2 or rest[0].kind != "softbreak":
        return False
    following = rest[1]
    if following.kind == "text":
        return not _GOES_ON.match(following.raw)
    return following.kind not in ("inline_html", "image")


RULE = Rule("M014", "pseudo-heading", Severity.NOTE, check)
