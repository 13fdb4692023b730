"""What makes trouble in a deck (D). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "D001": "identity-lost",
    "D002": "identity-ambiguous",
    "D003": "anki-markup",
    "D004": "image-name-clash",
    "D005": "emoji-shortcode",
    "D006": "diagram-source",
    "D007": "given-away-blank",
}
