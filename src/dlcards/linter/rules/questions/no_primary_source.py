"""The references of an answer lead only to hosts that the project does not count as primary.

A blog that explains a paper passes on its own mistakes with it, and a learner who wants to be sure has to
look for the source that the answer should have named. Blogs also vanish sooner than papers.

Add the paper, the book or the official documentation. Which hosts count stands in `primary-sources`
in the configuration: a host with its subdomains (`doi.org`), or with the beginning of a path (`arxiv.org/abs`).

Not found: an answer without references (Q010), references of which one has no address, since that may be
a book, and references that lead only into the project itself.

Bad:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    #### References

    - [과적합 정리](https://someone.tistory.com/12)

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    학습 데이터의 잡음까지 외운 상태다.

    #### References

    - [과적합 정리](https://someone.tistory.com/12)
    - [Zhang et al. (2016)](https://arxiv.org/abs/1611.03530)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from dlcards.document.text import block_text, line_of
from dlcards.model import Context, Diagnostic, Document, Node, Pair, Rule, Severity, Text, lazy_compile
from dlcards.project.addresses import is_external

KO = """
참고 자료가 모두, 프로젝트가 1차 출처로 치지 않는 호스트로만 이어진다.

논문을 풀어 쓴 블로그는 제 오류까지 함께 전한다. 확인하고 싶은 학습자는 답이 알려 주었어야 할 출처를 스스로 찾아야 하고, 블로그는 논문보다 빨리 사라진다.

논문, 책, 공식 문서를 더한다. 어떤 호스트가 1차 출처인지는 설정의 `primary-sources`가 정한다. `doi.org`처럼 호스트를 적으면 그 하위 도메인도 치고, `arxiv.org/abs`처럼 경로의 앞부분까지 적을 수도 있다.

찾지 않는 것: 참고 자료가 없는 답(Q010), 주소 없는 항목이 섞인 참고 자료(책일 수 있다), 프로젝트 안으로만 이어지는 참고 자료.
"""

_URL = lazy_compile(r"(?i)https?://[^\s<>()\[\]\"'`]+")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find references all of which lead to hosts that are not primary."""
    sources = [_entry(source) for source in context.config.primary_sources]
    links = [link for link in document.links if not link.kind.is_image]
    starts = [link.span.start for link in links]
    for pair in document.pairs:
        if not pair.references or _names_a_book(pair, document.text):
            continue
        urls = []
        for block in pair.references:
            inside = links[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)]
            urls += [link.url for link in inside if is_external(link.url)]
            urls += _URL.findall(block.span.of(document.text))
        places = [place for place in map(_place, urls) if place]
        if not places or any(_is_primary(place, sources) for place in places):
            continue
        hosts = ", ".join(dict.fromkeys(host for host, _ in places))
        message = Text(
            f"#{pair.id}: 참고 자료에 1차 출처가 없다 ({hosts})",
            f"#{pair.id} has no primary source among its references ({hosts})",
        )
        span = line_of(document, pair.references_heading) if pair.references_heading else pair.place
        yield Diagnostic(span, message)


def _names_a_book(pair: Pair, text: str) -> bool:
    """Whether an item or a paragraph of the references says something and has no address."""
    items = [node for block in pair.references for node in block.walk() if node.kind == "list_item"]
    items += [block for block in pair.references if block.kind == "paragraph"]
    return any(_has_no_address(item, text) for item in items)


def _has_no_address(item: Node, text: str) -> bool:
    if any(node.kind in ("link", "image", "inline_html", "block_html") for node in item.walk()):
        return False
    return bool(block_text(item).strip()) and not _URL.search(item.span.of(text))


def _entry(source: str) -> tuple[str, str]:
    """Host and beginning of the path of an entry of ``primary-sources``."""
    host, _, path = source.partition("://")[2].partition("/") if "://" in source else source.partition("/")
    return host.casefold().removeprefix("www."), path.strip("/")


def _place(url: str) -> tuple[str, str] | None:
    """Host and path of an address; None where it has no host that can be read."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return (host.rstrip(".").removeprefix("www."), parts.path.strip("/")) if host else None


def _is_primary(place: tuple[str, str], sources: Sequence[tuple[str, str]]) -> bool:
    host, path = place
    return any(
        (host == known or host.endswith(f".{known}")) and (not start or f"{path}/".startswith(f"{start}/"))
        for known, start in sources
    )


RULE = Rule("Q011", "no-primary-source", Severity.WARNING, check, default=False)
