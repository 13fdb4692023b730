"""The rules, one module each. This tuple is the whole registry; its order is the catalogue's."""

from __future__ import annotations

from dlcards.model import Rule
from dlcards.rules import (
    accidental_heading,
    broken_anchor,
    broken_emphasis,
    contents_anchor,
    contents_missing_entry,
    contents_title,
    duplicate_id,
    empty_link,
    malformed_anchor,
    missing_answer,
    missing_file,
    missing_image,
    missing_question,
    missing_references,
    page_as_image,
    partial_answer,
    placeholder_answer,
    unclosed_fence,
    undefined_reference,
    unused_suppression,
)

RULES: tuple[Rule, ...] = (
    missing_answer.RULE,
    placeholder_answer.RULE,
    partial_answer.RULE,
    missing_question.RULE,
    malformed_anchor.RULE,
    duplicate_id.RULE,
    missing_references.RULE,
    contents_anchor.RULE,
    contents_missing_entry.RULE,
    contents_title.RULE,
    broken_anchor.RULE,
    missing_file.RULE,
    undefined_reference.RULE,
    empty_link.RULE,
    missing_image.RULE,
    page_as_image.RULE,
    broken_emphasis.RULE,
    accidental_heading.RULE,
    unclosed_fence.RULE,
    unused_suppression.RULE,
)
