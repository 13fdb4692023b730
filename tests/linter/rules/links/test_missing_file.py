"""L002 missing-file: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.support.documents import FakeFiles, places
from tests.support.repository import BLOB, FILES, OWN


@pytest.mark.parametrize(
    "text",
    [
        "[글](other.md)",
        "[글](/README.md?plain=1#x)",
        "[글](./../answers/)",
        "[글](https://example.com/no.md)",
        "[글](mailto:a@b.c)",
        "[글](//example.com/no.md)",
        f"[글]({BLOB}/README.md)",
        "[글](https://github.com/other/name/blob/main/no.md)",
        "[글](https://github.com/owner/name/issues/1)",
        "[글](../../issues)",
        "[글](/../../tree/dev)",
        "[글](../../../name/actions/workflows/ci.yml/badge.svg)",
        "---\ntitle: 글\n---\n\n[글](/blog/first)",
    ],
)
def test_clean(text: str) -> None:
    assert places(text, "L002", OWN, FILES) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[글](no.md)", "1:5 no.md"),
        ("[글](C:\\\\Users\\\\me\\\\a.md)", "1:5 C:\\\\Users\\\\me\\\\a.md"),
        ("[글](D:/notes/a.md)", "1:5 D:/notes/a.md"),
        ("[글](file:///home/me/a.md)", "1:5 file:///home/me/a.md"),
        (
            "[글](https://github.com/owner/name/blob/refs/heads/main/no.md)",
            "1:5 https://github.com/owner/name/blob/refs/heads/main/no.md",
        ),
        ("[글](Other.md)", "1:5 Other.md"),
        (f"[글]({BLOB}/no.md#x)", f"1:5 {BLOB}/no.md#x"),
        ("> - [글](<없는 파일.md>)", "1:10 없는 파일.md"),
    ],
)
def test_found(text: str, found: str) -> None:
    assert places(text, "L002", OWN, FILES) == [found]


def test_without_a_repository_its_addresses_are_strangers() -> None:
    assert places(f"[글]({BLOB}/no.md)", "L002", Config(), FILES) == []


def test_what_git_ignores_is_missing_from_the_repository() -> None:
    files = FakeFiles(
        paths=frozenset({"answers/a.md", "answers/b.md"}), ignored_paths=frozenset({"answers/a.md"})
    )
    assert places("[가](a.md) [나](b.md)", "L002", files=files) == ["1:5 a.md"]
    assert places("![가](a.md) ![나](b.md)", "I001", files=files) == ["1:6 a.md"]


@pytest.mark.parametrize("url", ["/blog/first", "/docs/intro#x", "../intro", "./other/", "/blog/first.html"])
@pytest.mark.parametrize(
    "site",
    [
        "docusaurus.config.js",
        "answers/mkdocs.yml",
        "_config.yml",
        ".eleventy.js",
        "astro.config.mjs",
        "answers/.vuepress/config.ts",
    ],
)
def test_what_a_site_has_under_a_path_its_build_decides(url: str, site: str) -> None:
    assert places(f"[글]({url})", "L002", OWN, FakeFiles(paths=frozenset({site}))) == []


@pytest.mark.parametrize("url", ["/blog/first", "../intro", "no.md", "/docs/no.md", "no.pdf"])
def test_without_a_site_every_path_is_one_of_the_repository(url: str) -> None:
    assert places(f"[글]({url})", "L002", OWN, FakeFiles()) == [f"1:5 {url}"]


@pytest.mark.parametrize("folder", ["static", "answers/public"])
def test_a_site_shows_its_static_files_at_its_root(folder: str) -> None:
    files = FakeFiles(paths=frozenset({f"{folder}/guides/a.pdf"}))
    assert places("[글](/guides/a.pdf) [글](/guides/b.pdf)", "L002", OWN, files) == ["1:24 /guides/b.pdf"]
    assert places("[글](guides/a.pdf)", "L002", OWN, files) == ["1:5 guides/a.pdf"]


@pytest.mark.parametrize("url", ["no.md", "/docs/no.md", "no.pdf"])
def test_a_site_has_no_files_that_the_repository_has_not(url: str) -> None:
    files = FakeFiles(paths=frozenset({"docusaurus.config.js"}))
    assert places(f"[글]({url})", "L002", OWN, files) == [f"1:5 {url}"]
