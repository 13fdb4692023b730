"""M008 invalid-python: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from tests.support.documents import places


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        ">>> x = [1,\n...      2]\n>>> x\n[1, 2]",
        "def f():\n    pass\n\n>>> f\n<function f at 0x10>",
        "In [1]: x = 1\n   ...: y = 2\nIn [2]: x\nOut[2]: 1",
        "%matplotlib inline\n!pip install torch\nx = !ls\nnp.sum?\nx = 1",
        "%%bash\nls -l",
        "    x = 1\n    return x",
        "return x\nawait y\nyield z\nbreak",
        "def f(x):\n    # 생략",
        "def f(x):\n\nclass A:\n",
        "class A:\n    def f(self):\n\n    def g(self):\n        pass",
        "try:\n    # 시도한다\nexcept KeyError:\n    # 넘어간다\nx = 1",
        "x = [1, 2, ..., 9]\ny = {'a': 1, ...}\n…\nf(x, ...)\ndef g(self, ...):\n    ......",
        "model.load('<파일 이름>')\nx = <your code>",
        "print(f\"{x['a']}\")\nprint(f'{a!r:>{n}}')",
        'x = f"{d["a"]}"',
        "type X = int",
        "def f[T](x: T) -> T: ...",
        '>>> print "x"\nSyntaxError: Missing parentheses',
        "# 다음은 SyntaxError다\nx = = 1",
        "Traceback (most recent call last):\n  File",
        "x = '\\d'",
        "x is 1",
        "# ref count\n[1]     <- a,c      = 2\n['a']   <- b,c      = 2",
        "[1]    = 2\n['a']  = 2  # 그대로\n[a, b] = 2\nFoo(0) = 1",
        " unreachable |  reachable\n             |    [1] = 1\n Foo(0) = 0  |  ['a'] = 1",
        "x ← 1\nwhile x ≤ 3 do\n    x ← x + 1\nend while",
        "SET x TO 3\nPRINT x",
        "INPUT: list a\nfor i in range(n):\n    find the minimum",
        "Repeat:\n  x := x + 1\nUntil x > 3",
        "if x > 3 then\n    return x",
        "for i = 1 to n do\n    swap(a, i)",
        "for each node in graph:\n    visit(node)",
        "가중치를 0으로 둔다\nfor x in data:\n    기울기를 구한다",
        "initialize the weights\nfor x in data:\n    update the weights with x",
        "",
    ],
)
@pytest.mark.parametrize("language", ["python", "py", "Python3", "{.python}", "python title='x'"])
def test_python_that_compiles(code: str, language: str) -> None:
    assert places(f"```{language}\n{code}\n```\n", "M008") == []


@pytest.mark.parametrize(
    "text", ["```java\nint x = 1;\n```", "```pycon\n>>> x\n```", "```text\nx = = 1\n```", "    x = = 1"]
)
def test_other_code_is_not_read_as_python(text: str) -> None:
    assert places(text, "M008") == []


def test_python_too_deep_to_parse_is_undecided() -> None:
    assert places(f"```python\n{'(' * 20_000}\n```", "M008") in ([], ["2:1 " + "(" * 20_000])
    assert places("```python\nx = '\0'\n```", "M008") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```python\nx = 1\nprint x\n```", "3:1 print x"),
        ("```py\nfor x in y:\nprint(x)\n```", "3:1 print(x)"),
        ("- 항목\n  ```python\n  x = (1\n  ```", "3:3 x = (1"),
        ("> ```python\r\n> x = 1\r\n> y = = 2\r\n> ```\r\n", "3:3 y = = 2"),
        ("```python\n>>> x = 1\n>>> y = = 2\n```", "3:1 >>> y = = 2"),
        ("```python\nprint(x)\n[1 2 3]\n```", "3:1 [1 2 3]"),
        ("```python\nif x:\n\ty = 1\n        z = 2\n```", "4:9 z = 2"),
        ("```python\nimport from x\n```", "2:1 import from x"),
        ("```python\n# x ← 1, x ≤ 3\ny = 'if a then'\nprint y\n```", "4:1 print y"),
        ("```python\nx = 1\n1 = x\n```", "3:1 1 = x"),
        ("```python\nPRINT = 1\nclass A\n    x = PRINT\n```", "3:1 class A"),
        ("```python\nfunction add(a, b) {\n  return a + b\n}\n```", "2:1 function add(a, b) {"),
        ("```python\nif x <-1\n    y = 2\n```", "2:1 if x <-1"),
        ("```python\nx: int | None = 1\nprint x | y\n```", "3:1 print x | y"),
        ("```python\nprint the value of x\n```", "2:1 print the value of x"),
    ],
)
def test_python_that_does_not(text: str, found: str) -> None:
    assert places(text, "M008") == [found]


def test_what_an_open_fence_has_swallowed_is_no_code() -> None:
    assert places("```python\nprint(1)\n\n## 다음 질문은?\n\n답이다.\n", "M008") == []
    assert places("```python\nprint 1\n```\n\n```python\nprint(1)\n", "M008") == ["2:1 print 1"]
