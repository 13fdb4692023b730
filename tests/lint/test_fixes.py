"""The law of all fixes, with GitHub's own parser as the judge: a reader of the page reads the same words."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcards.lint.pages import page
from dlcards.lint.rules import RULES
from dlcards.model import Config, Context, Rule
from tests.support.documents import FakeFiles, markdownish, mend, only
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
