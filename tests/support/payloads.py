r"""What a document may hold to run, fetch or dress something where its cards are shown.

``PAYLOADS`` are whole documents of one question, each by a name: every form of ``FORMS`` in an answer, and some
of each kind in every other place that ends up on a card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dlcards.deck.export import Export, Order
from dlcards.deck.package.apkg import field_values
from dlcards.deck.package.notetypes import note_type
from dlcards.deck.preview.templating import Sides, render_cards
from dlcards.document.build import build
from dlcards.identity.lock import Lock
from dlcards.model import Config, Context, Document
from dlcards.project.files import Checkout
from tests.support.exports import export
from tests.support.pictures import PNG

# What runs calls alert, what fetches asks e.vil.
FORMS: dict[str, str] = {
    # Scripts and handlers.
    "script": "<script>alert(1)</script>",
    "script from elsewhere": "<script src=//e.vil/s.js></script>",
    "script in a paragraph": "앞 <script>alert(1)</script> 뒤",
    "script in scripts": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "handler": "앞 <img src=a.png onerror=alert(1)> 뒤",
    "handler after a slash": "<img src=x/onerror=alert(1)>",
    "handler without blanks": '<img src="x"onerror="alert(1)">',
    "handler after a backquote": "<img src=`x`onerror=alert(1)>",
    "handler of an animation": "<b style=animation-name:x onanimationstart=alert(1)>글</b>",
    "handler on a fold": "<details open ontoggle=alert(1)><summary>글</summary>답</details>",
    "handler in focus": "<input autofocus onfocus=alert(1)> <b tabindex=1 onfocus=alert(1)>글</b>",
    "handler of the pointer": "<b onpointerover=alert(1) onmouseover=alert(1) onclick=alert(1)>글</b>",
    "handler of a body": "<body onload=alert(1)>글</body>",
    "frame": "<iframe src=javascript:alert(1)></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "object": "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "form": "<form action=javascript:alert(1)><button>글</button><input type=submit></form>",
    "button": "<button formaction=javascript:alert(1) onclick=alert(1)>글</button>",
    "video": "<video src=//e.vil/v onerror=alert(1)><source src=x onerror=alert(1)></video><audio src=//e.vil/a autoplay>",
    "marquee": "<marquee onstart=alert(1)>글</marquee>",
    "refresh": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "base": "<base href=//e.vil/>[글](x)",
    "stylesheet": "<link rel=stylesheet href=//e.vil/s.css><link rel=preload as=image href=//e.vil/p>",
    "declarative shadow root": "<div><template shadowrootmode=open><script>alert(1)</script><slot></slot></template></div>",
    "custom element": "<anki-mathjax onclick=alert(1)>글</anki-mathjax><x-y is=script>글</x-y>",
    # Attributes that hold tags.
    "tags in a title": '<b title="<table><script>alert(1)</script>">글</b>',
    "image in a title": "<b title='<img src=x onerror=alert(1)>'>글</b>",
    "end of a table in a title": '<b title="</table><img src=x onerror=alert(1)>">글</b>',
    "empty paragraph in a title": '<b title="<p></p><img src=x onerror=alert(1)>">글</b>',
    "tags in a title of a link": '[글](https://a.b "<table><img src=x onerror=alert(1)>")',
    "quotes in a title of a link": '[글](https://a.b "\\" onclick=alert(1) x=\\"")',
    "tags in an alternative text": '![<table onclick=alert(1)>](a.png "<table><script>alert(1)</script>")',
    "tags in an alternative text of HTML": '<img src=a.png alt="<p></p><table><img src=x onerror=alert(1)>">',
    "bold words in a title": '> 핵심: **답** <i title="<b>**<img src=x onerror=alert(1)></b>">글</i>',
    "code in a title": '<i title="<code></code>은 <img src=x onerror=alert(1)>">글</i>은',
    "formula in a title": '<i title="\\(<img src=x onerror=alert(1)>\\)는">글</i>',
    "title from right to left": '<p title="<ul><img src=x onerror=alert(1)>">كلمة</p>',
    "lost picture": '<img alt="&lt;img src=x onerror=alert(1)&gt;" title="<img">',
    "greater in an attribute": '<b title="a > b" class=">">글</b><img src=a.png alt=">">',
    "entities in an attribute": "<b title='&#34;&#62;&#60;img src=x onerror=alert(1)&#62;'>글</b>",
    "attribute over lines": "<b title='\n\n<script>alert(1)</script>\n\n'>글</b>",
    # Addresses.
    "javascript": "[글](javascript:alert(1))",
    "javascript in brackets": "<javascript:alert(1)>",
    "javascript in letters of all sizes": "<a href=JaVaScRiPt:alert(1)>글</a>",
    "javascript with a tab": "<a href='java\tscript:alert(1)'>글</a> [글](<java\tscript:alert(1)>)",
    "javascript with entities": "<a href='&#106;avascript&colon;alert(1)'>글</a> [글](&#x6A;avascript&colon;alert(1))",
    "javascript after a control": "<a href='&#1;javascript:alert(1)'>글</a> [글](&#1;javascript:alert(1))",
    "javascript after a line": "<a href='&NewLine;javascript:alert(1)'>글</a>",
    "javascript in a definition": "[글][a]\n\n[a]: javascript:alert(1)",
    "javascript in a footnote": "글[^a]\n\n[^a]: [글](javascript:alert(1)) <img src=x onerror=alert(1)>",
    "javascript in a picture": "![글](javascript:alert(1)) <img src=javascript:alert(1)>",
    "vbscript": "<a href=vbscript:alert(1)>글</a>",
    "data": "<a href='data:text/html,<script>alert(1)</script>'>글</a>",
    "blob and file": "<a href=blob:https://e.vil/x>글</a> <a href=file:///etc/passwd>글</a>",
    "Anki's own scheme": "<a href=pycmd:ans>글</a> <a href=anki:x>글</a> <a href=intent:x>글</a>",
    "ping and target": "<a href=https://a.b ping=//e.vil target=_blank rel=opener onclick=alert(1)>글</a>",
    "area": "<map name=m><area href=javascript:alert(1) shape=default></map><img src=a.png usemap=#m>",
    "picture sources": "<picture><source srcset='//e.vil/x 1x'><img src=a.png srcset='//e.vil/x 2x'></picture>",
    "picture by day": "<picture><source media='(prefers-color-scheme: light)' srcset='x\"onerror=alert(1) 1x'><img src=a.png></picture>",
    "picture by night": '<img src="a.png#gh-light-mode-only"><b title="<img src=x#gh-dark-mode-only>"></b><i title="\'onclick=alert(1) ">글</i>',
    "background": "<table background=//e.vil/b><tr><td background=//e.vil/c>글</td></tr></table>",
    "cite and more": "<blockquote cite=javascript:alert(1)>글</blockquote><q cite=//e.vil/>글</q><img src=a.png longdesc=javascript:alert(1) lowsrc=//e.vil/>",
    # SVG and MathML.
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "svg link": "<svg><a xlink:href=javascript:alert(1) href=javascript:alert(1)><text y=9>글</text></a></svg>",
    "svg animation": "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=9>글</text></a></svg>",
    "svg use": "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1) />#x' /></svg>",
    "svg foreign object": "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "svg image": "<svg><image href=//e.vil/i /><style>@import '//e.vil/s'</style></svg>",
    "svg as data": "![글](data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiIG9ubG9hZD0iYWxlcnQoMSkiPjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD48L3N2Zz4=)",
    "svg as a file": "![글](hostile.svg)",
    "mathml": "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>글</maction></math>",
    "mathml link": "<math href=javascript:alert(1)><mi href=javascript:alert(1)>x</mi></math>",
    # What browsers read in another way the second time.
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">글</noscript>',
    "template": "<template><img src=x onerror=alert(1)></template><b title='</template><img src=x onerror=alert(1)>'>글</b>",
    "mglyph": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "nested forms": "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)></style>",
    "svg and style": "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>글",
    "svg and title": "<svg><title><a title='</title><img src=x onerror=alert(1)>'>글</a></title></svg>",
    "select": "<select><template><img src=x onerror=alert(1)></template><option><style></select><img src=x onerror=alert(1)></style></select>",
    "title": "<title><b title='</title><img src=x onerror=alert(1)>'>글",
    "textarea": "<textarea><b title='</textarea><img src=x onerror=alert(1)>'>글",
    "xmp": "<xmp><b title='</xmp><img src=x onerror=alert(1)>'>글",
    "plain text": "글 <plaintext><script>alert(1)</script>",
    "comments": "<!--><script>alert(1)</script>-->\n\n<!-- --!><script>alert(1)</script>-->\n\n<!--!> <img src=x onerror=alert(1)> -->",
    "comment in a title": "<b title='--><img src=x onerror=alert(1)>'>글</b><!-- <b title='",
    "declarations": "<![CDATA[<script>alert(1)</script>]]> <?php <script>alert(1)</script> ?> <!x <script>alert(1)</script>>",
    "table in a paragraph": "<p>글<table><b title='</table><img src=x onerror=alert(1)>'><tr><td>글</table></p>",
    "many tags": "<b>" * 600 + "<img src=x onerror=alert(1)>글",
    "ends of our own": "</details></section></main></div></body></html><main class='dl nightMode'>글",
    "ids and names": "<div id=qa name=body class='dl-foot nightMode'>글</div><img src=a.png name=MathJax id=location>",
    "zero": "<scr\0ipt>alert(1)</scr\0ipt><img src=x on\0error=alert(1)>",
    "code": "```html\n<script>alert(1)</script><img src=x onerror=alert(1)>\n```\n\n`<script>alert(1)</script>`",
    "language of code": '```"><img src=x onerror=alert(1)>\n글\n```',
    # Style.
    "style": "<style>@import '//e.vil/s'; .card { background: url(//e.vil/b) }</style>",
    "style of an element": "<b style='position:fixed;inset:0;background:url(//e.vil/b)'>글</b>",
    "expression": "<b style='width:expression(alert(1));-moz-binding:url(//e.vil/x);behavior:url(//e.vil/y)'>글</b>",
    "style in an align": "<p align='center;background:url(//e.vil/b)'>글</p><img src=a.png width='1;background:url(//e.vil/b)'>",
    # Formulas.
    "href": r"$\href{javascript:alert(1)}{x}$",
    "href on its own lines": "$$\n\\href{javascript:alert(1)}{x}\n$$",
    "href with blanks": r"$\href {java script:alert(1)}{x} \href{ javascript:alert(1)}{y}$",
    "href by a macro": "$\\newcommand{\\go}[1]{\\href{#1}{x}} \\go{javascript:alert(1)}$",
    "href by its name": "$\\let\\go\\href \\go{javascript:alert(1)}{x}$",
    "href in a text": r"$\text{$\href{javascript:alert(1)}{x}$}$",
    "href in raw HTML": r"<div>\(\href{javascript:alert(1)}{x}\) \[\href{javascript:alert(1)}{y}\]</div>",
    "href over a line break": r"<div>\(\href{javascript:<br>alert(1)}{x}\) \(a<wbr>\href{javascript:alert(1)}{y}\)</div>",
    "href over a break in its name": r"<div>\(\hr<wbr>ef{javascript:alert(1)}{x}\) \(\<wbr><wbr>href{javascript:alert(1)}{y}\) \(\h<!-- -->ref{javascript:alert(1)}{z}\)</div>",
    "href over breaks in the marks": r"<div>\<wbr>(\href{javascript:alert(1)}{x}\<wbr>) \<!-- -->[\href{javascript:alert(1)}{x}\<br>]</div>",
    "href with a class in the tag": r"<div class='mathjax_process tex2jax_process'>\(\href{javascript:alert(1)}{x}\)<code class='mathjax_process'>\(\href{javascript:alert(1)}{x}\)</code></div>",
    "href in a fence": "```math\n\\href{javascript:alert(1)}{x}\n```",
    "href with entities": "<div>\\(&#92;href{javascript:alert(1)}{x}\\) \\(\\hr&#101;f{javascript:alert(1)}{y}\\)</div>",
    "href after a line's end": "$$\n\\begin{aligned} a \\\\\\href{javascript:alert(1)}{x} \\end{aligned}\n$$",
    "mmlToken": r'$\mmlToken{mi}[href="javascript:alert(1)"]{x} \mmlToken{mi}[style="background:url(//e.vil/b)"]{y}$',
    "style in a formula": r"$\style{position:fixed;inset:0;background:url(//e.vil/b)}{x}$",
    "class in a formula": r"$\class{nightMode}{x} \cssId{qa}{y}$",
    "box in a formula": r"$\bbox[background:url(//e.vil/b)]{x} \bbox[red,border:2px solid;background:url(//e.vil/b)]{y}$",
    "require": r"$\require{setoptions}\setOptions{formatError=x} \require{html}\href{javascript:alert(1)}{x}$",
    "unicode": r"$\unicode[x;background:url(//e.vil/b)]{x41} \unicode[//e.vil]{x41}$",
    "colours": r"$\color{red;background:url(//e.vil/b)}{x} \colorbox{url(//e.vil/b)}{y} \definecolor{c}{named}{url(//e.vil/b)} \color{c} z$",
    "enclosed": r'$\enclose{circle}[mathcolor="red;background:url(//e.vil/b)" href="javascript:alert(1)"]{x}$',
    "tags in a formula": r"$</span><script>alert(1)</script><img src=x onerror=alert(1)>$",
    "tip in a formula": r"$\texttip{x}{<img src=x onerror=alert(1)>} \mathtip{x}{\href{javascript:alert(1)}{y}} \toggle{x}{\href{javascript:alert(1)}{y}}\endtoggle$",
    "tags in words of a formula": r"$\text{<img src=x onerror=alert(1)>} \verb|<script>alert(1)</script>| \tag{<img src=x onerror=alert(1)>}$",
    # Anki's own markup.
    "sound": "[sound:a.mp3] [anki:play:q:0] [anki:tts lang=ko_KR]글[/anki:tts]",
    "sound with entities": "&#91;sound:a.mp3] <b title='[sound:a.mp3]'>글</b> `[sound:a.mp3]`",
    "latex": "[latex]\\input{/etc/passwd}[/latex] [$]x[/$] [$$]y[/$$]",
    "template of Anki": "{{FrontSide}} {{type:Question}} {{#Hint}}글{{/Hint}} {{Question}}",
    "type": "[[type:Question]] [[type:cloze:Text]]",
    "cloze": "{{c1::<img src=x onerror=alert(1)>}} {{c99::글::힌트}}",
    "cloze in a blank": "> 핵심: **{{c2::가}}**와 **나}}::다** <b title='}}::{{c3::'>라</b>",
    "cloze in a formula": "> 핵심: **$x^{{c1::y}}$**와 **$a_{b_{c}}$**",
}  # fmt: skip

# One of each kind, for all places.
_EVERYWHERE = (
    "script in a paragraph", "handler", "tags in a title", "image in a title", "javascript with entities", "noscript",
    "style of an element", "href", "href in raw HTML", "mmlToken", "sound", "template of Anki", "cloze",
)  # fmt: skip

_DOCUMENT = """# {heading}

