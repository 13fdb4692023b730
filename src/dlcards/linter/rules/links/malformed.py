"""A link or picture that is written wrongly, so that the page shows brackets and an address instead.

`[글] (https://…)` with a blank between the brackets, `(글)[https://…]` the wrong way round, full-width
brackets from a Korean or Japanese keyboard (`［글］（https://…）`), an address with a blank in it, a `)`
that is missing: none of these is a link. `htps://…`, `http:/…` and
`[글](www.a.com)` are links, but lead nowhere: without a scheme an address is a path.

A reader can't click, a picture is not shown, and the source of an answer is lost.

The fix writes the link as it was meant. Where that is not certain (is `(https://a.b c)` an address with
a blank or one with a title?) there is a finding without a fix.

Not found: a word in brackets before one in parentheses (`x[i] (see below)`), a wrong address that is
well-formed (`.con` for `.com`), anything in code.

Bad:

    [딥러닝] (https://doi.org/10.1038/nature14539)을 다룬 논문이다.

Bad:

    - (Dropout)[https://jmlr.org/papers/v15/srivastava14a.html]
    - [Adam](htps://arxiv.org/abs/1412.6980)
    - [ResNet](https://arxiv.org/abs/1512.03385

Good:

    [딥러닝](https://doi.org/10.1038/nature14539)을 다룬 논문이다. x[i] (아래 참고)
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.answers import in_references
from dlcards.document.text import shown
from dlcards.linter.rules.links.shared_syntax import almost_links, mended_address
from dlcards.model import (
    Aspect,
    Context,
    Diagnostic,
    Document,
    Edit,
    Fix,
    Link,
    LinkKind,
    Rule,
    Severity,
    Span,
    Text,
)

KO = """
링크나 그림을 잘못 적어 페이지에 괄호와 주소가 그대로 보인다.

`[글] (https://…)`처럼 괄호 사이를 띄었거나, `(글)[https://…]`처럼 순서를 바꿨거나, 한글·일본어 자판의 전각 괄호를 썼거나(`［글］（https://…）`), 주소 안에 공백이 있거나, 닫는 `)`가 없으면 링크가 되지 않는다. `htps://…`나 `http:/…`, `[글](www.a.com)`은 링크가 되지만 아무 데로도 가지 않는다. 앞에 `https://`가 없는 주소는 경로로 읽힌다.

읽는 사람은 누를 수 없고, 그림은 보이지 않으며, 답의 출처가 사라진다.

뜻이 분명하면 `--fix`가 뜻한 대로 고쳐 쓴다. 분명하지 않으면(`(https://a.b c)`는 공백이 든 주소인가, 제목이 붙은 주소인가?) 알리기만 한다.

찾지 않는 것: 대괄호로 묶은 말 뒤에 소괄호로 묶은 말이 오는 글(`x[i] (아래 참고)`), 모양은 맞고 내용만 틀린 주소(`.com`을 `.con`으로 적은 것), 코드 안의 링크.
"""

# Copied along from a page or a word processor: no-break, ideographic and zero-width blanks.
_BLANKS = ("\u00a0", "\u3000", "\u200b")
_BLANK = Text("주소 앞뒤에 보이지 않는 공백이 있다", "an invisible blank at an end of the address")
_MISTYPED = Text("주소의 앞부분을 잘못 적었다", "the address begins wrongly")
_LINK = frozenset({Aspect.WORDS, Aspect.ADDRESSES})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find links that mistune left as text, then addresses with a mistyped beginning."""
    for almost in almost_links(document, context):
        written = shown(almost.span.of(document.text), 60)
        message = Text(f"{almost.reason.ko}: {written}", f"{almost.reason.en}: {written}")
        fix = Fix((Edit(almost.span, almost.mended),), _LINK) if almost.mended else None
        yield Diagnostic(almost.span, message, fix)
    for link in document.links:
        in_text = link.by_reference or link.kind is LinkKind.BARE
        edit = None if in_text else _mended(document, link)
        if edit is not None:
            wrong = edit.span.of(document.text)
            is_blank = bool(wrong) and not wrong.strip("".join(_BLANKS))
            what = _BLANK if is_blank else _MISTYPED
            url = shown(link.url, 60)
            message = Text(f"{what.ko}: {url}", f"{what.en}: {url}")
            is_spared = not link.kind.is_image or in_references(document, link.span)
            yield Diagnostic(link.url_span, message, Fix((edit,), _LINK), spares_cards=is_spared)


def _mended(document: Document, link: Link) -> Edit | None:
    """What is wrong at the beginning or the end of an address."""
    text, start, end = document.text, link.url_span.start, link.url_span.end
    # Blanks that are none in CommonMark: they belong to the address, whatever its span says.
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while text[end : end + 1] in _BLANKS:
        end += 1
    address = text[start:end]
    if beginning := mended_address(address):
        length, mended = beginning
        return Edit(Span(start, start + length), mended)
    kept = len(address.rstrip("".join(_BLANKS)))
    return Edit(Span(start + kept, end), "") if 0 < kept < len(address) and "://" in address else None


RULE = Rule("L004", "malformed-link", Severity.ERROR, check, fixable=True)
