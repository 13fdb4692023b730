"""Korean misspellings that are wrong wherever they stand, each with where that is said.

The sources are 한글 맞춤법 and 외래어 표기법 (the orthography of Korean and of loanwords, by article) and 표준국어대사전,
the dictionary of the National Institute of Korean Language. What may be right in some sentence is left out, or its
entry holds as much of the sentence as makes it certain.
"""

from __future__ import annotations

from typing import NamedTuple

_DICTIONARY = "표준국어대사전"
_WORDS = "한글 맞춤법 제2항"
_RATE = "한글 맞춤법 제11항"
_SIOT = "한글 맞춤법 제30항"
_SHORT = "한글 맞춤법 제35항"
_DEPENDENT = "한글 맞춤법 제42항"
_COUNTED = "한글 맞춤법 제43항"
_ADVERB = "한글 맞춤법 제51항"
_ENDING = "한글 맞춤법 제57항"
_SIBILANT = "외래어 표기법 제3장 제1절 제3항"
_AFFRICATE = "외래어 표기법 제3장 제1절 제4항"
_LOAN = "표준국어대사전, 외래어 표기 용례"

_ALONE = r"(?<![가-힣])"
_ENDS = r"(?![가-힣])"


class Misspelling(NamedTuple):
    """One entry.

    ``stems``, ``wrong`` and ``tails`` follow upon each other. Each is a list of words with ``|`` between
    them, or empty; a word begins with a letter that stands for itself, and may be a regular expression.

    Attributes:
        wrong: What is wrong.
        right: What should stand there; None where that depends on the sentence.
        source: Where it is said.
        stems: What stands before it, makes it wrong, and stays.
        tails: What stands after it, likewise.
        before: What must stand before all that, as a regular expression without width.
        after: What must stand after it, likewise.
    """

    wrong: str
    right: str | None
    source: str
    stems: str = ""
    tails: str = ""
    before: str = ""
    after: str = ""


# Nouns of doing after which 시 is "at the time of".
_DOING = (
    "사용|학습|훈련|추론|실행|적용|호출|요청|생성|삭제|변경|수정|구현|접근|발생|설정|입력|시작|종료|배포|조회|전송|저장|"
    "선택|비교|연결|변환|할당|초기화|업데이트|테스트|로그인"
)
# What 띠다 (to have a quality) takes, and 띄다 (to leave a gap, to be seen) does not.
_SIZED = ("높은 값", "낮은 값", "큰 값", "작은 값", "양의 값", "음의 값")
_NAMED = ("특징", "특성", "성질", "성격", "성향", "경향", "양상", "의미", "빛", "색", "형태", "속성", "극성")
_QUALITY = "|".join(f"{noun}[을를] " for noun in (*_SIZED, *_NAMED))