## #1

#### {question}

> 핵심: **{term}** {summary}

> 힌트: {hint}

{answer}

#### 꼬리질문

- {asked}?
  - {said}

#### References

- [{reference}](https://a.b/c)
"""
_PLAIN = {
    "heading": "머리",
    "question": "왜 그런가?",
    "term": "답",
    "summary": "이다.",
    "hint": "길",
    "answer": "본문이다.",
    "asked": "이어서 왜 그런가",
    "said": "그래서 그렇다.",
    "reference": "출처",
}


def _in(place: str, form: str) -> str:
    return _DOCUMENT.format(**{**_PLAIN, place: form})


def _one_line(form: str) -> str:
    return " ".join(form.split("\n"))


_MORE_PLACES: Mapping[str, Callable[[str], str]] = {
    "heading over a short question": lambda form: (
        f"# 문서\n\n## {form}\n\n### #1\n\n#### 왜?\n\n> 핵심: **답**이다.\n\n본문이다.\n"
    ),
    "sub-question": lambda form: (
        _in("answer", "본문이다.") + f"\n---\n\n## #1-1\n\n#### {form}\n\n본문이다.\n"
    ),
    "alternative text": lambda form: _in("answer", f"![{form}](a.png)"),
    "title of a picture": lambda form: _in("answer", f"![글](a.png '{form}')"),
    "name of a picture": lambda form: _in("answer", f"![글](<{form}.png>)"),
    "title of a link": lambda form: _in("answer", f"[글](https://a.b '{form}')"),
    "address": lambda form: _in("answer", f"[글](<https://a.b/{form}>) [글](<{form}>)"),
    "anchor": lambda form: _in("answer", "본문이다.").replace("## #1", f'<a id="{form}"></a>\n\n## #1'),
    "numbered heading": lambda form: (
        f"# 머리\n\n## 1. {form} 왜?\n\n답이다.\n\n## 2. 왜 둘인가?\n\n답이다.\n"
    ),
    "fold": lambda form: (
        f"<details>\n<summary>왜 {form}?</summary>\n\n답이다.\n\n</details>\n\n<details>\n<summary>왜 둘?</summary>\n\n답이다.\n\n</details>\n"
    ),
    "table": lambda form: _in("answer", f"| {form} | b |\n|---|:-:|\n| {form} | c |"),
    "item": lambda form: _in("answer", f"- [x] {form}\n  1. {form}\n\n> [!NOTE]\n> {form}"),
    "words from right to left": lambda form: _in("answer", f"كلمة {form}\n\n- كلمة {form}"),
    "front matter": lambda form: (
        f'---\ntitle: "{form}"\nlang: "{form}"\n---\n\n' + _in("answer", "본문이다.")
    ),
}


def _payloads() -> dict[str, str]:
    found = {f"answer: {name}": _in("answer", form) for name, form in FORMS.items()}
    lost = r"![\\(\href{javascript:alert(1)}{x}\\) <table title='<img src=x onerror=alert(1)>'>](lost.png) 글"
    found["reference: lost picture"] = _in("reference", lost)
    for name in _EVERYWHERE:
        form = _one_line(FORMS[name])
        found |= {f"{place}: {name}": _in(place, form) for place in _PLAIN if place != "answer"}
        found |= {f"{place}: {name}": put(form) for place, put in _MORE_PLACES.items()}
    return found


PAYLOADS = _payloads()

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'
    b' onload="alert(1)"><script>alert(1)</script><image xlink:href="https://e.vil/i"/><style>@import '
    b'"https://e.vil/s";</style><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x"'
    b' onerror="alert(1)"/></foreignObject></svg>'
)
"""The picture ``hostile.svg``."""


class Shown(NamedTuple):
    """What a payload came to: the fields of its notes, and the sides of their cards as Anki fills them."""

    fields: list[dict[str, str]]
    terms: list[tuple[str, ...]]
    sides: list[Sides]


def project(folder: Path) -> tuple[Config, Checkout]:
    """A folder with the pictures that the payloads name, and a configuration that lets all of them through."""
    (folder / "docs").mkdir()
    for name, data in (("a.png", PNG), ("x", PNG), ("hostile.svg", SVG)):
        (folder / "docs" / name).write_bytes(data)
    config = Config(deck="덱", repository="owner/name", ignore=("Q", "T", "L", "I", "M", "K", "D003"))
    return config, Checkout(folder, config)


def documents(config: Config) -> dict[str, Document]:
    """A document of each payload."""
    paths = (PurePosixPath(f"docs/{number:03}.md") for number in range(len(PAYLOADS)))
    return {
        name: build(path, text, config) for (name, text), path in zip(PAYLOADS.items(), paths, strict=True)
    }


def exported(documents: Sequence[Document], config: Config, files: Checkout, root: Path) -> Export:
    """The deck of documents in which any picture may be missing."""
    return export(documents, Context(config, files), root, Order("덱", Lock(), 1_760_000_000))


def shown(folder: Path) -> dict[str, Shown]:
    """What all payloads came to by their names; nothing where none is a card."""
    config, files = project(folder)
    made = documents(config)
    found = {str(document.path): Shown([], [], []) for document in made.values()}
    for entry in exported(list(made.values()), config, files, folder).identified.cards:
        what, fields = found[entry.card.document], field_values(entry)
        what.fields.append(fields)
        what.terms.append(entry.card.terms)
        what.sides.extend(render_cards(note_type(entry.card.kind, entry.language), fields))
    return {name: found[str(document.path)] for name, document in made.items()}
