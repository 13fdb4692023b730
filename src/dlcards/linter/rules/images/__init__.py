"""Pictures (I). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "I001": "missing-image",
    "I002": "missing-alt",
    "I003": "page-as-image",
    "I004": "remote-image",
    "I005": "unreadable-image",
    "I006": "oversized-image",
    "I007": "unused-image",
    "I008": "retired-host",
}
