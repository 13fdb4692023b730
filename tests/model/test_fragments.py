"""Fragments that are right on any page."""

from __future__ import annotations

import pytest

from dlcards.model import has_own_meaning


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "top",
        "Top",
        "L3",
        "L3-L8",
        "L3C1-L3C8",
        "L3C1",
        "lines-3:8",
        ":~:text=%EA%B0%80,b",
        "x:~:text=a",
        "page=3",
    ]
    + ["nameddest=chapter", "zoom=100,0,0", "t=10,20", "xywh=0,0,9,9", "svgView(viewBox(0,0,1,1))"],
)
def test_it_means_something_of_its_own(fragment: str) -> None:
    assert has_own_meaning(fragment)


@pytest.mark.parametrize(
    "fragment", ["l", "L", "Lx", "L3x", "레이어", "top-1", "page", "pages=3", "text=a", "line"]
)
def test_it_names_a_place_of_the_page(fragment: str) -> None:
    assert not has_own_meaning(fragment)
