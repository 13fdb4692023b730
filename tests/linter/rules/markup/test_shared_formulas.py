"""What stands between two dollars: formulas, and what is none, for M003 as on cards."""

from __future__ import annotations

import pytest

from dlcards.linter.rules.markup.shared_formulas import as_meant, formulas
from tests.support.documents import document, mend, only, places

NONE = [
    # Variables and paths.
    "$PATH",
    "$HOME/bin:$PATH",
    "경로는 $HOME/bin:$PATH 이다",
    "export PATH=$HOME/bin:$PATH",
    "(PATH=$PATH:$HOME/bin)",
    "$CI_COMMIT_SHA/$CI_JOB",
    "$VAR1$VAR2",
    "$dir/$file",
    "${HOME}:${PATH}",
    '"${a}${b}"',
    '"$a$b"',
    "$a,$b와 $c",
    "$user@$host:$path",
    "the **$scope**. It needs the **injected** names with a dollar ($) before them",
    "값은$MSE$이다",
    # PHP, jQuery, regular expressions.
    "$foo->bar($baz)",
    "$_GET['a']$_POST['b']",
    "$i=0;$i<10;$i++",
    "$a.$b",
    "$(this).find($(that))",
    "$('#a').hide();$('#b').show()",
    "grep ^root$|^bin$",
    # Prices.
    "$100 and $200",
    "US$5, A$6",
    "US$5/GB와 US$6/GB",
    "5$/GB, 6$/GB",
    "요금은 5$/GB, 6$/GB이다",
    "$5/GB and 6$/GB",
    "가격(5$/월, 6$/월)",
    "100$-200$",
    "10$~20$",
    "1$=1300원, 2$=2600원",
    "C$, D$",
]
FORMULAS = [
    "$x$",
    "값은$x$이다",
    "($g$)",
    "$k$NN",
    "$n$th",
    "$2n$D",
    "2$\\pi$는",
    "$AB$와 $loss = a + b$",
    "행렬$AB$는",
    "값은$MSE = 1$이다",
    "오차$e_i$와$x_train$은",
    "값은$max(0,x)$이다",
    "구간[$0,1$]",
    "[$0, 1)$",
    "$p(x;w)$와 $D(p||q)$",
    "$E[h^2]$와 $f: A -> B$",
    "값은$>0$이다",
    "값은$0.25$이다",
    "$2 \\sin x$",
    "$1/n$",
]


@pytest.mark.parametrize("text", NONE)
def test_no_formula(text: str) -> None:
    assert list(formulas(document(text))) == []
    assert places(text, "M003") == []
    assert mend(text, only("M003")) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_formula(text: str) -> None:
    assert len(list(formulas(document(text)))) == text.count("$") // 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\{1\}", r"\{1\}"),
        (r"\\{1\\}", r"\{1\}"),
        (r"\\alpha", r"\alpha"),
        (r"\begin{matrix}a\\b\end{matrix}", r"\begin{matrix}a\\b\end{matrix}"),
        (r"\\begin{matrix}a\\\\b\\end{matrix}", r"\begin{matrix}a\\b\end{matrix}"),
    ],
)
def test_backslashes_doubled_for_markdown(written: str, meant: str) -> None:
    assert as_meant(written) == meant
