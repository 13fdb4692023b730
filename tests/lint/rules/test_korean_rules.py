"""K001, K003-K006: clean cases first, then what is found and what a fix makes of it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from dlcards.lint.fixes import fix
from dlcards.lint.rules.korean.common_misspelling import RULE as MISSPELLING
from dlcards.lint.rules.korean.common_misspelling_table import MISSPELLINGS, Misspelling
from dlcards.lint.rules.korean.wrong_language import Verdict, judge
from dlcards.model import Config
from tests.support import ROOT
from tests.support.documents import PATH, FakeFiles, context, findings, places

ENGLISH = (
    "Overfitting means that a model has learned the noise of its training data. "
    "It does well on what it has seen and badly on everything else."
)
WITHOUT_THE = (
    "Dropout sets a random part of all activations to zero while a network learns, so that no unit can rely on "
    "any other one. When it predicts, all units take part, and their outputs are scaled."
)
FRENCH = (
    "Le surapprentissage signifie que le modèle a appris le bruit de ses données. Il se comporte bien sur ce "
    "qu'il a déjà vu et mal sur tout le reste, car il a retenu des détails sans importance."
)
GERMAN = (
    "Überanpassung bedeutet, dass ein Modell das Rauschen seiner Trainingsdaten gelernt hat und auf allem, "
    "was es noch nicht gesehen hat, schlechte Vorhersagen macht, obwohl der Fehler beim Training klein ist."
)
KOREAN = "과적합은 모델이 학습 데이터의 잡음까지 외워서 처음 보는 데이터를 잘 맞히지 못하는 상태다."
MIXED = "Internal Covariate Shift는 layer마다 input distribution이 training 중에 바뀌는 현상이다."
TERMS = "Stochastic gradient descent, RMSprop, Adam, AdamW, Adagrad, Adadelta, Nesterov momentum, LAMB, LARS, Lion"
JAPANESE = (
    "過学習とは、モデルが訓練データの雑音まで覚えてしまい、初めて見るデータをうまく予測できない状態である。"
)
CHINESE = "过拟合是指模型把训练数据中的噪声也记住了，因此在没有见过的数据上预测得很差，误差明显变大。"
RUSSIAN = (
    "Переобучение означает, что модель выучила шум обучающих данных и плохо работает на новых примерах. "
    "Она хорошо предсказывает то, что уже видела, и плохо всё остальное, поэтому ошибка растёт."
)


def answer(body: str, number: int = 1) -> str:
    return f"## #{number}\n\n#### 질문?\n\n{body}\n\n"


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        (KOREAN, "ko", Verdict.RIGHT),
        (MIXED, "ko", Verdict.RIGHT),
        (TERMS, "ko", Verdict.UNDECIDED),
        ("ReLU", "ko", Verdict.UNDECIDED),
        ("", "ko", Verdict.UNDECIDED),
        (f"{ENGLISH} {KOREAN}", "ko", Verdict.RIGHT),
        (f"{ENGLISH * 3} {KOREAN}", "ko", Verdict.UNDECIDED),
        (ENGLISH, "ko", Verdict.WRONG),
        (f"{ENGLISH} {TERMS}", "ko", Verdict.WRONG),
        (JAPANESE, "ko", Verdict.WRONG),
        (CHINESE, "ko", Verdict.WRONG),
        (RUSSIAN, "ko", Verdict.WRONG),
        (JAPANESE, "ja", Verdict.RIGHT),
        (CHINESE, "ja", Verdict.WRONG),
        (KOREAN, "ja", Verdict.WRONG),
        (CHINESE, "zh-CN", Verdict.RIGHT),
        (JAPANESE, "zh", Verdict.WRONG),
        (ENGLISH, "en", Verdict.RIGHT),
        (WITHOUT_THE, "en", Verdict.RIGHT),
        (TERMS, "en", Verdict.UNDECIDED),
        (FRENCH, "en", Verdict.WRONG),
        (GERMAN, "en", Verdict.WRONG),
        (KOREAN, "en", Verdict.WRONG),
        (MIXED, "en", Verdict.UNDECIDED),
        (FRENCH, "fr", Verdict.RIGHT),
        (ENGLISH, "de", Verdict.WRONG),
        (RUSSIAN, "ru", Verdict.RIGHT),
        (ENGLISH, "ru", Verdict.WRONG),
    ],
)
def test_three_verdicts_on_a_language(text: str, language: str, verdict: Verdict) -> None:
    assert judge([text], language) is verdict


@pytest.mark.parametrize(
    "body",
    [
        KOREAN,
        f"{KOREAN}\n\n> {ENGLISH}",
        f"> {ENGLISH}",
        f"```\n{ENGLISH}\n```",
        f"`{ENGLISH}`",
        f"[{ENGLISH}](https://example.com)",
        f"과적합은 잡음까지 외운 상태다({ENGLISH})",
        "\n".join(f"- {term}" for term in TERMS.split(", ")),
        "| a | b |\n|---|---|\n| Adam | Kingma and Ba |",
        f"##### {ENGLISH}",
        "$$\nf(x)=x\n$$",
        f"#### References\n\n{ENGLISH}",
    ],
)
def test_answers_in_korean(body: str) -> None:
    assert places(answer(body), "K001") == []


def test_an_answer_in_english_is_found_at_its_first_line() -> None:
    text = answer(KOREAN) + answer(f"{ENGLISH}\nIt is common.", 2)
    assert places(text, "K001") == [f"11:1 {ENGLISH}"]
    assert places(answer(f"- {ENGLISH}\n- {ENGLISH}"), "K001") == [f"5:3 {ENGLISH}"]
    assert places(text, "K001", Config(language="en")) == [f"5:1 {KOREAN}"]


def test_a_document_in_another_language_is_one_cause() -> None:
    def causes(text: str) -> list[str]:
        return [f.diagnostic.cause for f in findings(text) if f.rule.code == "K001"]

    foreign = "".join(answer(ENGLISH, number) for number in range(1, 4))
    assert causes(foreign) == ["not ko"] * 3
    assert causes(answer(ENGLISH)) == [""]
    assert causes(foreign + "".join(answer(KOREAN, number) for number in range(4, 8))) == [""] * 3


def test_a_korean_run_loads_no_language_profiles() -> None:
    program = (
        "import sys; from dlcards.lint.rules.korean.wrong_language import judge; "
        f"judge([{KOREAN!r}], 'ko'); judge([{ENGLISH!r}], 'ko'); sys.exit('langdetect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


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
    def causes(body: str) -> set[str]:
        return {f.diagnostic.cause for f in findings(answer(body), REGISTER) if f.rule.code == "K003"}

    assert causes("늘립니다. 줄입니다. 같다.") == {"register"}
    assert causes("늘립니다. 줄인다.") == {""}


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
    found = [f.diagnostic for f in findings(text) if f.rule is MISSPELLING]
    assert len(found) == 1
    assert "제" in found[0].message.ko or "국어" in found[0].message.ko, "the source"
    assert fix(PATH, text, context(Config(select=("K004",)))).text == mended


@pytest.mark.parametrize("entry", MISSPELLINGS, ids=lambda entry: f"{entry.wrong}{entry.tails}")
def test_every_entry_is_tried(entry: Misspelling) -> None:
    pattern = f"{entry.before}(?:{entry.stems})(?:{entry.wrong})(?:{entry.tails}){entry.after}"
    assert entry.right is None or any(re.search(pattern, text, re.M) for text, _ in MISSPELT)


def test_a_word_with_two_right_spellings_has_no_fix() -> None:
    assert places("포인터가 가르키는 곳", "K004") == ["1:6 가르키"]
    assert fix(PATH, "가르키는 곳", context()).text == "가르키는 곳"


def test_misspelt_headings_are_found_and_left_alone() -> None:
    text = "#### 미니배치를 작게 할때의 장단점은?\r\n\r\n> - | 할때\r\n"
    assert places(text, "K004") == ["1:15 할때", "3:7 할때"]
    assert fix(PATH, text, context()).text == text.replace("| 할때", "| 할 때")


GLOSSARY = """
[[term]]
use = "과적합"
instead-of = ["오버피팅"]
english = "overfitting"

