"""The preview in headless Chromium, from ``file://`` and served: what its readers do with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dlcards.deck.preview.build import Preview, mathjax_files
from dlcards.model import Config
from tests.support.command import write
from tests.support.devtools import Tab
from tests.support.documents import md
from tests.support.preview import DOCUMENT, made, project, serving

pytestmark = pytest.mark.slow


_MORE = md(r"""
    ---

    ## #{0}

    #### 경사 하강법 {0}번은 무엇인가?

    > 핵심: **기울기** {0}의 반대쪽으로 걷는다.

    한 걸음은 $\theta_{0} \leftarrow \theta-\eta\nabla L$이다. {1}

    $$
    \sum_{{i=1}}^{{n}} \left( x_i^{{\text{{{0}}}}} + \frac{{a_i}}{{b_i}} + \sqrt{{c_i}} + \mathbb{{E}}[z_i] \right) = \mathcal{{L}}(\theta_1, \theta_2, \ldots, \theta_n)
    $$

    | 이름 | 값 |
    |---|---|
    | 가나다라마바사아자차카타파하 | 12345678901234567890 |

    #### References

    - [출처](https://example.com)
""")
LONG = DOCUMENT + "".join(
    "\n" + _MORE.format(number, "긴 글이다. " * number) for number in range(3, 22)
)  # enough to scroll


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with Tab(tmp_path_factory.mktemp("chromium")) as tab:
        yield tab


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    mathjax = mathjax_files()
    if not mathjax:
        pytest.skip("needs MathJax: pip install 'dlcards[preview]'")
    return unpacked(made(LONG, mathjax=mathjax), tmp_path_factory.mktemp("preview"))


def unpacked(preview: Preview, folder: Path) -> str:
    """The address of a preview's page in a folder."""
    for name, data in preview.files.items():
        write(folder, data, name)
    return (folder / "index.html").as_uri()


def fresh(tab: Tab, address: str, **window: Any) -> None:
    """Open a page as somebody who has never been there."""
    tab.open(address, **window)
    tab.ask("localStorage.clear(); sessionStorage.clear()")
    tab.complaints.clear()
    tab.requests.clear()
    tab.open(address, **window)


def ids(tab: Tab) -> list[str]:
    """The questions that are shown."""
    shown = tab.ask("[...document.querySelectorAll('.pv-question')].filter(q => !q.hidden).map(q => q.id)")
    assert isinstance(shown, list)
    return shown


def typeset(question: str) -> str:
    return f"""document.querySelector("[id='{question}'] mjx-container")"""


def test_formulas_are_typeset_when_they_come_near_and_nothing_asks_the_network(tab: Tab, page: str) -> None:
    fresh(tab, page)
    tab.wait_for(f"!!{typeset('1')}")
    assert tab.ask(typeset("21")) is None
    tab.ask("location.hash = '#21'")
    tab.wait_for(f"!!{typeset('21')}")
    tab.wait_for("[...document.fonts].some(font => font.status === 'loaded')")
    left = "[...document.querySelectorAll('[id=\"21\"] .card')].some(c => /\\\\[([]/.test(c.innerText))"
    assert tab.ask(left) is False
    assert tab.ask("document.querySelectorAll('.pv-problem [data-mjx-error], mjx-merror').length") == 0
    assert [url for url in tab.requests if not url.startswith(("file:", "data:", "about:"))] == []
    assert tab.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_address_leads_to_a_question(tab: Tab, page: str, width: int) -> None:
    fresh(tab, f"{page}#17", width=width)
    tab.wait_for(f"!!{typeset('17')}")
    place = "document.getElementById('17').getBoundingClientRect().top - document.querySelector('.pv-bar').offsetHeight"
    tab.wait_for(f"Math.abs({place}) < 24")
    tab.wait_for("document.querySelector('.pv-entry[aria-current]')?.hash === '#17'")


def test_night_and_day(tab: Tab, page: str) -> None:
    look = "[document.querySelector('.pv-bar'), document.querySelector('.card')].map(e => getComputedStyle(e).backgroundColor)"
    fresh(tab, page)
    day = tab.ask(look)
    tab.click("[name=theme][value=night]")
    night = tab.ask(look)
    assert not set(day) & set(night)
    assert tab.ask("[...document.querySelectorAll('.card')].every(c => c.classList.contains('nightMode'))")
    tab.open(page)
    assert tab.ask(look) == night, "the choice is kept"
    fresh(tab, page, dark=True)
    assert tab.ask(look) == night, "whoever likes it dark gets it dark"


def test_search_as_one_types(tab: Tab, page: str) -> None:
    fresh(tab, page)
    everything = ids(tab)
    tab.press("/")
    for text, shown in (
        ("기울ㄱ", 20),  # half a syllable
        ("기울기 없는낱말", 0),
    ):
        tab.ask("document.activeElement.value = ''")
        tab.type(text)
        assert len(ids(tab)) == shown, text
    tab.press("Escape")
    assert ids(tab) == everything
    tab.type("#1")
    assert ids(tab) == ["1", "1-1"]
    tab.ask("document.activeElement.value = ''")
    tab.type("하강법 19번")
    assert ids(tab) == ["19"]
    assert tab.ask("document.getElementById('pv-found').textContent") == "질문 1"
    assert set(tab.ask("[...CSS.highlights.get('pv-match')].map(String)")) == {"하강법", "19번"}
    tab.ask("document.activeElement.value = ''")
    tab.type("걸음은")
    assert tab.ask("document.querySelector('[id=\"9\"] .pv-back details').matches('[data-match]')")
    tab.ask("document.activeElement.value = ''")
    tab.type("#15")
    tab.press("Enter")
    assert tab.ask("location.hash") == "#15"


def test_keys_lead_from_question_to_question(tab: Tab, page: str) -> None:
    fresh(tab, page)
    seen = []
    for key in "nnnp":
        tab.press(key)
        seen.append(tab.ask("location.hash"))
    assert seen == ["#1", "#1-1", "#2", "#1-1"]


def test_problems_only_and_sides_and_folds(tab: Tab, page: str) -> None:
    fresh(tab, page)
    tab.click("[name=work]")
    assert ids(tab)[:2] == ["1-1", "2"]
    assert "1" not in ids(tab)
    tab.click("[name=work]")
    tab.click("[name=side][value=front]")
    heights = "['front', 'back'].map(s => document.querySelector('.pv-' + s).offsetHeight > 0)"
    assert tab.ask(heights) == [True, False]
    tab.click("[name=side][value=back]")
    assert tab.ask(heights) == [False, True]
    tab.click("[name=open]")
    assert tab.ask("[...document.querySelectorAll('.card details')].every(d => d.open)")
    frames = "Math.round(document.querySelector('.pv-back .pv-frame').offsetWidth)"
    assert tab.ask(frames) == 390
    tab.click("[name=width][value=desktop]")
    assert tab.ask(frames) > 700


def test_a_card_is_as_wide_as_the_frame_says(tab: Tab, page: str) -> None:
    """``vw`` in a card's style is a share of the frame: letters are as large as on a phone."""
    size = "getComputedStyle(document.querySelector('.card')).fontSize"
    fresh(tab, page)
    assert tab.ask(size) == "17.17px"  # 16 px and 0.3 % of 390 px
    tab.click("[name=width][value=desktop]")
    assert float(tab.ask(size).removesuffix("px")) > 18


_CONTRAST = """(() => {
  const rgb = value => (value.match(/[\\d.]+/g) || []).map(Number);
  const light = color => {
    const f = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = color;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll('*')].filter(node => {
    if (node.closest('.pv-frame') || !node.offsetHeight) return false;
    if (![...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) return false;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map(node => node.className + ' ' + node.textContent.slice(0, 30));
})()"""


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (820, False), (1280, True)], ids=str)
def test_nothing_is_cut_off_faint_or_too_small_to_tap(tab: Tab, page: str, width: int, dark: bool) -> None:
    fresh(tab, page, width=width, dark=dark)
    if width < 820:
        tab.click("[aria-controls=pv-settings]")
    tab.click("[name=open]")
    # Typeset and laid out whatever is far away, too.
    tab.ask("document.querySelectorAll('.pv-question').forEach(q => q.style.contentVisibility = 'visible')")
    tab.ask("MathJax.startup.promise.then(() => MathJax.typesetPromise()).then(() => 0)")
    assert tab.ask("document.documentElement.scrollWidth") <= width
    wide = f"""[...document.querySelectorAll('.pv-deck *')].filter(n =>
        !n.closest('pre, .table, .math, mjx-container') && n.getBoundingClientRect().right > {width} + 1
        ).map(n => n.tagName + '.' + n.className)"""
    assert tab.ask(wide) == []
    assert tab.ask(_CONTRAST) == []
    controls = (
        "button, input[type=search], .pv-choice span, .pv-check, .pv-entry, .pv-title .pv-id, .card summary"
    )
    small = f"""[...document.querySelectorAll('{controls}')].filter(n => n.offsetHeight)
        .filter(n => n.getBoundingClientRect().height < 43.5 || n.getBoundingClientRect().width < 24)
        .map(n => n.className + n.textContent)"""
    assert tab.ask(small) == []
    assert tab.complaints == []


