"""The documentation says the same in both languages, shows what the program does, and makes a site without a hole."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import cmarkgfm
import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from tools.docs_site import LANGUAGES, ZENSICAL, make, page, sources, stage

from dlcards.deck.package.formats import FORMATS as DECK_FORMATS
from dlcards.document.build import build
from dlcards.document.layouts import LAYOUTS
from dlcards.links.settings import Settings
from dlcards.markdown import parse
from dlcards.model import Config
from dlcards.project.addresses import local_target
from dlcards.reports import FORMATS
from dlcards.reports.links import FORMATS as LINK_FORMATS
from tests.support import ROOT
from tests.support.command import run

DOCS = ROOT / "docs"
NAMES = sorted(path.name.removesuffix(".en.md") for path in DOCS.glob("*.en.md"))
# One worker builds the site, once.
pytestmark = pytest.mark.xdist_group("site")
BOTH = [*(f"docs/{name}" for name in NAMES), "CONTRIBUTING", "SECURITY"]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def in_both(stem: str) -> tuple[str, str]:
    return read(f"{stem}.md"), read(f"{stem}.en.md")


def fences(text: str, language: str) -> list[tuple[str, str]]:
    """The code in a language, each with the heading that it stands below."""
    found, heading = [], ""
    for node in parse(text):
        if node.kind == "heading":
            heading = node.span.of(text).strip("# \n")
        elif node.kind == "block_code" and str(node.attrs.get("info") or "").split()[:1] == [language]:
            found.append((heading, node.raw))
    return found


def columns(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head and without backticks."""
    section = re.split(rf"^#+ {heading}$", text, flags=re.M)[1]
    rows = re.findall(r"^\|.*\|$", section[: section.index("\n\n", section.index("\n|") + 1)], re.M)
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[2:]]


def shape(text: str) -> Iterator[object]:
    """Headings by their levels, tables by their rows, code by its language."""
    for node in parse(text):
        if node.kind in ("heading", "table", "block_code"):
            attributes = node.attrs or {}
            yield node.kind, attributes.get("level"), attributes.get("info"), node.raw.count("\n|")


def commands(text: str) -> list[str]:
    """What a page's sessions have ``dlcards`` do, without comments."""
    sessions = "\n".join(code for _, code in fences(text, "console"))
    return [each.strip() for each in re.findall(r"^\$ (?:\.venv/bin/)?dlcards ([^#\n]*)", sessions, re.M)]


def test_every_page_is_there_in_both_languages_and_on_the_site() -> None:
    korean = {path.stem for path in DOCS.glob("*.md") if not path.name.endswith(".en.md")}
    assert korean == set(NAMES)
    for language in LANGUAGES:
        staged = {path for path in sources(language).values() if path.parent == PurePosixPath("docs")}
        ending = ".en.md" if language == "en" else ".md"
        pages = {PurePosixPath(f"docs/{name}{ending}") for name in NAMES}
        assert pages == {path for path in staged if path.suffix == ".md"}, "tools/docs_site.py: _MENU"


@pytest.mark.parametrize("stem", BOTH)
def test_a_page_leads_to_the_other_language_and_is_built_alike(stem: str) -> None:
    korean, english = in_both(stem)
    for language, text in zip(LANGUAGES, (korean, english), strict=True):
        for link in build(PurePosixPath(f"{stem}.md"), text, Config()).links[1:]:
            target = local_target(link.url, PurePosixPath(f"{stem}.md"), Config())
            name = str(target.path).removesuffix(".md").removesuffix(".en") if target else ""
            if (ROOT / f"{name}.en.md").exists():
                assert str(target and target.path).endswith(".en.md") == (language == "en"), link.url
    name = stem.rpartition("/")[2]
    assert f"\n\n[English]({name}.en.md)\n" in korean
    assert f"\n\n[한국어]({name}.md)\n" in english
    left, right = (list(shape(text)) for text in (korean, english))
    assert left == right


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_layout_is_shown_by_an_example_that_it_reads(language: str) -> None:
    text = in_both("docs/answers")[language == "en"]
    shown = {heading: code for heading, code in fences(text, "markdown") if heading in LAYOUTS}
    assert list(shown) == list(dict.fromkeys(shown))
    assert set(shown) == set(LAYOUTS)
    for layout, code in shown.items():
        document = build(PurePosixPath("a.md"), code, Config())
        assert document.layout == layout
        assert len(document.pairs) > (layout != "file")
        assert all(pair.body for pair in document.pairs)


