"""Q015 copied-passage: clean cases first, then what is found in one document, between two and in other files."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.linter.engine import lint
from dlcards.model import Config
from tests.linter.rules.questions.cases import ON, answered
from tests.support.documents import PATH, FakeFiles, context_of, findings, messages, places

TWELVE = "과적합은 모델이 학습 데이터의 규칙뿐 아니라 잡음까지 외워 새 데이터에서 틀리는 상태다"
ELEVEN = TWELVE.rpartition(" ")[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TWELVE, ELEVEN + " 것이다"),
        (TWELVE, "다른 글이다."),
        (f"```\n{TWELVE}\n```", f"```\n{TWELVE}\n```"),
        (f"`{TWELVE}`", TWELVE),
        (TWELVE, f"> {TWELVE}"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"),
        ("가 &nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;",) * 2,
        ("가<br><br><br><br><br><br><br><br><br><br><br><br><br>나",) * 2,
        (f"글\n\n#### References\n\n- [{TWELVE}](u)", f"글\n\n#### References\n\n- [{TWELVE}](u)"),
        (f"글\n\n#### 꼬리질문\n\n- {TWELVE}", f"글\n\n#### 꼬리질문\n\n- {TWELVE}"),
        (f"![{TWELVE}](a.png)", f"![{TWELVE}](a.png)"),
        (f"{TWELVE}\n\n{TWELVE}", "글"),
    ],
)
def test_no_copy(first: str, second: str) -> None:
    assert places(answered(first) + answered(second, id="2"), "Q015", ON) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (TWELVE, TWELVE, TWELVE),
        (TWELVE, f"앞 말. {TWELVE}. 뒤 말.", TWELVE),
        (TWELVE, TWELVE.replace("잡음", "**잡음**"), TWELVE.replace("잡음", "**잡음**")),
        (TWELVE, TWELVE.replace(" ", "\n"), TWELVE.replace(" ", "\n")),
        (
            TWELVE.replace("모델이", "Model이"),
            TWELVE.replace("모델이", "model이"),
            TWELVE.replace("모델이", "model이"),
        ),
        (TWELVE, f"- {TWELVE.replace(' 잡음', chr(10) + '- 잡음')}", TWELVE.replace(" 잡음", "\n- 잡음")),
        (TWELVE, f"| {TWELVE} |\n|---|\n| 글 |", TWELVE),
        (f"{TWELVE} 그리고 더 있다", f"{TWELVE} 그리고 더 있다", f"{TWELVE} 그리고 더 있다"),
        (TWELVE, f"> 핵심: {TWELVE}", TWELVE),
        (TWELVE, TWELVE.replace("학습 ", "학습 3.5 $x$ "), TWELVE.replace("학습 ", "학습 3.5 $x$ ")),
        (TWELVE, f"<div>\n{TWELVE}\n</div>", TWELVE),
    ],
)
def test_a_copied_passage(first: str, second: str, found: str) -> None:
    text = answered(first) + answered(second, id="2")
    result = [f.diagnostic.span.of(text) for f in findings(text, ON) if f.code == "Q015"]
    assert result == [found]


def test_two_passages_are_two_findings_and_name_the_earlier_answer() -> None:
    other = TWELVE.replace("과적합", "과소적합").replace("데이터", "자료").replace("모델", "모형")
    text = answered(f"{TWELVE}. {other}.") + answered(f"{TWELVE}. 사이. {other}.", id="2")
    found = [f.diagnostic for f in findings(text, ON) if f.code == "Q015"]
    assert [diagnostic.message.en.partition(" stand in ")[2][:7] for diagnostic in found] == ["#1 too:"] * 2
    assert [diagnostic.related[0].span.of(text) for diagnostic in found] == ["#### 질문 1은?\n"] * 2


def test_the_later_document_has_the_finding() -> None:
    config = Config(select=("Q015",))
    paths = [PurePosixPath("a.md"), PurePosixPath("b.md")]
    documents = tuple(build(path, answered(TWELVE), config) for path in paths)
    run = context_of(documents, config)
    first, second = ([f for f in lint(d, run) if f.code == "Q015"] for d in documents)
    assert first == []
    assert second[0].diagnostic.message.en.startswith("#1: 12 words in a row stand in a.md #1 too: ")
    # A document that was mended meanwhile is still the same document.
    changed = build(paths[0], "# 제목\n\n" + answered(TWELVE), config)
    assert [f for f in lint(changed, run) if f.code == "Q015"] == []


@pytest.mark.parametrize(
    ("name", "content", "copied"),
    [
        ("old.md", answered(TWELVE, id="7"), "old.md #7"),
        ("old.md", f"# 글\n\n> {TWELVE}\n", "old.md"),
        ("old.txt", f"{TWELVE.replace(' ', chr(10))}", "old.txt"),
        ("old.txt", f"\ufeff{TWELVE}", "old.txt"),
        ("old.md", f"```\n{TWELVE}\n```\n", None),
        (str(PATH), answered(TWELVE), None),
    ],
)
def test_files_to_compare_with(name: str, content: str, copied: str | None) -> None:
    config = Config(select=("Q015",), compare_with=(name, "no-such-file.md"))
    files = FakeFiles(contents={name: content.encode("utf-8")})
    found = messages(answered(TWELVE), "Q015", config, files)
    assert [message.partition(" stand in ")[2].partition(" too")[0] for message in found] == (
        [copied] if copied else []
    )
