"""A document of five questions or more has no contents.

A reader has to scroll through all answers to learn what is asked, and nobody sees which questions are
there already before adding one.

The fix writes contents with an entry for each question, sub-questions below theirs: after the title (a heading
of level 1) and what stands right below it, or at the top where there is no title.

Not found: documents with fewer questions. No contents are missing where another list leads to at least half of
the questions, with or without a heading, in this document or in another one of the run (a `README.md`), or where
a tool makes the contents (`[TOC]`, `<!-- toc -->`).

Bad:

    # 딥러닝

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.

    ## #2

    #### 층이란 무엇인가요?

    매개변수가 있는 함수다.

    ## #3

    #### 활성화 함수란 무엇인가요?

    층에 비선형성을 주는 함수다.

    ## #3-1

    #### 왜 필요한가요?

    없으면 층을 쌓아도 아핀 변환 하나와 같다.

    ## #4

    #### 손실 함수란 무엇인가요?

    예측이 얼마나 빗나갔는지 재는 함수다.

Good:

    # 딥러닝

    ## 목차

    - [딥러닝이란 무엇인가요?](#1)

    ## #1

    #### 딥러닝이란 무엇인가요?

    여러 층으로 배우는 것이다.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from dlcards.document.language import language_of
from dlcards.document.layouts.parts import word_set, words
from dlcards.document.numbering import numbers
from dlcards.document.text import fold, line_of
from dlcards.document.wording import wording_of
from dlcards.linter.rules.contents.shared_list import question_markup, questions
from dlcards.model import (
    Across,
    Aspect,
    Config,
    Context,
    Diagnostic,
    Document,
    Edit,
    Facts,
    Fix,
    Pair,
    Rule,
    Run,
    Severity,
    Span,
    Text,
    TextDocument,
    lazy_compile,
)
from dlcards.project.addresses import decoded_fragment, local_target

KO = """
질문이 다섯 개 이상인 문서에 목차가 없다.

읽는 사람은 무엇을 묻는 문서인지 알려면 답을 모두 훑어야 하고, 질문을 더하려는 사람은 같은 질문이 이미 있는지 보지 못한다.

`--fix`는 질문마다 항목을 하나씩 넣고 하위 질문은 윗질문 아래에 들여 쓴 목차를 만든다. 자리는 문서 제목과 그 바로 아래 글의 다음이고, 제목이 없으면 맨 위다.

찾지 않는 것: 질문이 더 적은 문서. 질문의 절반 이상으로 이어지는 목록이 있으면 제목이 없더라도, 또 `README.md`처럼 함께 검사한 다른 문서에 있더라도 목차로 친다. `[TOC]`나 `<!-- toc -->`처럼 도구가 목차를 만드는 문서도 그냥 둔다.
"""

_FEWEST = 5
_CHANGES = frozenset({Aspect.WORDS, Aspect.STRUCTURE, Aspect.ADDRESSES})
_GENERATED = lazy_compile(
    r"(?im)^[ \t]*(?:\[\[?_?toc_?\]\]?|\{:[ \t]*toc|<!--[^>\n]*\btoc\b|\{\{[^}\n]*\btoc\b|<toc\b)"
)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: another may list its questions."""
    return iter(())


class _Unlisted(NamedTuple):
    """A document that does not list its questions.

    Attributes:
        pairs: How many there are.
        start: Where the place to report begins.
        end: Where it ends.
        at: Where contents belong.
        contents: What they should be.
        anchors: The folded anchors of its questions, each with where its question begins.
    """

    pairs: int
    start: int
    end: int
    at: int
    contents: str
    anchors: dict[str, int]


