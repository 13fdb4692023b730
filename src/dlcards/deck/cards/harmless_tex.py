r"""TeX that only draws: MathJax, as Anki has it, also knows commands that lead, load and dress.

``\href{javascript:…}`` is a link that runs what its author wrote, ``\style{…}``, ``\bbox[…]`` and
``\mmlToken{…}[…]`` lay anything over the card or fetch it, ``\class`` and ``\cssId`` take the looks of Anki's
own parts. Their names are parted by a character that shows nothing, so that MathJax does not know them and
no word is lost, wherever they stand (in a macro's definition, too); what can't harm stays: a web address, a
colour around a formula, a character by its number.
"""

from __future__ import annotations

from dlcards.model import lazy_compile

# Not of the command: MathJax's "\\" is a line's end, and what follows it no name.
_COMMAND = lazy_compile(
    r"(?<!\\)((?:\\\\)*\\)(?:"
    r"(hr)(?=ef(?![A-Za-z])(?!\s*\{\s*(?:https?://|mailto:)[^{}\\\s]*\s*\}))"
    r"|(bb)(?=ox(?![A-Za-z])(?!\s*(?:\[[A-Za-z0-9#,.\s]*\]|\{)))"
    r"|(uni)(?=code(?![A-Za-z])(?!\s*(?:\[[A-Za-z0-9,.\s-]*\]\s*)*\{))"
    r"|(re)(?=quire(?![A-Za-z])(?!\s*\{\s*(?!setoptions)[A-Za-z]+\s*\}))"
    r"|(cl)(?=ass(?![A-Za-z]))|(sty)(?=le(?![A-Za-z]))|(css)(?=Id(?![A-Za-z]))|(da)(?=ta(?![A-Za-z]))"
    r"|(mml)(?=Token(?![A-Za-z])(?!\s*\{[a-z]+\}\s*\{))"
    r"|(set)(?=Options(?![A-Za-z])))"
)
_APART = "\u2060"


def harmless(text: str) -> str:
    """A text, as it is written in HTML, without commands that do more than draw."""
    return _COMMAND.sub(rf"\g<0>{_APART}", text) if "\\" in text else text
