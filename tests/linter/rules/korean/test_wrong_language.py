"""K001 wrong-language: what a text's language is judged to be, clean answers, then what is found and where."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dlcards.linter.rules.korean.wrong_language import Verdict, judge
from dlcards.model import Config
from tests.linter.rules.korean.cases import answer
from tests.support.documents import causes, places

KO = Config(language="ko")

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
    assert places(answer(body), "K001", KO) == []


def test_nothing_is_asked_of_a_project_that_names_no_language() -> None:
    assert places(answer(ENGLISH), "K001", Config()) == []
    assert places(answer(ENGLISH), "K001", Config(select=("K001",))) == []


def test_an_answer_in_english_is_found_at_its_first_line() -> None:
    text = answer(KOREAN) + answer(f"{ENGLISH}\nIt is common.", 2)
    assert places(text, "K001", KO) == [f"11:1 {ENGLISH}"]
    assert places(answer(f"- {ENGLISH}\n- {ENGLISH}"), "K001", KO) == [f"5:3 {ENGLISH}"]
    assert places(text, "K001", Config(language="en")) == [f"5:1 {KOREAN}"]


def test_a_document_in_another_language_is_one_cause() -> None:
    foreign = "".join(answer(ENGLISH, number) for number in range(1, 4))
    assert causes(foreign, "K001", KO) == ["not ko"] * 3
    assert causes(answer(ENGLISH), "K001", KO) == [""]
    assert causes(foreign + "".join(answer(KOREAN, number) for number in range(4, 8)), "K001", KO) == [""] * 3


def test_a_korean_run_loads_no_language_profiles() -> None:
    program = (
        "import sys; from dlcards.linter.rules.korean.wrong_language import judge; "
        f"judge([{KOREAN!r}], 'ko'); judge([{ENGLISH!r}], 'ko'); sys.exit('langdetect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
