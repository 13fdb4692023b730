"""Chat laughter and tears in an answer: ㅋㅋ, ㅎㅎ, ㅠㅠ.

The answer was pasted from a chat or written as a note to a friend. On a card it stands for years, between
terms that an interviewer should hear, and it tells the learner that nobody has read the text again.

Delete the letters, and say in words what they stood for, where it matters. There is no fix: `된다ㅠㅠ` may
mean that something does not work, and then a sentence is missing.

Not found: single letters that may be meant (`모음 ㅠ`, `ㅋ 소리`), consonants in a row (`ㄱㄴㄷ`), code, quotes and
words in quotation marks, and everything outside of answers.

Bad:

    ## #1

    #### 미니배치를 쓰는 이유는?

    전체 데이터를 한 번에 넣으면 메모리가 모자라서ㅠㅠ 나누어 넣는다.

Good:

    ## #1

    #### 한글 자모는 어떻게 토큰으로 나누나?

    ㅋ, ㅎ, ㅠ를 저마다 한 토큰으로 두고, 'ㅋㅋㅋ'는 `ㅋㅋ`로 줄인다.
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.prose import answer_blocks, masked_block, without_quotes
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Span, Text, lazy_compile

KO = """
답에 ㅋㅋ, ㅎㅎ, ㅠㅠ 같은 채팅 말투가 남아 있다.

대화창에서 옮겨 왔거나 친구에게 남긴 메모다. 카드에서는 면접관에게 들려줄 용어들 사이에 몇 해를 남아, 아무도 이 글을 다시 읽지 않았다고 말해 준다.

글자를 지우고, 그것이 뜻하던 바가 중요하면 말로 적는다. 자동으로 고치지는 않는다. `된다ㅠㅠ`는 안 된다는 뜻일 수 있고, 그렇다면 문장 하나가 빠져 있다.

찾지 않는 것: 글자 자체를 말하는 낱자(`모음 ㅠ`, `ㅋ 소리`), 잇달아 적은 자음(`ㄱㄴㄷ`), 코드, 인용문과 따옴표 안의 말, 답이 아닌 곳.
"""

_LETTER = lazy_compile(r"[ㅋㅎㅠㅜ]")
# One letter counts only at the end of a sentence that it hangs on.
_CHAT = lazy_compile(r"[ㅋㅎㅠㅜ]{2,}|(?<=[다요네죠음임함])[ㅋㅎㅠㅜ](?![ㄱ-ㅣ가-힣])")


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find the letters that chats laugh and cry with."""
    if not _LETTER.search(document.text):
        return
    for pair in document.pairs:
        for block in answer_blocks(pair):
            if not _LETTER.search(document.text, block.span.start, block.span.end):
                continue
            for match in _CHAT.finditer(without_quotes(masked_block(document, block))):
                message = Text(
                    f'#{pair.id}의 답에 채팅 말투가 있다: "{match.group()[:10]}"',
                    f'chat language in the answer to #{pair.id}: "{match.group()[:10]}"',
                )
                start = block.span.start
                yield Diagnostic(Span(start + match.start(), start + match.end()), message)


RULE = Rule("K006", "chat-jamo", Severity.WARNING, check, language="ko")