[[term]]
use = "경사 하강법"
instead-of = ["경사하강법"]
english = "gradient descent"

[[term]]
use = "기울기"
instead-of = ["그레이디언트", "경사"]
english = "gradient"

[[term]]
use = "규제"
english = "Regularization"

[[term]]
use = "정규화"
english = "normalization"

[[term]]
use = "test 세트"
instead-of = ["테스트 세트", "test set"]
"""


def glossary_places(text: str, glossary: str = GLOSSARY) -> list[str]:
    config = Config(select=("K005",), glossary="glossary.toml")
    return places(text, "K005", config, FakeFiles(contents={"glossary.toml": glossary.encode()}))


@pytest.mark.parametrize(
    "text",
    [
        "과적합은 기울기와 경사 하강법의 일이다",
        "과적합(overfitting, 오버피팅)이란",
        "과적합(오버피팅)은",
        "서브그레이디언트, 경사도가, 경사면, 급경사",
        "# 오버피팅이란?",
        "[오버피팅](https://example.com)",
        "`오버피팅`, '오버피팅', “오버피팅”",
        "규제(regularization)와 정규화(normalization)",
        "정규화(LayerNorm), 규제(L2 penalty), 기울기(0.1), 과적합(x)",
        "test 세트, test settings",
        "```\n오버피팅\n```",
    ],
)
def test_words_of_the_glossary(text: str) -> None:
    assert glossary_places(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("오버피팅은 나쁘다", ["1:1 오버피팅"]),
        ("오버피팅", ["1:1 오버피팅"]),
        ("**오버피팅** 문제", ["1:3 오버피팅"]),
        ("오버피팅된, 오버피팅에서도", ["1:1 오버피팅", "1:8 오버피팅"]),
        ("과적합(0)과 오버피팅", ["1:9 오버피팅"]),
        ("기울기(오버피팅)", ["1:5 오버피팅"]),
        ("경사가 급하다", ["1:1 경사"]),
        ("경사하강법(gradient descent)은", ["1:1 경사하강법(gradient descent)"]),
        ("정규화(regularization)는", ["1:1 정규화(regularization)"]),
        ("정규화(Regularization)", ["1:1 정규화(Regularization)"]),
        ("테스트 세트로", ["1:1 테스트 세트"]),
        ("the test set is", ["1:5 test set"]),
        ("| a |\n|---|\n| 오버피팅 |", ["3:3 오버피팅"]),
        ("> - 오버피팅을\r\n> - 경사를", ["1:5 오버피팅", "2:5 경사"]),
    ],
)
def test_words_that_the_glossary_replaces(text: str, found: list[str]) -> None:
    assert glossary_places(text) == found


@pytest.mark.parametrize(
    "glossary",
    [
        "[[term]\n",
        "\udcff",
        "",
        "term = 1",
        "term = [1]",
        "[[term]]\nuse = 1",
        "[[term]]\nuse = ' '",
        "[[term]]\nuse = 'a'\ninstead-of = 'b'",
        "[[term]]\nuse = 'a'\ninstead-of = [1]",
        "[[term]]\nuse = 'a'\nenglish = 1",
        "[[term]]\nuse = 'a'\ninstead_of = []",
        "[[term]]\nuse = 'a'\ninstead-of = ['a']",
        "[[term]]\nuse = 'a'\n[other]",
    ],
)
def test_a_broken_glossary_is_a_finding(glossary: str) -> None:
    config = Config(select=("K005",), glossary="glossary.toml")
    files = FakeFiles(contents={"glossary.toml": glossary.encode(errors="surrogateescape")})
    assert places("글", "K005", config, files) == ["1:1 "]


def test_a_missing_glossary_is_a_finding_and_none_is_not() -> None:
    assert places("글", "K005", Config(select=("K005",), glossary="no.toml")) == ["1:1 "]
    assert places("글", "K005", Config(select=("K005",))) == []


def test_the_glossary_of_the_deck_can_be_read() -> None:
    glossary = ROOT / "answers" / "glossary.toml"
    found = glossary_places("오버피팅", glossary.read_text(encoding="utf-8"))
    assert found == ["1:1 오버피팅"]


@pytest.mark.parametrize(
    "body",
    [
        "자음 ㄱ, ㄴ, ㅎ과 모음 ㅏ, ㅠ, ㅜ를 나눈다",
        "ㅋ 소리와 모음 ㅠ",
        "ㄱㄴㄷ 순서",
        "'ㅋㅋㅋ'를 `ㅋㅋ`로 줄인다",
        "```\nㅋㅋ\n```",
        "> 그랬다ㅋㅋ",
        "#### References\n\n[ㅋㅋ](https://example.com)",
    ],
)
def test_letters_that_are_meant(body: str) -> None:
    assert places(answer(body), "K006") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("모르겠다 ㅠㅠ", "5:6 ㅠㅠ"),
        ("쉽다ㅋㅋㅋ", "5:3 ㅋㅋㅋ"),
        ("쉽다ㅋ", "5:3 ㅋ"),
        ("어렵네요ㅠ.", "5:5 ㅠ"),
        ("- 음 ㅎㅎ", "5:5 ㅎㅎ"),
        ("| a |\n|---|\n| ㅜㅜ |", "7:3 ㅜㅜ"),
        ("글\r\n\r\n**ㅋㅋ**", "7:3 ㅋㅋ"),
        ("#### 꼬리질문\n\n- 왜?\n  - 몰라ㅠㅠ", "8:7 ㅠㅠ"),
    ],
)
def test_letters_of_a_chat(body: str, found: str) -> None:
    assert places(answer(body), "K006") == [found]


def test_outside_of_answers_a_chat_is_a_chat() -> None:
    assert places("안녕 ㅋㅋ", "K006") == []
