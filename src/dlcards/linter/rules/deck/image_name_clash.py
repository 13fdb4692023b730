"""Two different pictures of the decks have one file name, in two folders.

Anki keeps all pictures of a collection in one flat folder, and on macOS and Windows that folder does not tell
`Loss.png` from `loss.png`. dlcards packs pictures under names made of their content, so its own packages are
safe. But the documents also go into Anki as CSV, through CrowdAnki or through other converters, which keep the
names: there the second picture overwrites the first, and a learner sees the wrong curve under the right words,
which no one notices.

Rename one of them, with a word of the question in its name (`12-loss.png`). The finding stands at the picture
that comes later in the run; files of equal bytes are one picture and no clash.

Not found: pictures outside of questions and answers, and pictures that are not files of the project.

Bad:

    ## #1

    #### 학습률이 크면 손실은 어떻게 되나?

    ![학습률이 크면 손실이 발산한다](images/lr/loss.png)

    ## #2

    #### 과적합이면 손실은 어떻게 되나?

    ![과적합이면 검증 손실이 다시 오른다](images/overfit/Loss.png)

Good:

    ## #1

    #### 학습률이 크면 손실은 어떻게 되나?

    ![학습률이 크면 손실이 발산한다](images/lr/loss.png)

    ## #2

    #### 학습률이 크면 왜 발산하나?

    ![학습률이 크면 손실이 발산한다](images/copy/loss.png)
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from dlcards.linter.rules.images.shared_pictures import pictures
from dlcards.model import (
    Across,
    Context,
    Diagnostic,
    Document,
    Facts,
    Link,
    Related,
    Rule,
    Severity,
    Span,
    Text,
    TextDocument,
)
from dlcards.project.pictures import place

KO = """
이름은 같고 내용은 다른 그림이 두 폴더에 있다.

Anki는 모든 그림을 한 폴더에 두며, macOS와 Windows에서는 그 폴더가 `Loss.png`와 `loss.png`를 가리지 않는다. dlcards는 내용으로 지은 이름으로 그림을 담으므로 제 패키지는 안전하다. 그러나 같은 문서가 CSV나 CrowdAnki, 다른 변환 도구를 거쳐 Anki에 들어가면 이름이 그대로 남는다. 뒤의 그림이 앞의 그림을 덮어써서, 학습자는 맞는 설명 아래에서 틀린 곡선을 보고 아무도 알아채지 못한다.

둘 중 하나의 이름을 바꾼다. `12-loss.png`처럼 질문을 알 수 있는 이름이 좋다. 함께 검사한 문서 가운데 나중에 나온 그림을 짚으며, 바이트가 같은 파일은 같은 그림으로 친다.

찾지 않는 것: 질문과 답 밖의 그림, 프로젝트의 파일이 아닌 그림.
"""

EXAMPLE_FILES = {
    "answers/images/lr/loss.png": b"\x89PNG\r\n\x1a\n diverges",
    "answers/images/copy/loss.png": b"\x89PNG\r\n\x1a\n diverges",
    "answers/images/overfit/Loss.png": b"\x89PNG\r\n\x1a\n rises again",
}


class _Name(NamedTuple):
    """A file name that several files of a run's decks have.

    Attributes:
        first: The first of them.
        contents: The number of the first document that shows each of their contents, by its hash.
    """

    first: PurePosixPath
    contents: dict[bytes, int]


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find nothing in a document alone: which file is read depends on the others."""
    return iter(())


def tell(document: Document, context: Context) -> list[list[Any]]:
    """The pictures of a document's questions and answers, each once: the file, and where its address stands."""
    pictures: dict[PurePosixPath, Link] = {}
    for link, path in _deck_pictures(document, context):
        pictures.setdefault(path, link)
    return [[str(path), *place(link)] for path, link in pictures.items()]


def check_across(document: TextDocument, facts: Facts, context: Context) -> Iterator[Diagnostic]:
    """Find pictures whose name another picture has, earlier in the document or in the run."""
    number = context.run.number(facts.path)
    run = context.run.once(ACROSS, lambda: _names(context))
    pictures = {PurePosixPath(path): Span(start, end) for path, start, end in facts.told.get(ACROSS.name, ())}
    counts = Counter(map(_folded, pictures))
    here: dict[str, dict[bytes, PurePosixPath]] = {}
    for path, where in pictures.items():
        name = _folded(path)
        elsewhere, known = run.get(name), here.setdefault(name, {})
        if counts[name] == 1 and elsewhere is None:
            continue
        content = _content(path, context)
        if content is None or content in known:
            continue
        is_earlier = elsewhere and elsewhere.contents.get(content, number) < number
        if known and not is_earlier:
            other = next(iter(known.values()))
            first = Text("먼저 나온 그림은 여기", "the first picture is here")
            yield _finding(path, other, where, Related(pictures[other], first))
        elif elsewhere and not is_earlier and next(iter(elsewhere.contents.values())) < number:
            yield _finding(path, elsewhere.first, where)
        known[content] = path


def _finding(path: PurePosixPath, other: PurePosixPath, where: Span, *related: Related) -> Diagnostic:
    message = Text(
        f"Anki에서 이름이 겹치는 다른 그림이다: {path}, {other}",
        f"different pictures with one name in Anki: {path}, {other}",
    )
    return Diagnostic(where, message, related=related)


def _names(context: Context) -> dict[str, _Name]:
    """The names in a run's decks that belong to several files; only those files are read."""
    files: dict[str, dict[PurePosixPath, int]] = {}
    for facts, told in context.run.told(ACROSS.name):
        number = context.run.number(facts.path)
        for name, *_ in told:
            path = PurePosixPath(name)
            files.setdefault(_folded(path), {}).setdefault(path, number)
    names = {}
    for name, uses in files.items():
        contents: dict[bytes, int] = {}
        paths = []
        for path, number in uses.items() if len(uses) > 1 else ():
            if (content := _content(path, context)) is not None:
                contents.setdefault(content, number)
                paths.append(path)
        if contents:
            names[name] = _Name(paths[0], contents)
    return names


def _content(path: PurePosixPath, context: Context) -> bytes | None:
    data = context.files.read(path)
    return None if data is None else sha256(data).digest()


def _deck_pictures(document: Document, context: Context) -> Iterator[tuple[Link, PurePosixPath]]:
    """The local pictures that stand in a question or an answer, in order."""
    pairs = iter(document.pairs)
    pair = next(pairs, None)
    for link, path in pictures(document, context):
        while pair and pair.span.end <= link.span.start:
            pair = next(pairs, None)
        if pair and pair.span.holds(link.span):
            yield link, path


def _folded(path: PurePosixPath) -> str:
    """A file's name as file systems that fold letter case and Unicode form see it."""
    return unicodedata.normalize("NFC", path.name).casefold()


ACROSS = Across("deck-pictures", tell, check_across)
RULE = Rule("D004", "image-name-clash", Severity.WARNING, check, across=ACROSS)
