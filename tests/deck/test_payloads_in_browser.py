"""The payloads in headless Chromium, as Anki's reviewer shows cards, and on the preview's page."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dlcards.deck.preview.build import make_preview, mathjax_files
from dlcards.deck.preview.server import PreviewServer
from dlcards.model import Context
from tests.support import payloads
from tests.support.browser import page, served
from tests.support.devtools import Tab

pytestmark = pytest.mark.slow

# A page where whatever runs is noted, with what was shown then.
_WATCH = """
window.hits = []; window.current = '';
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'pycmd'])
  window[name] = () => { window.hits.push(window.current + ' ' + name); };
document.addEventListener('securitypolicyviolation', event => window.hits.push(event.blockedURI + ' ' + event.violatedDirective));
// Links are followed only where following them would run something here.
window.addEventListener('click', event => {
  const link = event.target.closest && event.target.closest('a, area');
  const address = link ? link.href.baseVal ?? link.href : '';
  if (link && !/^javascript:/i.test(address)) event.preventDefault();
}, true);
window.stir = root => {
  for (const fold of root.querySelectorAll('details')) fold.open = true;
  for (const node of root.querySelectorAll('*')) {
    for (const type of ['pointerover', 'mouseover', 'mouseenter', 'pointerdown', 'focus', 'click'])
      node.dispatchEvent(new (type === 'focus' ? FocusEvent : MouseEvent)(type, { bubbles: true, cancelable: true }));
    const scheme = /^\\s*(javascript|vbscript|data):/i;
    for (const { name, value } of node.attributes) {
      if (/^on/.test(name)) window.hits.push(window.current + ' ' + name);
      if (/href|action/.test(name) && scheme.test(value)) window.hits.push(window.current + ' ' + value);
      if (name === 'style' && /url\\(|fixed|expression/i.test(value)) window.hits.push(window.current + ' ' + value);
    }
  }
};
"""
# As Anki's reviewer does: one side after the other in one place, scripts made to run.
_REVIEW = """(async () => {
  const qa = document.getElementById('qa');
  for (const [name, html] of SIDES) {
    window.current = name;
    qa.innerHTML = html;
    for (const old of qa.querySelectorAll('script')) {
      const script = document.createElement('script');
      for (const { name, value } of old.attributes) script.setAttribute(name, value);
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
    MathJax.typesetClear();
    await MathJax.typesetPromise([qa]).catch(() => {});
    window.stir(qa);
    await new Promise(done => setTimeout(done, 5));
  }
  await new Promise(done => setTimeout(done, 500));
  return window.hits;
})()"""


def _foreign(tab: Tab) -> list[str]:
    """The addresses that were asked and are not on this machine."""
    return [
        url
        for url in tab.requests
        if urlsplit(url).scheme not in ("data", "about", "blob", "file")
        and urlsplit(url).hostname != "127.0.0.1"
    ]


def test_nothing_runs_on_a_card(tmp_path: Path) -> None:
    shown = payloads.shown(tmp_path).items()
    # Many payloads leave the same behind.
    by_side = {html: name for name, what in shown for side in what.sides for html in side}
    sides = [(name, html) for html, name in by_side.items()]
    # The watch itself sees what runs.
    alive = [
        (
            "alive",
            "<img src=x onerror=alert(1)><a href='javascript:alert(2)'>글</a>\\(\\href{javascript:x}{y}\\)",
        )
    ]
    folder = tmp_path / "web"
    folder.mkdir()
    html = page([], night=False, probe=False).replace(
        "</body>", f"<div id='qa'></div><script>{_WATCH}</script></body>"
    )
    (folder / "cards.html").write_text(html, encoding="utf-8")
    with served(folder, tmp_path / "docs") as address, Tab(tmp_path / "profile") as tab:
        tab.open(f"{address}/cards.html")
        tab.wait_for("window.MathJax && MathJax.startup && MathJax.startup.promise && true")
        tab.ask("MathJax.startup.promise.then(() => true)")
        assert len(set(tab.ask(_REVIEW.replace("SIDES", json.dumps(alive))))) >= 3
        tab.ask("window.hits = []")
        hits: list[str] = []
        for begin in range(0, len(sides), 50):
            hits += tab.ask(_REVIEW.replace("SIDES", json.dumps(sides[begin : begin + 50])))
            tab.ask("window.hits = []")
        assert hits == []
        assert _foreign(tab) == []


def test_nothing_runs_on_the_page_of_the_preview(tmp_path: Path) -> None:
    mathjax = mathjax_files()
    if not mathjax:
        pytest.skip("needs MathJax: pip install 'dlcards[preview]'")
    config, files = payloads.project(tmp_path)
    # One place for each form: a page of all of them keeps Chromium busy for minutes.
    forms = payloads.documents(config).items()
    documents = [document for name, document in forms if name.startswith("answer: ")]
    result = payloads.exported(documents, config, files, tmp_path)
    name = "<script>alert(1)</script> {{FrontSide}} [[script]]"
    preview = make_preview(documents, Context(config, files), name, result, mathjax)
    with PreviewServer(0) as server, Tab(tmp_path / "profile") as tab:
        server.publish(preview.files)
        tab.open(server.address)
        tab.ask(_WATCH)
        tab.wait_for("document.querySelectorAll('.card').length > 100")
        cards = tab.ask("(window.cards = [...document.querySelectorAll('.card')]).length")
        for begin in range(0, cards, 25):
            tab.ask(
                f"window.cards.slice({begin}, {begin + 25}).forEach(card => "
                "{ window.current = card.textContent.slice(0, 80); window.stir(card); })"
            )
        tab.ask("new Promise(done => setTimeout(done, 2000))")
        assert tab.ask("window.hits") == []
        assert [words for words in tab.complaints if "Content Security Policy" in words] == []
        assert _foreign(tab) == []
        server.complain("<img src=x onerror=alert(1)>")
        tab.wait_for("!document.getElementById('pv-alert').hidden")
        assert tab.ask("document.querySelectorAll('#pv-alert img').length") == 0
