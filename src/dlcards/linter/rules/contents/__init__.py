"""The table of contents (T). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "T001": "contents-anchor",
    "T002": "contents-missing-entry",
    "T003": "contents-title",
    "T004": "contents-order",
    "T005": "contents-nesting",
    "T006": "contents-duplicate",
    "T007": "contents-missing",
    "T008": "contents-unlinked-entry",
}
