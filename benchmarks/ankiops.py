"""AnkiOps's own way between markdown and Anki's HTML, and our markdown as its authors would write it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence

from benchmarks import peers

_CONVERT = """
import json, sys
from ankiops.html_to_markdown import HTMLToMarkdown
from ankiops.markdown_to_html import MarkdownToHTML
way, texts = json.load(sys.stdin)
convert = {"html": MarkdownToHTML, "markdown": HTMLToMarkdown}[way]().convert
json.dump([convert(text) for text in texts], sys.stdout)
"""

_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.M | re.S)
_DISPLAYED = re.compile(r"\$\$\n?(.+?)\n?\$\$", re.S)
_INLINE = re.compile(r"\$([^$\n]+)\$")
_THEMED = re.compile(r'<picture>.*?<img src="([^"]*)" alt="([^"]*)">\s*</picture>', re.S)


def to_html(texts: Sequence[str]) -> list[str]:
    """The fields that AnkiOps puts into Anki for such markdown."""
    return _converted("html", texts)


def to_markdown(fields: Sequence[str]) -> list[str]:
    """The markdown that AnkiOps writes into its file for such fields of Anki."""
    return _converted("markdown", fields)


def _converted(way: str, texts: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [peers.python(), "-c", _CONVERT],
        input=json.dumps([way, list(texts)]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def dialect(text: str, blanks: Mapping[str, str] | None = None) -> str:
    """Our markdown as AnkiOps reads it: its delimiters of formulas, its folder of pictures, its blanks.

    Args:
        text: What we have written.
        blanks: What stands in a cloze for bold terms.
    """
    parts = _CODE.split(text)
    for place in range(0, len(parts), 2):
        part = _THEMED.sub(r"![\2](\1)", parts[place]).replace("](images/", "](media/")
        part = _DISPLAYED.sub(lambda found: rf"\[{_formula(found[1])}\]", part)
        parts[place] = _INLINE.sub(lambda found: rf"\({_formula(found[1])}\)", part)
    whole = "".join(parts)
    for term, blank in (blanks or {}).items():
        whole = whole.replace(f"**{term}**", blank)
    return whole


def _formula(text: str) -> str:
    """Without a sign that would begin a tag in Anki's field, where AnkiOps leaves formulas as they are."""
    return text.replace("<", r"\lt ")
