"""Edits as learners make them in Anki: what each does to the HTML of a field.

Each kind takes a field and a source of chance, and gives the field as Anki's editor would save it, or None
where it holds nothing of that kind to edit.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Kind = Callable[[str, random.Random], str | None]

# Words of a field: no part of a tag, an entity, a formula, code, or a blank's mark.
_HIDDEN = re.compile(
    r"(?s)<pre\b.*?</pre>|<code\b.*?</code>|<section\b.*?</section>|<table\b.*?</table>|\\\(.*?\\\)|\\\[.*?\\\]|<[^>]*>|&[#\w]+;|\{\{c\d+::|\}\}"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def _visible(html: str) -> str:
    return _HIDDEN.sub(lambda match: "\0" * len(match[0]), html)


def _words(html: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(_visible(html))]


def _on_a_word(change: Callable[[str, random.Random], str]) -> Kind:
    def edit(html: str, chance: random.Random) -> str | None:
        words = _words(html)
        if not words:
            return None
        start, end = chance.choice(words)
        return html[:start] + change(html[start:end], chance) + html[end:]

    return edit


def _in(pattern: str, change: Callable[[re.Match[str], random.Random], str | None]) -> Kind:
    """An edit of one of the parts of a field that a pattern finds."""

    def edit(html: str, chance: random.Random) -> str | None:
        found = list(re.finditer(pattern, html, re.S))
        chance.shuffle(found)
        for match in found:
            new = change(match, chance)
            if new is not None and new != match[0]:
                return html[: match.start()] + new + html[match.end() :]
        return None

    return edit


def _letter(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    new = "각" if "가" <= word[at] <= "힣" else "q"
    return word[:at] + (new if word[at] != new else "낙") + word[at + 1 :]


_SENTENCE = " 새로 쓴 문장이다, a new one."
_TYPED = [
    "2 * 3 * 4",
    "a_b_c",
    "x < y",
    "[빈칸]",
    "$5와 $7",
    r"C:\path",
    "a|b",
    "~~1~~",
    "`x`",
    "&amp;lt;",
    "#1",
    "**",
]
_LINE_STARTS = ["- ", "1. ", "# ", "&gt; ", "+ ", "* ", "--- ", "10) "]


def _split_sentence(match: re.Match[str], chance: random.Random) -> str | None:
    words = [m.start() for m in re.finditer(r" (?=\S)", _visible(match[1]))]
    if not words:
        return None
    at = chance.choice(words)
    return f"<p>{match[1][:at]}&nbsp;</p><p>{match[1][at + 1 :]}</p>"


def _line_break(match: re.Match[str], chance: random.Random) -> str | None:
    words = [m.start() for m in re.finditer(r" (?=\S)", _visible(match[1]))]
    if not words:
        return None
    at = chance.choice(words)
    return f"<p>{match[1][:at]}<br>{match[1][at + 1 :]}</p>"


def _sentence_gone(match: re.Match[str], chance: random.Random) -> str | None:
    ends = [m.end() for m in re.finditer(r"[.다]\s", _visible(match[1]))]
    if not ends:
        return None
    return f"<p>{match[1][chance.choice(ends) :]}</p>"


def _code_line(match: re.Match[str], chance: random.Random) -> str:
    lines = match[2].split("\n")
    lines.insert(chance.randrange(len(lines) + 1), "y = 2")
    return match[1] + "\n".join(lines) + match[3]


def _code_word(match: re.Match[str], chance: random.Random) -> str | None:
    words = [
        m.span()
        for m in re.finditer(
            r"(?<![&;\w])[a-z]{2,}(?![\w;=])", re.sub(r"<[^>]*>", lambda m: "\0" * len(m[0]), match[2])
        )
    ]
    if not words:
        return None
    start, end = chance.choice(words)
    return match[1] + match[2][:start] + "renamed" + match[2][end:] + match[3]


def _cell(match: re.Match[str], chance: random.Random) -> str | None:
    return f"{match[1]}{match[2]} 더{match[3]}"


def _row(match: re.Match[str], chance: random.Random) -> str:
    cells = len(re.findall(r"<t[dh]\b", match[0]))
    return match[0] + "<tr>" + "<td>새 칸</td>" * cells + "</tr>"


def _formula(match: re.Match[str], chance: random.Random) -> str | None:
    numbers = [m.span() for m in re.finditer(r"(?<![\w&#\\])[a-z0-9](?!\w)", match[2])]
    if not numbers:
        return None
    start, end = chance.choice(numbers)
    return match[1] + match[2][:start] + "w" + match[2][end:] + match[3]


def _decomposed(html: str, chance: random.Random) -> str | None:
    found = unicodedata.normalize("NFD", html)
    return found + unicodedata.normalize("NFD", " 덧붙임") if found != html else None


PARAGRAPH = r"<p>((?:(?!</?p\b|</?div|<img).)*)</p>"
KINDS: dict[str, Kind] = {
    "letter": _on_a_word(_letter),
    "word replaced": _on_a_word(lambda word, chance: "바꾼낱말"),
    "word added": _on_a_word(lambda word, chance: f"{word} 더한"),
    "word removed": _on_a_word(lambda word, chance: ""),
    "double blank": _on_a_word(lambda word, chance: f"{word} &nbsp;둘"),
    "bold": _on_a_word(lambda word, chance: f"<b>{word}</b>"),
    "italic": _on_a_word(lambda word, chance: f"<i>{word}</i>"),
    "underline": _on_a_word(lambda word, chance: f"<u>{word}</u>"),
    "strike": _on_a_word(lambda word, chance: f"<s>{word}</s>"),
    "sub": _on_a_word(lambda word, chance: f"{word}<sub>2</sub>"),
    "inline code": _on_a_word(lambda word, chance: f"<code>{word}</code>"),
    "link": _on_a_word(lambda word, chance: f'<a href="https://example.com/a_b?c=1&amp;d=2">{word}</a>'),
    "formula typed": _on_a_word(lambda word, chance: f"{word} \\(x_1 &lt; y^2\\)"),
    "formula": _in(r"(\\\()(.*?)(\\\))", _formula),
    "displayed formula": _in(r"(\\\[)(.*?)(\\\])", _formula),
    "bold removed": _in(r"<strong>(.*?)</strong>", lambda match, chance: match[1]),
    "code removed": _in(
        r"(?<!<pre>)<code>(.*?)</code>", lambda match, chance: match[1] if "\n" not in match[1] else None
    ),
    "inline code changed": _in(
        r"(?<!>)(<code>)([^<\n]*)(</code>)", lambda match, chance: f"{match[1]}{match[2]}2{match[3]}"
    ),
    "link's words": _in(
        r"(<a\b[^>]*>)([^<]*)(</a>)", lambda match, chance: f"{match[1]}{match[2]} 판{match[3]}"
    ),
    "link's address": _in(
        r'(<a href=")([^"]*)(")', lambda match, chance: f"{match[1]}https://example.com/new{match[3]}"
    ),
    "link removed": _in(r"<a\b[^>]*>([^<]*)</a>", lambda match, chance: match[1]),
    "special characters": _on_a_word(
        lambda word, chance: f"{word} {chance.choice(_TYPED).replace('<', '&lt;')}"
    ),
    "line that looks like markup": _in(
        PARAGRAPH, lambda match, chance: f"<p>{match[1]}</p><p>{chance.choice(_LINE_STARTS)}새 줄</p>"
    ),
    "sentence added": _in(PARAGRAPH, lambda match, chance: f"<p>{match[1]}{_SENTENCE}</p>"),
    "sentence removed": _in(PARAGRAPH, _sentence_gone),
    "paragraph split": _in(PARAGRAPH, _split_sentence),
    "line break": _in(PARAGRAPH, _line_break),
    "paragraph added": _in(PARAGRAPH, lambda match, chance: f"<p>{match[1]}</p><p>새 문단이다.</p>"),
    "paragraph as div": _in(PARAGRAPH, lambda match, chance: f"<p>{match[1]}</p><div>새 문단이다.</div>"),
    "paragraph removed": _in(PARAGRAPH, lambda match, chance: ""),
    "paragraphs joined": _in(r"([^>])</p>\s*<p>(?=[^<])", lambda match, chance: f"{match[1]} "),
    "list added": _in(PARAGRAPH, lambda match, chance: f"<p>{match[1]}</p><ul><li>하나</li><li>둘</li></ul>"),
    "item": _in(r"<li>([^<]+)", lambda match, chance: f"<li>{match[1].rstrip()} 더"),
    "item added": _in(r"</li>(?=\s*</[uo]l>)", lambda match, chance: "</li><li>새 항목</li>"),
    "item removed": _in(r"<li>(?:(?!</?li|</?[uo]l).)*</li>", lambda match, chance: ""),
    "item split": _in(r"<li>([^<]+?) ([^<]+)", lambda match, chance: f"<li>{match[1]}</li><li>{match[2]}"),
    "cell": _in(r"(<td\b[^>]*>)([^<]*)(</td>)", _cell),
    "row added": _in(r"<tr>(?:(?!</?tr\b|<th\b).)*</tr>(?=\s*</tbody>)", _row),
    "code line": _in(r'(<pre class="code"><code>)(.*?)(</code></pre>)', _code_line),
    "code word": _in(r'(<pre class="code"><code>)(.*?)(</code></pre>)', _code_word),
    "quote added": _in(
        PARAGRAPH, lambda match, chance: f"<p>{match[1]}</p><blockquote>인용한 말</blockquote>"
    ),
    "picture removed": _in(r"<img\b[^>]*>", lambda match, chance: ""),
    "decomposed letters": _decomposed,
}


def as_phone(html: str) -> str:
    """What AnkiDroid makes of a field when it saves a note: a break for each line end."""
    return html.replace("\n", "<br>")
