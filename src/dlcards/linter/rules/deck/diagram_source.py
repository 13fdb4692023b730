"""A diagram as its source, ` ```mermaid `, in an answer: a card shows the source.

GitHub draws fences of `mermaid`, `geojson`, `topojson` and `stl`. A card has no program for that, and the learner
reads the arrows and brackets that the picture was to be made of.

Draw the picture once and put it into the answer (`![…](graph.svg)`); the source can stay in a file beside it. There is
no fix.

Not found: diagrams outside of questions and answers, and sources that are shown on purpose in another language's fence
(` ```text `).

Bad:

    ## #1

    #### 역전파는 어떤 순서로 계산하는가?

    뒤에서 앞으로 계산한다.

    ```mermaid
    graph RL
      손실 --> 출력층 --> 은닉층
    ```

Good:

    ## #1

    #### 역전파는 어떤 순서로 계산하는가?

    뒤에서 앞으로 계산한다.

    ![손실에서 출력층, 은닉층으로 가는 화살표](order.svg)
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.once import nodes_of
from dlcards.document.text import line_of
from dlcards.model import Context, Diagnostic, Document, Node, Rule, Severity, Text

KO = """
답에 그림의 원문이 있다. ` ```mermaid ` 따위인데, 카드에는 원문이 보인다.

GitHub는 `mermaid`, `geojson`, `topojson`, `stl` 울타리를 그림으로 그린다. 카드에는 그리는 프로그램이 없어서, 학습자는 그림이 될 화살표와 괄호를 읽는다.

한 번 그려서 그림으로 넣고(`![…](graph.svg)`) 원문은 옆에 파일로 둔다. 자동으로 고치지 않는다.

찾지 않는 것: 질문과 답이 아닌 곳의 그림, 다른 언어의 울타리(` ```text `)에 일부러 보인 원문.
"""

# https://docs.github.com/en/get-started/writing-on-github: creating diagrams.
_DRAWN = frozenset({"mermaid", "geojson", "topojson", "stl"})


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find fences in answers that GitHub draws."""
    if not any(map(_is_drawn, nodes_of(document, "block_code"))):
        return
    for pair in document.pairs:
        for block in (*pair.asked, *pair.body, *pair.follow_ups, *pair.references):
            for node in block.walk():
                if node.kind == "block_code" and _is_drawn(node):
                    language = node.str_attr("info").split()[0]
                    message = Text(
                        f"GitHub는 {language}을 그림으로 그리지만 카드에는 원문이 보인다",
                        f"GitHub draws {language}, a card shows its source",
                    )
                    yield Diagnostic(line_of(document, node), message, cause=language.lower())


def _is_drawn(code: Node) -> bool:
    words = code.str_attr("info").split()
    return bool(words) and words[0].lower() in _DRAWN


RULE = Rule("D006", "diagram-source", Severity.NOTE, check)
