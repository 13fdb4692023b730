"""Build the site of the documentation in both languages, with Zensical: ``make docs-site``.

Its pages are those that are read on GitHub: ``docs/NAME.md`` in Korean and ``docs/NAME.en.md`` in English,
the rules' pages, and some of the project's own files. They are put into a folder a language, with links that
fit the site, and built into ``build/site``: Korean at its root, English below ``en/``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from string import Template

from dlcards.document.build import build
from dlcards.linter.rules import FAMILIES
from dlcards.markdown import parse
from dlcards.model import Config, Span, nodes_in
from dlcards.project.addresses import is_external, local_target
from dlcards.project.git import checkout
from dlcards.reports.schema import schema_in

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OUTPUT = ROOT / "build" / "site"
ZENSICAL = ROOT / ".venv-docs" / "bin" / "zensical"
LANGUAGES = ("ko", "en")
FOLDERS = {"ko": "", "en": "en/"}
_DESCRIPTIONS = {
    "ko": "질문과 답의 마크다운 문서를 고치고 Anki 덱으로 만드는 dlcards의 설명서",
    "en": "How to mend markdown documents of questions and answers with dlcards, and make Anki decks of them",
}
# The menu by section: pages in their order, with the titles in LANGUAGES. What has no file is left out.
_MENU: dict[tuple[str, str], dict[str, tuple[str, str]]] = {
    ("", ""): {
        "index": ("시작", "Start"),
        "setup": ("다른 저장소에 도입하기", "Setting up a repository"),
        "ci": ("훅과 CI", "Hooks and CI"),
        "answers": ("답 쓰기", "Writing answers"),
        "cards": ("카드와 공부", "Cards and studying"),
        "deck": ("덱 갱신하기", "Updating a deck"),
        "anki": ("Anki와 잇기", "Working with Anki"),
        "edits": ("Anki에서 고친 것", "Edits made in Anki"),
    },
    ("검사", "Checks"): {"rules": ("규칙", "Rules"), "links": ("링크", "Links")},
    ("참고", "Reference"): {
        "configuration": ("설정", "Configuration"),
        "formats": ("형식", "Formats"),
        "json": ("lint와 pull의 JSON", "JSON of lint and pull"),
        "export-csv": ("export의 CSV", "CSV of export"),
        "export-json": ("export의 JSON", "JSON of export"),
        "library": ("파이썬 라이브러리", "Python library"),
        "editors": ("편집기", "Editors"),
    },
    ("프로젝트", "Project"): {
        "contributing": ("기여하기", "Contributing"),
        "architecture": ("설계(영어)", "Architecture"),
        "security": ("보안", "Security"),
        "changelog": ("바뀐 것(영어)", "Changelog"),
    },
}
_FAMILIES = {
    "Q": ("질문", "Questions"),
    "T": ("목차", "Contents"),
    "L": ("링크", "Links"),
    "I": ("그림", "Pictures"),
    "M": ("표기", "Markup"),
    "K": ("한국어", "Korean"),
    "D": ("덱", "The deck"),
    "S": ("주석", "Suppressions"),
}
# Pages whose file is another one than docs/NAME. What has no English file is shown in both languages.
_ELSEWHERE = {
    "index": "docs/README",
    "contributing": "CONTRIBUTING",
    "architecture": "ARCHITECTURE",
    "security": "SECURITY",
    "changelog": "CHANGELOG",
}
# The link to the same page in the other language, which the site has in its head.
_OTHER_LANGUAGE = re.compile(r"^\[(?:English|한국어)\]\([^)]*\)\n\n", re.MULTILINE)


def sources(language: str) -> dict[str, PurePosixPath]:
    """Which file of ours each file of a language's site is made of, by its path there."""
    found: dict[str, PurePosixPath] = {}
    for name in (name for section in _MENU.values() for name in section):
        stem = _ELSEWHERE.get(name, f"docs/{name}")
        files = [f"{stem}.md"] if language == "ko" else [f"{stem}.en.md"]
        files += [f"{stem}.md"] if name in _ELSEWHERE else []
        found |= {f"{name}.md": PurePosixPath(file) for file in reversed(files) if (ROOT / file).exists()}
    for path in sorted((DOCS / "rules" / FOLDERS[language]).glob("*.md")):
        name = "index" if path.stem == "README" else path.stem
        found[f"rules/{name}.md"] = PurePosixPath(path.relative_to(ROOT).as_posix())
    for path in [*sorted(DOCS.glob("images/*")), *sorted(DOCS.glob("*.json"))]:
        found[path.relative_to(DOCS).as_posix()] = PurePosixPath(path.relative_to(ROOT).as_posix())
    return found


def page(name: str, language: str, repository: str) -> str:
    """A page's markdown, with links that fit the site.

    Args:
        name: Its path on the language's site.
        language: The language.
        repository: ``owner/name`` on GitHub, which shows what is no page of the site; empty where there is
            none, and of links to such files only the words stay.
    """
    files = sources(language)
    path = files[name]
    text = _OTHER_LANGUAGE.sub("", (ROOT / path).read_text(encoding="utf-8"), count=1)
    places = {source: place for place, source in files.items()}
    edits = []
    for link in build(path, text, Config()).links:
        target = None if is_external(link.url) else local_target(link.url, path, Config())
        if target is None:
            continue
        span, fragment = link.url_span, "".join(link.url.partition("#")[1:])
        if target.path in places:
            new = (
                os.path.relpath(places[target.path], PurePosixPath(name).parent).replace(os.sep, "/")
                + fragment
            )
        elif repository:
            kind = "tree" if (ROOT / target.path).is_dir() else "blob"
            new = f"https://github.com/{repository}/{kind}/HEAD/{target.path}{fragment}"
        else:
            span = link.span
            new = text[span.start + 1 : text.rindex("](", span.start, link.url_span.start)]
        edits.append((span, new))
    return _edited(text, edits)


