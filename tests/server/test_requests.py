"""What an editor asks of a place: hover, completion, definition, renaming, the outline, actions, the card."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from dlcards.model import Span
from tests.support.command import CLEAN, write
from tests.support.editor import editor, play, settled
from tests.support.editor_project import NATIVE, NOTES, project

pytestmark = pytest.mark.slow


def test_hover_shows_the_page_of_a_rule_and_what_a_link_leads_to(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path, language="ko") as vim:
            vim.open("a.md", NATIVE.replace("뉴런의 줄", "**줄(line)**은 뉴런의 줄"))
            await vim.until(lambda: "M001" in vim.codes("a.md"))

            async def hover(words: str, shift: int = 1) -> str:
                place = types.HoverParams(vim.document("a.md"), vim.at("a.md", words, shift))
                said = await vim.client.text_document_hover_async(place)
                return said.contents.value if said and isinstance(said.contents, types.MarkupContent) else ""

            assert "# M001 broken-emphasis" in await hover("**줄(line)**")
            assert "뉴런의 줄" in await hover("[층이란?](#2)을")
            assert "왜 쌓나?" in await hover("[#2-1](#2-1)과")
            assert "**notes.md**" in (there := await hover("[글](notes"))
            assert "글이다." in there
            assert "images/층.png" in await hover("![그림]")
            assert "[book]: https://example.com/book" in await hover("[책][book]")
            assert await hover("외운 것이다") == ""

    play(scenario())


def test_completion_offers_anchors_files_and_labels(tmp_path: Path) -> None:
    project(tmp_path)
    write(tmp_path, "# 먼 곳\n", "sub dir/far.md")
    write(tmp_path, "## 1. 왜?\n\n그래서이다.\n\n## 2. 어떻게?\n\n이렇게 한다.\n", "asked.md")

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            vim.open("notes.md")
            vim.open("asked.md")
            await settled(vim, "asked.md", tmp_path)
            await settled(vim, "a.md", tmp_path)

            async def offered(typed: str) -> dict[str, str]:
                text = NATIVE.replace("외운 것이다.", f"외운 것이다. {typed}@", 1)
                vim.write("a.md", text.replace("@", ""))
                place = text.index("@")
                at = vim.lines("a.md").position(place)
                said = await vim.client.text_document_completion_async(
                    types.CompletionParams(vim.document("a.md"), at)
                )
                assert isinstance(said, types.CompletionList)
                written = {}
                for item in said.items:
                    assert isinstance(item.text_edit, types.TextEdit)
                    span = vim.lines("a.md").span(item.text_edit.range)
                    assert span.end == place
                    own = vim.texts["a.md"]
                    written[own[place - len(typed) : span.start] + item.text_edit.new_text] = (
                        item.detail or ""
                    )
                return written

            own = await offered("[글](#")
            assert own["[글](#2-1"] == "왜 쌓나?"
            assert {"[글](#1", "[글](#2", "[글](#목차"} <= set(own)
            assert "[글](notes.md#절-하나" in await offered("[글](notes.md#")
            assert (await offered("[글](asked.md#"))["[글](asked.md#1-왜"] == "1. 왜?"
            files = await offered("[글](")
            assert {"[글](notes.md", "[글](images/", "[글](sub%20dir/far.md", "[글](#1"} <= set(files)
            assert "[글](a.md" not in files
            assert set(await offered("![그림](images/")) == {"![그림](images/층.png"}
            assert await offered("[책][") == {"[책][book": "https://example.com/book"}
            assert '<a href="notes.md' in await offered('<a href="')
            assert await offered("그냥 글") == {}

    play(scenario())


def test_definition_and_references(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            await settled(vim, "a.md", tmp_path)

            async def leads(words: str, shift: int = 1) -> tuple[str, str] | None:
                place = types.DefinitionParams(vim.document("a.md"), vim.at("a.md", words, shift))
                found = await vim.client.text_document_definition_async(place)
                if not isinstance(found, types.Location):
                    return None
                name = next(p for p in tmp_path.rglob("*.*") if p.as_uri() == found.uri)
                line = (
                    name.read_bytes().decode().split("\n")[found.range.start.line]
                    if name.suffix == ".md"
                    else ""
                )
                return name.name, line

            assert await leads("[과적합이란?](#1)") == ("a.md", "## #1")
            assert await leads("[#2-1](#2-1)과") == ("a.md", "## #2-1")
            assert await leads("[책][book]") == ("a.md", "[book]: https://example.com/book")
            assert await leads("[글](notes") == ("notes.md", "## 절 하나")
            assert await leads("![그림]") == ("층.png", "")
            assert await leads("외운 것이다") is None

            async def uses(words: str, shift: int = 1) -> list[tuple[str, int]]:
                context = types.ReferenceContext(include_declaration=False)
                place = vim.at("a.md", words, shift)
                params = types.ReferenceParams(context, vim.document("a.md"), place)
                found = await vim.client.text_document_references_async(params)
                return sorted((each.uri.rpartition("/")[2], each.range.start.line) for each in found or ())

            assert await uses("## #2-1") == [("a.md", 4), ("a.md", 12), ("notes.md", 2)]
            assert await uses("[층이란?](#2)을") == [("a.md", 3), ("a.md", 12), ("notes.md", 2)]
            assert len(await uses("[book]: https")) == 1

    play(scenario())


def test_a_number_is_renamed_with_all_that_leads_to_it(tmp_path: Path) -> None:
    project(tmp_path)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            await settled(vim, "a.md", tmp_path)

            async def renamed(words: str, shift: int, new: str) -> dict[str, str]:
                at = vim.at("a.md", words, shift)
                found = await vim.client.text_document_prepare_rename_async(
                    types.PrepareRenameParams(vim.document("a.md"), at)
                )
                assert found
                edit = await vim.client.text_document_rename_async(
                    types.RenameParams(vim.document("a.md"), at, new)
                )
                return await vim.changed("a.md", edit) if edit else {}

            after = await renamed("## #2\n", 4, "7")
            number = NATIVE.replace("#2-1", "#7-1").replace("(#2)", "(#7)").replace("## #2\n", "## #7\n")
            assert after["a.md"] == number
            assert after["notes.md"] == NOTES.replace("#2-1", "#7-1").replace("a.md#2)", "a.md#7)")
            after = await renamed("#### 층이란?", 6, "레이어란 [무엇]인가?")
            written = NATIVE.replace("#### 층이란?", "#### 레이어란 [무엇]인가?")
            assert after["a.md"] == written.replace("[층이란?]", "[레이어란 \\[무엇\\]인가?]")
            after = await renamed("[글](notes", 8, "절 둘")
            assert after["notes.md"] == NOTES.replace("## 절 하나", "## 절 둘")
            assert after["a.md"] == NATIVE.replace("#절-하나", "#절-둘")
            for new in ("1", "일", ""):
                with pytest.raises(JsonRpcException):
                    await renamed("## #2\n", 4, new)

    play(scenario())


def test_the_outline_says_what_is_answered_and_what_is_kept_out(tmp_path: Path) -> None:
    project(tmp_path)
    broken = NATIVE.replace("images/층.png", "images/없다.png")

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md", broken)
            vim.open("notes.md")
            said = await vim.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(vim.document("a.md"))
            )
            names = [(each.name, getattr(each, "detail", None)) for each in said or ()]
            assert names == [
                ("#1 과적합이란?", "answered"),
                ("✗ #2 층이란?", "kept out of the deck by I001"),
                ("✗ #2-1 왜 쌓나?", "no answer"),
            ]
            said = await vim.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(vim.document("notes.md"))
            )
            assert said
            assert isinstance(said[0], types.DocumentSymbol)
            assert said[0].name == "노트"
            assert [each.name for each in said[0].children or ()] == ["절 하나"]

    play(scenario())


def test_actions_fix_and_silence(tmp_path: Path) -> None:
    text = CLEAN.replace(
        "답이다.", "가나 **과적합(overfitting)**은 답이다.\n\n또 **층(layer)**은 [없다](#어디)."
    )
    write(tmp_path, text)

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            await vim.until(lambda: vim.codes("a.md") == ["L001", "M001", "M001"])

            async def offered(span: Span) -> dict[str, str]:
                params = types.CodeActionParams(
                    vim.document("a.md"), vim.lines("a.md").range(span), types.CodeActionContext([])
                )
                texts = {}
                for action in await vim.client.text_document_code_action_async(params) or ():
                    assert isinstance(action, types.CodeAction)
                    whole = await vim.client.code_action_resolve_async(action)
                    assert whole.edit
                    texts[whole.title] = (await vim.changed("a.md", whole.edit))["a.md"]
                return texts

            at = text.index("**과적합")
            made = await offered(Span(at, at))
            assert made["M001: fix"] == text.replace("**과적합(overfitting)**은", "**과적합**(overfitting)은")
            both = made["M001: fix"].replace("**층(layer)**은", "**층**(layer)은")
            assert made["dlcards: fix all that can be fixed"] == both
            silent = made["M001: ignore here, by a comment"]
            assert silent == text.replace("가나", "<!-- dlcards: ignore M001 -->\n가나")
            at = text.index("#어디")
            silent = (await offered(Span(at, at)))["L001: ignore here, by a comment"]
            vim.write("a.md", silent)
            await vim.until(lambda: vim.codes("a.md") == ["M001", "M001"])

    play(scenario())


def test_a_lens_shows_the_card_in_the_preview(tmp_path: Path) -> None:
    project(tmp_path)
    write(tmp_path, "raise SystemExit('a stranger is run')\n", "typer.py")

    async def scenario() -> None:
        async with editor(tmp_path) as vim:
            vim.open("a.md")
            found = await vim.client.text_document_code_lens_async(types.CodeLensParams(vim.document("a.md")))
            lenses = [(each.range.start.line, each.command) for each in found or ()]
            assert len(lenses) == 3
            line, command = lenses[0]
            assert NATIVE.split("\n")[line] == "#### 과적합이란?"
            assert command
            assert command.title == "Show card"
            params = types.ExecuteCommandParams(command.command, command.arguments)
            await vim.client.workspace_execute_command_async(params)
            shown = vim.client.shown_documents
            assert len(shown) == 1
            address, _, anchor = shown[0].uri.partition("#")
            assert anchor == "1"
            page = await asyncio.to_thread(_fetch, address)
            assert 'id="1"' in page
            assert "훈련 집합만 외운 것이다" in page

    play(scenario())


def _fetch(address: str) -> str:
    from urllib.request import ProxyHandler, build_opener

    with build_opener(ProxyHandler({})).open(address, timeout=30) as page:
        said: bytes = page.read()
    return said.decode()
