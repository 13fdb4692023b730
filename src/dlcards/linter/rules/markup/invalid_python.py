"""A block of `python` that does not compile.

Who copies it gets a `SyntaxError` instead of the result, and learns something that the language does not have.
Often it is Python 2 (`print x`), an indent lost on the way, or output that slipped into the code.

Mend the code, or name what it is: `text` for output and pseudocode, `pycon` for a session. There is no fix.

Not found: pseudocode and tables in a `python` fence (`x ← 1`, `if x > 3 then`, `[1] <- a, c`, whole lines of
prose), which nobody takes for Python; errors that show only when the code runs; nothing is ever run. Prompts (`>>>`, `In [1]:`) with their
output, IPython's `%` and `!` lines, excerpts that are indented as a whole, bodies left out, `...` and `…` in place
of code, `return` and `await` outside of a function and blocks that speak of a `SyntaxError` are no findings.

Bad:

    ```python
    for x in [1, 2]:
    print(x)
    ```

Bad:

    ```python
    print "손실:", loss
    ```

Good:

    ```python
    for x in [1, 2]:
        print(x)
    ```

    ```python
    >>> import math
    >>> math.sqrt(4)
    2.0
    ```

    ```python
    def forward(self, x):
        ...
        return self.fc(x)
    ```
"""

from __future__ import annotations

import ast
import keyword
import re
import textwrap
import warnings
from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.swallowed import open_fences
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Span, Text, lazy_compile

KO = """
컴파일되지 않는 `python` 블록이다.

베껴 쓴 사람은 결과 대신 `SyntaxError`를 만나거나, 언어에 없는 것을 배운다. Python 2 문법(`print x`), 옮기다 잃은 들여쓰기, 코드에 섞인 출력이 대부분이다.

코드를 고치거나, 코드가 아니면 무엇인지 적는다. 출력과 의사 코드는 `text`, 대화형 세션은 `pycon`이다. 자동으로 고치지 않는다.

찾지 않는 것: `python` 블록에 적은 의사 코드와 표(`x ← 1`, `if x > 3 then`, `[1] <- a, c`, 통째로 글인 줄). 아무도 Python으로 여기지 않는다. 실행해야 드러나는 오류. 코드는 절대로 실행하지 않는다. 프롬프트(`>>>`, `In [1]:`)와 그 출력, IPython의 `%`와 `!` 줄, 통째로 들여 쓴 발췌, 생략한 본문, 코드를 대신하는 `...`와 `…`, 함수 밖의 `return`과 `await`, `SyntaxError`를 이야기하는 블록은 문제로 보지 않는다.
"""

_LANGUAGES = frozenset({"python", "py", "python3", "py3"})
# What stands in quotes or behind a number sign is not judged.
_LITERAL = lazy_compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#.*")
_PSEUDO = lazy_compile(
    r"<-(?![\d.])|[←→⇐⇒↔≤≥≠≈∈∉∀∃∞∪∩×÷∧∨¬]"
    r"|^\s*(?:end\s*(?:if|for|while|function|procedure|loop)\b|(?:end|begin|do|repeat)\s*[:;]?\s*$|until\s+\S"
    r"|(?:else\s*)?if\b.*\bthen\b|for\s+each\b|foreach\b|(?:procedure|algorithm)\s+\w"
    r"|for\b[^:]*(?:=|\bfrom\b).*\bto\b|(?:for|while)\b.*\bdo\s*:?\s*$)",
    re.M | re.I,
)
_CAPITALS = lazy_compile(
    r"^\s*(?:SET|PRINT|READ|INPUT|OUTPUT|IF|ELSE|WHILE|FOR|RETURN|CALL|DECLARE)\b(?!\s*[=(.])", re.M
)
_PROSE = lazy_compile(r"\s*(?:[-*•]\s+|\d+[.)]\s+)?(?P<first>[^\W\d_]+)(?:[ ,]+[^\W\d_]+){2,}\s*[.:]?\s*")
_HANGUL_PROSE = lazy_compile(r"\s*(?:[-*•]\s+|\d+[.)]\s+)?[가-힣]+(?:[ ,]+[^\W_]+)+\s*[.:]?\s*")
_ASSIGNED = lazy_compile(r"\s*\S.*?\s=\s*[^=\s].*")
_LARGEST = 50_000  # characters; longer blocks are no snippets
_PROMPT = lazy_compile(r"(?P<first>>>>|In \[\d*\]:)(?: |$)|(?:\.\.\.|\s*\.{3,}:)(?: |$)")
_OUTPUT = lazy_compile(r"Out\[\d*\]:")
_MAGIC = lazy_compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w., ]*=\s*[%!]|[\w.]+\?{1,2}\s*$)")
# What shows that a block is not meant to compile, or not by every Python.
_UNDECIDED = lazy_compile(
    r"SyntaxError|IndentationError|TabError|Traceback \(most recent|\0|^%%|\bt[\"']"
    r"|^\s*type\s+\w+.*=|^\s*(?:async\s+)?(?:def|class)\s+\w+\[",
    re.M,
)
_DOTS = lazy_compile(r"\u2026|\.{4,}")
_DOTS_AT_END = lazy_compile(r",?[ \t]*\.\.\.[ \t]*(?=[)\]}])")
_PLACEHOLDER = lazy_compile(r"<[^\W\d][^<>=\n]*>")
_DEFINITION = lazy_compile(r"\s*(?:(?:async )?def\b|class\b|@)")
_HEADER = lazy_compile(r"after .* on line (\d+)")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fenced Python that can't be parsed."""
    swallowing = open_fences(document)  # what is no code stands in it, and M006 says so
    for node in nodes_of(document, "block_code"):
        if node in swallowing:
            continue
        language = re.split(r"[\s,:{}]", node.str_attr("info").strip().lstrip("{."), maxsplit=1)[0]
        if language.lower() in _LANGUAGES:
            error = _error(node.raw)
            if error:
                message = Text(
                    f"Python으로 컴파일되지 않는다: {error.msg}", f"this Python does not compile: {error.msg}"
                )
                yield Diagnostic(_place(document, node, error.lineno or 1), message)


