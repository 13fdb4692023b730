"""The law of all fixes, with GitHub's own parser as the judge: a reader of the page reads the same words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcards.linter import engine
from dlcards.linter.fixes import Fixed, fix
from dlcards.linter.pages import page
from dlcards.linter.rules import RULES
from dlcards.model import Aspect, Config, Context, Diagnostic, Document, Edit, Fix, Rule, Severity, Span, Text
from tests.support.documents import PATH, FakeFiles, markdownish, mend, only
from tests.support.fuzz import is_fixed
from tests.support.fuzz_inputs import piece
from tests.support.github_page import harms, page_of

FIXABLE = [rule for rule in RULES if rule.fixable]


def setting(rule: Rule) -> Context:
    needs = page(rule)
    verdicts = {verdict.url: verdict for verdict in needs.verdicts}
    config = replace(needs.config, select=(rule.code,), ignore=only(rule.code).ignore)
    return Context(config, FakeFiles(contents=needs.files), verdicts=verdicts)


# What breaks and makes emphasis, code, math, links and blocks around whatever a rule mends.
_AROUND = st.sampled_from(
    ["**", "*", "_", "__", "~", "~~", "`", "$", "값", "은", " 을", "a", "1", "(", ")", ".", " ", "\n", "\n\n"]
    + [
        "> ",
        "- ",
        "    ",
        "[",
        "](u)",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "```\n",
        "#",
        "\\",
        "是",
        "：",
        "https://a.b/c",
        "|",
    ]
)


def around(rule: Rule) -> st.SearchStrategy[str]:
    """Documents in which the rule's bad examples stand whole, line by line and in pieces."""
    bad = page(rule).bad
    lines = [line for text in bad for line in text.splitlines() if line.strip()]
    words = [word for line in lines for word in line.split()]
    pieces = (
        st.sampled_from([*bad, *lines, *(f"\n\n{line}\n" for line in lines), *words]) | _AROUND | markdownish
    )
    return st.lists(pieces, max_size=6).map("".join)


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.code)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_fix_leaves_what_a_reader_reads_but_for_what_it_names(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(around(rule))
    assert list(harms(text, setting(rule))) == []


@pytest.mark.parametrize(
    "text",
    [
        "- a\n</details>\n- see http://a.b/c here\n",
        "- a\n</details>\n-see http://a.b/c here\n",
        "> http://a.b/c**가(b)**은\n",
        "http://a.b/&mp;e 와 http://a.b/?c&amp;d\n",
        "me@a.io**가(b)**은 ftp://a.b/**가(b)**은\n",
    ],
)
def test_bare_addresses_lead_where_they_led(text: str) -> None:
    before, after = page_of(text), page_of(mend(text, Config(select=tuple("QTLIMKDS"), ignore=("L008",))))
    assert (before.links, before.words) == (after.links, after.words)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_no_fix_of_a_whole_document_harms_its_page(seed: int) -> None:
    is_fixed(piece(random.Random(seed)))


def _rule(code: str, pairs: dict[str, str], changes: tuple[Aspect, ...] = ()) -> Rule:
    """A rule that finds all places of some signs, and would rather see others there."""

    def check(document: Document, context: Context) -> Iterator[Diagnostic]:
        for found in re.finditer("|".join(map(re.escape, pairs)), document.text):
            edit = Edit(Span(*found.span()), pairs[found[0]])
            yield Diagnostic(Span(*found.span()), Text("", ""), Fix((edit,), frozenset(changes)))

    return Rule(code, code, Severity.WARNING, check, fixable=True)


def fixed_by(rules: tuple[Rule, ...], text: str) -> Fixed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "RULES", rules)
        return fix(PATH, text, Context(Config(), FakeFiles()))


