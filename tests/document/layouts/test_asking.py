"""Which words ask."""

from __future__ import annotations

import pytest

from dlcards.document.layouts.asking import asks


@pytest.mark.parametrize(
    "words",
    [
        "What is hoisting",
        "How do you create a promise",
        "Which of the following is true",
        "What makes Adam adaptive",
    ]
    + ["What type of language is it used for", "When shouldn't you use it", "How to reverse a string"]
    + [
        "What's a closure",
        "In which case is it",
        "Explain the handshake",
        "과적합이란",
        "왜 쓰는가",
        "什么是过拟合",
    ],
)
def test_they_ask(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "What the link checker holds to",
        "Where things are",
        "Which way imports point",
        "What it does, as measured",
    ]
    + [
        "Installation",
        "How it works",
        "Why this matters",
        "is 연산자",
        "코드",
        "Decisions that are easy to undo",
    ],
)
def test_they_name(words: str) -> None:
    assert not asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Nennen Sie zwei Angriffe!",
        "Blockchiffren arbeiten in Modi. Erläutern Sie einen davon",
        "Explica el ciclo de vida",
        "Descreva o modelo de caixa",
        "Expliquez la portée des variables",
        "Spiega la delega degli eventi",
        "Opisz cykl życia komponentu",
        "Что такое массив",
        "Назовите основные интерфейсы",
        "Поясніть замикання",
        "Jelaskan perbedaannya",
        "Closure là gì",
        "请描述事件冒泡",
        "何为纯函数",
        "列举三种排序算法",
        "クロージャについて教えてください。",
        "두 방법의 차이를 설명하십시오",
    ],
)
def test_they_ask_in_many_languages(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        "Установка",
        "Жизненный цикл компонента",
        "请求与响应",
        "描述符",
        "实现原理",
        "Einführung",
        "Instalación",
        "알고리즘을 생각하십시오.",
        "使い方",
        "Docker. A short history",
    ],
)
def test_they_name_in_many_languages(words: str) -> None:
    assert not asks(words)
