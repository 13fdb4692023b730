"""A rule's page: its module's docstring, cut into prose and examples."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from textwrap import dedent
from typing import NamedTuple

from dlcards.model import Config, Rule, Verdict, lazy_compile

_EXAMPLE = lazy_compile(r"^(Bad|Good):\n\n((?:(?: {4}.*)?\n)+)", re.M)
_LABELS = {"ko": {"Bad": "이렇게 쓰면 걸린다", "Good": "이렇게 쓴다"}, "en": {"Bad": "Bad", "Good": "Good"}}


class Page(NamedTuple):
    """What a rule's module says of it.

    Attributes:
        prose: What the rule finds, why that hurts, how to mend it, what it does not find: markdown
            paragraphs by language.
        bad: Documents in which the rule fires.
        good: Documents in which it does not.
        config: The configuration that the examples need: the module's ``EXAMPLE_CONFIG``.
        files: The files that they need, by path: the module's ``EXAMPLE_FILES``.
        verdicts: What the link checker says of their addresses: the module's ``EXAMPLE_VERDICTS``.
    """

    prose: dict[str, str]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    config: Config
    files: Mapping[str, bytes]
    verdicts: tuple[Verdict, ...]


def page(rule: Rule) -> Page:
    """The page of ``rule``.

    Raises:
        ValueError: The rule's module lacks its docstring, its Korean text, or an example.
    """
    module = sys.modules[rule.check.__module__]
    doc = (module.__doc__ or "") + "\n"
    examples = [
        (match.group(1), dedent(match.group(2)).strip("\n") + "\n") for match in _EXAMPLE.finditer(doc)
    ]
    bad = tuple(text for label, text in examples if label == "Bad")
    good = tuple(text for label, text in examples if label == "Good")
    korean = getattr(module, "KO", "")
    if not (doc.strip() and korean.strip() and bad and good):
        raise ValueError(f"{module.__name__} needs a docstring with Bad: and Good: examples, and KO")
    prose = {"en": _EXAMPLE.sub("", doc).strip(), "ko": dedent(korean).strip()}
    config = getattr(module, "EXAMPLE_CONFIG", Config())
    files, verdicts = getattr(module, "EXAMPLE_FILES", {}), getattr(module, "EXAMPLE_VERDICTS", ())
    return Page(prose, bad, good, config, files, verdicts)


# Of rules that are for the documents of one language.
_DOCUMENTS = {"ko": {"ko": "한국어 문서에서만", "en": "in Korean documents only"}}


def render(rule: Rule, language: str) -> str:
    """The page of ``rule`` as markdown in ``language``, for ``dlcards explain`` and the docs."""
    content = page(rule)
    facts = [rule.severity.said.in_(language)]
    if rule.fixable:
        facts.append({"ko": "`--fix`로 고쳐진다", "en": "fixed by `--fix`"}[language])
    if not rule.default:
        facts.append({"ko": "`select`로 켠다", "en": "off unless selected"}[language])
    if rule.language:
        facts.append(_DOCUMENTS[rule.language][language])
    parts = [f"# {rule.code} {rule.name}", " · ".join(facts), content.prose[language]]
    for label, texts in (("Bad", content.bad), ("Good", content.good)):
        for text in texts:
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            parts.append(f"{_LABELS[language][label]}:\n\n{fence}markdown\n{text}{fence}")
    return "\n\n".join(parts) + "\n"


def catalogue(rules: tuple[Rule, ...], language: str) -> dict[str, str]:
    """The files of the rules' documentation: a page a rule, and a ``README.md`` that lists them."""
    heads = {
        "ko": ("규칙", "코드", "이름", "찾는 것", "등급", "고침", "기본"),
        "en": ("Rules", "Code", "Name", "What it finds", "Severity", "Fix", "Default"),
    }
    off = {"ko": "꺼짐", "en": "off"}[language]
    title, *columns = heads[language]
    lines = [f"# {title}", "", f"| {' | '.join(columns)} |", "|---|---|---|---|---|---|"]
    for rule in rules:
        cells = [f"[{rule.code}]({rule.code}.md)", rule.name, _first_sentence(page(rule).prose[language])]
        cells.append(rule.severity.said.in_(language))
        cells += ["`--fix`" if rule.fixable else "", "" if rule.default else off]
        lines.append(f"| {' | '.join(cells)} |")
    files = {"README.md": "\n".join(lines) + "\n"}
    files.update({f"{rule.code}.md": render(rule, language) for rule in rules})
    return files


def _first_sentence(prose: str) -> str:
    """The first sentence of a rule's page, for a cell of a table."""
    first = " ".join(prose.partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", first, maxsplit=1)[0].replace("|", "\\|")