@pytest.mark.parametrize(
    ("language", "says"), [("ko", "카드 5장(질문 2, 빈칸 2, 꼬리질문 1)"), ("en", "5 cards (2 questions")]
)
def test_the_whole_shape_is_clean_and_makes_the_cards_that_the_page_says(
    language: str, says: str, tmp_path: Path
) -> None:
    text = in_both("docs/answers")[language == "en"]
    (tmp_path / "a.md").write_text(fences(text, "markdown")[0][1], encoding="utf-8")
    clean = run(tmp_path, "lint", "--offline", "--lang", language, ".")
    assert clean.returncode == 0, clean.stdout.decode()
    assert says in run(tmp_path, "export", "--offline", "--lang", language, ".").stdout.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_session_runs_as_the_page_shows_it(language: str, tmp_path: Path) -> None:
    text = in_both("docs/README")[language == "en"]
    document = tmp_path / "os.md"
    document.write_text(fences(text, "markdown")[0][1], encoding="utf-8")
    shown = [code for _, code in fences(text, "console")]
    sessions = [steps for code in shown if (steps := re.split(r"^\$ ", code, flags=re.M)[1:])]
    ran = 0
    for command, _, expected in (step.partition("\n") for steps in sessions for step in steps):
        if not command.startswith("dlcards "):
            continue
        if command.startswith("dlcards export"):
            document.write_text(
                f"{document.read_text(encoding='utf-8')}\n{'답이다' if language == 'ko' else 'Yes'}.\n",
                encoding="utf-8",
            )
        said = run(tmp_path, *command.split()[1:], "--lang", language).stdout.decode()
        pattern = ".*\n".join(re.escape(part) for part in expected.split("…\n"))
        assert re.match(pattern, said, re.S), f"{command}\n{said}"
        ran += 1
    assert ran == 3


