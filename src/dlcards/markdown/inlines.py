"""mistune's inline parser with places, and with GitHub's rules where mistune has others.

mistune scans the text, keeps the brackets, and knows autolinks, escapes and line breaks. Ours are: emphasis
(``emphasis.py``), links (other labels and addresses, other brackets that make none), code and HTML (what
ends them), entities (mistune leaves them to its renderer), footnotes and math.

Every token has a place: ``at`` and ``end``, offsets into the text that is parsed. The tokens cover it
without gaps, so that a text's place follows from the token before it.
"""

from __future__ import annotations

from re import Match
from typing import Any

from mistune import InlineParser as MistuneParser
from mistune import InlineState

from dlcards.markdown import emphasis, maths
from dlcards.markdown.emphasis import Token
from dlcards.markdown.leaves import HTML_TAG
from dlcards.markdown.links import (
    BLANKS,
    ENTITY,
    PUNCTUATION,
    Destination,
    entity,
    escape_url,
    label_end,
    label_key,
    link_destination,
    resolve_entities,
)
from dlcards.model import lazy_compile

_HTML_TAG = lazy_compile(f"<{HTML_TAG}")
# HTML that is no tag, by what begins it. Its end is found as GitHub finds it: not after a third dash, a
# third bracket or a second question mark.
_MARKUP = {
    "<!--": lazy_compile(r"<!--(?:>|->|(?:[^-]++|-[^-]|--[^>])*+-->)"),
    "<![CDATA[": lazy_compile(r"<!\[CDATA\[(?:[^\]]++|\][^\]]|\]\][^>])*+\]\]>"),
    "<?": lazy_compile(r"<\?(?:[^?>]++|\?[^>]|>)*+\?>"),
    "<!": lazy_compile(r"<![A-Z]+[ \t\n\v\f\r][^>]*+>"),
}
_DECLARATION = lazy_compile(r"<![A-Z]+[ \t\n\v\f\r]")
_BACKTICKS = lazy_compile("`+")
_LONGEST_BACKTICKS = 80
_MARKS = lazy_compile(r"[\\`*_~!\[\]<&$\n]")


class _State(InlineState):
    position = 0  # where the next token begins
    may_link = False  # whether a bracket was opened since the last link was made

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        self.unended: set[str] = set()  # HTML that ends nowhere
        self.backticks: dict[int, int] = {}
        self.saw_all_backticks = False

    def closing_backticks(self, size: int, start: int) -> int | None:
        """Where the run of ``size`` backticks begins that closes the code from ``start`` on.

        GitHub remembers where it last saw a run of each size. Once it has seen all of them, it does not look
        for a run any more that it saw before ``start``, though there may be another one behind.
        """
        if size > _LONGEST_BACKTICKS or (self.saw_all_backticks and self.backticks.get(size, 0) <= start):
            return None
        for run in _BACKTICKS.finditer(self.src, start):
            self.backticks[len(run.group())] = run.start()
            if len(run.group()) == size:
                return run.start()
        self.saw_all_backticks = True
        return None

    def add_text(self, raw: str, end: int) -> int:
        """Add text that ends at ``end`` in the source."""
        self.tokens.append({"type": "text", "raw": raw, "at": self.position, "end": end})
        self.position = end
        return end

    def append_token(self, token: Token) -> None:
        """Add a token, with its place if it has none: behind the last one."""
        token.setdefault("at", self.position)
        token.setdefault("end", token["at"] + len(token.get("raw", "")))
        self.position = token["end"]
        self.tokens.append(token)


