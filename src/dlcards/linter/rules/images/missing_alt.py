"""A picture without words that say what it shows.

Whoever can't see the picture (a screen reader, a slow line, a card whose picture was lost) gets nothing,
or `image`, or `q05_activations.png`. Search finds nothing, either.

Say in a few words what the picture shows: `![ReLU와 sigmoid의 그래프](…)`. What counts as saying nothing
is `generic-alts` in the configuration, also with a number (`image1`, `그림 2`), a lone number or sign, and
the name of the file itself. In HTML, `alt=""` says on purpose that a picture is decoration.

Not found: words that are wrong or too few; one word, several words or Hangul that are the file's name, too
(`alt="openstack"` of `openstack.png`, `![손실 곡선](손실 곡선.png)`); pictures of hosts that are gone (I008).

Bad:

    ![](https://example.com/relu.png)

Bad:

    ![그림 2](https://example.com/relu.png)

Bad:

    <img src="https://example.com/q05_activations.png" alt="q05_activations" width="400">

Good:

    ![ReLU와 sigmoid의 그래프](https://example.com/relu.png)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from dlcards.document.text import fold, has_hangul, shown
from dlcards.linter.rules.images.retired_host import retirement
from dlcards.model import Context, Diagnostic, Document, Link, LinkKind, Rule, Severity, Text, lazy_compile

KO = """
무엇을 보여 주는지 말해 주는 글이 없는 그림이다.

그림을 볼 수 없는 사람(화면 낭독기, 느린 회선, 그림이 사라진 카드)에게는 아무것도 없거나 `image`나 `q05_activations.png`만 남는다. 검색에도 걸리지 않는다.

무엇을 보여 주는 그림인지 짧게 적는다: `![ReLU와 sigmoid의 그래프](…)`. 아무것도 말해 주지 않는 글이란 설정의 `generic-alts`에 있는 말(번호가 붙은 `image1`, `그림 2`도), 숫자나 기호뿐인 글, 파일 이름 그대로인 글이다. HTML의 `alt=""`는 장식이라는 뜻으로 일부러 적은 것으로 본다.

찾지 않는 것: 틀렸거나 모자란 설명, 사라진 호스트의 그림(I008), 파일 이름과 같지만 한 낱말이거나 여러 낱말이거나 한글인 설명(`openstack.png`의 `alt="openstack"`, `![손실 곡선](손실 곡선.png)`).
"""

_SHOWN = (LinkKind.IMAGE, LinkKind.HTML_IMAGE)  # other forms of a picture have its text
_ALT_ATTRIBUTE = lazy_compile(r"\salt(?=[\s=/>])", re.I)
_PICTURE_FILE = lazy_compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp|avif)", re.I)
# `openstack` beside `openstack.png` says what the logo is; `lossCurve` and `fig-3` are names of files.
_WORD = lazy_compile(r"[A-Za-z]?[a-z]{2,}|[A-Z]{2,}")
# What a program puts behind the name of a screenshot: "스크린샷 2024-01-02 오후 3.04.05".
_NO_WORDS = lazy_compile(r"[\W\d_]+|오전|오후|(?<![a-z])(?:am|pm|at)(?![a-z])")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures whose alternative text says nothing."""
    generic = {_letters(text) for text in context.config.generic_alts} | {""}
    for link in document.links:
        if link.kind not in _SHOWN or not link.url.strip() or retirement(link.url):
            continue
        alt = link.text.strip()
        if not alt:
            is_html = link.kind is LinkKind.HTML_IMAGE
            if not (is_html and _ALT_ATTRIBUTE.search(link.span.of(document.text))):
                message = Text("대체 텍스트가 없는 그림", "picture without alternative text")
                yield Diagnostic(link.span, message, cause="none")
        elif _letters(alt) in generic:
            message = Text(
                f'대체 텍스트가 아무것도 말해 주지 않는다: "{shown(alt)}"',
                f'the alternative text says nothing: "{shown(alt)}"',
            )
            yield Diagnostic(link.span, message, cause="generic")
        elif _is_file_name(alt, link):
            message = Text(
                f'대체 텍스트가 파일 이름이다: "{shown(alt)}"',
                f'the alternative text is the file\'s name: "{shown(alt)}"',
            )
            yield Diagnostic(link.span, message, cause="file name")


def _letters(alt: str) -> str:
    return _NO_WORDS.sub("", fold(alt))


def _is_file_name(alt: str, link: Link) -> bool:
    if _PICTURE_FILE.fullmatch(alt):
        return True
    stem = PurePosixPath(unquote(link.url.partition("?")[0])).stem
    return alt == stem and not has_hangul(alt) and not any(map(str.isspace, alt)) and not _WORD.fullmatch(alt)


RULE = Rule("I002", "missing-alt", Severity.NOTE, check)
