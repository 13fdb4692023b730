"""Cards in headless Chromium, with Anki's own styles and MathJax from the ``aqt`` wheel."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
]

# What a page is asked after MathJax is done: everything that a learner would see go wrong.
_PROBE = """
async function typeset() {
  await MathJax.startup.promise;
  await MathJax.typesetPromise();
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const images = [...document.querySelectorAll('.dl img')];
  await Promise.all(images.map(i => i.complete || new Promise(d => { i.onload = i.onerror = d; })));
}
function dress(night) {
  const names = ['nightMode', 'night_mode', 'night-mode'];
  for (const n of [document.documentElement, document.body, ...document.querySelectorAll('.card')])
    names.forEach(name => n.classList.toggle(name, night));
  document.documentElement.dataset.bsTheme = night ? 'dark' : 'light';
}
// The particles (html.py: a word joiner stands before each) that begin a line, though the line above has room for
// their word, or the next one would have.
function torn() {
  const box = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()];
  };
  const seen = text => !text.parentElement.closest('mjx-assistive-mml') && text.data.trim();
  const torn = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const parent = node.parentElement;
    if (!parent.closest('.dl') || parent.closest('mjx-container')) continue;
    for (let at = node.data.indexOf('\\u2060'); at >= 0; at = node.data.indexOf('\\u2060', at + 1)) {
      const [next] = at + 1 < node.data.length ? box(node, at + 1, at + 2) : [];
      let word, edges = 0; // the boxes of what the particle belongs to, and what is around them
      if (at) {
        word = box(node, node.data.slice(0, at).search(/\\S*$/), at);
      } else if (node.previousSibling) {
        const before = node.previousSibling, inside = document.createTreeWalker(before, NodeFilter.SHOW_TEXT);
        let last = null;
        for (let text; (text = inside.nextNode());) if (seen(text)) last = text;
        word = before.nodeName === 'MJX-CONTAINER' || !last || last.parentElement.closest('mjx-container')
          ? [before.getBoundingClientRect()]
          : box(last, last.data.trimEnd().search(/\\S*$/), last.data.trimEnd().length);
        const { paddingLeft, paddingRight } = getComputedStyle(before);
        edges = parseFloat(paddingLeft) + parseFloat(paddingRight);
      }
      const last = word && word.filter(rect => rect.width).pop();
      if (!next || !last || next.top < last.top + Math.max(last.height, next.height) / 2) continue;
      const end = at + 1 + node.data.slice(at + 1).match(/^\\S*/)[0].length;
      const needed = [...word, ...box(node, at + 1, end)].reduce((sum, rect) => sum + rect.width, edges);
      const line = parent.closest('p, li, td, th, h1, div, summary').clientWidth;
      if (needed <= line) torn.push(`${parent.textContent.slice(0, 20)} … ${node.data.slice(at + 1, end)}`);
    }
  }
  return torn;
}
function probe() {
  const text = node => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll('pre, code, mjx-container, style, script').forEach(n => n.remove());
    return copy.textContent;
  };
  const luminance = ([r, g, b]) => {
    const f = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const rgb = value => (value.match(/[\\d.]+/g) || []).map(Number);
  const background = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  document.querySelectorAll('.dl *').forEach(node => {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || node.closest('mjx-container')) return;
    const [a, b] = [luminance(rgb(getComputedStyle(node).color)), luminance(background(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.add(node.className + ' ' + node.tagName + ' ' + ratio.toFixed(2));
  });
  const scrolls = n => n && n !== document.body
    && (/auto|scroll/.test(getComputedStyle(n).overflowX) || scrolls(n.parentElement));
  const right = document.documentElement.clientWidth + 1;
  const wide = [...document.querySelectorAll('.dl *')].filter(n => !n.closest('mjx-container > *')
    && n.getBoundingClientRect().right > right && !scrolls(n.parentElement));
  const images = [...document.querySelectorAll('.dl img')];
  // Links inside of text may be as high as their line.
  const taps = [...document.querySelectorAll('.dl summary, .dl-foot a')].filter(n => n.offsetParent
    && n.getBoundingClientRect().height < 44);
  return {
    math: document.querySelectorAll('mjx-container').length,
    math_errors: [...document.querySelectorAll('mjx-merror, [data-mjx-error]')].map(n => n.textContent),
    dollars: [...document.querySelectorAll('.dl')].flatMap(
      card => text(card).match(/\\$[^$]*\\$|\\\\[([]/g) || []),
    broken_images: images.filter(i => !i.naturalWidth).map(i => i.src),
    images: images.length,
    // Code of this many columns must fit a phone; wider lines scroll.
    code_cut: [...document.querySelectorAll('.dl pre')].filter(n => n.scrollWidth > n.clientWidth + 1)
      .map(n => n.textContent.split('\\n').sort((a, b) => b.length - a.length)[0]),
    wide: wide.map(n => n.tagName + '.' + n.className + ' ' + n.textContent.slice(0, 40)),
    scroll_width: document.documentElement.scrollWidth,
    low_contrast: [...low],
    small_taps: taps.map(n => n.tagName + ' ' + n.getBoundingClientRect().height),
    sides: document.querySelectorAll('.dl').length,
    night: luminance(background(document.querySelector('.dl'))) < 0.2,
    scripts: document.querySelectorAll('.dl script').length,
    torn: torn(),
  };
}
"""


def anki_web() -> Path:
    """The folder with Anki's web files, or a skip that says what is missing."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    spec = importlib.util.find_spec("_aqt")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs the aqt wheel: make .venv/browser.stamp")
    return Path(next(iter(spec.submodule_search_locations))) / "data" / "web"


@dataclass(frozen=True)
class Side:
    """One side of a card as Anki rendered it."""

    html: str
    css: str


def page(sides: list[Side], *, night: bool, probe: bool) -> str:
    """Card sides below each other, as Anki's reviewer would show each."""
    cards = "\n".join(
        f'<div class="card{" nightMode night_mode" if night else ""}">{side.html}</div>' for side in sides
    )
    css = "\n".join(dict.fromkeys(re.sub(r"</?style>", "", side.css) for side in sides))
    # Anki hides errors in formulas; the probe must see them.
    strict = "MathJax.tex.packages['[+]'] = ['mathtools'];" if probe else ""
    action = (
        "await typeset(); document.documentElement.dataset.done = 'yes';"
        if probe
        else "await MathJax.startup.promise; MathJax.typesetPromise();"
    )
    script = f"<script>{_PROBE}\nwindow.addEventListener('load', async () => {{ {action} }});</script>"
    night_class = ' class="night-mode nightMode night_mode" data-bs-theme="dark"' if night else ""
    return (
        f"<!doctype html><html{night_class}><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<link rel='stylesheet' href='/_anki/css/reviewer.css'>"
        f"<style>body {{ margin: 0 }}\n{css}</style>"
        f"<script src='/_anki/js/mathjax.js'></script><script>{strict}</script><script src='/_anki/js/vendor/mathjax/tex-chtml-full.js'>"
        f"</script>{script}</head><body{night_class}>{cards}</body></html>"
    )


@contextmanager
def served(folder: Path, media: Path) -> Iterator[str]:
    """``folder`` on loopback, Anki's files under ``/_anki/``, pictures wherever they are asked for."""
    web = anki_web()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            name = path.partition("?")[0].lstrip("/")
            if name.startswith("_anki/"):
                return str(web / name.removeprefix("_anki/"))
            return str(folder / name if (folder / name).exists() else media / name)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _chromium(url: str, profile: Path, *arguments: str) -> str:
    assert CHROMIUM is not None
    command = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", *arguments, url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@dataclass(frozen=True)
class View:
    """How a learner looks at cards: pixels of width, day or night."""

    width: int
    night: bool


# Chromium's windows are at least 500 pixels wide; a frame is as narrow as it is told to be.
_FRAME = """<!doctype html><body><iframe src="/probe.html" style="height:800px;border:0"></iframe><script>
const pause = () => new Promise(done => setTimeout(done, 100));
window.addEventListener('load', async () => {
  const frame = document.querySelector('iframe'), page = frame.contentWindow, seen = [];
  while (!page.document.documentElement.dataset.done) await pause();
  for (const view of VIEWS) {
    frame.style.width = view.width + 'px';
    page.dress(view.night);
    await pause();
    seen.push(page.probe());
  }
  const answer = document.createElement('pre');
  answer.id = 'answer';
  answer.textContent = JSON.stringify(seen);
  document.body.append(answer);
});
</script></body>"""


def probe(sides: list[Side], media: Path, folder: Path, views: Sequence[View]) -> list[dict[str, Any]]:
    """What each view makes of the sides; formulas are set once for all of them."""
    (folder / "probe.html").write_text(page(sides, night=False, probe=True), encoding="utf-8")
    frame = _FRAME.replace("VIEWS", json.dumps([asdict(view) for view in views]))
    (folder / "frame.html").write_text(frame, encoding="utf-8")
    with served(folder, media) as address:
        return _answer(f"{address}/frame.html", folder, seconds=30)


def _answer(address: str, folder: Path, *, seconds: int) -> list[Any]:
    """What a page has written into its ``<pre id="answer">``, after so much of its own time."""
    dom = _chromium(address, folder / "profile", f"--virtual-time-budget={seconds}000", "--dump-dom")
    found = re.search(r'<pre id="answer">(.*?)</pre>', dom, re.S)
    assert found, dom[-2000:]
    answer = json.loads(unescape(found.group(1)))
    assert isinstance(answer, list)
    return answer


def boxes(side: Side, folder: Path, selector: str, *, night: bool = False) -> list[tuple[float, float]]:
    """The left and upper edges, in pixels, of what a selector finds on one side, in order."""
    script = (
        f"<pre id='answer'></pre><script>window.addEventListener('load', () => answer.textContent ="
        f"JSON.stringify([...document.querySelectorAll({json.dumps(selector)})].map(node =>"
        "[node.getBoundingClientRect().left, node.getBoundingClientRect().top])))</script></body>"
    )
    html = page([side], night=night, probe=False).replace("</body>", script)
    (folder / "boxes.html").write_text(html, encoding="utf-8")
    with served(folder, folder) as address:
        return [(left, top) for left, top in _answer(f"{address}/boxes.html", folder, seconds=10)]


def screenshot(
    side: Side,
    media: Path,
    folder: Path,
    target: Path,
    *,
    night: bool,
    width: int,
    height: int,
    scale: float = 1,
) -> None:
    """A picture of one side, ``scale`` pixels to each of width and height."""
    (folder / "shot.html").write_text(page([side], night=night, probe=False), encoding="utf-8")
    frame = (
        "<!doctype html><body style='margin:0'>"
        f"<iframe src='/shot.html' style='width:{width}px;height:{height}px;border:0'></iframe></body>"
    )
    (folder / "frame.html").write_text(frame, encoding="utf-8")
    with served(folder, media) as address:
        _chromium(
            f"{address}/frame.html",
            folder / "profile",
            "--virtual-time-budget=10000",
            f"--window-size={max(width, 500)},{height}",
            f"--screenshot={target}",
            f"--force-device-scale-factor={scale}",
        )


def reviewed(sides: Sequence[Side], folder: Path) -> list[dict[str, Any]]:
    """Sides shown one after the other in one page, as Anki's reviewer does: the words of each, and its errors."""
    script = """<pre id='answer'></pre><script>
    window.addEventListener('load', async () => {
      await MathJax.startup.promise;
      const qa = document.getElementById('qa'), seen = [];
      for (const html of SIDES) {
        qa.innerHTML = html;
        MathJax.typesetClear();
        await MathJax.typesetPromise([qa]);
        qa.querySelectorAll('mjx-container mjx-assistive-mml').forEach(n => n.remove());
        const errors = [...qa.querySelectorAll('mjx-merror, [data-mjx-error]')].map(n => n.dataset.mjxError);
        const unknown = [...qa.querySelectorAll('mjx-mtext[style*=red]')].length;
        seen.push({errors, unknown, text: qa.innerText, formulas: [...MathJax.startup.document.math].map(m => m.math)});
      }
      answer.textContent = JSON.stringify(seen);
    });</script></body>"""
    html = page([], night=False, probe=True).replace("</body>", f"<div id='qa'></div>{script}</body>")
    # The page's own probe would wait for cards.
    html = html.replace("await typeset();", "").replace("SIDES", json.dumps([side.html for side in sides]))
    (folder / "reviewed.html").write_text(html, encoding="utf-8")
    with served(folder, folder) as address:
        return _answer(f"{address}/reviewed.html", folder, seconds=20)
