"""Comments that keep findings silent (S). A rule a module; ``shared_…`` holds what several of them need."""

NAMES = {
    "S001": "unused-suppression",
}
