"""Help, and mistakes of usage, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from dlcards.cli import COMMANDS, app
from dlcards.cli.korean import korean, korean_remarks
from dlcards.model import LANGUAGES
from tests.support.command import run, start, write

KOREAN = "ko_KR.UTF-8"
MISTAKES = [
    (("lnt",), "그런 명령이 없다: 'lnt' (비슷한 것: 'lint')"),
    (("xyz",), "그런 명령이 없다: 'xyz'"),
    (("lint", "--fromat", "x"), "그런 옵션이 없다: --fromat (비슷한 것: --format)"),
    (("lint", "--qqq"), "그런 옵션이 없다: --qqq"),
    (("lint", "--select"), "옵션에 줄 값이 빠졌다: '--select'"),
    (("lint", "--fix=3"), "값을 받지 않는 옵션이다: '--fix'"),
    (("lint", "--max-time", "soon"), "'--max-time'의 값이 맞지 않는다: 'soon': 숫자 꼴이 아니다"),
    (("preview", "--port", "99999"), "'--port'의 값이 맞지 않는다: 99999: 범위를 벗어난다(0<=x<=65535)"),
    (("preview", "--port", "x"), "'--port'의 값이 맞지 않는다: 'x': 정수 꼴이 아니다"),
    (("explain",), "인자가 빠졌다: '코드'"),
    (("explain", "a", "b"), "남는 인자가 있다: b"),
    (("init", "nothere"), "'경로'의 값이 맞지 않는다: 그런 폴더가 없다: 'nothere'"),
    (("init", "a.md"), "'경로'의 값이 맞지 않는다: 폴더가 아니라 파일이다: 'a.md'"),
]


def _descriptions() -> list[str]:
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="dlcards")
    said = [group.help or "", *COMMANDS.values()]
    for command in (group, *(group.get_command(context, name) for name in COMMANDS)):
        said += [command.help, *(parameter.help for parameter in command.params)]
    return said


@pytest.mark.parametrize("text", dict.fromkeys(_descriptions()))
def test_every_description_has_both_languages(text: str) -> None:
    assert re.search("[가-힣]", korean(text)), "add it to cli/korean.py"
    # A sentence that has stayed English is three words or more without a Hangul between them.
    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", korean(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_terminal(command: str, columns: int, language: str) -> None:
    words = [command] if command else []
    help_ = CliRunner().invoke(app, [*words, "--help", "--lang", language], terminal_width=columns)
    assert help_.exit_code == 0
    lines = help_.stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    # Descriptions begin in one column, whatever stands before them.
    options = lines[lines.index({"ko": "옵션:", "en": "Options:"}[language]) + 1 :]
    ends = {
        cell_len(found[0])
        for line in options[: options.index("") if "" in options else None]
        if (found := re.match(r"  -.*?  +(?=\S)", line))
    }
    assert len(ends) == 1


def test_help_speaks_the_language_that_is_asked_for(tmp_path: Path) -> None:
    korean_ = [("lint", "--lang", "ko", "--help"), ("lint", "-h", "--lang=ko"), ("--lang", "ko", "-h")]
    for words in korean_:
        assert run(tmp_path, *words).stdout.decode().startswith("사용법: ")
    assert run(tmp_path, "lint", "-h", LC_ALL=KOREAN).stdout.decode().startswith("사용법: ")
    assert run(tmp_path, "lint", "-h", "--lang", "en", LC_ALL=KOREAN).stdout.decode().startswith("Usage: ")
    assert run(tmp_path, "lint", "-h").stdout.decode().startswith("Usage: ")


@pytest.mark.parametrize(("words", "said"), MISTAKES)
def test_a_mistake_is_told_in_korean_and_where_help_is(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    write(tmp_path, "")
    done = run(tmp_path, *words, LC_ALL=KOREAN)
    assert done.returncode == 2
    usage, hint, blank, error = done.stderr.decode().splitlines()
    command = words[0] if words[0] in COMMANDS else ""
    assert usage.startswith("사용법: ")
    assert hint.startswith("도움말: ")
    assert hint.endswith(f"{command} -h")
    assert (blank, error) == ("", f"오류: {said}")


def test_every_mistake_says_where_help_is(tmp_path: Path) -> None:
    write(tmp_path, "")
    for words, _ in MISTAKES:
        assert b"-h' for help." in run(tmp_path, *words).stderr


@pytest.mark.parametrize("extra", ["anki", "preview", "images"])
def test_an_extra_is_named_whole(extra: str, tmp_path: Path) -> None:
    write(tmp_path, "")
    said = run(tmp_path, "doctor").stdout.decode()
    assert f"dlcards[{extra}]" in said


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C.UTF-8", KOREAN])
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_shells_show_descriptions_in_the_language_and_whole(tmp_path: Path, shell: str, locale: str) -> None:
    asked = {
        "_PYTHON _M DLCARDS_COMPLETE": f"complete_{shell}",  # of `python -m dlcards`
        "_TYPER_COMPLETE_ARGS": "dlcards export --verif",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    said = start(tmp_path, LC_ALL=locale, **asked).stdout.decode()
    assert "--verify" in said
    assert "dlcards[anki]" in said
    assert ("넣어 본다" in said) is (locale == KOREAN)


def test_remarks_of_typer_are_said_in_korean() -> None:
    assert korean_remarks("The project's folder.  [default: .; required]") == (
        "프로젝트의 폴더.  [기본값: .; 필수]"
    )