def _error(source: str) -> SyntaxError | None:
    """Why ``source`` does not compile, however kindly it is read; None where it does or might."""
    if len(source) > _LARGEST or _UNDECIDED.search(source):
        return None
    code = "\n".join(_code_lines(source))
    error = _compile(code)
    if error is None or "f-string" in error.msg:  # newer Pythons allow more in f-strings
        return None
    if _is_pseudocode(code):
        return None
    for attempt in (_kind(code), _PLACEHOLDER.sub("_", _kind(code))):
        if _compile(_with_bodies(attempt)) is None:
            return None
    return error


def _is_pseudocode(code: str) -> bool:
    """Whether code that does not compile shows signs of being no Python at all, or is laid out as a table."""
    lines = [line for line in _LITERAL.sub("_", code).splitlines() if line.strip(" \t_")]
    source = "\n".join(lines)
    if _PSEUDO.search(source) or _CAPITALS.search(source):
        return True
    for line in lines:
        if _HANGUL_PROSE.fullmatch(line):
            return True
        if (words := _PROSE.fullmatch(line)) and not _is_keyword(words["first"]):
            return True
    # Two columns; or values under names that nothing can be assigned to.
    columns = [{index for index, character in enumerate(line) if character == "|"} for line in lines]
    if len(lines) > 1 and set.intersection(*columns):
        return True
    unassignable = [line for line in lines if _compile(line.strip())]
    return len(unassignable) > 1 and all(map(_ASSIGNED.fullmatch, lines))


def _is_keyword(word: str) -> bool:
    return keyword.iskeyword(word) or keyword.issoftkeyword(word) or word in ("print", "exec")


def _code_lines(source: str) -> Iterator[str]:
    """The lines of code in their places, with nothing for prompts' output and IPython's own lines."""
    in_session = False
    for line in textwrap.dedent(source).split("\n"):
        prompt = _PROMPT.match(line)
        if prompt and (prompt.group("first") or in_session):
            in_session = True
            line = line[prompt.end() :]
        elif in_session or _OUTPUT.match(line):
            line = ""
        magic = _MAGIC.match(line)
        yield f"{magic.group('indent')}pass" if magic else line


def _compile(code: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # Not compile(): it minds a ``return`` outside of a function, as excerpts have it.
            ast.parse(code)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):
            return None
    return None


def _kind(code: str) -> str:
    """``code`` with dots for what was left out where Python allows no dots."""
    return _DOTS_AT_END.sub("", _DOTS.sub("...", code))


def _with_bodies(code: str) -> str:
    """``code`` with a body for each header whose body was left out or is but a comment."""
    lines = code.split("\n")
    for _ in range(20):
        error = _compile("\n".join(lines))
        header = _HEADER.search(error.msg) if error else None
        if header is None:
            break
        at = int(header.group(1)) - 1
        depth = _depth(lines[at])
        for line in lines[at + 1 :]:
            if line.strip() and (line.lstrip()[0] != "#" or _depth(line) > depth):
                break
        else:
            line = ""
        # A statement right below at the same depth has lost its indent: that is the error.
        is_body = line.strip() and line.lstrip()[0] != "#" and _depth(line) >= depth
        if is_body and not _DEFINITION.match(line):
            break
        lines[at] = re.sub(r":[ \t]*(?:#.*)?$", ": pass", lines[at])
    return "\n".join(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _place(document: Document, node: Node, line: int) -> Span:
    """The ``line``-th line of the code, without what its containers put before it."""
    at = node.span.start
    for _ in range(line):
        following = document.text.find("\n", at, node.span.end)
        if following < 0:
            break
        at = following + 1
    span = document.line_span(at)
    # The marks of quotes stand as far to the right as those before the fence.
    width = node.span.start - document.line_span(node.span.start).start
    marks = document.text[span.start : min(span.start + width, span.end)]
    start = span.start + len(marks) - len(marks.lstrip(" \t>"))
    written = document.text[start : span.end]
    return Span(start + len(written) - len(written.lstrip()), span.end) if written.strip() else span


RULE = Rule("M008", "invalid-python", Severity.NOTE, check)
