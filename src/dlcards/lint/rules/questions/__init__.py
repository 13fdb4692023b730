"""Questions and their answers (Q). A rule a module; ``shared_…`` holds what several of them need."""

from dlcards.lint.rules.questions import (
    answer_length,
    copied_passage,
    duplicate_id,
    duplicate_question,
    id_order,
    malformed_anchor,
    missing_answer,
    missing_question,
    missing_references,
    missing_summary,
    no_primary_source,
    orphan_subquestion,
    partial_answer,
    placeholder_answer,
    summary_shape,
    unanswered_follow_up,
    unread_label,
)
from dlcards.model import Rule

RULES: tuple[Rule, ...] = (
    missing_answer.RULE,
    placeholder_answer.RULE,
    partial_answer.RULE,
    missing_question.RULE,
    malformed_anchor.RULE,
    duplicate_id.RULE,
    duplicate_question.RULE,
    orphan_subquestion.RULE,
    id_order.RULE,
    missing_references.RULE,
    no_primary_source.RULE,
    missing_summary.RULE,
    summary_shape.RULE,
    answer_length.RULE,
    copied_passage.RULE,
    unanswered_follow_up.RULE,
    unread_label.RULE,
)
