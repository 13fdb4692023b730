"""What holds for every rule: its examples, its page, its fixes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from dlcards.document.build import build
from dlcards.document.text import block_text, has_hangul
from dlcards.linter.engine import lint
from dlcards.linter.finding import Finding
from dlcards.linter.fixes import fix
from dlcards.linter.pages import page, render
from dlcards.linter.rules import RULES
from dlcards.markdown import parse
from dlcards.model import LANGUAGES, Context, Rule
from tests.support.documents import PATH, FakeFiles, context, document, findings, markdownish

ids = [rule.code for rule in RULES]
BAD = [(rule, text) for rule in RULES for text in page(rule).bad]
GOOD = [(rule, text) for rule in RULES for text in page(rule).good]


def setting(rule: Rule) -> Context:
    """What the rule's examples need, with the rule switched on."""
    needs = page(rule)
    config = replace(needs.config, select=(rule.code,))
    verdicts = {verdict.url: verdict for verdict in needs.verdicts}
    return Context(config, FakeFiles(contents=needs.files), verdicts=verdicts)


def found(rule: Rule, text: str) -> list[Finding]:
    """The rule's findings in one of its examples."""
    used = setting(rule)
    return [finding for finding in lint(build(PATH, text, used.config), used) if finding.code == rule.code]


def fixed(rule: Rule, text: str) -> str:
    return fix(PATH, text, setting(rule)).text


def words(text: str) -> str:
    """What a page says: its letters and digits in order, whatever the markup."""
    return re.sub(r"\W", "", " ".join(block_text(block) for block in parse(text)))


@pytest.mark.parametrize(("rule", "text"), BAD, ids=[rule.code for rule, _ in BAD])
def test_a_bad_example_is_found(rule: Rule, text: str) -> None:
    assert found(rule, text)


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=[rule.code for rule, _ in GOOD])
def test_a_good_example_is_not(rule: Rule, text: str) -> None:
    assert not found(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [p for p in BAD if p[0].fixable], ids=lambda v: getattr(v, "code", "")
)
def test_what_is_fixed_is_gone_and_stays_so(rule: Rule, text: str) -> None:
    once = fixed(rule, text)
    fixable = [finding for finding in found(rule, text) if finding.diagnostic.fix]
    assert len(found(rule, once)) == len(found(rule, text)) - len(fixable)
    assert fixed(rule, once) == once


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_fixable_says_whether_its_bad_examples_can_be_fixed(rule: Rule) -> None:
    fixes = [finding.diagnostic.fix for text in page(rule).bad for finding in found(rule, text)]
    assert any(fixes) == rule.fixable


@pytest.mark.parametrize("rule", RULES, ids=ids)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rules_page_has_prose_and_examples(rule: Rule, language: str) -> None:
    text = render(rule, language)
    assert text.startswith(f"# {rule.code} {rule.name}\n")
    assert len(page(rule).prose[language].split("\n\n")) >= 4, (
        "what, why, how to mend it, what it does not find"
    )
    assert has_hangul(page(rule).prose["ko"])


def test_codes_and_names_are_unique_and_in_form() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


def test_the_catalogue_is_in_the_order_of_its_groups() -> None:
    groups = [code[0] for code in ids]
    assert sorted(ids, key=lambda code: (groups.index(code[0]), code)) == ids


@given(markdownish)
def test_fixing_ends_and_does_not_change_what_the_page_says(text: str) -> None:
    source = f"## 목차\n\n- [가](#1)\n\n## #1\n\n#### 가\n\n{text}\n"
    once = fix(PATH, source, context())
    assert fix(PATH, once.text, context()).text == once.text


@given(markdownish)
def test_findings_are_in_order_and_inside_the_text(text: str) -> None:
    spans = [finding.diagnostic.span for finding in findings(text)]
    assert spans == sorted(spans)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert document(text).position(len(text))[0] == text.count("\n") + 1
