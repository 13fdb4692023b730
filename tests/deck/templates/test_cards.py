"""All cards in headless Chromium: by day and by night, on a desktop and on a phone."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from dlcards.deck.package.notetypes import note_type
from dlcards.model import Config
from tests.deck.cards.test_html import field
from tests.support import ROOT
from tests.support.anki_collection import Learner
from tests.support.browser import Side, View, anki_web, boxes, probe
from tests.support.deck_project import Project, png
from tests.support.documents import md
from tests.support.pictures import SVG

pytestmark = pytest.mark.slow


# So many sides on a page: Chromium takes its time for MathJax, and is given up after a while.
PAGE = 120
VIEWS = [View(width, night) for width in (360, 1000) for night in (False, True)]
VIEWS += [View(width, night=False) for width in (390, 412, 768)]
WRONG = ("math_errors", "dollars", "broken_images", "wide", "low_contrast", "small_taps", "scripts", "torn")
_WORD = "가중치초기화방법론과활성화함수의관계" * 4
_TERMS = "+".join(rf"\frac{{\partial L_{{{n}}}}}{{\partial w_{{{n}}}}}" for n in range(30))
_TAB = "\t"
_COLUMNS = [f"여러 낱말로 된 열 {n}번" for n in range(14)]

# Everything that a narrow screen, Anki or MathJax may stumble over.
HARD = md(rf"""
    ## #1

    #### {_WORD}에서 **손실**이란, $L={_TERMS}$일 때 `{"very_long_name_" * 8}`은?

    > 핵심: **과적합(overfitting)**은 **$\sum_{{i}} {_TERMS}$** 때문이며 **{_WORD}**이다.

    > [!TIP]
    > **힌트:** <https://example.com/{"long/" * 40}>와 $${_TERMS}$$를 보자.
    >
    > - {_WORD}

    **굵게(bold)**와 *기울임*이, ~~지움~~과 $$E=mc^2$$처럼 문장에 있고 값은 \$5이다. 각주[^a]와 각주[^b].

    {"Supercalifragilisticexpialidocious" * 6} {_WORD}

    $$
    {_TERMS} = \begin{{pmatrix}} {" & ".join(f"a_{{{n}}}" for n in range(10))} \end{{pmatrix}} \tag{{1}}
    $$

    | {" | ".join(_COLUMNS)} |
    |{"|".join([":-:"] * len(_COLUMNS))}|
    | {" | ".join(["$x^2$", "`code`", "![표](a.svg)"] + ["값"] * (len(_COLUMNS) - 3))} |

    <table><tr>{"".join(f"<td>{column}</td>" for column in _COLUMNS)}</tr></table>

    ```python
    def f(x: int, *, {", ".join(f"argument_{n}: str = 'text {n}'" for n in range(12))}) -> None:
    {_TAB}return None  # 탭으로 들여 쓴 {"긴 주석 " * 20}
    ```

    1. 목록 안의 목록
       - 코드가 있고

         ```
         {"x" * 300}
         ```

       - 그림이 있고 ![넓은 그림](wide.png)
         > 인용 안의 $z$
         >
         > - {_WORD}
           - 더 깊은 $${_TERMS}$$
    2. [x] 아닌 할 일

    - [x] 한 일 $x$
    - [ ] 할 일

    <details><summary>더 보기: **굵게** {_WORD}</summary>

    숨은 $y$와 표

    | 가 | 나 |
    |---|---|
    | {_WORD} | `{"y" * 120}` |

    </details>

    <img src="wide.png" width="1600" height="300" alt="HTML 그림"> <img src="a.svg" alt="SVG"> ![WebP](a.webp) ![JPEG](a.jpg) ![GIF](a.gif)

    <picture>
    <source media="(prefers-color-scheme: dark)" srcset="a.svg">
    <img src="wide.png" alt="낮과 밤">
    </picture>

    #### 더 깊이

    {_WORD} $x$

    ##### 본문의 제목 {_WORD}

    <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O, <mark>표시</mark>, &lt;태그&gt;, [sound:a.mp3] {{{{c1::글}}}}

    [^a]: 각주의 **글** $a$ {_WORD}
    [^b]: `{"z" * 150}`

    #### 꼬리질문

    - **{_WORD}**은 왜 $x$인가?
      - ![넓은 그림](wide.png) 때문에 $${_TERMS}$$이다.

        ```c
        int main(void) {{ return {" + ".join(map(str, range(60)))}; }}
        ```
    - 짧게?
      - 그래서.

    #### References

    - [{_WORD}, {"A Very Long Title of a Paper " * 4}](https://a.b/c)

    ---

    ## #1-1

    #### 하위 질문 {_WORD}?

    > 핵심: **함수**다.

    답이다.

    #### References

    - [출처](https://a.b/c)

    ---
""")


@dataclass(frozen=True)
class Cards:
    """All cards of a deck as the real Anki renders them."""

    sides: list[Side]
    media: Path
    kinds: Counter[str]


def rendered(package: Path, folder: Path) -> Cards:
    """Import a package and render both sides of every card."""
    learner = Learner(folder)
    try:
        learner.import_(package)
        assert learner.complaints() == []
        sides, kinds = [], Counter[str]()
        for cid in learner.col.find_cards(""):
            card = learner.col.get_card(cid)
            output = card.render_output()
            sides += [Side(output.question_text, output.css), Side(output.answer_text, output.css)]
            kinds[learner.col.decks.name(card.did).rpartition("::")[2]] += 1
        return Cards(sides, Path(learner.col.media.dir()), kinds)
    finally:
        learner.close()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    """The deck of ``answers/``, as the command makes it."""
    anki_web()
    folder = tmp_path_factory.mktemp("answers")
    command = [sys.executable, "-m", "dlcards", "export", "answers", "--offline"]
    command += ["-o", str(folder / "deck.apkg"), "--lock", str(folder / "deck.lock")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return rendered(folder / "deck.apkg", folder)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    """The deck of a document with everything hard in it."""
    anki_web()
    folder = tmp_path_factory.mktemp("hard")
    project = Project(folder, Config(deck="덱", repository="owner/name", ignore=("M",)))
    for suffix in ("webp", "jpg", "gif", "png"):
        name, size = ("wide.png", (1600, 300)) if suffix == "png" else (f"a.{suffix}", (40, 20))
        data = io.BytesIO()
        Image.new("RGB", size, (200, 30, 30)).save(data, format={"jpg": "jpeg"}.get(suffix, suffix))
        (folder / "answers" / name).write_bytes(data.getvalue())
    (folder / "answers/a.svg").write_bytes(SVG)
    result, package = project.export(HARD)
    assert [f.diagnostic.message.en for pair in result.refused for f in pair.findings] == []
    assert result.unmade == ()
    return rendered(package, folder)


@pytest.mark.parametrize("deck", ["answers", "hard"])
def test_nothing_goes_wrong_on_screen(request: pytest.FixtureRequest, tmp_path: Path, deck: str) -> None:
    cards: Cards = request.getfixturevalue(deck)
    assert set(cards.kinds) == {"1 질문", "2 빈칸", "3 꼬리질문"}
    math = images = 0
    for start in range(0, len(cards.sides), PAGE):
        sides = cards.sides[start : start + PAGE]
        looks = probe(sides, cards.media, tmp_path, VIEWS)
        math += looks[0]["math"]
        images += looks[0]["images"]
        for view, seen in zip(VIEWS, looks, strict=True):
            assert seen["sides"] == len(sides)
            wrong = {name: seen[name] for name in WRONG if seen[name]}
            assert wrong == {}, view
            assert deck == "hard" or seen["code_cut"] == [], view
            assert seen["scroll_width"] <= view.width, view
            assert seen["night"] == view.night
    wanted = sum(side.html.count(r"\(") + side.html.count(r"\[") for side in cards.sides)
    assert math == wanted > 20
    assert images == sum(side.html.count("<img") for side in cards.sides) >= 6


def test_particles_stay_with_their_word(tmp_path: Path) -> None:
    """That of the deck's cards none is torn off would mean little if it could not be seen."""
    words = "".join(f"{'가' * n} **용어**까지, `code`를 $x^2$의 " for n in range(1, 40))
    html = f'<div class="dl" lang="ko"><p>{field(words)}</p></div>'
    css = note_type("question", "ko").css
    atomic = css + ".dl strong, .dl code { display: inline-block } mjx-container::after { display: none }"
    for style, is_torn in ((css, False), (atomic, True)):
        (seen,) = probe([Side(html, style)], tmp_path, tmp_path, [View(390, night=False)])
        assert bool(seen["torn"]) is is_torn, seen["torn"]


def test_what_is_below_a_task_stands_under_its_words_and_pictures_beside_their_number(tmp_path: Path) -> None:
    (tmp_path / "wide.png").write_bytes(png(200))
    html = field("- [ ] 할 일\n  1. 첫째\n  2. 둘째\n     - [x] 안의 일\n  - 점\n\n1. 글 ![그림](wide.png)\n")
    html = html.replace("할 일", "<b>할 일</b>").replace("글 ", "<b>글</b> ")
    side = Side(f'<div class="dl"><div class="dl-answer">{html}</div></div>', note_type("question", "ko").css)
    words, *below = boxes(side, tmp_path, "li.task > b, .task > ol, .task > ul > li, .task .task")
    ((_, beside), (_, picture)) = boxes(side, tmp_path, "ol > li > b, ol > li > img")
    assert len(below) == 3
    assert all(left > words[0] - 2 for left, _ in below), (words, below)
    assert abs(beside - picture) < 20, "not with its lower edge on the line of its number"


def test_one_of_a_picture_for_the_day_and_one_for_the_night_is_shown(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(png(200))
    html = field(
        '<picture>\n<source media="(prefers-color-scheme: dark)" srcset="b.png">\n<img src="a.png">\n</picture>'
    )
    side = Side(f'<div class="dl"><div class="dl-answer">{html}</div></div>', note_type("question", "ko").css)
    hidden = (0.0, 0.0)
    for night, names in ((False, ("a", "b")), (True, ("b", "a"))):
        shown, other = (boxes(side, tmp_path, f'img[src="{name}.png"]', night=night)[0] for name in names)
        assert other == hidden != shown
