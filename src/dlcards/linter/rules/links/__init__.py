"""Links (L). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "L001": "broken-anchor",
    "L002": "missing-file",
    "L003": "undefined-reference",
    "L004": "malformed-link",
    "L005": "empty-link",
    "L006": "duplicate-link",
    "L007": "unused-definition",
    "L008": "bare-url",
    "L009": "anchor-case",
    "L010": "broken-link",
    "L011": "moved-link",
    "L012": "unsure-link",
    "L013": "suspect-link",
    "L014": "vague-link-text",
    "L015": "insecure-link",
    "L016": "mistyped-heading",
}
