"""The data that the whole program speaks in. Frozen; imports nothing of dlcards.

All places are offsets in characters into the text of a document as it is on disk; lines and columns
are made only where a report needs them (:meth:`Document.position`).
"""

from dlcards.model.card import CLOZE_FIELDS, KINDS, QUESTION_FIELDS, Card, Kind, tag_of
from dlcards.model.config import DIALECTS, Config
from dlcards.model.diagnostic import LANGUAGES, Aspect, Diagnostic, Edit, Fix, Related, Severity, Text
from dlcards.model.document import (
    Contents,
    ContentsEntry,
    Document,
    Heading,
    Link,
    LinkKind,
    Node,
    Pair,
    PairPlace,
    Reading,
    Span,
    TextDocument,
    nodes_in,
)
from dlcards.model.error import InputError, UnfitValue, system_reason
from dlcards.model.fault import Fault, Faults, Unguarded
from dlcards.model.fragments import has_own_meaning
from dlcards.model.lazy import lazy_compile
from dlcards.model.printable import bytes_of, counted, json_of, name_of, own_json_of, printable
from dlcards.model.rule import Across, Context, Files, Rule
from dlcards.model.run import Facts, Run
from dlcards.model.verdict import Outcome, Verdict, why

__all__ = [
    "CLOZE_FIELDS",
    "DIALECTS",
    "KINDS",
    "LANGUAGES",
    "QUESTION_FIELDS",
    "Across",
    "Aspect",
    "Card",
    "Config",
    "Contents",
    "ContentsEntry",
    "Context",
    "Diagnostic",
    "Document",
    "Edit",
    "Facts",
    "Fault",
    "Faults",
    "Files",
    "Fix",
    "Heading",
    "InputError",
    "Kind",
    "Link",
    "LinkKind",
    "Node",
    "Outcome",
    "Pair",
    "PairPlace",
    "Reading",
    "Related",
    "Rule",
    "Run",
    "Severity",
    "Span",
    "Text",
    "TextDocument",
    "UnfitValue",
    "Unguarded",
    "Verdict",
    "bytes_of",
    "counted",
    "has_own_meaning",
    "json_of",
    "lazy_compile",
    "name_of",
    "nodes_in",
    "own_json_of",
    "printable",
    "system_reason",
    "tag_of",
    "why",
]
