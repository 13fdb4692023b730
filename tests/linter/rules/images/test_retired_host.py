"""I008 retired-host: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.linter.rules.images.retired_host import RETIRED
from tests.support.documents import places


@pytest.mark.parametrize(
    "url",
    [
        "https://render.githubusercontent.com/view/pdf?x",
        "https://user-images.githubusercontent.com/1/a.png",
        "https://developers.google.com/chart/a.png",
        "https://latex.codecogs.com/svg.image?x",
        "https://dl.dropboxusercontent.com/s/abc/a.png",
        "https://mytinypic.com/a.png",
        "https://cafe.daum.net/a.png",
        "https://a.b/tinypic.com/a.png",
        "tinypic.com/a.png",
        "images/a.png",
        "https://tinypic.com",
    ],
)
def test_no_retired_host(url: str) -> None:
    assert places(f"![그림]({url})", "I008") == []


@pytest.mark.parametrize(
    "url",
    [
        "https://render.githubusercontent.com/render/math?math=x",
        "http://chart.googleapis.com/chart?cht=tx&chl=x",
        "https://0.chart.googleapis.com/chart?cht=p3",
        "//chart.apis.google.com/chart?cht=p3",
        "http://i61.TinyPic.com/a.png",
        "http://pds21.egloos.com/pds/a.jpg",
        "http://cfs1.blog.daum.net/image/a",
        "https://dl.dropboxusercontent.com/u/123/a.png",
        "https://dl.dropbox.com/u/123/a.png",
        "https://www.googledrive.com/host/abc/a.png",
    ],
)
def test_retired_host(url: str) -> None:
    assert places(f"![그림]({url})", "I008") == [f"1:7 {url}"]
    assert places(f'<p>\n<img\n src="{url}">\r\n</p>', "I008") == [f"3:7 {url}"]
    assert places(f"[글]({url})", "I008") == []


def test_each_entry_of_the_table_has_a_date_and_a_source() -> None:
    for entry in RETIRED:
        assert entry.date[:2] == "20"
        assert entry.source.startswith("https://")