def test_the_panels_of_a_narrow_window(tab: Tab, page: str) -> None:
    fresh(tab, page, width=390, height=800)
    tab.click("[aria-controls=pv-index]")
    tab.click(".pv-entry[href='#9']")
    tab.wait_for(f"!!{typeset('9')}")
    assert tab.ask("getComputedStyle(document.getElementById('pv-index')).display") == "none"


@pytest.mark.parametrize(
    ("formula", "said"),
    [(r"\left( \prod_l", "수식 오류: Extra"), (r"\frac{1}{", r"수식 오류: \[\frac{1}{")],
    ids=["wrong", "not seen as one"],
)
def test_an_error_in_a_formula_is_marked_on_its_card(
    tab: Tab, page: str, tmp_path: Path, formula: str, said: str
) -> None:
    """Where the linter was told to be silent; Anki shows such a formula as its source."""
    text = DOCUMENT.replace(r"\prod_l", formula)
    fresh(tab, unpacked(made(text, Config(ignore=("M",)), mathjax_files()), tmp_path))
    tab.wait_for(
        f"document.querySelector('.pv-back .pv-problem')?.textContent.startsWith({json.dumps(said)})"
    )
    tab.click("[name=work]")
    assert "1" in ids(tab)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_id_as_long_as_its_question_stands_beside_the_words(tab: Tab, tmp_path: Path, width: int) -> None:
    words = "How do you check whether an object can be extended and why would you do so in modern browsers"
    text = "".join(f"## {number}. {words}?\n\nAnswer.\n\n" for number in (1, 2, 3))
    fresh(tab, unpacked(made(text), tmp_path), width=width)
    lines = tab.ask("""(() => {
      const lines = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].map(({ top, bottom, left, right }) => [top, bottom, left, right]);
      };
      const title = document.querySelector(".pv-title");
      return [lines(title.querySelector(".pv-id")), lines(title.lastChild)];
    })()""")
    for top, bottom, left, right in lines[0]:
        for above, below, begin, end in lines[1]:
            shared = min(bottom, below) - max(top, above), min(right, end) - max(left, begin)
            assert min(shared) < 4
    assert tab.ask("document.documentElement.scrollWidth") == width


