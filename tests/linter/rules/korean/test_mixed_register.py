"""K003 mixed-register: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.korean.cases import answer
from tests.support.documents import causes, places

REGISTER = Config(select=("K003",))
POLITE = Config(select=("K003",), register="합니다체")


@pytest.mark.parametrize(
    "body",
    [
        "잡음까지 외운 상태다. 데이터를 늘린다. 그래서 아니다.",
        "이 값이 중요\n\n- 규제가 필요.\n- 수요\n- 개요.\n- 그 밖의 소요",
        '면접관은 "줄어듭니다."라고 답했다. ‘좋아요.’도 있다.',
        "> 원문: 줄어듭니다.",
        "`줄어듭니다.`",
        "```\n줄어듭니다.\n```",
        "무엇인가요? 될까요?",
        "다만 그렇습니다만, 하지만요, 그래도 된다.",
        "##### 어떻게 줄입니까?",
        "- 규제를 걺.\n- 데이터를 늘림",
        "#### 꼬리질문\n\n- 왜 그런가요?\n  - 기울기가 0이기 때문이다.",
        "#### References\n\n- 참고하세요.",
    ],
)
def test_one_register(body: str) -> None:
    assert places(answer(body), "K003", REGISTER) == []


@pytest.mark.parametrize(
    ("body", "config", "found"),
    [
        ("늘린다. 줄어듭니다.", REGISTER, ["5:8 듭니다"]),
        ("늘린다. 줄어듭니다", REGISTER, ["5:8 듭니다"]),
        ("- 줄어듭니다\n- 늘린다", REGISTER, ["5:5 듭니다"]),
        ("늘려요. 좋죠. 하세요! 봅시다.", REGISTER, ["5:2 려요", "5:6 좋죠", "5:11 세요", "5:15 봅시다"]),
        ("늘린다(줄이세요)", REGISTER, ["5:7 세요"]),
        ("> 핵심: 늘립니다.", REGISTER, ["5:8 립니다"]),
        ("#### 꼬리질문\n\n- 왜?\n  - 좋습니다.", REGISTER, ["8:6 습니다"]),
        ("늘립니다.\r\n줄입니다.\r\n", REGISTER, ["5:2 립니다", "6:2 입니다"]),
        ("줄어듭니다. 늘린다. 봅시다. 좋아요.", POLITE, ["5:10 다"]),
        ("- 람다.\n- 캐나다.\n- 늘린다", POLITE, []),
    ],
)
def test_mixed_register(body: str, config: Config, found: list[str]) -> None:
    assert places(answer(body), "K003", config) == found


def test_the_other_register_throughout_is_one_cause() -> None:
    assert set(causes(answer("늘립니다. 줄입니다. 같다."), "K003", REGISTER)) == {"register"}
    assert set(causes(answer("늘립니다. 줄인다."), "K003", REGISTER)) == {""}
