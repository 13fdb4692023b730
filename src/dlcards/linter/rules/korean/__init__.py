"""Korean prose (K). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "K001": "wrong-language",
    "K002": "particle-space",
    "K003": "mixed-register",
    "K004": "common-misspelling",
    "K005": "glossary-term",
    "K006": "chat-jamo",
}
