"""The JSON Schema of the configuration: it takes what the program takes, and refuses what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dlcards.linter.rules import NAMES
from dlcards.model import Config
from dlcards.project.config import ConfigError, key_of, keys, load
from dlcards.reports.schema import KO, descriptions, schema_in
from tests.support import ROOT
from tests.support.command import run


def test_every_key_is_described_in_both_languages() -> None:
    known = [key_of(each.name) for each in keys()]
    assert list(KO) == known
    assert set(descriptions()) >= set(known)
    for language in ("ko", "en"):
        jsonschema.Draft202012Validator.check_schema(schema_in(language))
        assert all(each["description"] for each in schema_in(language)["properties"].values())


def test_the_defaults_and_our_own_configuration_are_valid() -> None:
    properties = schema_in("en")["properties"]
    jsonschema.validate({key: each["default"] for key, each in properties.items()}, schema_in("en"))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["dlcards"]
    jsonschema.validate(own, schema_in("en"))


@pytest.mark.parametrize(
    "written",
    [
        'deck = "덱"',
        "deck = 1",
        "error-free = true",
        'error-free = "yes"',
        "image-bytes = 5",
        "image-bytes = -1",
        'select = ["Q", "M00"]',
        'select = ["X"]',
        'severity = { Q001 = "note" }',
        'severity = { Q001 = "fatal" }',
        'severity = { Q999 = "note" }',
        'layouts = { "*.md" = "heading" }',
        'layouts = { "*.md" = "headings" }',
        'anchors = "gitbook"',
        'anchors = "gitlab"',
        'dialect = ["wiki-links"]',
        'dialect = ["wikilinks"]',
        "answer-length = [1, 2]",
        "answer-length = [1]",
        "answer-lengths = { 12-1 = [1, 2] }",
        'register = "해요체"',
        'colour = "red"',
        'exclude = "build"',
    ],
)
def test_it_says_what_the_program_says(tmp_path: Path, written: str) -> None:
    (tmp_path / "dlcards.toml").write_text(written, encoding="utf-8")
    values = tomllib.loads(written)
    try:
        load(tmp_path, NAMES)
    except ConfigError:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(values, schema_in("en"))
    else:
        jsonschema.validate(values, schema_in("en"))


def test_the_command_shows_it(tmp_path: Path) -> None:
    shown: dict[str, Any] = json.loads(run(tmp_path, "config", "--schema", "--lang", "ko").stdout)
    assert shown == json.loads(json.dumps(schema_in("ko")))


def test_a_table_as_in_pyproject_is_understood(tmp_path: Path) -> None:
    (tmp_path / "dlcards.toml").write_text('[tool.dlcards]\ndeck = "덱"\n', encoding="utf-8")
    assert load(tmp_path, NAMES).config.deck == "덱"
    assert load(tmp_path, NAMES).written == Config(deck="덱")
