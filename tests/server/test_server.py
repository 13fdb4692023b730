"""The server as editors use it: a process, spoken with over its standard input and output."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types

from tests.support import fuzz_inputs
from tests.support.command import CLEAN, DIRTY, write
from tests.support.editor import Editor, editor, linted, play, settled
from tests.support.editor_project import NATIVE, NOTES, project

pytestmark = pytest.mark.slow


async def everything_settled(editor: Editor, names: Sequence[str], saved: Path) -> None:
    """The same of several files, which another folder holds as they are open."""
    expected = linted(saved)
    await editor.until(lambda: all(editor.found(name) == expected.get(name, []) for name in names))


def test_findings_follow_what_is_typed_and_end_as_lint_says(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            await settled(vim, "a.md", tmp_path)
            assert "Q001" in vim.codes("a.md") or "Q006" in vim.codes("a.md") or vim.codes("a.md")
            vim.write(
                "a.md", NATIVE.replace("훈련 집합만", "**과적합(overfitting)**은 [없는](#없다) 훈련 집합만")
            )
            await vim.until(lambda: {"M001", "L001"} <= set(vim.codes("a.md")))
            vim.save("a.md")
            await settled(vim, "a.md", tmp_path)
            vim.close("a.md")
            await vim.until(lambda: vim.found("a.md") == [])

    play(scenario())


def test_random_edits_end_as_lint_says(tmp_path: Path) -> None:
    chance = random.Random(7)
    names = ("a.md", "b.md", "sub/c.md")
    saved = tmp_path / "saved"
    unsaved = tmp_path / "unsaved"
    for folder in (saved, unsaved):
        write(folder, "", "dlcards.toml")
        for name in names:
            write(folder, CLEAN, name)

    async def scenario() -> None:
        async with editor(unsaved) as vim:
            for name in names:
                vim.open(name)
            for _ in range(12):
                for name in chance.choices(names, k=3):
                    text = fuzz_inputs.mutated(chance, vim.texts[name] + fuzz_inputs.piece(chance))
                    vim.write(name, text.encode("utf-8", "replace").decode())
                    if chance.random() < 0.5:
                        await asyncio.sleep(chance.random() / 3)
                for name in names:
                    write(saved, vim.texts[name], name)
                await everything_settled(vim, names, saved)

    play(scenario())


def test_an_unsaved_document_is_seen_by_the_others(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            vim.open("notes.md")
            await settled(vim, "a.md", tmp_path)
            before = vim.codes("a.md")
            vim.write("notes.md", NOTES.replace("절 하나", "절 둘"))
            await vim.until(lambda: "L001" in vim.codes("a.md"))
            vim.write("notes.md", NOTES)
            await vim.until(lambda: vim.codes("a.md") == before)

    play(scenario())


def test_a_file_that_changes_on_the_disk_and_a_configuration_count(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            await settled(vim, "a.md", tmp_path)
            (tmp_path / "images/층.png").unlink()
            event = types.FileEvent(vim.uri("images/층.png"), types.FileChangeType.Deleted)
            vim.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            await vim.until(lambda: "I001" in vim.codes("a.md"))
            write(tmp_path, 'ignore = ["I"]\n', "dlcards.toml")
            event = types.FileEvent(vim.uri("dlcards.toml"), types.FileChangeType.Changed)
            vim.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            await vim.until(lambda: "I001" not in vim.codes("a.md"))
            write(tmp_path, 'ignored = ["I"]\n', "dlcards.toml")
            vim.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            await vim.until(lambda: any("unknown key 'ignored'" in m.message for m in vim.client.messages))

    play(scenario())


def test_folders_are_projects_of_their_own_and_files_may_be_open_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, ignored in ((first, "[]"), (second, '["L001"]')):
        write(folder, DIRTY)
        write(folder, f"ignore = {ignored}\n", "dlcards.toml")

    async def scenario() -> None:
        async with editor(first, second) as vim:
            vim.open("a.md")
            vim.open("../second/a.md")
            await vim.until(lambda: "L001" in vim.codes("a.md") and vim.codes("../second/a.md") == ["M001"])
        async with editor(first, alone=True) as vim:
            vim.open("a.md")
            await settled(vim, "a.md", first)

    play(scenario())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_those_that_the_editor_counts(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, CLEAN.replace("답이다.", "😀가 [없다](#어디). \u2028 [또](#여기)"))

    async def scenario() -> None:
        async with editor(tmp_path, encodings=[encoding]) as vim:
            assert vim.encoding == encoding
            vim.open("a.md")
            expected = linted(tmp_path, encoding=encoding)["a.md"]
            await vim.until(lambda: vim.found("a.md") == expected)
            places = [each.range for each in vim.client.diagnostics[vim.uri("a.md")]]
            assert {vim.words("a.md", place) for place in places} == {"#어디", "#여기"}

    play(scenario())


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            document = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, DIRTY)
            vim.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
            place = types.HoverParams(
                types.TextDocumentIdentifier("untitled:Untitled-1"), types.Position(0, 0)
            )
            assert await vim.client.text_document_hover_async(place) is None
            assert vim.client.diagnostics == {}

    play(scenario())


def test_a_folder_that_is_open_by_a_link_keeps_its_name(tmp_path: Path) -> None:
    project(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    async def scenario() -> None:
        async with editor(tmp_path / "link") as vim:
            vim.open("a.md")
            place = types.DefinitionParams(vim.document("a.md"), vim.at("a.md", "[글](notes", 1))
            found = await vim.client.text_document_definition_async(place)
            assert isinstance(found, types.Location)
            assert found.uri == vim.uri("notes.md")

    play(scenario())
