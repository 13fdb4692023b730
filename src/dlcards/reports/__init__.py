"""How findings are shown: each format is a function that returns a string."""

from __future__ import annotations

from collections.abc import Callable

from dlcards.reports import concise, github, json, junit, sarif, text
from dlcards.reports.summary import Summary

FORMATS: dict[str, Callable[[Summary, str], str]] = {
    "text": text.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
