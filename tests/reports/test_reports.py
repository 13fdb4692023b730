"""The formats of reports, each held against what reads it."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from xml.etree import ElementTree

import jsonschema
import pytest
from rich.cells import cell_len

from dlcards.document.build import build
from dlcards.linter.engine import lint, run_of
from dlcards.linter.finding import Finding
from dlcards.linter.rules import RULES
from dlcards.model import LANGUAGES, Diagnostic, Related, Severity, Span, Text
from dlcards.reports import FORMATS, rule_counts, stats
from dlcards.reports.summary import Summary
from tests.support import ROOT
from tests.support.documents import context, document, facts, findings

SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
TEXT = "## #1\n\n#### 하나?\n\n🎈 **과적합(x)**은 [없다](#100%)\x07\n\n## #1\n\n#### 둘?\n"


def summary(text: str = TEXT) -> Summary:
    found = findings(text)
    return Summary([facts(text)], found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_every_finding(name: str, language: str) -> None:
    shown = FORMATS[name](summary(), language)
    for finding in summary().findings:
        assert finding.code in shown
    assert shown.endswith("\n")


@pytest.mark.parametrize("text", [TEXT, "글\n"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_is_valid_by_the_published_schema(text: str, language: str) -> None:
    log = json.loads(FORMATS["sarif"](summary(text), language))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(RULES)


def test_sarif_counts_columns_in_utf_16_and_carries_the_fix() -> None:
    log = json.loads(FORMATS["sarif"](summary(), "en"))
    (result,) = (r for r in log["runs"][0]["results"] if r["ruleId"] == "M001")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (5, 4), "the balloon counts twice"
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"] == "**과적합**(x)"


def test_junit_is_xml_whatever_the_text_holds() -> None:
    root = ElementTree.fromstring(FORMATS["junit"](summary(), "ko").encode())
    (suite,) = root
    assert suite.get("name") == "answers/deep-learning.md"
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert ElementTree.fromstring(FORMATS["junit"](summary("글\n"), "ko").encode())[0].get("failures") == "0"


def test_github_commands_escape_what_would_end_them() -> None:
    shown = FORMATS["github"](summary(), "en").splitlines()
    (command,) = (line for line in shown if "L001" in line)
    assert command.startswith("::error file=answers/deep-learning.md,line=5,col=")
    assert command.endswith("answers/deep-learning.md has no anchor #100%25")


def test_concise_has_one_line_a_finding() -> None:
    shown = FORMATS["concise"](summary(), "en").splitlines()
    assert len(shown) == len(list(summary().grouped(by_document=True))) + 1


def _styled(place: int) -> Finding:
    related = (Related(Span(0, 2), Text("처음 것은 여기", "the first one is here")),)
    diagnostic = Diagnostic(Span(place, place + 1), Text("모양", "style"), related=related, cause="style")
    return Finding(document(TEXT), "X001", "some-style", diagnostic, Severity.WARNING)


def test_one_house_style_is_one_line_and_says_how_often() -> None:
    run = Summary([facts(TEXT)], [_styled(0), _styled(3), _styled(9)])
    assert FORMATS["concise"](run, "en").count("X001") == 1
    assert "style (3 times in this document)" in FORMATS["text"](run, "en")
    assert len(json.loads(FORMATS["json"](run, "en"))["findings"]) == 3


def test_a_second_place_is_shown_with_its_line() -> None:
    shown = FORMATS["text"](Summary([facts(TEXT)], [_styled(7)]), "ko")
    assert "   = 처음 것은 여기\n 1 | ## #1\n" in shown


def test_only_the_first_findings_of_a_rule_are_shown_with_their_line() -> None:
    alone = [
        one._replace(diagnostic=one.diagnostic._replace(cause="", related=()))
        for one in map(_styled, [3] * 12)
    ]
    shown = FORMATS["text"](Summary([facts(TEXT)], alone), "en").splitlines()
    assert sum(": warning X001 " in line for line in shown) == 12
    assert sum(set(line) == set(" |^") for line in shown) == 10


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_source_line_is_as_wide_as_there_is_room(width: int) -> None:
    text = f"## #1\n\n#### 하나?\n\n{'가나 다라 ' * 9}[글](#없다) {'마바 사아 ' * 9}\n"
    shown = FORMATS["text"](summary(text)._replace(width=width), "en").splitlines()
    at = next(index for index, line in enumerate(shown) if " L001 " in line)
    source, carets = shown[at + 1], shown[at + 2]
    assert max(map(cell_len, (source, carets))) <= len(" 5 | ……") + width
    begin = cell_len(carets[: carets.index("^")])
    assert cell_len(source[: source.index("#없다")]) == begin


def test_a_byte_order_mark_is_no_character_of_its_line() -> None:
    shown = FORMATS["text"](summary("\ufeff[글](#없다)\n"), "en")
    assert " 1 | [글](#없다)\n   |      ^^^^^\n" in shown


def test_what_would_move_the_cursor_is_shown_as_a_box() -> None:
    assert "\x07" not in FORMATS["text"](summary(), "en")


def test_statistics_are_aligned_by_width() -> None:
    shown = rule_counts.render(summary(), "ko").splitlines()
    assert shown[0].split() == ["코드", "이름", "등급", "발견", "고칠", "수", "있음"]
    columns = {cell_len(line[: line.index(line.split()[1])]) for line in shown}
    assert len(columns) == 1


def test_stats_count_by_section() -> None:
    text = "## #1\n\n#### 하나?\n\n글\n\n## #1-1\n\n#### 하위?\n\n## #2\n\n#### 둘?\n\nTODO\n"
    shown = json.loads(stats.FORMATS["json"]([document(text)], context().config, "en"))
    assert [(s["section"], s["questions"], s["answered"]) for s in shown["sections"]] == [
        ("#1 하나?", 2, 1),
        ("#2 둘?", 1, 0),
    ]
    assert (shown["questions"], shown["answered"]) == (3, 1)
    headed = "# 운영체제\n\n## 1. 프로세스란?\n\n글\n\n## 2. 스레드란?\n\n글\n\n# 네트워크\n\n## 3. TCP란?\n"
    assert "운영체제" in stats.FORMATS["table"]([document(headed)], context().config, "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_sections_fits_a_terminal(language: str) -> None:
    text = "".join(f"## #{n}\n\n#### {word * 90}?\n\n글\n\n" for n, word in enumerate(("가", "a", "가a"), 1))
    lines = stats.FORMATS["table"]([document(text)], context().config, language).splitlines()
    assert len(lines) == 1 + 1 + 3 + 1
    assert all(cell_len(line) <= 80 for line in lines)
    assert sum(line.endswith("…") for line in lines) == 3


def test_errors_come_first_and_the_run_ends_in_its_rules_and_what_to_do_next() -> None:
    text = "글 [글](https://a.b)\n\n```\nx\n```\n\n**과적합(x)**은\n\n[없다](#없음)\n"
    lines = FORMATS["text"](summary(text), "en").splitlines()
    heads = [line.split(" ")[1] for line in lines if line.startswith("answers/")]
    assert heads == ["error", "warning", "note"]
    assert any("M001 broken-emphasis [*]: " in line for line in lines)
    table = lines.index("code  name             severity  found  fixable")
    assert [line.split() for line in lines[table + 1 : table + 4]] == [
        ["L001", "broken-anchor", "error", "1", "0"],
        ["M001", "broken-emphasis", "warning", "1", "1"],
        ["M007", "code-language", "note", "1", "0"],
    ]
    assert "no questions found" in FORMATS["text"](summary(text), "en")
    assert lines[-3:] == [
        "[*] to mend 1: dlcards lint --fix (--diff shows what would change)",
        "dlcards explain L001: why it hurts and how to mend it",
        "--write-baseline: accept today's findings, so that only new ones fail",
    ]
    assert "findings 3 (errors 1, warnings 1, notes 1) · fixable 1" in lines[-5]


def test_one_cause_in_several_documents_is_one_finding_on_the_screen() -> None:
    documents = [build(PurePosixPath(f"{name}.md"), "```\nx\n```\n", context().config) for name in "ab"]
    run = Summary(run_of(documents, context()).facts, [f for d in documents for f in lint(d, context())])
    assert "a.md:1:1: note M007 code-language: code fence without a language (2 times in 2 documents)" in (
        FORMATS["text"](run, "en").splitlines()
    )
    assert len([line for line in FORMATS["concise"](run, "en").splitlines() if "M007" in line]) == 2
