"""A picture in an answer that lives elsewhere, and so can't be packed without the network.

A deck takes its pictures along. One that is fetched from another site each time shows nothing on a plane,
and nothing at all once that site has moved it.

Save the picture in the repository, beside the document, and write its path: `![…](images/relu.png)`.

Found where a deck is made of the document (there is a `deck.lock`, or the configuration names the `deck`), and
where a project selects this rule by itself. `dlcards export` says by itself which pictures it could not get.

Not found: pictures outside of questions, which no card shows (badges of a README); a GitHub page in a
picture's place (I003), a host that is gone (I008), `data:` addresses, addresses of this very repository's
files.

Bad:

    ## #1

    #### ReLU란?

    ![ReLU의 그래프](https://example.com/relu.png)

Good:

    ## #1

    #### ReLU란?

    ![ReLU의 그래프](images/relu.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.text import shown
from dlcards.linter.rules.deck.identity_lost import lock_path
from dlcards.linter.rules.images.retired_host import retirement
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text, lazy_compile
from dlcards.project.addresses import blob_page, is_external, local_target
from dlcards.project.pictures import place

KO = """
답에 든 그림이 다른 사이트에 있어 네트워크 없이는 카드에 담을 수 없다.

덱은 그림을 함께 담는다. 볼 때마다 다른 사이트에서 가져오는 그림은 비행기 안에서 보이지 않고, 그 사이트가 그림을 옮기면 영영 보이지 않는다.

그림을 문서 옆에 저장하고 경로를 적는다: `![…](images/relu.png)`.

문서로 덱을 만들 때(`deck.lock`이 있거나 설정에 `deck`이 있을 때), 또는 이 규칙을 따로 켰을 때 찾는다. 가져오지 못한 그림은 `dlcards export`가 스스로 알린다.

찾지 않는 것: 카드가 되지 않는, 질문 밖의 그림(README의 배지), 그림 자리에 쓴 GitHub 페이지(I003), 사라진 호스트(I008), `data:` 주소, 바로 이 저장소에 있는 파일의 주소.
"""

_HOST = lazy_compile(r"(?:[A-Za-z][\w+.-]*:)?//([^/?#]*)")

EXAMPLE_FILES = {"answers/images/relu.png": b""}


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures of questions whose address leads out of the repository."""
    config = context.config
    if not (config.asks_for("I004") or config.deck or lock_path(document, context)):
        return
    spans = iter(pair.span for pair in document.pairs)
    pair = next(spans, None)
    for link in document.links:
        while pair is not None and pair.end <= link.span.start:
            pair = next(spans, None)
        if pair is None or not pair.holds(link.span) or not link.kind.is_image:
            continue
        url = link.url.strip()
        if not is_external(url) or url[:5].lower() == "data:" or blob_page(url) or retirement(url):
            continue
        if local_target(url, document.path, config) is None:
            message = Text(
                f"저장소 밖의 그림이라 카드에 담으려면 네트워크가 있어야 한다: {shown(url, 70)}",
                f"a picture from elsewhere, which only the network can give: {shown(url, 70)}",
            )
            host = _HOST.match(url)
            yield Diagnostic(place(link), message, cause=host.group(1).lower() if host else "")


RULE = Rule("I004", "remote-image", Severity.WARNING, check)
