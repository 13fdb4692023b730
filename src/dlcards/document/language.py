"""What language a document is written in: its script first, a language detector where several share one."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dlcards.document.text import TAG
from dlcards.model import Config, Document, lazy_compile

# Letters by script: the first and the last one of each range.
_SCRIPTS = {
    "hangul": ("\uac00\ud7a3", "\u1100\u11ff", "\u3131\u318e"),
    "kana": ("\u3041\u30ff",),
    "han": ("\u3400\u9fff",),
    "latin": ("AZ", "az", "\u00c0\u024f", "\u1e00\u1eff"),
    "cyrillic": ("\u0400\u04ff",),
    "greek": ("\u0370\u03ff",),
    "hebrew": ("\u05d0\u05ea",),
    "arabic": ("\u0600\u06ff",),
    "devanagari": ("\u0900\u097f",),
    "bengali": ("\u0980\u09ff",),
    "tamil": ("\u0b80\u0bff",),
    "thai": ("\u0e00\u0e7f",),
}
_RANGES = sorted((each[0], each[1], script) for script, ranges in _SCRIPTS.items() for each in ranges)
_FIRST = [first for first, _, _ in _RANGES]
# About how many Latin letters say as much as one of a script.
_WEIGHTS = {"hangul": 3, "kana": 2, "han": 3}
# Whose script says which language it is, or nearly; of all others the words decide.
_OWN = {
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
    "greek": "el",
    "hebrew": "he",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
}
# What a text of a shared script is taken for that is too short, or too much a list of terms, to tell.
_USUAL = {"latin": "en", "cyrillic": "ru", "arabic": "ar", "devanagari": "hi"}
SCRIPT_OF = {
    **{language: script for script, language in _OWN.items()},
    **dict.fromkeys(("ru", "uk", "bg", "mk"), "cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "devanagari"),
}
"""The script of a language, save those written in Latin letters."""

# The share of its letters from which on a text is written in a script: the terms in Korean, Russian or
# Hebrew prose are Latin, while Latin prose holds but a quoted word of another script.
_SHARE = 0.1
_LATIN_WORD = lazy_compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’]+")
# A block of fewer words, or with most of them capitalised, may be a list of terms.
_SENTENCE = 6
_FEWEST_WORDS = 2 * 12
_SURE = 0.95
_ENOUGH_WORDS = 500  # to know a language by


def language_of(document: Document, config: Config) -> str:
    """The language of a document, as BCP 47 calls it: the configured one, else what its words say.

    Never empty: a text that says too little is taken for one in the usual language of its script.
    """
    if configured := config.language_for(document.path):
        return configured
    texts = _words(document)
    script = script_of(texts)
    return _OWN.get(script) or _by_words(texts, script)


def is_in(document: Document, language: str, config: Config) -> bool:
    """Whether a document is written in ``language``, one that its script tells, such as ``ko``."""
    if configured := config.language_for(document.path):
        return base(configured) == language
    if document.text.isascii():
        return False
    return _OWN.get(script_of(_words(document))) == language


def base(language: str) -> str:
    """The language of a BCP 47 tag without region and script: ``pt`` of ``pt-BR``."""
    return language.casefold().partition("-")[0]


def letters(texts: Iterable[str]) -> Mapping[str, int]:
    """How much of some texts is in which script, in the letters that Latin would take to say as much."""
    found = dict.fromkeys(_SCRIPTS, 0)
    for character, count in Counter("".join(texts)).items():
        if script := _script(character):
            found[script] += count * _WEIGHTS.get(script, 1)
    return found


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script of a letter; empty for what is none of the table's."""
    at = bisect_right(_FIRST, character) - 1
    return _RANGES[at][2] if at >= 0 and character <= _RANGES[at][1] else ""


def script_of(texts: Iterable[str]) -> str:
    """The script that some texts are written in: a key of the table above. Terms may be in another one."""
    found = dict(letters(texts))
    if is_japanese(found):
        found["kana"] += found.pop("han")
    total = max(sum(found.values()), 1)
    best = max((name for name in found if name != "latin"), key=lambda name: found[name])
    return best if found[best] / total >= _SHARE else "latin"


def is_japanese(found: Mapping[str, int]) -> bool:
    """Whether texts with so many :func:`letters` are Japanese rather than Chinese, if they are either."""
    return found["kana"] > 0.1 * (found["kana"] + found["han"])


def detected(texts: Iterable[str], script: str, language: str = "") -> tuple[str, float]:
    """What language the words of a shared script are, and how probable that is, 0 to 1; empty where they
    are too few.

    Args:
        texts: Blocks of prose. Of Latin ones only those count that look like sentences.
        script: The script.
        language: What is expected, if anything.
    """
    words = sentences(texts) if script == "latin" else _in_script(texts, script)
    if len(words) < _FEWEST_WORDS:
        return "", 0.0
    # One word in fifty of English is "the", and of no other language. Loading langdetect takes as long as
    # linting a large document, and a text 10 ms.
    if script == "latin" and language in ("", "en") and words.count("the") * 50 >= len(words):
        return "en", 1.0
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    # From all over the text: what is translated last is often its end.
    sample = words[:: max(1, len(words) // _ENOUGH_WORDS)]
    try:
        best = detect_langs(" ".join(sample))[0]
    except LangDetectException:
        return "", 0.0
    return base(best.lang), float(best.prob)


def sentences(texts: Iterable[str]) -> list[str]:
    """The Latin words of blocks that look like sentences."""
    words: list[str] = []
    for text in texts:
        found = _LATIN_WORD.findall(text)
        if len(found) >= _SENTENCE and sum(word[0].islower() for word in found) > len(found) / 2:
            words += found
    return words


def _in_script(texts: Iterable[str], script: str) -> list[str]:
    return [
        word for text in texts for word in text.split() if any(_script(letter) == script for letter in word)
    ]


def _by_words(texts: list[str], script: str) -> str:
    found, sure = detected(texts, script)
    return found if sure > _SURE else _USUAL[script]


def _words(document: Document) -> list[str]:
    """What a document says, block by block, without code, math and addresses."""
    found: list[str] = []
    for block in document.blocks:
        parts = []
        left = [block]
        while left:
            node = left.pop()
            kind = node.kind
            if kind == "text":
                parts.append(node.raw)
            elif kind == "block_html":
                parts.append(TAG.sub(" ", node.raw))
            elif kind in ("paragraph", "block_text", "table_cell", "softbreak", "linebreak"):
                parts.append("\n" if kind != "softbreak" else " ")
            if node.children:
                left.extend(reversed(node.children))
        found += "".join(parts).split("\n")
    return found
