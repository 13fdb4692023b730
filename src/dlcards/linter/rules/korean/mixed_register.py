"""합니다체 or 해요체 in a document in 한다체, or the other way round.

A learner who reads the cards in a shuffled order meets `…한다` and `…합니다` in turn, hears two voices, and stops
at the seams; an answer that is spoken aloud in an interview changes its tone in the middle.

Rewrite the sentence in the style that `register` names: `한다체` (the default) or `합니다체`. In the latter, 해요체
may stand among 합니다체, as it does in speech. There is no fix: `…해요` may become `한다`, `하라` or `하자`. Where
the other style outnumbers the right one, one line stands for the document.

Not found: questions, headings, quotes, words in quotation marks, code; sentences that end in a noun or in `-함`,
`-음`; endings in the middle of a sentence (`…하지만요, …`).

Bad:

    ## #1

    #### 과적합이란?

    과적합은 잡음까지 외운 상태다. 데이터를 늘리면 줄어듭니다.

Good:

    ## #1

    #### 과적합이란 무엇인가요?

    과적합은 잡음까지 외운 상태다. 데이터를 늘리면 줄어든다. "줄어듭니다."라고 말해도 좋다. 데이터가 중요.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlcards.document.prose import answer_blocks, masked_block, without_quotes
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text, lazy_compile

KO = """
한다체로 쓴 문서에 합니다체나 해요체가 섞였다. 또는 그 반대다.

카드를 섞어 읽는 학습자는 `…한다`와 `…합니다`를 번갈아 만나 두 사람의 목소리를 듣고, 이음매마다 멈칫한다. 면접에서 소리 내어 말할 답이라면 말투가 중간에 바뀐다.

설정의 `register`가 정한 문체(`한다체`가 기본, 아니면 `합니다체`)로 문장을 고쳐 쓴다. 합니다체 문서에서는 말할 때처럼 해요체가 섞여도 된다. `…해요`는 `한다`도 `하라`도 `하자`도 될 수 있으므로 자동으로 고치지는 않는다. 다른 문체가 더 많은 문서는 한 줄로 묶어 알린다.

찾지 않는 것: 질문, 제목, 인용문, 따옴표 안의 말, 코드. 명사나 `-함`, `-음`으로 끝난 문장, 문장 가운데의 어미(`…하지만요, …`)도 찾지 않는다.
"""

# All syllables that end in ㅂ: 합, 됩, 입, 습, …
_WITH_BIEUP = "".join(chr(code) for code in range(0xAC00 + 17, 0xD7A4, 28))
# No noun ends so: 중요, 필요, 수요, 개요, 소요, 동요 and 강요 have none of these before the 요.
_INFORMAL = (
    "어|아|여|해|돼|되|예|에|네|군|지|세|워|와|줘|둬|봐|놔|려|켜|져|쳐|겨|써|커|꺼|내|대|데|래|게|러|구|걸|든"
)
# The end of a block ends a sentence, too, and so does a line's: answers often lack the full stop.
_POLITE = lazy_compile(
    rf"(?:[{_WITH_BIEUP}][니시]다|(?<=[가-힣])(?:{_INFORMAL})요|[가-힣]죠|십시오)(?=[.!…)]|[ \t\r]*$)", re.M
)
# Only before a full stop: 람다, 캐나다 and 판다 end many a line.
_PLAIN = lazy_compile(rf"(?<=[가-힣])(?<![{_WITH_BIEUP}][니시])(?<!람)(?<!캐나)(?<!바)(?<!판)다(?=[.!…])")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find sentences that end in the style that the configuration does not name."""
    plain: list[Span] = []
    polite: list[Span] = []
    for pair in document.pairs:
        for block in answer_blocks(pair):
            visible, start = without_quotes(masked_block(document, block)), block.span.start
            plain += [Span(start + m.start(), start + m.end()) for m in _PLAIN.finditer(visible)]
            polite += [Span(start + m.start(), start + m.end()) for m in _POLITE.finditer(visible)]
    wanted = context.config.register
    right, wrong = (plain, polite) if wanted == "한다체" else (polite, plain)
    cause = "register" if len(wrong) > len(right) else ""
    for span in wrong:
        said = document.text[max(0, span.start - 12) : span.end].split()[-1:]
        message = Text(
            f"{wanted} 문서의 다른 문체: {''.join(said)}",
            f"not in {wanted}, as the document is: {''.join(said)}",
        )
        yield Diagnostic(span, message, cause=cause)


RULE = Rule("K003", "mixed-register", Severity.WARNING, check, default=False, language="ko")