@given(
    st.lists(st.sampled_from(["가", "나", "; ", ": ", "말 ", "\n\n"]), max_size=12).map("".join),
    st.booleans(),
)
def test_a_fix_that_does_not_prove_itself_takes_none_along(text: str, is_one_rule: bool) -> None:
    good, bad = {";": ",", ":": "."}, {"가": "거", "나": "너"}
    rules = (_rule("X001", good | bad),) if is_one_rule else (_rule("X001", bad), _rule("X002", good))
    fixed = fixed_by(rules, text)
    assert fixed.text == text.replace(";", ",").replace(":", ".")
    assert fixed.applied == sum(map(text.count, good))
    assert fixed.refused == sum(map(text.count, bad))


def test_fixes_that_prove_themselves_alone_and_not_together_are_made_rule_by_rule_or_one_by_one() -> None:
    # Each comma is a finding of the other rule, which has some already: first all of the one, then of the other.
    rules = (_rule("X001", {";": ","}), _rule("X002", {",": "."}))
    assert fixed_by(rules, f"{'말; ' * 150}말, 말") == Fixed(f"{'말. ' * 150}말. 말", 301, 0)
    # Two commas side by side are a finding: one of two semicolons may be mended.
    alone = (_rule("X001", {";": ",", ", ,": "."}, (Aspect.WORDS,)),)
    assert fixed_by(alone, "말 ; ; 말") == Fixed("말 , ; 말", 1, 1)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        # GitHub's address goes on over the link, and what stands behind it there is read otherwise.
        ("말 http://a.b/c[글](u) 말; 말\n\n말; 말\n", "말 http://a.b/c[글](u) 말; 말\n\n말, 말\n"),
        ("말; 말\n\n말 http://a.b/c![글](u) 말; 말\n", "말, 말\n\n말 http://a.b/c![글](u) 말; 말\n"),
        ("말 http://a.b/c [글](u) 말; 말\n", "말 http://a.b/c [글](u) 말, 말\n"),
        ("말 http://a.b/c;말 말;\n", "말 http://a.b/c;말 말,\n"),
        ("말; 말 http://a.b/c 말;\n", "말, 말 http://a.b/c 말,\n"),
    ],
)
def test_what_an_address_swallows_is_left_alone(text: str, mended: str) -> None:
    fixed = fixed_by((_rule("X001", {";": ","}),), text)
    assert (fixed.text, fixed.applied + fixed.refused) == (mended, text.count(";"))


def test_two_rules_that_insert_at_one_place_take_turns() -> None:
    def inserting(code: str, sign: str) -> Rule:
        def check(document: Document, context: Context) -> Iterator[Diagnostic]:
            if sign not in document.text:
                edit = Edit(Span(2, 2), sign)
                yield Diagnostic(Span(0, 1), Text("", ""), Fix((edit,), frozenset(Aspect)))

        return Rule(code, code, Severity.WARNING, check, fixable=True)

    fixed = fixed_by((inserting("X001", "1"), inserting("X002", "2")), "말말말\n")
    assert fixed == Fixed("말말21말\n", 2, 0)


def test_what_is_found_twice_is_mended_once() -> None:
    def check(document: Document, context: Context) -> Iterator[Diagnostic]:
        for found in re.finditer(";", document.text):
            for _ in range(2):
                yield Diagnostic(Span(*found.span()), Text("", ""), Fix((Edit(Span(*found.span()), ","),)))

    twice = Rule("X001", "X001", Severity.WARNING, check, fixable=True)
    assert fixed_by((twice,), "말; 말\n") == Fixed("말, 말\n", 1, 0)


def test_what_contents_say_is_no_word_of_the_page() -> None:
    text = "## 목차\n\n- [하나](#1)\n\n## #1\n\n#### 하나?\n\n답이다.\n"
    assert fixed_by((_rule("X001", {"[하나": "[둘"}),), text) == Fixed(text.replace("[하나", "[둘"), 1, 0)
    assert fixed_by((_rule("X001", {"답": "말"}),), text) == Fixed(text, 0, 1)