def _edited(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def as_zensical_reads(text: str) -> str:
    """``text`` for the site's parser: on GitHub alone pipes in a table's code need a backslash."""
    tables = [node for node in nodes_in(parse(text)) if node.kind == "table"]
    codes = [node.span for node in nodes_in(tables) if node.kind == "codespan"]
    return _edited(text, ((span, span.of(text).replace("\\|", "|")) for span in codes))


def _menu(language: str, files: Mapping[str, PurePosixPath]) -> list[object]:
    column = LANGUAGES.index(language)
    menu: list[object] = []
    for section, pages in _MENU.items():
        entries: list[object] = []
        for name, titles in pages.items():
            if name == "rules":
                entries.append({titles[column]: ["rules/index.md", *_families(column)]})
            elif f"{name}.md" in files:
                entries.append({titles[column]: f"{name}.md"})
        menu += [{section[column]: entries}] if section[column] else entries
    return menu


def _families(column: int) -> Iterator[object]:
    for letter, family in FAMILIES.items():
        rules = [{f"{code} {name}": f"rules/{code}.md"} for code, name in family.NAMES.items()]
        yield {f"{letter} {_FAMILIES[letter][column]}": rules}


def _toml(value: object) -> str:
    """A value of tables, lists and strings; a string of JSON is one of TOML, too."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_toml(key)} = {_toml(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def stage(folder: Path, language: str, repository: str) -> Path:
    """Write a language's pages into ``folder``, and Zensical's configuration, whose place is returned."""
    files = sources(language)
    for name, path in files.items():
        target = folder / language / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".md":
            target.write_text(as_zensical_reads(page(name, language, repository)), encoding="utf-8")
        else:
            shutil.copy(ROOT / path, target)
    shutil.copy(DOCS / "site" / "extra.css", folder / language)
    schema = json.dumps(schema_in(language), ensure_ascii=False, indent=2) + "\n"
    (folder / language / "dlcards.schema.json").write_text(schema, encoding="utf-8")
    owner, _, project = repository.partition("/")
    address = f'site_url = "https://{owner.lower()}.github.io/{project}/{FOLDERS[language]}"'
    source = f'social = [{{ icon = "simple/github", link = "https://github.com/{repository}" }}]'
    values = {
        "language": _toml(language),
        "description": _toml(_DESCRIPTIONS[language]),
        "output": _toml(f"site/{FOLDERS[language]}".rstrip("/")),
        "menu": _toml(_menu(language, files)),
        "address": address if repository else "",
        "source": source if repository else "",
    }
    template = (DOCS / "site" / "zensical.toml").read_text(encoding="utf-8")
    config = folder / f"{language}.toml"
    config.write_text(Template(template).substitute(values), encoding="utf-8")
    return config


def _let_languages_lead_to_the_same_page(site: Path, root: str) -> None:
    for path in sorted(site.rglob("*.html")):
        language = "en" if path.is_relative_to(site / "en") else "ko"
        name = path.relative_to(site / FOLDERS[language]).as_posix()
        up = "../" * (name.count("/") + FOLDERS[language].count("/"))
        links = {each: f"{up}{folder}{name}" for each, folder in FOLDERS.items()}
        if path.name == "404.html":  # shown wherever there is no page
            links = {each: f"{root}{folder}" for each, folder in FOLDERS.items()}
        # Those in the head are taken for first pages of sites, whose maps are fetched.
        html = re.sub(r'\s*<link rel="alternate"[^>]* hreflang="\w+">', "", path.read_text(encoding="utf-8"))
        for each, link in links.items():
            html = re.sub(rf'(?<= href=")[^"]*(?=" hreflang="{each}")', link, html)
        path.write_text(html, encoding="utf-8")


def make(zensical: Path, output: Path, repository: str) -> None:
    """Build the site; an earlier one stays as it is until the new one is whole.

    Args:
        zensical: Zensical's program.
        output: The site's folder.
        repository: ``owner/name`` on GitHub, or empty; with it the site knows its own address, too.

    Raises:
        subprocess.CalledProcessError: Zensical has found something wrong, such as a broken link; its output
            says what.
    """
    project = repository.partition("/")[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language in LANGUAGES:
            config = stage(folder, language, repository)
            command = [str(zensical), "build", "--strict", "--config-file", str(config)]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        _let_languages_lead_to_the_same_page(folder / "site", f"/{project}/" if project else "/")
        shutil.rmtree(output, ignore_errors=True)
        output.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "site", output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zensical", type=Path, default=ZENSICAL, help="the program; default: %(default)s")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder; default: %(default)s")
    arguments = parser.parse_args()
    try:
        make(arguments.zensical, arguments.output, checkout(ROOT)[0])
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.stdout}{error.stderr}")
    place = os.path.relpath(arguments.output)
    print(f"{place}/index.html; with search: python3 -m http.server --bind 127.0.0.1 --directory {place}")
