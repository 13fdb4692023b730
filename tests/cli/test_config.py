"""The configuration: what ``dlcards config`` shows, what commands make of it, what is said of bad values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import CLEAN, DIRTY, run, write


def test_config_shows_what_is_in_force_and_where_it_comes_from(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, "deck = '덱'\nanswer-lengths = { '3' = [1, 2] }", "dlcards.toml")
    shown = run(tmp_path, "config").stdout.decode()
    assert shown.startswith("# dlcards.toml\n")
    assert 'deck = "덱"  # dlcards.toml' in shown
    assert 'answer-lengths = { "3" = [1, 2] }  # dlcards.toml' in shown
    assert 'branch = "main"  # default' in shown


def test_the_configuration_of_the_project_counts_from_any_folder(tmp_path: Path) -> None:
    write(tmp_path, "repository = 'o/n'", "dlcards.toml")
    write(tmp_path, CLEAN.replace("답이다", "[글](https://github.com/o/n/blob/main/no.md)"), "x/a.md")
    done = run(tmp_path / "x", "lint", "a.md", "--lang", "en")
    assert "x/a.md:5:5: error L002 missing-file: no such file: no.md" in done.stdout.decode()


@pytest.mark.parametrize(
    ("toml", "codes"),
    [
        ("select = ['Q011']", {"M001", "L001", "Q011"}),
        ("ignore = ['M']", {"L001"}),
        ("ignore = ['M']\nselect = ['M001']", {"M001", "L001"}),
        ("per-file-ignores = { 'a.md' = ['M001'] }", {"L001"}),
        ("per-file-ignores = { 'b/*' = ['M001'] }", {"M001", "L001"}),
        ("layouts = { '*' = 'list' }", {"M001", "L001"}),
    ],
)
def test_the_configuration_chooses_rules(tmp_path: Path, toml: str, codes: set[str]) -> None:
    write(tmp_path, DIRTY)
    write(tmp_path, toml, "dlcards.toml")
    done = run(tmp_path, "lint", "--format", "json")
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == codes


def test_a_configured_severity_counts_in_every_way(tmp_path: Path) -> None:
    write(tmp_path, DIRTY.replace(" [없다](#어디)", ""))
    write(tmp_path, "severity = { M001 = 'error' }", "dlcards.toml")
    done = run(tmp_path, "lint", "--fail-on", "error", "--lang", "en")
    assert done.returncode == 1
    assert b"error M001" in done.stdout
    assert run(tmp_path, "export").returncode == 1, "an error blocks the pair"
    write(tmp_path, "severity = { M001 = 'note' }", "dlcards.toml")
    assert run(tmp_path, "lint").returncode == 0


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[tool.dlcards]\nrepositry = 'a/b'", "unknown key 'repositry'; did you mean repository?"),
        ("[tool.dlcards]\nignore = 'Q001'", "ignore: must be a list of strings"),
        ("[tool.dlcards]\nignore = ['Q9']", "ignore: unknown code 'Q9'"),
        ("[tool.dlcards]\ndeck = 1", "deck: must be a string"),
        ("[tool.dlcards]\nrepository = 'name'", "repository: must be OWNER/NAME"),
        ("[tool.dlcards\n", "pyproject.toml: "),
    ],
)
def test_a_bad_configuration_is_2_and_names_file_and_key(tmp_path: Path, toml: str, message: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, toml, "pyproject.toml")
    done = run(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "pyproject.toml" in done.stderr.decode()
    assert message in done.stderr.decode()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("severity = { M001 = 'fatal' }", "severity: unknown value 'fatal' (known: error, warning, note)"),
        ("severity = { M0O1 = 'note' }", "severity: unknown code 'M0O1'; did you mean M0"),
        ("layouts = { '*' = 'headings' }", "layouts: unknown value 'headings'; did you mean heading?"),
        ("answer-length = [9, 1]", "answer-length: must be [smallest, largest]"),
        ("image-width = -1", "image-width: must be a number from 0 to"),
        ("question-pattern = '('", "question-pattern: is no regular expression"),
        ("anchors = 'gitlab'", "anchors: unknown value 'gitlab'"),
        ("dialect = ['wikilinks']", "dialect: unknown value 'wikilinks'; did you mean wiki-links?"),
        ("dialect = 'wiki-links'", "dialect: must be a list of strings"),
        ("glossary = 'no.toml'", "glossary: no such file: no.toml"),
        ("compare-with = ['no.md']", "compare-with: no such file: no.md"),
        ("per-file-ignores = { 'a' = 'M' }", "per-file-ignores: must be a list of strings"),
    ],
)
def test_a_bad_value_names_the_valid_ones(tmp_path: Path, toml: str, message: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, toml, "dlcards.toml")
    done = run(tmp_path, "lint")
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('ignroe = ["M001"]', "모르는 키: 'ignroe'. 혹시 ignore인가?"),
        ('ignore = "M001"', 'ignore: 문자열의 목록이어야 한다(["…", "…"]). 지금은 \'M001\''),
        ('ignore = ["Z9"]', "ignore: 모르는 코드: 'Z9'"),
        ("severity = { M001 = 'eror' }", "severity: 모르는 값: 'eror'. 혹시 error인가?"),
        ("language = 3", "language: 문자열이어야 한다. 지금은 3"),
        ("error-free = 1", "error-free: true나 false여야 한다. 지금은 1"),
        ("summary-length = [5, 1]", "summary-length: [최소, 최대]여야 한다. 지금은 [5, 1]"),
        ('repository = "x"', "repository: 소유자/이름이어야 한다. 지금은 'x'"),
        ('question-pattern = "("', "question-pattern: 정규식이 아니다"),
        ('exclude = ["!"]', "exclude: 패턴이 아닌 것이 있다"),
        ('glossary = "no.md"', "glossary: 그런 파일이 없다: no.md"),
        ("deck = ", "TOML이 아니다"),
        ('[tool.dlcrads]\nselect = ["K"]', "키만 적는다. 뺄 것: [tool.dlcrads]"),
        ('language = "ko"\n[tool.dlcards]\nselect = ["K"]', "키만 적는다. 뺄 것: [tool.dlcards]"),
        ('[dlcards]\nselect = ["K"]', "키만 적는다. 뺄 것: [dlcards]"),
        ('links-allow-net = ["10.0.0/8"]', "links-allow-net: 10.0.0.0/8 같은 네트워크(CIDR)여야 한다"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_in_korean(tmp_path: Path, written: str, said: str) -> None:
    write(tmp_path, CLEAN)
    write(tmp_path, written, "dlcards.toml")
    done = run(tmp_path, "lint", LC_ALL="ko_KR.UTF-8")
    assert done.returncode == 2
    assert f"dlcards: dlcards.toml: {said}" in done.stderr.decode()
