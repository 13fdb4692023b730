"""What the tests of layouts share."""

from __future__ import annotations

from dlcards.document.text import block_text
from dlcards.model import Document

# By the layout that reads it: the first word of the name.
DOCUMENTS = {
    "native": """
        ## #1

        #### 하나?

        답 하나

        ## #2

        #### 둘?

        답 둘
    """,
    "heading": """
        # 운영체제

        ## 목차

        - [1. 프로세스란?](#1-프로세스란)

        ## 1. 프로세스란?

        답 하나

        ### 왜 그런가?

        덧붙인 답

        #### 참고 자료

        - [a](b)

        ### 2. 스레드란?

        답 둘

        # 네트워크
    """,
    "heading in list": """
        - ### Q1: 프로세스란?

          답 하나

          ```
          x
          ``

        - ### Q2: 스레드란?

          답 둘
    """,
    "heading with details": """
        ### What is a process?

        <details>
        <summary>답변</summary>

        답 하나

        </details>

        ### What is a thread?

        <details><summary>Answer</summary>

        답 둘

        </details>
    """,
    "details": """
        <details>
        <summary>프로세스란?</summary>

        답 하나

        <details><summary>더 보기</summary>

        안쪽

        </details>

        </details>

        <details>
        <summary><b>스레드란?</b></summary>
        <p>답 둘</p>
        </details>
    """,
    "details whose summary ends in a list": """
        <details>
        <summary>다음을 설명하라:

          * 프로세스
          * 스레드</summary><br><b>

          * 프로세스: 답 하나
          * 스레드: 또 하나
        </b></details>

        <details>
        <summary>다음은 무엇인가:

        - 코루틴</summary><br>
        - 코루틴은 답 둘
        </details>
    """,
    "details in list": """
        - 분류
          - <details><summary>프로세스란?</summary>

            답 하나

            </details>
          - <details><summary>스레드란?</summary>답 둘</details>
    """,
    "bold": """
        # 면접

        **프로세스란 무엇인가?**

        답 하나

        **스레드란 무엇인가?**

        답 둘
    """,
    "heading in numbered list": """
        1. ### What is hoisting

            답 하나

        2. ### Explain closures

          답 둘
    """,
    "heading that asks in other words": """
        ### What is TCP?

        답 하나

        ### Explain the handshake

        답 둘
    """,
    "bold in list": """
        - **What is a process?**

          답 하나

        - **What is a thread?**

          답 둘
    """,
    "details closed in a list": """
        <details>
        <summary>What is a process?</summary><br><b>

        - 답 하나
        </b></details>

        <details>
        <summary>Name three states of it</summary><br><b>

        답 둘
        </b></details>
    """,
    "dialogue": """
        Q: 프로세스란?
        A: 답 하나

        문) 스레드란?

        답) 답 둘
    """,
    "dialogue of headings": """
        ## Locks

        ### Question

        What does a lock do?

        ```
        lock()
        ```

        ---

        ### Answer

        ### 1. Overview

        답 하나

        ### Question

        Name two kinds

        ### Answer

        답 둘

        ## Others
    """,
    "folded": """
        1. Apa hasilnya?

        ```js
        1
        ```

        - A: 1
        <details><summary><b>Jawaban</b></summary>

        #### Jawaban: A

        답 하나

        </details>

        ---

        2. Apa hasilnya sekarang?

        <details><summary><b>Jawaban</b></summary>답 둘</details>
    """,
    "divided": """
        ---
        deck: CS
        ---

        프로세스란?

        . . .

        답 하나

        ---

        스레드란?

        %

        답 둘

        ---
    """,
}


def texts(found: Document) -> list[tuple[str, str]]:
    return [
        (pair.question, " ".join(" ".join(block_text(block) for block in pair.body).split()))
        for pair in found.pairs
    ]
