r"""A picture from a host that is known to be gone.

The page shows a broken picture for good: no retry and no other network brings it back. Most of all these
are formulas that GitHub once drew (`render.githubusercontent.com/render/math?math=…`).

Write such a formula as math (`$\theta$`), which GitHub renders itself since 2022; draw a chart again;
look for the picture on <https://web.archive.org> and save it in the repository.

Not found: hosts that are not in the table of this rule, single pictures that were deleted (the link
checker finds those), links to such a host that are no pictures. An entry is in the table only with a
source and a date.

Bad:

    학습률은 <img src="https://render.githubusercontent.com/render/math?math=\eta">로 적는다.

Bad:

    ![순서도](https://chart.googleapis.com/chart?cht=gv&chl=digraph{A->B})

Good:

    학습률은 $\eta$로 적는다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dlcards.document.answers import in_references
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text, lazy_compile
from dlcards.project.pictures import place

KO = r"""
사라진 것으로 알려진 호스트의 그림이다.

페이지에는 깨진 그림이 영영 남는다. 다시 시도해도, 다른 네트워크에서 보아도 돌아오지 않는다. 예전에 GitHub가 그려 주던 수식(`render.githubusercontent.com/render/math?math=…`)이 가장 많다.

그런 수식은 수식으로 적는다(`$\theta$`). GitHub가 2022년부터 직접 그려 준다. 도표는 다시 그리고, 그림은 <https://web.archive.org>에서 찾아 저장소에 저장한다.

찾지 않는 것: 이 규칙의 표에 없는 호스트, 하나씩 지워진 그림(링크 검사기가 찾는다), 그런 호스트로 가지만 그림은 아닌 링크. 표에는 출처와 날짜가 있는 것만 올린다.
"""


class Retirement(NamedTuple):
    """The end of a host, or of a part of it.

    Attributes:
        address: What stands between ``//`` and the part that names the picture; ``*.`` at its
            beginning stands for the host itself and all hosts below it.
        date: When it ended, as exactly as the source says.
        source: Who says so.
    """

    address: str
    date: str
    source: str


RETIRED = (
    # Only known to be broken on that day; GitHub announced neither the service nor its end.
    Retirement(
        "render.githubusercontent.com/render/math",
        "2024-04-29",
        "https://github.com/stac-extensions/raster/pull/48",
    ),
    Retirement("*.chart.googleapis.com/", "2019-03-18", "https://developers.google.com/chart/infographics"),
    Retirement("*.chart.apis.google.com/", "2019-03-18", "https://developers.google.com/chart/infographics"),
    Retirement("*.tinypic.com/", "2019-09", "https://wiki.archiveteam.org/index.php/TinyPic"),
    Retirement("*.egloos.com/", "2023-06-16", "https://m.mt.co.kr/renew/view.html?no=2023061612244990176"),
    Retirement(
        "*.blog.daum.net/", "2022-09-30", "https://magazine.daum.net/daum_notice/62ba5042cbdaef63d9daf432"
    ),
    Retirement(
        "dl.dropboxusercontent.com/u/",
        "2017-09-01",
        "https://www.highedwebtech.com/2016/12/20/dropbox-sunsets-public-folder/",
    ),
    Retirement(
        "dl.dropbox.com/u/",
        "2017-09-01",
        "https://www.highedwebtech.com/2016/12/20/dropbox-sunsets-public-folder/",
    ),
    Retirement(
        "*.googledrive.com/host/",
        "2016-08-31",
        "https://unorthodox-engineers.blogspot.com/2015/10/google-drive-hosting-not-anymore.html",
    ),
)
_HOST_AND_PATH = lazy_compile(
    r"\s*(?:https?:)?//(?:[^/?#@]*@)?(?P<host>[^/?#:]+)(?::\d+)?(?P<path>/[^?#]*)", re.I
)


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find pictures whose address is in the table."""
    for link in document.links:
        end = retirement(link.url) if link.kind.is_image else None
        if end:
            where = end.address.removeprefix("*.").rstrip("/")
            message = Text(
                f"{where}의 그림은 더 이상 나오지 않는다({end.date}, {end.source})",
                f"{where} no longer serves pictures ({end.date}, {end.source})",
            )
            is_spared = in_references(document, link.span)
            yield Diagnostic(place(link), message, cause=where, spares_cards=is_spared)


def retirement(url: str) -> Retirement | None:
    """The entry of the table that an address falls under."""
    match = _HOST_AND_PATH.match(url)
    if match is None:
        return None
    host, path = match["host"].lower(), match["path"]
    for entry in RETIRED:
        retired, slash, start = entry.address.removeprefix("*.").partition("/")
        is_below = entry.address.startswith("*.") and host.endswith(f".{retired}")
        if (host == retired or is_below) and path.startswith(slash + start):
            return entry
    return None


RULE = Rule("I008", "retired-host", Severity.ERROR, check)