MISSPELLINGS = (
    # Blanks
    Misspelling("", " ", _DEPENDENT, _DOING, "시", before=_ALONE, after=r"(?=에|의|[\s,.)]|$)"),
    Misspelling("수 ?", " 수 ", _DEPENDENT, "할|될|을|볼|쓸|알|갈", "있|없"),
    Misspelling("", " ", _DEPENDENT, "것", "같", after="(?=다|은|습|아요|아서)"),
    Misspelling("", " ", _COUNTED, "몇", "줄|시간|가지|개|번|배|명|초|분|년|층|달"),
    Misspelling(
        "",
        " ",
        _WORDS,
        "할|될|을|를|일|볼|쓸|갈|올|줄|킬|릴|낼|뺄|질|칠|날|들|둘|살|열|풀|걸",
        "때",
        after="(?!기|없)",
    ),
    Misspelling("", " ", _WORDS, "이|그", "때문", before=_ALONE, after="(?=에|이)"),
    Misspelling(
        "",
        " ",
        _WORDS,
        "해야|돼야|어야|아야|봐야|와야|써야",
        "한다|합니다|하는|하며|하고|하지|했|하므로|하기",
    ),
    Misspelling("", " ", _WORDS, "뿐만", "아니라"),
    Misspelling("", " ", _WORDS, "더", "이상"),
    Misspelling(" ", "", _DICTIONARY, "이|그", "때", before="(?:^|(?<=[.!?] ))", after="(?=[,는의에])"),
    # Endings
    Misspelling("안되요", "안 돼요", _SHORT, before=_ALONE, after=_ENDS),
    Misspelling("되요", "돼요", _SHORT, after=_ENDS),
    Misspelling("되서", "돼서", _SHORT, after=_ENDS),
    Misspelling("되야", "돼야", _SHORT),
    Misspelling("됬", "됐", _SHORT),
    Misspelling("바꼈", "바뀌었", "한글 맞춤법 제36항"),
    Misspelling("않", "안 ", _DICTIONARY, tails="된|될|됐|됨|돼", before="(?<!지 )(?<!지)"),
    Misspelling("하므로써", "함으로써", _ENDING),
    Misspelling("되므로써", "됨으로써", _ENDING),
    Misspelling("할려", "하려", _DICTIONARY, after="(?=고|면)"),
    Misspelling("될려", "되려", _DICTIONARY, after="(?=고|면)"),
    Misspelling("할께", "할게", "한글 맞춤법 제53항"),
    # Words
    Misspelling(
        "몇일", "며칠", "한글 맞춤법 제27항", after="(?=[이을은간째]|에|동안| (?:동안|전|후|뒤|만에))"
    ),
    Misspelling("띄", "띠", _DICTIONARY, stems=_QUALITY, after="(?=[고게는며면지]|거나)"),
    Misspelling("띈", "띤", _DICTIONARY, stems=_QUALITY, after=r"(?=다|[\s,.]|$)"),
    Misspelling("가르키", None, "표준국어대사전: 가리키다, 가르치다"),
    Misspelling(
        "율",
        "률",
        _RATE,
        stems="학습|확|압축|성공|적중|사용|활용|이용|정답|가동|응답|충돌|손실|이탈|탈락|중복",
    ),
    Misspelling("률", "율", _RATE, stems="오류|점유|비|재현|감소|증가|전환|실패|참여|변화|처리"),
    Misspelling("갯수", "개수", _SIOT),
    Misspelling("댓가", "대가", _SIOT),
    Misspelling("촛점", "초점", _SIOT),
    Misspelling("헛점", "허점", _SIOT),
    Misspelling("대값", "댓값", _SIOT, stems="최|절|기"),
    Misspelling("최소값", "최솟값", _SIOT),
    Misspelling("역활", "역할", _DICTIONARY),
    Misspelling("웬지", "왠지", _DICTIONARY),
    Misspelling("왠", "웬", _DICTIONARY, after="(?=만|일)"),
    Misspelling("어짜피", "어차피", _DICTIONARY),
    Misspelling("도데체", "도대체", _DICTIONARY),
    Misspelling("오랫만", "오랜만", _DICTIONARY),
    Misspelling("희안", "희한", _DICTIONARY, after="(?=[하한해])"),
    Misspelling("통채로", "통째로", _DICTIONARY),
    Misspelling("무릎쓰", "무릅쓰", _DICTIONARY),
    Misspelling("붙혀", "붙여", _DICTIONARY),
    Misspelling("짜집기", "짜깁기", _DICTIONARY),
    Misspelling("치뤄", "치러", _DICTIONARY),
    Misspelling("잠궈", "잠가", _DICTIONARY),
    Misspelling("서슴치", "서슴지", _DICTIONARY),
    Misspelling("생각컨대", "생각건대", "한글 맞춤법 제40항"),
    Misspelling("히", "이", _ADVERB, stems="일일|곰곰|틈틈|깨끗"),
    # Loanwords
    Misspelling("쉬", "시", _SIBILANT, stems="해|캐|푸|플래|리프레|브러"),
    Misspelling("리더쉽", "리더십", _SIBILANT),
    Misspelling("쳐", "처", _AFFRICATE, stems="아키텍|피|캡|텍스|제스"),
    Misspelling("스케쥴", "스케줄", _AFFRICATE),
    Misspelling("져", "저", _AFFRICATE, stems="옵티마이|토크나이|매니"),
    Misspelling("컨텐츠", "콘텐츠", _LOAN),
    Misspelling("메세지", "메시지", _LOAN),
    Misspelling("어플리케이션", "애플리케이션", _LOAN),
    Misspelling("메카니즘|매커니즘", "메커니즘", _LOAN),
    Misspelling("파라메터", "파라미터", _LOAN),
    Misspelling("메뉴얼", "매뉴얼", _LOAN),
    Misspelling("엑세스", "액세스", _LOAN),
    Misspelling("라이센스", "라이선스", _LOAN),
    Misspelling("네비게이션", "내비게이션", _LOAN),
    Misspelling("콜렉", "컬렉", _LOAN, after="(?=션|터)"),
    Misspelling("데이타", "데이터", _LOAN),
    Misspelling("네트웍", "네트워크", _LOAN, after="(?!스)"),
    Misspelling("트랜젝션|트렌젝션|트렌잭션", "트랜잭션", _LOAN),
    Misspelling("랜더링", "렌더링", _LOAN),
)
