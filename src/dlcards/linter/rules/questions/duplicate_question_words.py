"""What a question's words say: whether they ask, whether they name what they ask about, and for comparison."""

from __future__ import annotations

import re
import unicodedata

from dlcards.document.layouts.asking import without_number
from dlcards.model import Node, Pair, lazy_compile

_LATIN = lazy_compile(r"[a-z][a-z0-9+#.'’-]*")
# Words that say nothing of what a question is about.
_GENERAL = frozenset(
    re.findall(
        r"\S+",
        """
        a about advantage advantages an and any are be benefit benefits best between can case cases code common
        complexity con cons define definition describe did difference differences different disadvantage
        disadvantages do does drawback drawbacks example examples explain feature features for function give happen
        happens how i if implement implementation important in is it its it's key kinds kind limitation limitations
        main mean means method methods need not of on one or other practice practices problem problems pro pros
        purpose q should some space that the them there these they this those time to two type types use used uses
        using vs we what what's when where which who why with work works would you your
        """,
    )
)
# A question that is whole only with what stands below it: the code, the picture, the choices.
_POINTS_BELOW = lazy_compile(r"(?i:\b(?:following|below|above|output|snippet)\b)|다음|아래|위의|출력")
_ASKING = lazy_compile(
    r"(?i:\A\W*(?:what|why|how|when|which|who|where|explain|describe|define|compare|difference|list|name)\b)"
    r"|[?？]|무엇|어떻|어떤|왜|설명|차이|이란|인가|방법|이유|말해|장단점"
)


def asks(question: str) -> bool:
    """Whether the words ask something; a bold line or a summary may be a mere label."""
    return bool(_ASKING.search(question))


def is_whole(question: str) -> bool:
    """Whether the words are all of the question, and do not point at code or a picture below them."""
    return not _POINTS_BELOW.search(question)


def names_a_term(question: str) -> bool:
    """Whether a question says by itself what it is about, as far as Latin letters tell."""
    words = _LATIN.findall(question.casefold())
    return len(question.split()) > 1 and any(word.rstrip(".'’-") not in _GENERAL for word in words)


def folded(pair: Pair, text: str) -> str:
    """A question for comparison: no number, no letter case, no blanks, no marks at the end."""
    node = pair.question_node
    if node is None:
        return ""
    if any(inner.kind in ("image", "inline_html") for inner in node.walk()):
        words = node.span.of(text)  # the words don't tell two pictures, or List<A> and List<B>, apart
    else:
        words = "".join(_leaf(leaf) for leaf in node.walk() if not leaf.children).strip()
    words = "".join(unicodedata.normalize("NFC", without_number(words)).casefold().split())
    return words.rstrip("?.!~…？。！")


def _leaf(leaf: Node) -> str:
    # Signs in code are the question itself: "`==`란?" and "`=`란?".
    is_sign = leaf.kind == "codespan" and not any(map(str.isalnum, leaf.raw))
    return f"`{leaf.raw}`" if is_sign else leaf.raw or " "
