"""``[tool.dlcards]`` in ``pyproject.toml``, or ``dlcards.toml``, to one frozen :class:`Config`."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from dlcards.model import Config
from dlcards.rules import RULES


class ConfigError(Exception):
    """A configuration that can't be read; the message names the file, the key and what is allowed."""


def load(root: Path) -> Config:
    """The configuration of the project at ``root``; the defaults where it has none.

    Raises:
        ConfigError: The file is no TOML, or says something that dlcards does not know.
    """
    own = root / "dlcards.toml"
    if own.exists():
        return _config(_toml(own), own)
    shared = root / "pyproject.toml"
    if shared.exists():
        return _config(_toml(shared).get("tool", {}).get("dlcards", {}), shared)
    return Config()


def closest(word: str, known: list[str]) -> str:
    """A hint at the known word most like ``word``; empty where none is like it."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def _config(table: dict[str, Any], path: Path) -> Config:
    known = {field.name.replace("_", "-"): field for field in fields(Config)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            hint = closest(key, list(known))
            raise ConfigError(f"{path}: unknown key {key!r}{hint} (known: {', '.join(sorted(known))})")
        field = known[key]
        if isinstance(field.default, tuple):
            if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
                raise ConfigError(f"{path}: {key} must be a list of strings, not {value!r}")
            values[field.name] = tuple(value)
        elif isinstance(value, str):
            values[field.name] = value
        else:
            raise ConfigError(f"{path}: {key} must be a string, not {value!r}")
    config = Config(**values)
    codes = [rule.code for rule in RULES]
    for code in config.ignore:
        if code not in codes:
            raise ConfigError(f"{path}: ignore: unknown code {code!r}{closest(code, codes)}")
    if config.repository and config.repository.count("/") != 1:
        raise ConfigError(f"{path}: repository must be OWNER/NAME, not {config.repository!r}")
    return config
