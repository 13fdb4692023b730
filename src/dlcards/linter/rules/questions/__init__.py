"""Questions and their answers (Q). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "Q001": "missing-answer",
    "Q002": "placeholder-answer",
    "Q003": "partial-answer",
    "Q004": "missing-question",
    "Q005": "malformed-anchor",
    "Q006": "duplicate-id",
    "Q007": "duplicate-question",
    "Q008": "orphan-subquestion",
    "Q009": "id-order",
    "Q010": "missing-references",
    "Q011": "no-primary-source",
    "Q012": "missing-summary",
    "Q013": "summary-shape",
    "Q014": "answer-length",
    "Q015": "copied-passage",
    "Q016": "unanswered-follow-up",
    "Q017": "unread-label",
}