def test_text_that_looks_like_a_formula_is_none(tab: Tab, page: str, tmp_path: Path) -> None:
    text = DOCUMENT.replace("층마다 곱한다.", r"Write \\(x\\), **\\[y\\]** and $z$.")
    assert text != DOCUMENT
    fresh(tab, unpacked(made(text, Config(ignore=("M",)), mathjax_files()), tmp_path))
    answer = "document.querySelector('[id=\"1\"] .pv-back .dl-answer p')"
    tab.wait_for(f"!!{answer}.querySelector('mjx-container')")
    assert tab.ask(f"{answer}.querySelectorAll('mjx-container').length") == 1
    assert str(tab.ask(f"{answer}.textContent")).startswith(r"Write \(x\), \[y\] and ")
    assert tab.ask("document.querySelectorAll('.pv-back .pv-problem').length") == 0


def test_without_mathjax_the_page_works(tab: Tab, tmp_path: Path) -> None:
    fresh(tab, unpacked(made(LONG), tmp_path))
    tab.press("/")
    tab.type("#7")
    assert ids(tab) == ["7"]
    assert r"\theta" in tab.ask("document.querySelector('[id=\"7\"] .pv-back .dl-answer').textContent")
    assert tab.complaints == []


def test_the_served_page_comes_back_as_it_was_left(tab: Tab, page: str, tmp_path: Path) -> None:
    write(project(tmp_path), LONG)
    with serving(tmp_path) as served:
        fresh(tab, f"{served.address}#17", height=700)
        tab.wait_for(f"!!{typeset('17')}")
        tab.click("[id='17'] .pv-back details summary")
        tab.ask("document.querySelector('[id=\"17\"] .pv-back').scrollIntoView()")
        top = "document.getElementById('17').getBoundingClientRect().top"
        before = tab.ask(top)
        write(tmp_path, LONG.replace("경사 하강법 17번은", "고친 경사 하강법 17번은"))
        tab.wait_for("document.getElementById('17')?.textContent.includes('고친')")
        tab.wait_for("document.readyState === 'complete'")
        tab.wait_for(f"Math.abs({top} - {before}) < 3")
        assert tab.ask("document.querySelector('[id=\"17\"] .pv-back details').open")

        write(tmp_path, "deck = 3", "dlcards.toml")
        tab.wait_for("document.getElementById('pv-alert').textContent.includes('must be a string')")
        assert len(ids(tab)) == 22
        write(tmp_path, "deck = '덱'", "dlcards.toml")
        tab.wait_for("document.getElementById('pv-alert').hidden")
        assert [complaint for complaint in tab.complaints if "ERR_" not in complaint] == []


def test_formulas_with_labels_and_macros_stand_alone(tab: Tab, tmp_path: Path) -> None:
    mathjax = mathjax_files()
    if not mathjax:
        pytest.skip("needs MathJax: pip install 'dlcards[preview]'")
    text = md(r"""
        ## #1

        #### 기댓값은?

        > 핵심: $\newcommand{\E}{\mathbb{E}} \E[x]$는 **평균**이고 **중심**이다.

        $$
        \E[x] = \sum x p(x) \label{eq:mean}
        $$

        식 $\eqref{eq:mean}$이다.

        #### References

        - [출처](https://example.com)
    """)
    fresh(tab, unpacked(made(text, mathjax=mathjax), tmp_path))
    tab.wait_for("[...document.querySelectorAll('.card')].every(card => !/\\\\[([]/.test(card.textContent))")
    assert tab.ask("document.querySelectorAll('.pv-problem, [data-mjx-error], mjx-merror').length") == 0
    assert tab.ask("document.querySelectorAll('mjx-mlabeledtr, mjx-labels').length") > 1
    assert tab.complaints == []
