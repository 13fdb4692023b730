"""A repository on GitHub: its name is configured, so that its own addresses are files of the project."""

from __future__ import annotations

from dlcards.model import Config
from tests.support.documents import FakeFiles

OWN = Config(repository="owner/name")
BLOB = "https://github.com/owner/name/blob/main"
FILES = FakeFiles(
    paths=frozenset(
        {"answers/other.md", "README.md", "images/a.png", "answers/images/그림 하나.png", "answers"}
    ),
    anchors_of={"answers/other.md": frozenset({"하나", "21"}), "README.md": frozenset({"설치"})},
)
