"""Where YAML front matter ends: at the top of a file, between ``---`` and ``---`` or ``...``."""

from __future__ import annotations

import re

from dlcards.model import lazy_compile

_OPEN = lazy_compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = lazy_compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.M)
# In characters: what is longer takes long to read as YAML, and was not meant as front matter.
_LONGEST = 20_000


def front_matter_end(text: str, start: int) -> int | None:
    """Where the front matter ends that begins at ``start``; None where none does.

    Only a mapping in YAML is front matter. Else the first ``---`` is a thematic break, and what stands below
    is content: cards between ``---`` lines, for example.
    """
    opening = _OPEN.match(text, start)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None or closing.start() - opening.end() > _LONGEST:
        return None
    return closing.end() if _is_mapping(text[opening.end() : closing.start()]) else None


def _is_mapping(yaml: str) -> bool:
    # Not above: most documents have no front matter.
    from yaml import MappingNode, YAMLError, compose
    from yaml.loader import SafeLoader

    try:
        return isinstance(compose(yaml, Loader=SafeLoader), MappingNode)
    except (YAMLError, RecursionError):
        return False
