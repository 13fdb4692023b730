"""Pictures of a project, by their names."""

from __future__ import annotations

from tests.support.documents import FakeFiles


def in_images(**contents: bytes) -> FakeFiles:
    return FakeFiles(
        contents={f"answers/images/{name.replace('_', '.')}": data for name, data in contents.items()}
    )
