"""K004 common-misspelling: clean cases first, then every entry of the table with what the fix makes of it."""

from __future__ import annotations

import re

import pytest

from dlcards.linter.rules.korean.common_misspelling import RULE as MISSPELLING
from dlcards.linter.rules.korean.common_misspelling_table import MISSPELLINGS, Misspelling
from dlcards.model import Config
from tests.support.documents import findings, mend, places


@pytest.mark.parametrize(
    "text",
    [
        "며칠, 됐다, 개수, 콘텐츠, 할 때, 몇 줄, 뿐만 아니라, 더 이상, 될 수 있다, 이때",
        "눈에 띄는 차이, 간격을 띄고, 색을 띠는, 화면에 값을 띄우고",
        "값은 몇일까? x가 몇일 때, 몇일지",
        "볼때기, 풀때기, 그때, 한때, 제때, 쓸데없이",
        "할수록, 될수록, 갈수록, 갈수기",
        "이것같이, 몇몇, 몇십",
        "되요구, 되도록, 되돌린다, 과하지 않되 충분하게",
        "학습시킨다, 실행시간, 생성시점, 시작시각, 비상시",
        "학습률, 확률, 오류율, 비율, 손실률, 재현율, 백분율",
        "네트웍스, 캐시, 해시, 아키텍처, 스케줄러",
        "왠지, 웬만하면, 함으로써, 드러난다",
        "이 때문에, 그 때문이다. 이 때를 벗긴다.",
        "`몇줄`, $할때$, [컨텐츠](https://example.com/컨텐츠)",
        "'됬다'가 아니라 ‘됐다’로, “갯수”가 아니라 “개수”로",
        "```\n갯수\n```",
        "<!-- 갯수 -->",
    ],
)
def test_right_spelling(text: str) -> None:
    assert places(text, "K004") == []


MISSPELT = [
    ("사용시에", "사용 시에"),
    ("학습시 필요한", "학습 시 필요한"),
    ("할수 있다", "할 수 있다"),
    ("알수없는", "알 수 없는"),
    ("것같다", "것 같다"),
    ("몇줄일까", "몇 줄일까"),
    ("몇가지", "몇 가지"),
    ("할때마다", "할 때마다"),
    ("있을때", "있을 때"),
    ("이때문에", "이 때문에"),
    ("학습해야한다", "학습해야 한다"),
    ("그뿐만아니라", "그뿐만 아니라"),
    ("더이상", "더 이상"),
    ("이 때, 예측 값", "이때, 예측 값"),
    ("한다. 그 때는", "한다. 그때는"),
    ("안되요", "안 돼요"),
    ("되요.", "돼요."),
    ("사용되서", "사용돼서"),
    ("실행되야만", "실행돼야만"),
    ("안 됬다", "안 됐다"),
    ("바꼈다", "바뀌었다"),
    ("않된다", "안 된다"),
    ("하므로써", "함으로써"),
    ("되므로써", "됨으로써"),
    ("할려고", "하려고"),
    ("될려면", "되려면"),
    ("할께", "할게"),
    ("몇일 동안", "며칠 동안"),
    ("높은 값을 띄게", "높은 값을 띠게"),
    ("성질을 띄거나", "성질을 띠거나"),
    ("색을 띈 선", "색을 띤 선"),
    ("학습율", "학습률"),
    ("오류률", "오류율"),
    ("갯수", "개수"),
    ("댓가", "대가"),
    ("촛점", "초점"),
    ("헛점", "허점"),
    ("최대값", "최댓값"),
    ("최소값", "최솟값"),
    ("역활", "역할"),
    ("웬지", "왠지"),
    ("왠만한", "웬만한"),
    ("어짜피", "어차피"),
    ("도데체", "도대체"),
    ("오랫만", "오랜만"),
    ("희안하게", "희한하게"),
    ("통채로", "통째로"),
    ("무릎쓰고", "무릅쓰고"),
    ("붙혀", "붙여"),
    ("짜집기", "짜깁기"),
    ("치뤄", "치러"),
    ("잠궈", "잠가"),
    ("서슴치", "서슴지"),
    ("생각컨대", "생각건대"),
    ("일일히", "일일이"),
    ("캐쉬", "캐시"),
    ("리더쉽", "리더십"),
    ("아키텍쳐", "아키텍처"),
    ("스케쥴러", "스케줄러"),
    ("옵티마이져", "옵티마이저"),
    ("컨텐츠", "콘텐츠"),
    ("메세지", "메시지"),
    ("어플리케이션", "애플리케이션"),
    ("매커니즘", "메커니즘"),
    ("하이퍼파라메터", "하이퍼파라미터"),
    ("메뉴얼", "매뉴얼"),
    ("엑세스", "액세스"),
    ("라이센스", "라이선스"),
    ("네비게이션", "내비게이션"),
    ("콜렉션", "컬렉션"),
    ("데이타", "데이터"),
    ("네트웍", "네트워크"),
    ("트렌젝션", "트랜잭션"),
    ("랜더링", "렌더링"),
]


@pytest.mark.parametrize(("text", "mended"), MISSPELT)
def test_misspelt_and_mended(text: str, mended: str) -> None:
    found = [f.diagnostic for f in findings(text) if f.code == MISSPELLING.code]
    assert len(found) == 1
    assert "제" in found[0].message.ko or "국어" in found[0].message.ko, "the source"
    assert mend(text, Config(select=("K004",))) == mended


@pytest.mark.parametrize("entry", MISSPELLINGS, ids=lambda entry: f"{entry.wrong}{entry.tails}")
def test_every_entry_is_tried(entry: Misspelling) -> None:
    pattern = f"{entry.before}(?:{entry.stems})(?:{entry.wrong})(?:{entry.tails}){entry.after}"
    assert entry.right is None or any(re.search(pattern, text, re.M) for text, _ in MISSPELT)


def test_a_word_with_two_right_spellings_has_no_fix() -> None:
    assert places("포인터가 가르키는 곳", "K004") == ["1:6 가르키"]
    assert mend("가르키는 곳") == "가르키는 곳"


def test_misspelt_headings_are_found_and_left_alone() -> None:
    text = "#### 미니배치를 작게 할때의 장단점은?\r\n\r\n> - | 할때\r\n"
    assert places(text, "K004") == ["1:15 할때", "3:7 할때"]
    assert mend(text) == text.replace("| 할때", "| 할 때")
