"""Whether MathJax can parse a formula. It, and no other TeX, draws formulas on GitHub and in Anki."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import NamedTuple

from dlcards.linter.rules.markup.shared_tex_commands import COMMANDS, ENVIRONMENTS
from dlcards.model import Text, lazy_compile

_TOKEN = lazy_compile(
    r"(?P<blank>\s+)|(?P<env>\\(?:begin|end)\s*\{[^{}]*\})|(?P<name>\\[A-Za-z]+)"
    r"|(?P<prime>[\u2019'](?:\s*[\u2019'])*)|(?P<other>\\.|.)",
    re.S,
)
# How many arguments a command takes: first those that are no formula (text, a colour), then formulas.
_ARGUMENTS = {
    name: (raw, count)
    for raw, count, names in (
        (0, 1, "hat bar tilde vec dot ddot dddot check breve acute grave mathring widehat widetilde sqrt"),
        (0, 1, "overline underline overbrace underbrace overrightarrow overleftarrow boxed substack pmod"),
        (0, 1, "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol operatorname"),
        (0, 1, "phantom hphantom vphantom smash cancel bcancel xcancel xrightarrow xleftarrow mathop"),
        (0, 2, "frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel"),
        (
            1,
            0,
            "text textrm textbf textit texttt textsf textnormal textup mbox hbox fbox tag label ref eqref",
        ),
        (1, 0, "color hspace mspace ce pu unicode require"),
        (1, 1, "textcolor href class style cssId"),
        (2, 0, "colorbox"),
        (3, 0, "fcolorbox"),
    )
    for name in names.split()
}
_OPTIONAL = frozenset({"sqrt", "cfrac", "smash", "xrightarrow", "xleftarrow", "color", "textcolor"})
_KEEPS_SCRIPTS = frozenset({"limits", "nolimits", "displaylimits"})
_WITH_CELLS = frozenset({"substack", "matrix", "pmatrix", "cases", "eqalign", "eqalignno", "leqalignno"})
_WITHOUT_CELLS = frozenset({"equation", "math", "displaymath"})
_ENV_ARGUMENTS = frozenset({"array", "alignedat", "alignat", "xalignat", "xxalignat", "subarray"})
_BIG = lazy_compile(r"[bB]igg?[lrm]?")
_NO_DELIMITER = lazy_compile(r"[A-Za-z0-9{}&^_$#]|\\\\")
# What defines commands, or is read by other rules than TeX's usual ones.
_BEYOND = lazy_compile(r"\\(?:verb|def|let|(?:re|provide)?newcommand|Declare\w+|newenvironment|begin\{CD\})")
_DEFINED = lazy_compile(r"\\(?:def|let|(?:re|provide)?newcommand|Declare\w+)\*?\s*\{?\s*\\([A-Za-z]+)")
_COMMAND = lazy_compile(r"\\([A-Za-z]{2,})")
_BRACED_SCRIPT = lazy_compile(r"[_^]\{")
# A letter with a short script right at a dollar; a longer word is a variable of a shell (``$a_long_name``).
_SCRIPT = lazy_compile(r"\$+[A-Za-z][_^](?:\{|\\[A-Za-z]|[A-Za-z0-9](?![A-Za-z_]))")
_ENTITY = lazy_compile(r"&(?:[A-Za-z]+|#\w+);")


class Problem(NamedTuple):
    """Why a formula can't be parsed, and the part of it, ``[start, end)``, that says so."""

    start: int
    end: int
    message: Text


def has_tex(text: str) -> bool:
    """Whether ``text`` holds what is hardly ever written outside formulas."""
    return bool(_BRACED_SCRIPT.search(text)) or any(name in COMMANDS for name in _COMMAND.findall(text))


def opens_tex(text: str, at: int) -> bool:
    """Whether TeX, and no price or variable of a shell, follows the dollars at ``at``."""
    command = _COMMAND.match(text, at + len(text[at:]) - len(text[at:].lstrip("$")))
    return bool(command and command.group(1) in COMMANDS) or bool(_SCRIPT.match(text, at))


def defined(formula: str) -> set[str]:
    """The names of the commands that a formula defines for all that follow."""
    return set(_DEFINED.findall(formula))


def problem(formula: str, known: Container[str]) -> Problem | None:
    """The first thing in ``formula`` that MathJax stops at; None where it draws the formula.

    Args:
        formula: The TeX between the dollars.
        known: Commands that the document defines itself.
    """
    if _BEYOND.search(formula):
        return None
    try:
        _Checker(formula, known).run()
    except _Stop as stop:
        return stop.problem
    return None


