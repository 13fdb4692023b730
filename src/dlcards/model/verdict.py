"""What the link checker says of an address."""

from __future__ import annotations

import enum
from typing import NamedTuple

from dlcards.model.diagnostic import Text

# Why an address is broken or undecided, for a reader. Reasons are those of dlcards.links.
_REASONS = {
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
    "bug": Text("프로그램의 오류로 검사하지 못했다", "not checked, by a bug in dlcards"),
    "soft-404": Text("지워진 페이지라고 적혀 있다", "says that the page is gone"),
    "parked": Text("주인 없는 도메인처럼 보인다", "looks like a parked domain"),
    "to-root": Text("첫 페이지로 보낸다", "sends to the front page"),
    "other-domain": Text("다른 도메인으로 보낸다", "sends to another domain"),
}


class Outcome(enum.Enum):
    """What the link checker says of an address. Three answers, not two: what could not be decided is
    ``unsure``, never ``broken``.
    """

    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    UNSURE = "unsure"
    SKIPPED = "skipped"


class Verdict(NamedTuple):
    """What became of one address.

    Attributes:
        url: The address as asked.
        outcome: Ok, moved, broken, unsure or skipped.
        reason: Why, in a word for programs: ``not-found``, ``blocked``, ``timeout``, ….
        status: The last HTTP status.
        final_url: Where a moved address led.
        suspect: Why an answer that is ok looks like a deleted or parked page: ``soft-404``,
            ``parked``, ``to-root``, ``other-domain``; else empty.
        detail: A short word more, in English, secrets masked.
    """

    url: str
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    final_url: str = ""
    suspect: str = ""
    detail: str = ""


def why(word: str, verdict: Verdict) -> Text:
    """The reason of a verdict for a reader, with the status where there is one."""
    reason = _REASONS.get(word, Text(word, word))
    status = f" ({verdict.status})" if verdict.status and verdict.status >= 400 else ""
    return Text(reason.ko + status, reason.en + status)
