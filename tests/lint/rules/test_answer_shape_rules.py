"""Q011-Q015, which are off unless selected: clean cases first, then what is found and where."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given

from dlcards.document.build import build
from dlcards.lint.engine import lint
from dlcards.lint.rules.questions.shared_prose import prose
from dlcards.model import Config, Context
from tests.support.documents import PATH, FakeFiles, context, document, findings, markdownish, places

ON = Config(select=("Q011", "Q012", "Q013", "Q014", "Q015"), answer_length=(0, 10_000))
BODY = "학습 데이터의 잡음까지 외운 상태다."


def section(body: str = BODY, references: str = "", *, id: str = "1") -> str:
    end = f"\n\n#### References\n\n{references}" if references else ""
    return f"## #{id}\n\n#### 질문 {id}은?\n\n{body}{end}\n\n---\n\n"


def messages(text: str, code: str, config: Config = ON) -> list[str]:
    return [f.diagnostic.message.en for f in findings(text, config) if f.rule.code == code]


@pytest.mark.parametrize("code", ["Q011", "Q012", "Q013", "Q014", "Q015"])
def test_off_unless_selected(code: str) -> None:
    text = section("> 핵심: 짧다.\n\n" + BODY, "- [글](https://blog.example/1)")
    assert places(text + section(BODY, id="2"), code) == []


@pytest.mark.parametrize(
    "references",
    [
        "",
        "- [논문](https://arxiv.org/abs/1611.03530)",
        "- [글](https://blog.example/1)\n- [논문](https://arxiv.org/abs/1611.03530v2)",
        "- [논문](http://dx.doi.org/10.1038/nature14539)",
        "- [논문](https://ARXIV.org/abs/1611.03530)",
        "- [논문](//proceedings.mlr.press/v9/glorot10a.html)",
        "- [글](https://blog.example/1)\n- https://www.jmlr.org/papers/v15/srivastava14a.html",
        "- [글](https://blog.example/1)\n- [논문][d]\n\n[d]: https://doi.org/10.1/x",
        '- [글](https://blog.example/1)\n- <a href="https://doi.org/10.1/x">논문</a>',
        "- [글](https://blog.example/1)\n- Bishop, PRML 5장",
        "[글](https://blog.example/1)\n\nBishop, PRML 5장",
        "- [12번](#12)",
        "- [다른 문서](../other.md#3)",
        "- [글](https://[broken)",
    ],
)
def test_a_primary_source_or_nothing_to_judge(references: str) -> None:
    assert messages(section(BODY, references), "Q011") == []


@pytest.mark.parametrize(
    ("references", "hosts"),
    [
        ("- [글](https://blog.example/1)", "blog.example"),
        ("- https://www.blog.example/1", "blog.example"),
        (
            "- [글](https://b.example/1)\n- [글](https://a.example/1)\n- [글](https://b.example/2)",
            "b.example, a.example",
        ),
        ("- [글](https://arxiv.org/pdf/1611.03530)", "arxiv.org"),
        ("- [글](https://arxiv.org/absolute/1)", "arxiv.org"),
        ("- [글](https://notdoi.org/10.1/x)", "notdoi.org"),
        ("- [글](https://doi.org.example/10.1/x)", "doi.org.example"),
        ("- [글](https://blog.example/?u=https://doi.org/1)", "blog.example"),
        ("- [글][d]\n\n[d]: https://blog.example/1", "blog.example"),
        ("1. [글](https://blog.example/1)\n   - 요약이 좋다", None),
    ],
)
def test_only_other_hosts(references: str, hosts: str | None) -> None:
    found = messages(section(BODY, references), "Q011")
    expected = [f"#1 has no primary source among its references ({hosts})"] if hosts else []
    assert found == expected


def test_primary_sources_are_configured() -> None:
    text = section(BODY, "- [문서](https://docs.pytorch.org/docs/stable/nn.html)")
    assert places(text, "Q011", ON) == ["7:1 #### References"]
    for source in (
        "pytorch.org",
        "docs.pytorch.org/docs",
        "https://docs.pytorch.org/docs/",
        "www.pytorch.org",
    ):
        assert places(text, "Q011", Config(select=("Q011",), primary_sources=(source,))) == []
    for source in ("docs.pytorch.org/tutorials", "torch.org"):
        assert places(text, "Q011", Config(select=("Q011",), primary_sources=(source,)))


@pytest.mark.parametrize(
    "body",
    [
        "> 핵심: 외운 상태다.\n\n글",
        "> 핵심： 외운 상태다.",
        "",
        "TODO",
        "작성 예정",
        "> 힌트: 글\n>\n> 글\n\n> 핵심: 글",
    ],
)
def test_a_summary_or_no_answer(body: str) -> None:
    assert places(section(body), "Q012", ON) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (BODY, "3:1 #### 질문 1은?\n"),
        ("> 인용이다.\n\n글", "3:1 #### 질문 1은?\n"),
        ("> **핵심**: 글이다.\n\n글", "5:1 > **핵심**: 글이다."),
        ("핵심: 글이다.\n\n글", "5:1 핵심: 글이다."),
        ("글\n\n**핵심:** 글이다.", "7:1 **핵심:** 글이다."),
        ("- 핵심: 글이다.\n- 글", "5:1 - 핵심: 글이다."),
        ("핵심 개념은 둘이다: 하나와 둘.", "3:1 #### 질문 1은?\n"),
        ("> 힌트: 글\n\n글", "3:1 #### 질문 1은?\n"),
    ],
)
def test_no_summary(body: str, found: str) -> None:
    assert places(section(body), "Q012", ON) == [found]


def test_the_summarys_label_is_configured() -> None:
    config = Config(select=("Q012",), summary_label="요약")
    assert places(section("> 요약: 글이다."), "Q012", config) == []
    assert places(section("> 핵심: 글이다."), "Q012", config) == ["3:1 #### 질문 1은?\n"]
    assert places(section(BODY), "Q012", Config(select=("Q012",), summary_label="")) == []


@pytest.mark.parametrize(
    "summary",
    [
        "과적합은 모델이 학습 데이터의 **잡음**까지 외운 상태다.",
        "과적합은 모델이 학습 데이터의 <strong>잡음(noise)</strong>까지 외운 상태다.",
        "과적합은 모델이 학습 데이터의 <b>잡음</b>까지 외운 상태다<br>",
        "**과적합**은 **모델**이 학습 데이터의 **잡음**까지 외운 상태",
        "오차가 0.05보다 크면, e.g. 분류에서, **학습률**을 3.5배로 줄이지 않는다.",
        "**Adam**은 Kingma et al. 2015가 낸 방법으로, 지금도 널리 쓰인다고 한다.",
        "**경사 하강법**이 멈추는 곳(왜 그럴까? 기울기가 0이라서. 그렇다)은 극소만이 아니다.",
        '**면접관**이 "왜 그런가요? 설명해 보세요."라고 물으면 식부터 적는 편이 좋다.',
        "**층**을 쌓으면… 표현력이 커지지만, 그만큼 학습은 어려워진다고 한다.",
        "**층**을 쌓으면... 표현력이 커지지만, 그만큼 학습은 어려워진다고 한다.",
        "`a. B`와 $x. Y$처럼 **코드와 수식** 안의 점은 문장의 끝이 아니라고 한다.",
        "과적합은 모델이 학습 데이터의\n> **잡음**까지 외운 상태다.",
        "**A&B**는 " + "가" * 100,
        "***굵고 기운*** 말 하나가 들어 있는 스무 글자가 넘는 문장이다.",
    ],
)
def test_a_well_shaped_summary(summary: str) -> None:
    assert messages(section(f"> 핵심: {summary}\n\n글"), "Q013") == []


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("**짧다**.", ["#1: the summary has 3 characters, not 20 to 120"]),
        ("**가**" + "나" * 120, ["#1: the summary has 121 characters, not 20 to 120"]),
        (
            "과적합은 모델이 학습 데이터의 잡음까지 외운 상태다.",
            ["#1: the summary has 0 bold terms, not 1 to 3"],
        ),
        (
            "**하나**와 **둘**과 **셋**과 <strong>넷</strong>은 모두 굵은 글씨다.",
            ["#1: the summary has 4 bold terms, not 1 to 3"],
        ),
        (
            "**잡음**까지 외운 상태다. 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        (
            "**잡음**까지 외운 상태다.\n> 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        (
            "왜 **외우는가**? 모델이 너무 크기 때문이다! 줄이면 된다.",
            ["#1: the summary has 3 sentences, not one"],
        ),
        (
            "**잡음**까지 외운 상태다(과적합). 데이터를 늘리거나 규제를 건다.",
            ["#1: the summary has 2 sentences, not one"],
        ),
        ("Overfitting is **memory**. It fails on new data.", ["#1: the summary has 2 sentences, not one"]),
        (
            "**잡음**까지 외워 새 데이터에서 틀리는 상태다.\n>\n> 규제를 건다.",
            ["#1: the summary must be one paragraph; what follows the first is on no card"],
        ),
        (
            "외웠다. 또 외웠다.",
            [
                "#1: the summary has 11 characters, not 20 to 120",
                "#1: the summary has 0 bold terms, not 1 to 3",
                "#1: the summary has 2 sentences, not one",
            ],
        ),
    ],
)
def test_a_badly_shaped_summary(summary: str, found: list[str]) -> None:
    assert sorted(messages(section(f"> 핵심: {summary}\n\n글"), "Q013")) == sorted(found)
    crlf = section(f"> 핵심: {summary}\n\n글").replace("\n", "\r\n")
    assert sorted(messages(crlf, "Q013")) == sorted(found)


def test_a_summary_is_measured_as_the_page_shows_it() -> None:
    config = Config(select=("Q013",), summary_length=(5, 5))
    for summary in (
        "**가** 나다라",
        "**가** [나다라](https://doi.org/1)",
        "**가**&amp;나다라",
        "**\u1100\u1161** 나다라",
    ):
        assert messages(section(f"> 핵심: {summary}\n\n글"), "Q013", config) == []
    assert places(section("> 핵심: **가** 나\n\n글"), "Q013", config) == ["5:7 **가** 나"]


LENGTH_5 = Config(select=("Q014",), answer_length=(5, 5))


@pytest.mark.parametrize(
    "body",
    [
        "가나 다라",
        "가나\n다라",
        "**가나** `코드`다라",
        "가나 $x^2$ 다라",
        "가나 다라\n\n```python\nprint(1)\n```\n\n$$\nx\n$$",
        "![대체 텍스트](a.png)\n\n가나 다라",
        "> 핵심: 이것은 세지 않는다.\n\n> 힌트: 이것도.\n\n가나 다라",
        "- 가나\n- 다라",
        "| 가나 |\n|---|\n| 다라 |",
        "<!-- 주석 -->\n\n가나 다라",
        "<details>\n<summary>가나</summary>\n\n다라\n\n</details>",
        "가나[^1] 다라\n\n[^1]: 각주",
        "[가나](https://example.com/long) 다라",
        "가나 다라\n\n[a]: https://example.com",
        "가&lt;나다라",
        "\u1100\u1161나 다라",
        "가나 다라\n\n#### 꼬리질문\n\n- 왜?\n  - 그래서",
        "가나 다라\n\n#### References\n\n- [글](https://example.com)",
        "",
        "TODO",
    ],
)
def test_an_answers_length(body: str) -> None:
    assert messages(section(body), "Q014", LENGTH_5) == []
    assert messages(section(body).replace("\n", "\r\n"), "Q014", LENGTH_5) == []


def test_too_short_and_too_long() -> None:
    text = (
        section("가" * 10)
        + section("가" * 1_001, id="2")
        + section("```\nx\n```", id="3")
        + section("가" * 50, id="4")
    )
    config = Config(select=("Q014",), answer_lengths={"1": (5, 10), "4": (60, 70)})
    assert messages(text, "Q014", config) == [
        "#2: the answer has 1,001 characters, not 300 to 1,000",
        "#3: the answer has 0 characters, not 300 to 1,000",
        "#4: the answer has 50 characters, not 60 to 70",
    ]


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
    assert places(section(first) + section(second, id="2"), "Q015", ON) == []


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
    text = section(first) + section(second, id="2")
    result = [f.diagnostic.span.of(text) for f in findings(text, ON) if f.rule.code == "Q015"]
    assert result == [found]


def test_two_passages_are_two_findings_and_name_the_earlier_answer() -> None:
    other = TWELVE.replace("과적합", "과소적합").replace("데이터", "자료").replace("모델", "모형")
    text = section(f"{TWELVE}. {other}.") + section(f"{TWELVE}. 사이. {other}.", id="2")
    found = [f.diagnostic for f in findings(text, ON) if f.rule.code == "Q015"]
    assert [diagnostic.message.en.partition(" stand in ")[2][:7] for diagnostic in found] == ["#1 too:"] * 2
    assert [diagnostic.related[0].span.of(text) for diagnostic in found] == ["#### 질문 1은?\n"] * 2


def test_the_later_document_has_the_finding() -> None:
    config = Config(select=("Q015",))
    paths = [PurePosixPath("a.md"), PurePosixPath("b.md")]
    documents = tuple(build(path, section(TWELVE), config) for path in paths)
    run = Context(config, FakeFiles(), documents)
    first, second = ([f for f in lint(d, run) if f.rule.code == "Q015"] for d in documents)
    assert first == []
    assert second[0].diagnostic.message.en.startswith("#1: 12 words in a row stand in a.md #1 too: ")
    # A document that was mended meanwhile is still the same document.
    changed = build(paths[0], "# 제목\n\n" + section(TWELVE), config)
    assert [f for f in lint(changed, run) if f.rule.code == "Q015"] == []


@pytest.mark.parametrize(
    ("name", "content", "copied"),
    [
        ("old.md", section(TWELVE, id="7"), "old.md #7"),
        ("old.md", f"# 글\n\n> {TWELVE}\n", "old.md"),
        ("old.txt", f"{TWELVE.replace(' ', chr(10))}", "old.txt"),
        ("old.txt", f"\ufeff{TWELVE}", "old.txt"),
        ("old.md", f"```\n{TWELVE}\n```\n", None),
        (str(PATH), section(TWELVE), None),
    ],
)
def test_files_to_compare_with(name: str, content: str, copied: str | None) -> None:
    config = Config(select=("Q015",), compare_with=(name, "no-such-file.md"))
    files = FakeFiles(contents={name: content.encode("utf-8")})
    found = [
        f.diagnostic.message.en for f in findings(section(TWELVE), config, files) if f.rule.code == "Q015"
    ]
    assert [message.partition(" stand in ")[2].partition(" too")[0] for message in found] == (
        [copied] if copied else []
    )


def test_prose_knows_where_its_words_stand() -> None:
    text = "> - 가 **나**\n>   \\*다 `코드` 라&amp;마\n"
    found = prose(document(text).blocks)
    assert " ".join(found.text.replace("\0", "").split()) == "가 나 *다 라&마"
    for word in ("가", "나", "다", "라", "마"):
        at = found.text.index(word)
        assert found.place(at, at + 1).of(text) == word
    assert prose(()).text == ""
    assert context().documents == ()


@given(markdownish, markdownish)
def test_any_answer_can_be_measured(body: str, references: str) -> None:
    text = section(f"> 핵심: {body}\n\n{body}", references) + section(body, id="2")
    config = Config(select=("Q011", "Q012", "Q013", "Q014", "Q015"), ignore=("L", "I", "M", "K", "D", "S"))
    for finding in findings(text, config):
        assert 0 <= finding.diagnostic.span.start <= finding.diagnostic.span.end <= len(text)
