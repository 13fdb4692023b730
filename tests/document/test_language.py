"""The language of a document: configured, told by its script, or by its words; never none."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given

from dlcards.document.build import build
from dlcards.document.language import is_in, language_of
from dlcards.model import Config
from tests.support.documents import document, markdownish

ENGLISH = (
    "Dropout switches off some units at random while the network learns, so that no unit relies on the others. "
    "When it predicts, all units take part, and what they say is scaled."
)
FRENCH = (
    "Le surapprentissage signifie que le modèle a appris le bruit de ses données. Il se comporte bien sur ce "
    "qu'il a déjà vu et mal sur tout le reste, car il a retenu des détails sans importance."
)
GERMAN = (
    "Überanpassung bedeutet, dass ein Modell das Rauschen seiner Trainingsdaten gelernt hat und auf allem, "
    "was es noch nicht gesehen hat, schlechte Vorhersagen macht, obwohl der Fehler beim Training klein ist."
)
RUSSIAN = (
    "Переобучение означает, что модель выучила шум обучающих данных и плохо работает на новых примерах. "
    "Она хорошо предсказывает то, что уже видела, и плохо всё остальное, поэтому ошибка растёт."
)
UKRAINIAN = (
    "Перенавчання означає, що модель вивчила шум навчальних даних і погано працює на нових прикладах. "
    "Вона добре передбачає те, що вже бачила, і погано все інше, тому помилка зростає щоразу більше."
)
KOREAN = "과적합은 모델이 학습 데이터의 잡음까지 외워서 처음 보는 데이터를 잘 맞히지 못하는 상태다."
TERMS = "`relu`를 쓴다. Batch Normalization, Layer Normalization, Weight Decay, Early Stopping과 Data Augmentation."
JAPANESE = "過学習とは、モデルが訓練データの雑音まで覚えてしまい、初めて見るデータを予測できない状態である。"
CHINESE = "过拟合是指模型把训练数据中的噪声也记住了，因此在没有见过的数据上预测得很差，误差明显变大。"
CODE = "```js\nconst answers = questions.map((question) => question.answer).filter(Boolean)\n```\n\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        (UKRAINIAN, "uk"),
        (KOREAN, "ko"),
        (TERMS, "ko"),
        (JAPANESE, "ja"),
        (CHINESE, "zh"),
        # What is quoted, code and addresses do not count.
        (f"{CODE * 9}{CHINESE}", "zh"),
        (f"{'https://a.example/some/long/path/of/words '}{KOREAN}", "ko"),
        (f"{ENGLISH} The Korean word is 과적합.", "en"),
        (f"## What is overfitting?\n\n{KOREAN}", "ko"),
        (f"<details><summary>답</summary>\n{KOREAN}\n</details>", "ko"),
        # Too little to tell.
        ("", "en"),
        ("GAN?", "en"),
        ("$x$", "en"),
        ("Дропаут", "ru"),
        (CODE, "en"),
    ],
)
def test_the_words_tell(text: str, language: str) -> None:
    one = document(text)
    assert language_of(one, Config()) == language
    assert is_in(one, "ko", Config()) == (language == "ko")


def test_the_configuration_has_the_last_word() -> None:
    config = Config(language="pt-BR", languages={"ko/*": "ko", "ko-too.md": "ko-KR"})
    for path, language in {"a.md": "pt-BR", "ko/a.md": "ko", "ko-too.md": "ko-KR"}.items():
        one = build(PurePosixPath(path), ENGLISH, config)
        assert language_of(one, config) == language
        assert is_in(one, "ko", config) == language.startswith("ko")


@given(markdownish)
def test_there_is_always_one_and_always_the_same(text: str) -> None:
    one = document(text)
    found = language_of(one, Config())
    assert found == language_of(one, Config())
    assert found
    assert is_in(one, "ko", Config()) == (found == "ko")