class _Stop(Exception):
    def __init__(self, start: int, end: int, ko: str, en: str) -> None:
        self.problem = Problem(start, end, Text(ko, en))


@dataclass(eq=False, repr=False)
class _Frame:
    """A group, an environment or a left delimiter that is still open."""

    kind: str
    name: str
    start: int
    end: int
    cells: bool = False
    scripts: set[str] = field(default_factory=set)  # of the atom that was read last
    owed: int = 0  # arguments still to come
    debtor: str = ""  # the command, or script mark, that they are for
    script: bool = False  # whether what comes next is a script


class _Checker:
    def __init__(self, source: str, known: Container[str]) -> None:
        self.source = source
        self.known = known
        self.tokens = [match for match in _TOKEN.finditer(source) if match.lastgroup != "blank"]
        self.at = 0
        self.stack = [_Frame("formula", "", 0, 0)]

    def run(self) -> None:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            self._token(token, token.group())
        frame = self.stack[-1]
        self._pay(frame, len(self.source), len(self.source))
        if frame.kind != "formula":
            missing = {"group": "}", "left": "\\right"}.get(frame.kind, f"\\end{{{frame.name}}}")
            self._stop(frame.start, frame.end, f"{missing}가 없다", f"{missing} is missing")

    def _token(self, token: re.Match[str], text: str) -> None:
        frame, (start, end) = self.stack[-1], token.span()
        kind = token.lastgroup
        if text == "%":
            self._comment(start, end)
        elif kind == "env":
            self._environment(frame, text, start, end)
        elif kind == "name":
            self._command(frame, text[1:], start, end)
        elif kind == "prime":
            if frame.script:
                self._pay(frame, start, end)
            elif frame.owed:
                self._atom(frame)
            elif frame.scripts & {"^", "'"}:
                self._double(start, end, "위 첨자", "superscript")
            else:
                frame.scripts.add("'")
        elif text == "{":
            self._open(frame, _Frame("group", "{", start, end, cells=frame.debtor in _WITH_CELLS))
        elif text == "}":
            self._close("group", start, end)
        elif text in ("^", "_"):
            self._script(frame, text, start, end)
        elif text in ("&", "\\\\"):
            self._pay(frame, start, end)
            frame.scripts.clear()
            if text == "&" and not frame.cells and not _ENTITY.match(self.source, start):
                self._stop(
                    start, end, "&가 행렬이나 정렬 환경 밖에 있다", "& outside an alignment or a matrix"
                )
        elif text == "#":
            self._stop(start, end, "#은 \\#으로 적는다", "a number sign is written \\#")
        else:
            self._atom(frame)

    def _comment(self, start: int, end: int) -> None:
        line_end = self.source.find("\n", end)
        if line_end < 0:
            ko = "% 뒤는 주석이라 보이지 않는다. 백분율은 \\%로 적는다"
            self._stop(start, end, ko, "what follows % is a comment and not shown; a percent sign is \\%")
        while self.at < len(self.tokens) and self.tokens[self.at].start() < line_end:
            self.at += 1

    def _command(self, frame: _Frame, name: str, start: int, end: int) -> None:
        if name in self.known:
            frame.owed, frame.script = 0, False  # it may do anything
            frame.scripts.clear()
            return
        if name not in COMMANDS:
            self._stop(start, end, f"MathJax가 모르는 명령 \\{name}", f"MathJax knows no command \\{name}")
        if name == "left":
            self._delimiter(name, start, end)
            self._open(frame, _Frame("left", name, start, end))
        elif name in ("right", "middle"):
            self._close("left", start, end, stays=name == "middle")
            self._delimiter(name, start, end)
        elif name == "cr":
            frame.scripts.clear()
        elif name not in _KEEPS_SCRIPTS:
            if _BIG.fullmatch(name):
                self._delimiter(name, start, end, braced=True)
            raw, count = _ARGUMENTS.get(name, (0, int(name in _WITH_CELLS)))
            # MathJax, unlike TeX, takes the bare command for the argument: \hat\mathbf{x} fails.
            if frame.owed and raw + count and frame.debtor != "sqrt":
                self._missing(f"\\{name}", start, end)
            self._atom(frame)
            self._arguments(name, raw, start, end)
            if count:
                frame.owed, frame.debtor = frame.owed + count, name

    def _arguments(self, name: str, raw: int, start: int, end: int) -> None:
        """Pass over a command's star, its optional argument and those that are no formulas."""
        if self._peek() == "*":
            self.at += 1
        if name in _OPTIONAL and self._peek() == "[":
            self._skip("[", "]")
        for _ in range(raw):
            if self._peek() in ("", "}", "&"):
                self._missing(f"\\{name}", start, end)
            if self._peek() != "{":
                self.at += 1
            elif not self._skip("{", "}", len(self.tokens)):
                self._stop(start, end, f"\\{name}의 }}가 없다", f"}} of \\{name} is missing")

    def _environment(self, frame: _Frame, text: str, start: int, end: int) -> None:
        name = text[text.index("{") + 1 : -1].strip()
        if name.rstrip("*") not in ENVIRONMENTS and name not in self.known:
            self._stop(start, end, f"MathJax가 모르는 환경 {name}", f"MathJax knows no environment {name}")
        if text.startswith("\\end"):
            self._close("env", start, end, name)
            return
        self._open(frame, _Frame("env", name, start, end, cells=name.rstrip("*") not in _WITHOUT_CELLS))
        if self._peek() == "[":
            self._skip("[", "]")
        if name.rstrip("*") in _ENV_ARGUMENTS and self._peek() == "{":
            self._skip("{", "}")

    def _script(self, frame: _Frame, mark: str, start: int, end: int) -> None:
        self._pay(frame, start, end)
        if mark in frame.scripts:
            names = ("위 첨자", "superscript") if mark == "^" else ("아래 첨자", "subscript")
            self._double(start, end, *names)
        frame.scripts.add(mark)
        frame.script, frame.debtor = True, mark

    def _open(self, frame: _Frame, inner: _Frame) -> None:
        self._atom(frame)
        self.stack.append(inner)

    def _close(self, kind: str, start: int, end: int, name: str = "", *, stays: bool = False) -> None:
        frame = self.stack[-1]
        self._pay(frame, start, end)
        if frame.kind != kind or (name and frame.name != name):
            opener = self.source[frame.start : frame.end]
            closer = self.source[start:end]
            if opener:
                self._stop(
                    start, end, f"{opener}와 {closer}의 짝이 맞지 않는다", f"{opener} ended by {closer}"
                )
            self._stop(start, end, f"여는 짝이 없는 {closer}", f"{closer} closes nothing")
        if stays:
            frame.scripts.clear()
        else:
            self.stack.pop()

    def _atom(self, frame: _Frame) -> None:
        if frame.owed:
            frame.owed -= 1
        elif frame.script:
            frame.script = False
        else:
            frame.scripts.clear()
            frame.debtor = ""

    def _delimiter(self, name: str, start: int, end: int, *, braced: bool = False) -> None:
        following = self._peek()
        if not following or (_NO_DELIMITER.match(following) and not (braced and following == "{")):
            self._stop(start, end, f"\\{name} 뒤에 괄호가 없다", f"no delimiter after \\{name}")
        if following != "{":
            self.at += 1

    def _pay(self, frame: _Frame, start: int, end: int) -> None:
        """Stop where an argument or a script should stand and something else does."""
        if frame.owed:
            self._missing(f"\\{frame.debtor}", start, end)
        if frame.script:
            self._missing(frame.debtor, start, end)

    def _peek(self) -> str:
        return self.tokens[self.at].group() if self.at < len(self.tokens) else ""

    def _skip(self, opener: str, closer: str, most: int = 200) -> bool:
        """Go past the ``closer`` that belongs to the ``opener`` which comes next, ``most`` tokens on."""
        depth, braces = 0, 0
        for at in range(self.at, min(self.at + most, len(self.tokens))):
            text = self.tokens[at].group()
            if text == opener and (opener == "{" or not braces):
                depth += 1
            elif text == closer and (opener == "{" or not braces):
                depth -= 1
            elif text in "{}":
                braces += 1 if text == "{" else -1
            if not depth:
                self.at = at + 1
                return True
        return False

    def _double(self, start: int, end: int, ko: str, en: str) -> None:
        self._stop(start, end, f"{ko}가 두 번 붙었다. 중괄호로 묶는다", f"a second {en}; group with braces")

    def _missing(self, name: str, start: int, end: int) -> None:
        self._stop(start, end, f"{name}의 인수가 없다", f"an argument of {name} is missing")

    def _stop(self, start: int, end: int, ko: str, en: str) -> None:
        raise _Stop(start, end, ko, en)