# What learners edit in the session of docs/edits: a name, and what becomes of words.
LEARNERS = {
    "ko": {
        "kim": {"나누지": "공유하지", "스택": '<span style="color: red">스택</span>'},
        "lee": {"나누지": "같이 쓰지"},
    },
    "en": {
        "kim": {"files": "descriptors", "stack": '<span style="color: red">stack</span>'},
        "lee": {"files": "handles"},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_session_of_edits_runs_as_the_page_shows_it(language: str, tmp_path: Path) -> None:
    pytest.importorskip("anki", reason="needs Anki's library, which the test group installs")
    from tests.support.anki_collection import Learner
    from tests.support.learners import git

    text = in_both("docs/edits")[language == "en"]
    project = tmp_path / "project"
    project.mkdir()
    (project / "os.md").write_text(fences(text, "markdown")[0][1], encoding="utf-8")
    run(project, "export", "os.md", SOURCE_DATE_EPOCH="1700000000")
    git(project, "init", "-q")
    git(project, "add", "os.md", "deck.lock")
    git(project, "commit", "-qm", "a deck")
    for name, edits in LEARNERS[language].items():
        (tmp_path / name).mkdir()
        someone = Learner(tmp_path / name)
        someone.import_(project / "build" / "os.apkg")
        for note in someone.notes().values():
            for old, new in edits.items() if "Answer" in note else ():
                note["Answer"] = note["Answer"].replace(old, new)
            someone.col.update_note(note)
        someone.export(project / f"{name}.apkg", legacy=False)
        someone.close()
    later = {"SOURCE_DATE_EPOCH": str(int(time.time()) + 60)}  # than the edits
    ran = 0
    for steps in (re.split(r"^\$ ", code, flags=re.M)[1:] for _, code in fences(text, "console")):
        for command, _, expected in (step.partition("\n") for step in steps):
            program, *arguments = shlex.split(command)
            if program == "git":
                git(project, *arguments)
                continue
            *arguments, output = arguments if arguments[-2] == ">" else [*arguments, ""]
            done = run(project, *[each for each in arguments if each != ">"], "--lang", language, **later)
            assert done.returncode < 2, done.stderr.decode()
            if output:
                (project / output).write_bytes(done.stdout)
            said = (done.stderr if arguments[0] == "pull" else done.stdout).decode()
            pattern = ".*\n".join(re.escape(part) for part in expected.split("…\n"))
            assert re.fullmatch(pattern, said, re.S), f"{command}\n{said}"
            ran += 1
    assert ran == 4
    said_as_json = run(project, "pull", "kim.apkg", "lee.apkg", "os.md", "--format", "json").stdout
    assert _keys(json.loads(said_as_json)) == _documented(in_both("docs/json")[language == "en"])
    assert git(project, "status", "--porcelain", "os.md", "deck.lock") == ""


def _keys(pulled: dict[str, Any]) -> set[str]:
    """The keys of a pull's JSON, and those of its edits."""
    return set(pulled) | {f"edits[].{key}" for edit in pulled["edits"] for key in edit}


def _documented(text: str) -> set[str]:
    """The keys that the page's table names; ``.line`` beside ``edits[].path`` is ``edits[].line``."""
    names = re.findall(r"`([^`]+)`", " ".join(row[0] for row in _rows_of_pull(text)))
    return {name if name[0] != "." else f"edits[]{name}" for name in names}


def _rows_of_pull(text: str) -> list[list[str]]:
    section = text[text.index("## `dlcards pull --format json`") :]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]


DOCUMENT = """\
## 1. What is a process?

> Summary: A process is a running program with an **address space** of its own.

It shares neither memory nor open files with other processes.

#### References

- [A page](https://example.com/processes)

## 2. What is a thread?

A flow of execution in a process.
"""
CONFIGURATION = """\
deck = "old"
language = "en"
links-exclude = ["*"]
ignore = ["Q010"]
"""


@pytest.mark.slow
@pytest.mark.parametrize("stem", BOTH)
def test_every_command_of_a_page_runs(stem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a repository with a deck that learners have, in the order of the page; two pages have tests of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    project = tmp_path / "project"
    (project / "answers").mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    (project / "answers" / "a.md").write_text(DOCUMENT, encoding="utf-8")
    (project / "dlcards.toml").write_text(CONFIGURATION, encoding="utf-8")
    run(project, "export", "answers", "-o", "old.apkg")
    run(project, "init", "--yes", "--no-baseline")
    (project / ".git" / "hooks" / "pre-commit").write_text("pre-commit", encoding="utf-8")
    korean, english = map(commands, in_both(stem))
    assert korean == english
    for command in korean:
        arguments, _, output = command.replace("~", str(tmp_path / "home")).partition(" > ")
        # What asks a running Anki has one in tests/cli/test_push.py and test_pull.py.
        is_shown = stem in ("docs/README", "docs/edits")
        asks_anki = arguments.startswith("push ") or "--ankiconnect" in arguments
        if "--serve" in arguments or asks_anki or is_shown:
            continue
        done = run(project, *arguments.split())
        assert done.returncode == 0, f"dlcards {command}\n{(done.stdout + done.stderr).decode()}"
        if output:
            (project / output).write_bytes(done.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_the_programs_own(language: str) -> None:
    def table(name: str, korean: str, english: str) -> list[list[str]]:
        return columns(in_both(f"docs/{name}")[language == "en"], (korean, english)[language == "en"])

    own = {"lint": FORMATS, "export": DECK_FORMATS, "links": LINK_FORMATS}
    titles = {"lint": ("찾은 것", "Findings"), "export": ("덱", "The deck"), "links": ("링크", "Links")}
    for command, formats in own.items():
        headings = [f"{title}: `dlcards {command} --format`" for title in titles[command]]
        assert [row[0] for row in table("formats", *headings)] == list(formats), command
    settings = Settings()
    numbers = [
        tuple(map(float, re.findall(r"[\d.]*\d", row[1])))
        for row in table("links", "어떻게 묻나", "How servers are asked")
    ]
    assert numbers[0] == (settings.workers, settings.per_group)
    rest = [settings.interval, settings.connect, settings.read, settings.total]
    assert [found[0] for found in numbers[1:5]] == rest
    assert [found[0] for found in numbers[7:9]] == [settings.retry_after_max, settings.max_redirects]


# Names that the pages use, by what Anki calls them in its translations.
ANKI = {
    "cards": (
        "deck_config_title",
        "deck_config_new_gather_priority",
        "deck_config_new_gather_priority_position_lowest_first",
        "deck_config_new_card_sort_order",
        "deck_config_sort_order_gather",
        "actions_import",
        "actions_custom_study",
        "card_templates_template_styling",
    ),
    "deck": ("empty_cards_window_title", "exporting_support_older_anki_versions"),
    "anki": ("addons_window_title", "addons_get_addons", "addons_config"),
    "edits": (
        "actions_export",
        "exporting_anki_deck_package",
        "exporting_include_scheduling_information",
        "exporting_include_media",
        "exporting_support_older_anki_versions",
    ),
    "export-csv": ("actions_import", "media_check_check_media_action"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_anki_is_named_as_it_names_itself(language: str) -> None:
    import anki.lang

    anki.lang.set_lang(language)
    try:
        for name, keys in ANKI.items():
            text = in_both(f"docs/{name}")[language == "en"]
            for key in keys:
                called = getattr(anki.lang.tr_legacyglobal, key)().partition(" (")[0].rstrip(".")
                assert called in text, f"{name}: {called}"
    finally:
        anki.lang.set_lang("en")


def test_files_that_are_no_pages_are_shown_on_github_or_only_named() -> None:
    assert "(https://github.com/o/n/blob/HEAD/answers/deep-learning.md)" in page("index.md", "ko", "o/n")
    plain = page("index.md", "ko", "")
    assert "답은 `answers/deep-learning.md` 한 파일에" in plain
    assert "(answers.md)" in page("contributing.md", "en", "")
    assert "(../index.md)" not in plain


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ZENSICAL.exists():
        pytest.skip("the site needs Zensical: make docs-site sets it up")
    folder = tmp_path_factory.mktemp("docs") / "site"
    make(ZENSICAL, folder, "o/n")
    return folder


def pages_of(site: Path) -> dict[Path, HTMLParser]:
    return {path: HTMLParser(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


@pytest.mark.slow
def test_every_link_of_the_site_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    found = pages_of(site)
    ids = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in found.items()}
    checked: Counter[str] = Counter()
    for path, tree in found.items():
        for node in tree.css("[href], [src], [srcset]"):
            for name in ("href", "src", "srcset"):
                url = node.attributes.get(name)
                if not url or path.name == "404.html":
                    continue
                if node.attributes.get("rel") == "canonical":
                    assert url == f"https://o.github.io/n/{path.relative_to(site).as_posix()}"
                    continue
                if urlsplit(url).scheme:
                    assert node.tag == "a", f"{path.relative_to(site)} loads {url}"
                    continue
                target, _, fragment = url.partition("#")
                place = Path(os.path.normpath(path.parent / unquote(target))) if target else path
                place = place / "index.html" if place.is_dir() else place
                assert place.is_file(), f"{path.relative_to(site)}: {url}"
                if fragment and place.suffix == ".html" and not fragment.startswith("__"):
                    assert unquote(fragment) in ids[place], f"{path.relative_to(site)}: {url}"
                    checked["fragment"] += 1
                checked[name] += 1
    assert all(checked[name] > 100 for name in ("href", "src", "fragment")), checked


@pytest.mark.slow
def test_each_page_leads_to_the_same_page_in_the_other_language(site: Path) -> None:
    for path, tree in pages_of(site).items():
        if path.name == "404.html":
            assert [link.attributes["href"] for link in tree.css("a[hreflang]")] == ["/n/", "/n/en/"]
            continue
        own = path.relative_to(site / "en" if path.is_relative_to(site / "en") else site)
        for language, home in (("ko", site), ("en", site / "en")):
            links = tree.css(f"a[hreflang={language}]")
            assert links, path
            for link in links:
                place = Path(os.path.normpath(path.parent / unquote(link.attributes["href"] or "")))
                assert place == home / own
                assert place.is_file()


def markdown_as_github(text: str) -> str:
    return str(
        cmarkgfm.github_flavored_markdown_to_html(text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_shows_what_github_shows(site: Path, language: str) -> None:
    """Its parser is another one: words, lists in lists, code in items and tables are those that GitHub has."""
    kinds = (
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "pre",
        "table",
        "tr",
        "td",
        "blockquote",
        "img",
        "details",
        "strong",
    )
    for name in sources(language):
        if not name.endswith(".md"):
            continue
        github = HTMLParser(markdown_as_github(page(name, language, "o/n")))
        built = site / ("en" if language == "en" else "") / f"{name.removesuffix('.md')}.html"
        article = HTMLParser(built.read_text(encoding="utf-8")).css_first("article")
        assert article is not None
        shown = {kind: len(article.css(kind)) for kind in kinds}
        assert shown == {kind: len(github.css(kind)) for kind in kinds}, name
        for sign in article.css("a.headerlink"):
            sign.decompose()
        assert article.text().split() == github.text().split(), name


@pytest.mark.slow
def test_a_broken_link_ends_the_build(site: Path, tmp_path: Path) -> None:
    config = stage(tmp_path, "ko", "")
    command = [str(ZENSICAL), "build", "--strict", "--config-file", config.name]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    start = tmp_path / "ko" / "index.md"
    start.write_text(
        start.read_text(encoding="utf-8").replace("(#내-저장소에서)", "(#없는-곳)"), encoding="utf-8"
    )
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "anchor does not exist" in done.stdout + done.stderr


@pytest.mark.slow
def test_the_schema_that_editors_read_is_on_the_site(site: Path) -> None:
    for folder in (site, site / "en"):
        schema = json.loads((folder / "dlcards.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(tomllib.loads(read("pyproject.toml"))["tool"]["dlcards"], schema)


@pytest.mark.slow
def test_each_language_is_searched_by_its_own_rules(site: Path) -> None:
    for language, folder, word in (("ko", site, "굵은 말"), ("en", site / "en", "bold term")):
        index = json.loads((folder / "search.json").read_text(encoding="utf-8"))
        assert index["config"]["lang"] == [language]
        assert any(word in item["text"].casefold() for item in index["items"])
