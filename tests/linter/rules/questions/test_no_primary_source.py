"""Q011 no-primary-source: clean cases first, then what is found and in which words."""

from __future__ import annotations

import pytest

from dlcards.model import Config
from tests.linter.rules.questions.cases import BODY, ON, answered
from tests.support.documents import messages, places


@pytest.mark.parametrize(
    "references",
    [
        "",
        "- [논문](https://arxiv.org/abs/1611.03530)",
        "- [글](https://blog.example/1)\n- [논문](https://arxiv.org/abs/1611.03530v2)",
        "- [논문](http://dx.doi.org/10.1038/nature14539)",
        "- [논문](https://ARXIV.org/abs/1611.03530)",
        "- [논문](//proceedings.mlr.press/v9/glorot10a.html)",
        "- [글](https://blog.example/1)\n- https://www.jmlr.org/papers/v15/srivastava14a.html",
        "- [글](https://blog.example/1)\n- [논문][d]\n\n[d]: https://doi.org/10.1/x",
        '- [글](https://blog.example/1)\n- <a href="https://doi.org/10.1/x">논문</a>',
        "- [글](https://blog.example/1)\n- Bishop, PRML 5장",
        "[글](https://blog.example/1)\n\nBishop, PRML 5장",
        "- [12번](#12)",
        "- [다른 문서](../other.md#3)",
        "- [글](https://[broken)",
    ],
)
def test_a_primary_source_or_nothing_to_judge(references: str) -> None:
    assert messages(answered(BODY, references), "Q011", ON) == []


@pytest.mark.parametrize(
    ("references", "hosts"),
    [
        ("- [글](https://blog.example/1)", "blog.example"),
        ("- https://www.blog.example/1", "blog.example"),
        (
            "- [글](https://b.example/1)\n- [글](https://a.example/1)\n- [글](https://b.example/2)",
            "b.example, a.example",
        ),
        ("- [글](https://arxiv.org/pdf/1611.03530)", "arxiv.org"),
        ("- [글](https://arxiv.org/absolute/1)", "arxiv.org"),
        ("- [글](https://notdoi.org/10.1/x)", "notdoi.org"),
        ("- [글](https://doi.org.example/10.1/x)", "doi.org.example"),
        ("- [글](https://blog.example/?u=https://doi.org/1)", "blog.example"),
        ("- [글][d]\n\n[d]: https://blog.example/1", "blog.example"),
        ("1. [글](https://blog.example/1)\n   - 요약이 좋다", None),
    ],
)
def test_only_other_hosts(references: str, hosts: str | None) -> None:
    found = messages(answered(BODY, references), "Q011", ON)
    expected = [f"#1 has no primary source among its references ({hosts})"] if hosts else []
    assert found == expected


def test_primary_sources_are_configured() -> None:
    text = answered(BODY, "- [문서](https://docs.pytorch.org/docs/stable/nn.html)")
    assert places(text, "Q011", ON) == ["7:1 #### References"]
    for source in (
        "pytorch.org",
        "docs.pytorch.org/docs",
        "https://docs.pytorch.org/docs/",
        "www.pytorch.org",
    ):
        assert places(text, "Q011", Config(select=("Q011",), primary_sources=(source,))) == []
    for source in ("docs.pytorch.org/tutorials", "torch.org"):
        assert places(text, "Q011", Config(select=("Q011",), primary_sources=(source,)))
