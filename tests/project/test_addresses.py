"""Which file of the checkout an address means, and which page of the web."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.model import Config
from dlcards.project.addresses import LocalTarget, local_target, on_one_computer, web_address

README, DEEP = PurePosixPath("README.md"), PurePosixPath("docs/a b/deep.md")
OWN = Config(origin="owner/name", default_branch="master")
PAGE = "https://github.com/owner/name"


@pytest.mark.parametrize(
    ("url", "document", "path"),
    [
        ("a.md", DEEP, "docs/a b/a.md"),
        ("../b.md#x", DEEP, "docs/b.md"),
        ("/c.md", DEEP, "c.md"),
        ("%ED%95%9C.md?plain=1#L3", README, "한.md"),
        (f"{PAGE}/blob/main/a.md", README, None),
        (f"{PAGE}/blob/master/a.md", README, "a.md"),
        (f"{PAGE}/blob/refs/heads/master/d/a.md", README, "d/a.md"),
        (f"{PAGE}/tree/HEAD/d", README, "d"),
        ("https://raw.githubusercontent.com/Owner/Name/refs/heads/master/a.png", README, "a.png"),
        ("https://raw.githubusercontent.com/owner/name/master/a.png", README, "a.png"),
        (f"{PAGE}/blob/dev/a.md", README, None),
        (f"{PAGE}/issues/3", README, None),
        ("https://github.com/other/name/blob/main/a.md", README, None),
        ("../../issues", README, None),
        ("/../../tree/dev", DEEP, None),
        ("#x", README, None),
    ],
)
def test_files_of_the_checkout(url: str, document: PurePosixPath, path: str | None) -> None:
    target = local_target(url, document, OWN)
    assert (target and str(target.path)) == path


def test_a_branch_may_have_slashes_in_its_name() -> None:
    config = Config(repository="o/n", branch="feature/x")
    url = "https://github.com/o/n/blob/feature/x/a.md#b"
    assert local_target(url, README, config) == LocalTarget(PurePosixPath("a.md"), "b")


@pytest.mark.parametrize(
    ("url", "document", "address"),
    [
        ("https://a.b/c", README, "https://a.b/c"),
        ("//a.b/c", README, "https://a.b/c"),
        ("../../issues", README, f"{PAGE}/issues"),
        ("../../../../wiki/Home#x", DEEP, f"{PAGE}/wiki/Home#x"),
        ("/../../tree/dev", DEEP, f"{PAGE}/tree/dev"),
        ("../../actions/workflows/ci.yml/badge.svg", README, f"{PAGE}/actions/workflows/ci.yml/badge.svg"),
        ("../../../other/wiki", README, "https://github.com/owner/other/wiki"),
        (f"{PAGE}/blob/master/a.md", README, ""),
        ("a.md", README, ""),
        ("#x", README, ""),
        ("mailto:a@b.c", README, ""),
        ("C:/a", README, ""),
    ],
)
def test_pages_that_only_the_network_knows(url: str, document: PurePosixPath, address: str) -> None:
    assert web_address(url, document, OWN) == address


def test_a_path_that_leaves_an_unknown_repository_is_nobodys() -> None:
    assert web_address("../../issues", README, Config()) == ""
    assert local_target("../../issues", README, Config()) is None


@pytest.mark.parametrize("url", ["C:\\a.md", "c:/a.md", "file:///a", "FILE:a", "\\\\server\\a", "D:%5Ca"])
def test_files_of_one_computer(url: str) -> None:
    assert on_one_computer(url)


@pytest.mark.parametrize("url", ["c.md", "https://a.b/C:/x", "/home/a", "x:y", "filet.md", "a\\b"])
def test_files_of_every_computer(url: str) -> None:
    assert not on_one_computer(url)
