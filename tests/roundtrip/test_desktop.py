"""Edits made with real keys in desktop Anki's editor give what was recorded of them.

Runs where ``tests/deck/anki/test_desktop.py`` does. With ``DLCARDS_RECORD`` set, the recording is written anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.support import desktop_editor, desktop_process, recorded
from tests.support.desktop_scenes import SCENES

pytestmark = [pytest.mark.slow, pytest.mark.desktop]

# Anki names a pasted picture after its bytes, which are its encoder's.
_PASTED = re.compile(r"paste-[0-9a-f]{40}")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, recorded.Scene], dict[str, str]]:
    """The scenes, played now, and why some could not be."""
    folder = tmp_path_factory.mktemp("editor")
    project = folder / "project"
    shutil.copytree(recorded.PROJECT, project)
    package, record = folder / "deck.apkg", folder / "recorded.json"
    export = [sys.executable, "-m", "dlcards", "export", "--offline", "-o", str(package), "."]
    subprocess.run(export, cwd=project, check=True, capture_output=True)
    desktop_process.drive("desktop_editor", desktop_editor.SECONDS, package, record, folder / "profile")
    failed = json.loads(record.read_text(encoding="utf-8"))["failed"]
    if os.environ.get("DLCARDS_RECORD") and not failed:
        shutil.copyfile(record, recorded.RECORDED)
        shutil.copyfile(project / "deck.lock", recorded.PROJECT / "deck.lock")
    return {scene.name: scene for scene in recorded.scenes(record)}, failed


@pytest.mark.parametrize("name", [scene.__name__ for scene in SCENES])
def test_a_scene_gives_what_was_recorded(
    name: str, played: tuple[dict[str, recorded.Scene], dict[str, str]]
) -> None:
    now, failed = played
    assert name not in failed, failed[name]
    earlier = {scene.name: scene for scene in recorded.scenes()}
    assert name in earlier, f"{name} was never recorded: make desktop RECORD=1"
    assert _shown(now[name]) == _shown(earlier[name]), f"{name} gives something else: make desktop RECORD=1"


def _shown(scene: recorded.Scene) -> dict[str, object]:
    """What is compared of a scene: all but the bytes of pictures and their hash."""
    after = {field: _PASTED.sub("pasted", text) for field, text in scene.after.items()}
    return {**scene._asdict(), "after": after, "media": len(scene.media)}