def tell(document: Document, context: Context) -> list[Any] | None:
    """The folded fragments by which a document leads into others, by file; and whether it lists nothing."""
    leads: dict[str, set[str]] = defaultdict(set)
    for link in document.links:
        target = local_target(link.url, document.path, context.config) if "#" in link.url else None
        if target and target.path != document.path:
            leads[str(target.path)].add(fold(target.fragment))
    unlisted = _unlisted(document, context.config)
    if not leads and unlisted is None:
        return None
    return [{path: sorted(fragments) for path, fragments in leads.items()}, unlisted and list(unlisted)]


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find documents with many questions that nothing lists."""
    _, values = facts.told.get(ACROSS.name, (None, None))
    if values is None:
        return
    unlisted = _Unlisted(*values)
    lists = context.run.once(ACROSS, lambda: _links_to(context.run)).get(str(facts.path), ())
    if any(_are_half(fragments, unlisted.anchors, unlisted.pairs) for fragments in lists):
        return
    message = Text(
        f"질문이 {unlisted.pairs}개인데 목차가 없다",
        f"the document has {unlisted.pairs} questions and no contents",
    )
    fix = Fix((Edit(Span(unlisted.at, unlisted.at), unlisted.contents),), _CHANGES)
    yield Diagnostic(Span(unlisted.start, unlisted.end), message, fix)


def _unlisted(document: Document, config: Config) -> _Unlisted | None:
    pairs = [pair for pair in document.pairs if pair.question and pair.slug]
    if document.contents or len(pairs) < _FEWEST or not config.contents_headings:
        return None
    anchors = {anchor: pair.span.start for anchor, pair in questions(document).items()}
    # Answers refer to other questions, too: only what stands before them is a list.
    before = document.pairs[0].span.start
    own = {fold(decoded_fragment(link.url)) for link in document.links if link.span.start < before}
    if _GENERATED.search(document.text) or _are_half(own, anchors, len(pairs)):
        return None
    [edit] = write_contents(document, config).edits
    first = document.headings[0].node if document.headings else pairs[0].anchor
    return _Unlisted(len(pairs), *line_of(document, first), edit.span.start, edit.text, anchors)


def write_contents(document: Document, config: Config) -> Fix:
    """Contents of all questions, where contents belong: also for `dlcards toc`, however few they are."""
    pairs = [pair for pair in document.pairs if pair.question and pair.slug]
    at = _insertion(document)
    return Fix((Edit(Span(at, at), _contents(document, pairs, at, config)),), _CHANGES)


def _are_half(fragments: Iterable[str], anchors: Mapping[str, int], pairs: int) -> bool:
    """Whether fragments lead to half of the questions."""
    listed = {anchors[fragment] for fragment in fragments if fragment in anchors}
    return len(listed) * 2 >= pairs


def _links_to(run: Run) -> dict[str, list[list[str]]]:
    """For each file, for each other document of the run the folded fragments by which it leads there."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for _, (leads, _) in run.told(ACROSS.name):
        for path, fragments in leads.items():
            found[path].append(fragments)
    return found


def _insertion(document: Document) -> int:
    """Before the first heading or rule; a title, with what stands right below it, stays above."""
    anchors = {id(pair.anchor) for pair in document.pairs}
    marks = [b for b in document.blocks if b.kind in ("heading", "thematic_break") or id(b) in anchors]
    title = next((mark for mark in marks if mark.kind == "heading"), None)
    if title and title.attrs["level"] == 1 and id(title) not in anchors:
        marks = [mark for mark in marks if mark.span.start > title.span.start]
    return marks[0].span.start if marks else document.pairs[0].span.start


def _contents(document: Document, pairs: list[Pair], at: int, config: Config) -> str:
    newline = "\r\n" if "\r\n" in document.text else "\n"
    level = min((h.level for h in document.headings if h.node.span.start >= at), default=2)
    name = wording_of(language_of(document, config)).contents
    if words(name) not in word_set(config.contents_headings):
        name = config.contents_headings[0]
    lines = [f"{'#' * level} {name[:1].upper()}{name[1:]}", ""]
    depths: dict[tuple[int, ...], int] = {}
    for pair in pairs:
        number = numbers(pair.id)
        depths[number] = depth = depths.get(number[:-1], -1) + 1 if len(number) > 1 else 0
        lines.append(f"{'  ' * depth}- [{question_markup(document, pair)}](#{pair.slug})")
    above = document.text[:at]
    lead = "" if not above.strip("\ufeff") or above.endswith(newline * 2) else newline
    return lead + "".join(line + newline for line in [*lines, ""])


ACROSS = Across("contents", tell, check_across)
RULE = Rule("T007", "contents-missing", Severity.WARNING, check, default=False, fixable=True, across=ACROSS)