class InlineParser(MistuneParser):
    """Makes tokens of the text of one block.

    ``env`` holds what the whole document defines: ``references``, a mapping of :func:`label_key` to
    :class:`Destination`, and ``footnotes``, a set of keys.
    """

    state_cls = _State

    def __init__(self) -> None:
        super().__init__()
        self.specification.update(
            escape=rf"\\[{PUNCTUATION}]",
            emphasis=r"\*+|_+|~+",
            link=r"!\[(?!\^)|\[",
            link_close=r"\]",
            linebreak=r"(?:\\|[ \t]* {2})\n[ \t]*",
            softbreak=r"[ \t]*\n[ \t]*",
        )
        self.register("emphasis", None, type(self).parse_delimiters, start_chars=["*", "_", "~"])
        self.register("entity", ENTITY, type(self).parse_entity, before="link", start_chars="&")
        self.register("inline_math", r"\$+", maths.parse_inline_math, before="codespan", start_chars="$")

    def parse(self, state: InlineState) -> list[Token]:
        """The tokens of a text. mistune's loop has more cases than we need, and each costs time."""
        assert isinstance(state, _State)
        source, at = state.src, 0
        rules, methods = self.compile_sc(), self._methods
        while mark := _MARKS.search(source, at):
            start = mark.start()
            if source[start] == "\n":  # blanks before it are its own
                while start > at and source[start - 1] in " \t":
                    start -= 1
            if start > at:
                state.add_text(source[at:start], start)
            match = rules.match(source, start)
            end = methods[match.lastgroup](match, state) if match and match.lastgroup else None
            if end:
                state.tokens[-1]["end"] = state.position = at = end
            else:
                at = state.add_text(source[start : start + 1], start + 1)
        if at < len(source):
            state.add_text(source[at:], len(source))
        state.tokens = emphasis.resolve(state.tokens)
        return state.tokens

    def parse_escape(self, m: Match[str], state: InlineState) -> int:
        """A backslash and the character behind it: text of one character."""
        assert isinstance(state, _State)
        return state.add_text(m.group()[1], m.end())

    def parse_entity(self, m: Match[str], state: InlineState) -> int | None:
        """An entity: the character that it stands for."""
        assert isinstance(state, _State)
        character = entity(m)
        return None if character == m.group() else state.add_text(character, m.end())

    def parse_delimiters(self, m: Match[str], state: InlineState) -> int:
        """A run of delimiters, which :meth:`finalize_tokens` resolves."""
        state.append_token(emphasis.delimiter(state.src, m.start(), m.end()))
        return m.end()

    def parse_codespan(self, m: Match[str], state: InlineState) -> int:
        """Code, or a run of backticks that nothing closes."""
        assert isinstance(state, _State)
        size = len(m.group())
        close = state.closing_backticks(size, m.end())
        if close is None:
            return state.add_text(m.group(), m.end())
        code = state.src[m.end() : close].replace("\n", " ")
        if code.strip(" ") and code.startswith(" ") and code.endswith(" "):
            code = code[1:-1]
        state.append_token({"type": "codespan", "raw": code})
        return close + size

    def _add_auto_link(self, url: str, text: str, state: InlineState) -> None:
        assert isinstance(state, _State)
        start = state.position + 1
        words = {"type": "text", "raw": resolve_entities(text), "at": start, "end": start + len(text)}
        address = resolve_entities(url)
        state.append_token(
            {
                "type": "link",
                "children": [words],
                "attrs": {"url": escape_url(address), "address": address},
                "place": (start, start + len(text)),
            }
        )

    def parse_inline_html(self, m: Match[str], state: InlineState) -> int | None:
        """A tag, a comment, an instruction, a declaration or CDATA."""
        assert isinstance(state, _State)
        source, start = state.src, m.start()
        opener = next((opener for opener in _MARKUP if source.startswith(opener, start)), "")
        # Not looked for again where it ended nowhere. As on GitHub, a comment without an end keeps all
        # declarations below it text.
        if opener in state.unended or (opener.startswith("<!") and "<!--" in state.unended):
            return None
        match = _MARKUP.get(opener, _HTML_TAG).match(source, start)
        if match is None:
            if opener and (opener != "<!" or _DECLARATION.match(source, start)):
                state.unended.add(opener)
            return None
        state.append_token({"type": "inline_html", "raw": match.group()})
        return match.end()

    def parse_link(self, m: Match[str], state: InlineState) -> int | None:
        """A bracket that may begin a link, or a picture."""
        assert isinstance(state, _State)
        if not m.group().startswith("!"):
            state.may_link = True
        return super().parse_link(m, state)

    def parse_link_close(self, m: Match[str], state: InlineState) -> int:
        """A bracket that ends a link, a picture or a footnote's label; else text."""
        assert isinstance(state, _State)
        opener = state.brackets.pop() if state.brackets else None
        # After a link GitHub makes no other one until a bracket opens, whichever it closes.
        if opener is None or not (opener.image or state.may_link):
            return state.add_text("]", m.end())
        begin = opener.start - (2 if opener.image else 1)
        if state.brackets:
            state.brackets[-1].child_depth = max(state.brackets[-1].child_depth, opener.child_depth)
        if found := self._target(state, opener.start, m.start(), is_nested=opener.nested):
            where, end, place = found
            if opener.child_depth < emphasis.DEEPEST:
                children = emphasis.resolve(state.tokens[opener.token_index + 1 :])
                kind = "image" if opener.image else "link"
                token = {"type": kind, "children": children, "attrs": where.attrs, "place": place}
                del state.tokens[opener.token_index :]
                depth = 1 + emphasis.deepest(children)
                state.append_token(token | {"at": begin, "end": end, "depth": depth})
                if state.brackets:
                    state.brackets[-1].child_depth = max(state.brackets[-1].child_depth, depth)
                state.may_link = state.may_link and opener.image
                return end
        elif state.src.startswith("^", opener.start) and m.start() > opener.start + 1:
            del state.tokens[opener.token_index :]
            state.position = begin
            key = label_key(state.src[opener.start + 1 : m.start()])
            if key not in state.env["footnotes"]:
                return state.add_text(state.src[begin : m.end()], m.end())
            state.append_token({"type": "footnote_ref", "attrs": {"key": key}})
            return m.end()
        return state.add_text("]", m.end())

    @staticmethod
    def _target(
        state: InlineState, start: int, close: int, *, is_nested: bool
    ) -> tuple[Destination, int, tuple[int, int] | None] | None:
        """Where brackets around ``start`` to ``close`` lead, where the link ends, and where the address is.

        The address has no place where a definition says it.
        """
        source, behind = state.src, close + 1
        if source.startswith("(", behind) and (found := link_destination(source, behind + 1)):
            where, end = found
            return where, end, (where.start, where.end)
        label, end = "", behind
        label_close = label_end(source, behind + 1) if source.startswith("[", behind) else None
        if label_close is not None:
            label, end = source[behind + 1 : label_close], label_close + 1
        if not label.strip(BLANKS):
            if is_nested:
                return None
            label = source[start:close]
        defined: Destination | None = state.env["references"].get(label_key(label))
        return (defined, end, None) if defined else None
