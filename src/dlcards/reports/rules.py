"""All rules with what they are by themselves, and what a configuration makes of them: ``dlcards rules``."""

from __future__ import annotations

from collections.abc import Callable

from dlcards.linter.rules import RULES
from dlcards.model import Config, Rule, Severity, json_of
from dlcards.reports.rule_counts import table

_HEADS = {
    "ko": ("코드", "이름", "등급", "고침", "기본", "이 설정"),
    "en": ("code", "name", "severity", "fix", "default", "here"),
}
_ON = {"ko": {True: "켜짐", False: "꺼짐"}, "en": {True: "on", False: "off"}}


def render_table(config: Config, language: str) -> str:
    """A table in the order of the catalogue; the last column says what the configuration changes."""
    rows: list[tuple[str, ...]] = [_HEADS[language]]
    for rule in RULES:
        fix, default = "--fix" if rule.fixable else "", _ON[language][rule.default]
        is_on, severity = _is_on(rule, config), rule.severity.said.in_(language)
        here = [_ON[language][is_on]] if is_on != rule.default else []
        if is_on and (other := Severity(config.severity.get(rule.code, rule.severity))) is not rule.severity:
            here.append(other.said.in_(language))
        rows.append((rule.code, rule.name, severity, fix, default, ", ".join(here)))
    return table(rows)


def render_json(config: Config, language: str) -> str:
    """The same as JSON."""
    return (
        json_of(
            {
                "version": 1,
                "rules": [
                    {
                        "code": rule.code,
                        "name": rule.name,
                        "severity": rule.severity.value,
                        "fixable": rule.fixable,
                        "default": rule.default,
                        "on": _is_on(rule, config),
                    }
                    for rule in RULES
                ],
            },
            indent=2,
        )
        + "\n"
    )


FORMATS: dict[str, Callable[[Config, str], str]] = {"table": render_table, "json": render_json}


def _is_on(rule: Rule, config: Config) -> bool:
    asked = config.asks_for(rule.code)
    return rule.default if asked is None else asked
