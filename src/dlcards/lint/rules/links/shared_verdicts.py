"""The links of a document with what the link checker says of them."""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.model import Context, Document, Link, Outcome, Span, Text, Verdict

# Why an address is broken or undecided, for a reader. Reasons are those of dlcards.links.
REASONS = {
    "not-found": Text("페이지가 없다", "no such page"),
    "client-error": Text("서버가 요청을 받지 않는다", "the server refuses the request"),
    "host-not-found": Text("그런 호스트가 없다", "no such host"),
    "tls": Text("인증서가 맞지 않는다", "the certificate does not fit"),
    "redirect-loop": Text("이동이 제자리를 맴돈다", "redirects run in a circle"),
    "too-many-redirects": Text("이동이 너무 많다", "too many redirects"),
    "no-location": Text("어디로 이동하는지 적혀 있지 않다", "a redirect that leads nowhere"),
    "bad-scheme": Text("웹 주소가 아닌 곳으로 이동한다", "redirects to something that is no web address"),
    "invalid-url": Text("주소를 읽을 수 없다", "the address can't be read"),
    "fragment": Text("페이지에 그 앵커가 없다", "the page has no such anchor"),
    "blocked": Text("서버가 프로그램의 접근을 막는다", "the server blocks programs"),
    "rate-limited": Text("서버가 잠시 뒤에 오라고 한다", "the server asks to come back later"),
    "server-error": Text("서버 오류", "a server error"),
    "unavailable": Text("서버가 지금 쉬고 있다", "the server is not available"),
    "timeout": Text("제때 답이 없다", "no answer in time"),
    "connection": Text("연결이 되지 않는다", "no connection"),
    "dns": Text("이름을 찾지 못했다", "the name could not be looked up"),
    "fragment-js": Text("앵커가 스크립트로 만들어지는 페이지다", "a page that makes its anchors by script"),
    "offline": Text("네트워크가 없다", "no network"),
    "too-large": Text("너무 크다", "too large"),
    "non-public": Text("공개된 네트워크의 주소가 아니다", "not an address of the public network"),
    "excluded": Text("설정의 links-exclude가 묻지 못하게 한다", "links-exclude keeps it from being asked"),
    "scheme": Text("웹 주소가 아니다", "not a web address"),
    "budget": Text("주어진 시간이 다 되었다", "the time for links ran out"),
    "soft-404": Text("지워진 페이지라고 적혀 있다", "says that the page is gone"),
    "parked": Text("주인 없는 도메인처럼 보인다", "looks like a parked domain"),
    "to-root": Text("첫 페이지로 보낸다", "sends to the front page"),
    "other-domain": Text("다른 도메인으로 보낸다", "sends to another domain"),
}


def judged(document: Document, context: Context, *outcomes: Outcome) -> Iterator[tuple[Link, Verdict]]:
    """Each link whose address has one of these outcomes, with the verdict, in the document's order."""
    if not context.verdicts:
        return
    for link in document.links:
        verdict = context.verdicts.get(link.url)
        if verdict is not None and verdict.outcome in outcomes and not link.by_reference:
            yield link, verdict


def place(link: Link) -> Span:
    """The address of a link, or the whole link where it has none in place."""
    return link.url_span if link.url_span.end > link.url_span.start else link.span


def why(word: str, verdict: Verdict) -> Text:
    """The reason of a verdict for a reader, with the status where there is one."""
    reason = REASONS.get(word, Text(word, word))
    status = f" ({verdict.status})" if verdict.status and verdict.status >= 400 else ""
    return Text(reason.ko + status, reason.en + status)
