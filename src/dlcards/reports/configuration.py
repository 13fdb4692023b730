"""``dlcards config``: each value, and who says so."""

from __future__ import annotations

import json
from pathlib import Path

from dlcards.project.config import Loaded, key_of, keys
from dlcards.project.files import shown


def render(loaded: Loaded, root: Path, language: str) -> str:
    """The configuration in force as TOML, with where each value comes from.

    Args:
        loaded: The configuration.
        root: The project that it is of.
        language: The language of the comments.
    """
    default = {"ko": "기본값", "en": "default"}[language]
    none = {"ko": "설정 파일이 없다. 모두 기본값이다", "en": "no configuration, only defaults"}[language]
    source = shown(loaded.source) if loaded.source else f"{shown(root)}: {none}"
    lines = [f"# {source}"]
    for field in keys():
        key = key_of(field.name)
        origin = loaded.source.name if loaded.source and key in loaded.keys else default
        lines.append(f"{key} = {_toml_value(getattr(loaded.written, field.name))}  # {origin}")
    return "\n".join(lines) + "\n"


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        items = ", ".join(f"{_toml_value(key)} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {items} }}" if items else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
