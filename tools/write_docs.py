"""Write the rules' pages under ``docs/rules`` from the rules' own docstrings."""

from __future__ import annotations

from pathlib import Path

from dlcards.lint.pages import catalogue
from dlcards.lint.rules import RULES

DOCS = Path(__file__).parent.parent / "docs" / "rules"
FOLDERS = {"ko": DOCS, "en": DOCS / "en"}


def pages() -> dict[Path, str]:
    """All files that the documentation of the rules consists of."""
    return {
        folder / name: text
        for language, folder in FOLDERS.items()
        for name, text in catalogue(RULES, language).items()
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
