"""Documents in every layout, whose answers are made of all that markdown has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from textwrap import indent
from typing import NamedTuple

from hypothesis import strategies as st

from dlcards.document.build import build
from dlcards.model import Config, Document
from tests.support.deck_project import png
from tests.support.documents import FakeFiles

PATH = PurePosixPath("answers/deep-learning.md")
FILES = FakeFiles(contents={"answers/p.png": png(), "answers/그림 둘.png": png(3)})

# Blocks of an answer: what an author may write, in marks of his own.
BLOCKS = (
    "딥러닝은 특징을 사람이 만들지 않고 배운다. 층마다 *조금씩* 더 추상적인 표현을 만든다.",
    "A line that goes on\nin the next one, with `code`, **bold** and _emphasis_ of *another* kind.",
    "손실은 $L = \\frac{1}{n}\\sum_i \\ell_i$이고, 값은 **크다**는 뜻이다; $a<b$도 된다.",
    "$$\nx_1 + y^2 = \\frac{a}{b}\n$$",
    "- 입력층은 픽셀을 본다.\n- 은닉층은 `relu(x)`를 지난다.\n  - 안쪽 항목 하나\n  - 안쪽 **둘**\n- 출력층",
    "* 별표 항목\n* 다른 항목",
    "1. 먼저 할 일\n2. 다음 할 일\n   이어지는 줄\n\n   둘째 문단이다.\n3. 끝낼 일",
    "3) 셋부터 센다\n4) 넷이다",
    "- [ ] 할 일이다\n- [x] 한 일이다",
    "- 느슨한 항목\n\n- 다음 항목\n\n  그 문단",
    "```python\nw = w - lr * grad  # 갱신\n\nif a < b and c:\n    print(w)\n```",
    "    indented = code\n    second = line",
    "| 방법 | 배치 |\n|---|:-:|\n| SGD | `a\\|b` |\n| GD | 전체 **모두** |",
    "> 인용한 글이다.\n>\n> - 인용 안의 목록\n> - 둘째",
    "> > 두 겹의 인용이다.\n>\n> 한 겹이다.",
    "마지막 문단이다[^1]. 그리고 [참조 링크][ref]와 [글](https://example.com/a_b?c=1&d=2 \"제목\"), <https://example.com>이다.",
    "![층의 그림](p.png) 옆의 글이다.",
    "<!-- dlcards-disable-next-line K005 -->\n주석 아래의 문단이다.",
    "앞<br>뒤이고 <kbd>Ctrl</kbd>와 x<sup>2</sup>, H<sub>2</sub>O다. &amp;lt; &copy; a &lt; b.",
    "이것은\\\n줄바꿈이고 이것도  \n줄바꿈이다.",
    "특수한 글자: 2 * 3 * 4, a_b_c, \\*별\\*, x \\< y, \\[빈칸\\], C:\\\\path, 5\\$와 7\\$.",
    "**한글**이다. **\"따옴표\"** 뒤. *기울인*글자, ~~지운~~ 글, ***둘 다***.",
    "##### 작은 제목\n\n제목 아래의 글이다.",
    "<details>\n<summary>더 보기</summary>\n\n접힌 글이다.\n\n</details>",
    "<div align=\"center\">\n\n가운데 글이다.\n\n</div>",
    "<p>HTML로 쓴 <b>문단</b>이다.</p>",
    "מילים מימין לשמאל וגם עוד מילים.",
    "Tab\there and   many   blanks, “quotes” – dashes… 'single' \"double\".",
)  # fmt: skip
# What a document has once, for its answers.
_SHARED = "[^1]: 각주의 글이다.\n\n[ref]: https://example.com/ref\n"


class Layout(NamedTuple):
    """How a document with some answers is written, and how it is read.

    Attributes:
        write: Gives the document of the answers to its questions.
        config: How dlcards reads it.
        fewest: How many questions it needs.
    """

    write: Callable[[Sequence[str]], str]
    config: Config = Config()
    fewest: int = 2


def _each(*parts: str) -> Callable[[Sequence[str]], str]:
    """A document of parts, the last of which is repeated for each answer."""
    *head, one = parts

    def written(answers: Sequence[str]) -> str:
        return "".join(head) + "".join(
            one.format(n=n, answer=answer, **{f"by{k}": indent(answer, " " * k).lstrip() for k in (2, 3, 4)})
            for n, answer in enumerate(answers, start=1)
        )

    return written


LAYOUTS = {
    "native": Layout(
        _each(
            "# 질문\n\n",
            "## #{n}\n\n#### 질문 {n}은 무엇인가?\n\n> **핵심**: 질문 {n}은 **표현**을 배우는 **갈래 {n}**이다.\n\n> **힌트**: 누가 {n}을 만드는지 생각해 보자.\n\n{answer}\n\n#### 꼬리질문\n\n- **왜 {n}인가?**\n  - 층이 적어 {n}을 덜 배운다.\n- **{n}의 단점은?**\n  - 느린 *것*이다.\n\n#### References\n\n- [출처](https://example.com/{n})\n\n---\n\n",
        )
    ),
    "heading": Layout(_each("# 운영체제\n\n", "## {n}. 프로세스 {n}란 무엇인가?\n\n{answer}\n\n#### 참고 자료\n\n- [a](https://a.b/{n})\n\n")),
    "heading in list": Layout(_each("- ### Q{n}: 프로세스 {n}란?\n\n  {by2}\n\n")),
    "bold": Layout(_each("# 면접\n\n", "**프로세스 {n}란 무엇인가?**\n\n{answer}\n\n")),
    "details": Layout(_each("<details>\n<summary>프로세스 {n}란?</summary>\n\n{answer}\n\n</details>\n\n")),
    "details in list": Layout(
        _each("- 분류\n", "  - <details><summary>프로세스 {n}란?</summary>\n\n    {by4}\n\n    </details>\n")
    ),
    "folded": Layout(_each("{n}. Apa hasilnya {n}?\n\n<details><summary><b>Jawaban</b></summary>\n\n{answer}\n\n</details>\n\n---\n\n")),
    "dialogue": Layout(_each("Q: 프로세스 {n}란?\n\nA: {answer}\n\n")),
    "divided": Layout(_each("---\ndeck: CS\n---\n\n", "프로세스 {n}란?\n\n%\n\n{answer}\n\n---\n\n")),
    "file": Layout(_each("# 프로세스란 무엇인가?\n\n{answer}\n\n"), Config(layouts={"*.md": "file"}), 1),
    "list": Layout(_each("{n}. What is {n}?\n\n   {by3}\n\n"), fewest=5),
}  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, layout: str) -> str:
    """Documents in a layout; with line ends of Windows or a byte order mark, too."""
    write, _, fewest = LAYOUTS[layout]
    blocks = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=4, unique=True)
    answers = ["\n\n".join(draw(blocks)) for _ in range(fewest)]
    text = write(answers) + "\n" + _SHARED
    newline, mark = draw(st.sampled_from([("\n", ""), ("\n", ""), ("\r\n", ""), ("\n", "\ufeff")]))
    return mark + text.replace("\n", newline)


def read(text: str, layout: str) -> Document:
    """A document in a layout, as a project has it."""
    return build(PATH, text, LAYOUTS[layout].config)
