"""An answer that is not in the language of the deck.

It was pasted from a page or a machine and never put into the learners' own words. On a card, between answers in
their language, it takes several times as long to read, and what they would say in the interview is not on it.

Write the answer anew in the language that the configuration's `language` names, and keep the English term in
parentheses. Where the configuration names none, nothing is found: nobody knows which language was meant. A
document that is mostly in another language gets one line for all its answers.

What decides is the script: how much of an answer's prose is Hangul, Latin, Kana or Han. Code, math, links, quotes,
headings and terms in parentheses do not count. Only between languages of one script (an English deck, a French
answer) the words are looked at, by a language detector with a fixed seed.

Not found: answers that are too short, too mixed, or a list of terms; they are undecided and stay silent. A
paragraph in another language inside a long answer.

Bad:

    ## #1

    #### 과적합이란?

    Overfitting means that a model has learned the noise of its training data. It does well on what it has seen and
    badly on everything else.

Good:

    ## #1

    #### 과적합이란?

    과적합(overfitting)은 training data의 noise까지 외운 상태다. Dropout, weight decay, early stopping, data
    augmentation 등으로 줄인다.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from dlcards.document.language import SCRIPT_OF, base, detected, is_japanese, letters, sentences
from dlcards.document.prose import answer_blocks, masked_block
from dlcards.document.text import line_of
from dlcards.model import Config, Context, Diagnostic, Document, Pair, Rule, Severity, Text, lazy_compile

KO = """
답이 덱의 언어로 쓰이지 않았다.

어느 페이지나 기계에서 옮겨 온 뒤 배우는 사람의 말로 풀지 않은 글이다. 우리말 답들 사이에서 몇 배의 시간을 들여 읽어야 하고, 면접에서 할 말은 카드 어디에도 없다.

설정의 `language`가 정한 언어로 다시 쓰고, 영어 용어는 괄호 안에 남긴다. 설정에 `language`가 없으면 어느 언어로 쓰려 했는지 알 수 없으므로 아무것도 찾지 않는다. 대부분이 다른 언어인 문서는 한 줄로 묶어 알린다.

먼저 글자를 본다. 답의 글에서 한글, 로마자, 가나, 한자가 차지하는 몫이 판단의 근거이며 코드, 수식, 링크, 인용문, 제목, 괄호 안의 용어는 세지 않는다. 영어 덱의 프랑스어 답처럼 글자가 같은 언어끼리만 낱말을 보는데, 이때는 시드를 고정한 언어 판별기를 쓴다.

찾지 않는 것: 너무 짧거나, 섞어 썼거나, 용어만 늘어놓은 답. 판단을 미루고 아무 말도 하지 않는다. 긴 답 속의 외국어 문단도 찾지 않는다.
"""


EXAMPLE_CONFIG = Config(language="ko")


class Verdict(enum.Enum):
    """Whether a text is in a language."""

    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


_SHARED = ("latin", "cyrillic", "arabic", "devanagari")
_ENOUGH = 60  # weighted letters: a Korean sentence, ten English words
_RIGHT, _WRONG = 0.3, 0.05  # share of the language's own letters
_PARENTHESIS = lazy_compile(r"\([^()\n]{0,200}\)")
_SENTENCE = 6  # words that a foreign answer has at least
_SURE = 0.95


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find answers in another language than the configured one."""
    language = context.config.language_for(document.path)
    if not language:
        return
    judged = [(pair, judge(_texts(pair, document), language)) for pair in document.pairs]
    wrong = [pair for pair, verdict in judged if verdict is Verdict.WRONG]
    right = sum(verdict is Verdict.RIGHT for _, verdict in judged)
    cause = f"not {language}" if len(wrong) > max(right, 2) else ""
    for pair in wrong:
        message = Text(
            f"#{pair.id}의 답이 설정한 언어({language})로 쓰이지 않았다",
            f"the answer to #{pair.id} is not in the configured language ({language})",
        )
        yield Diagnostic(line_of(document, next(answer_blocks(pair))), message, cause=cause)


def judge(texts: list[str], language: str) -> Verdict:
    """Whether blocks of prose are in ``language``, a code like ``ko`` or ``pt-br``."""
    language = base(language)
    script = SCRIPT_OF.get(language, "latin")
    found = letters(texts)
    total = sum(found.values())
    own = found[script] + (found["han"] if script == "kana" else 0)
    share = own / max(total, 1)
    # Korean prose is full of Latin terms, English prose is not full of Hangul.
    wrong = _RIGHT if script == "latin" else _WRONG
    if total < _ENOUGH or wrong < share < _RIGHT:
        return Verdict.UNDECIDED
    if share <= wrong:
        # Much Latin may be terms and names; of any other script nobody writes a paragraph by chance.
        is_foreign = total - found["latin"] >= total / 2 or len(sentences(texts)) >= _SENTENCE
        return Verdict.WRONG if is_foreign else Verdict.UNDECIDED
    if script in ("kana", "han"):
        return Verdict.RIGHT if is_japanese(found) == (script == "kana") else Verdict.WRONG
    if script in _SHARED:
        return _by_words(texts, script, language)
    return Verdict.RIGHT


def _texts(pair: Pair, document: Document) -> list[str]:
    """The prose of an answer, block by block, without terms in parentheses."""
    blocks = (masked_block(document, block).replace("\0", " ") for block in answer_blocks(pair))
    return [_PARENTHESIS.sub(" ", block) for block in blocks]


def _by_words(texts: list[str], script: str, language: str) -> Verdict:
    """What the language detector says."""
    best, probability = detected(texts, script, language)
    if best == language:
        return Verdict.RIGHT
    return Verdict.WRONG if probability > _SURE else Verdict.UNDECIDED


RULE = Rule("K001", "wrong-language", Severity.WARNING, check)
