"""Write what the code knows into the documentation: the rules' pages, and the keys of the configuration."""

from __future__ import annotations

import re
from pathlib import Path

from dlcards.linter.pages import catalogue
from dlcards.linter.rules import RULES
from dlcards.reports.schema import page

DOCS = Path(__file__).parent.parent / "docs"
FOLDERS = {"ko": DOCS / "rules", "en": DOCS / "rules" / "en"}
CONFIGURATION = (DOCS / "configuration.md", DOCS / "configuration.en.md")
_TABLE = re.compile(r"(?<=<!-- keys (ko|en) -->\n)\n.*?(?=<!-- /keys -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """All files that are written, as they are to be."""
    rules = {
        folder / name: text
        for language, folder in FOLDERS.items()
        for name, text in catalogue(RULES, language).items()
    }
    keys = {path: path.read_text(encoding="utf-8") for path in CONFIGURATION}
    return rules | {
        path: _TABLE.sub(lambda found: f"\n{page(found[1])}\n", text) for path, text in keys.items()
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
