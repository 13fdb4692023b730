"""L001-L003, L005, I001, I003, M005, M006: clean cases first, then what is found and where."""

from __future__ import annotations

import pytest

from dlcards.lint.fixes import fix
from dlcards.model import Config
from tests.support.documents import PATH, FakeFiles, context, places

FILES = FakeFiles(
    paths=frozenset(
        {"answers/other.md", "README.md", "images/a.png", "answers/images/그림 하나.png", "answers"}
    ),
    anchors_of={"answers/other.md": frozenset({"하나", "21"}), "README.md": frozenset({"설치"})},
)
OWN = Config(repository="owner/name")
BLOB = "https://github.com/owner/name/blob/main"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# 제목\n\n[글](#제목)", "L001"),
        ("[글](#)", "L001"),
        ("[글](#top)", "L001"),
        ("[글](other.md#하나)", "L001"),
        ("[글](other.md#L10)", "L001"),
        ("[글](../README.md#%EC%84%A4%EC%B9%98)", "L001"),
        ("[글](https://example.com/a#b)", "L001"),
        ("[글](no.md#b)", "L001"),
        ("`[글](#없음)`", "L001"),
        ("<!-- [글](#없음) -->", "L001"),
        ("[글](other.md)", "L002"),
        ("[글](/README.md?plain=1#x)", "L002"),
        ("[글](./../answers/)", "L002"),
        ("[글](https://example.com/no.md)", "L002"),
        ("[글](mailto:a@b.c)", "L002"),
        ("[글](//example.com/no.md)", "L002"),
        (f"[글]({BLOB}/README.md)", "L002"),
        ("[글](https://github.com/other/name/blob/main/no.md)", "L002"),
        ("[글](https://github.com/owner/name/issues/1)", "L002"),
        ("[글][a]\n\n[a]: https://a.b", "L003"),
        ("[글][A  B]\n\n[a b]: https://a.b", "L003"),
        ("`[글][a]`", "L003"),
        ("x[0][1]", "L003"),
        ("[글]", "L003"),
        ("각주[^1]\n\n[^1]: 글", "L003"),
        ("[^0-9]와 같은 식", "L003"),
        ("[글](u)[a]", "L003"),
        (r"\[글\][a]", "L003"),
        ("[글](u)", "L005"),
        ("[![그림](images/a.png)](u)", "L005"),
        ('[<img src="a">](u)', "L005"),
        ("[`x`](u)", "L005"),
        ("![그림](../images/a.png)", "I001"),
        ("![그림](/images/a.png)", "I001"),
        ("![그림](<images/그림 하나.png>)", "I001"),
        ("![그림](images/%EA%B7%B8%EB%A6%BC%20%ED%95%98%EB%82%98.png)", "I001"),
        ("![그림](..//images/a.png)", "I001"),
        ("![그림](https://example.com/a.png)", "I001"),
        (f"![그림]({BLOB}/images/a.png?raw=true)", "I001"),
        ('<img src="../images/a.png">', "I001"),
        ("![그림](https://github.com/owner/name/raw/main/a.png)", "I003"),
        ("![그림](https://github.com/owner/name/blob/main/a.png?raw=true)", "I003"),
        ("[글](https://github.com/owner/name/blob/main/a.png)", "I003"),
        ("제목\n---\n\n글\n\n다른\n---\n", "M005"),
        ("# 제목\n\n- 항목\n---\n", "M005"),
        ("# 제목\n\n글\n\n---\n", "M005"),
        ("```\nx\n```", "M006"),
        ("~~~~\n```\n~~~~", "M006"),
        ("- 항목\n  ```\n  x\n  ```\n\n글", "M006"),
        ("> ```\n> x\n> ```", "M006"),
        ("    들여 쓴 코드", "M006"),
        ("```\n```", "M006"),
        ("````\n```\n````\n", "M006"),
        ("```\r\nx\r\n```\r\n", "M006"),
    ],
)
def test_clean(text: str, code: str) -> None:
    assert places(text, code, OWN, FILES) == []


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("# 제목\n\n[글](#제묵)", "L001", "3:5 #제묵"),
        ("[글](other.md#둘)", "L001", "1:5 other.md#둘"),
        (f"[글]({BLOB}/answers/other.md#둘)", "L001", f"1:5 {BLOB}/answers/other.md#둘"),
        ('<a href="#없음">글</a>', "L001", "1:10 #없음"),
        ("[글][a]\n\n[a]: #없음", "L001", "3:6 #없음"),
        ("[글](no.md)", "L002", "1:5 no.md"),
        ("[글](Other.md)", "L002", "1:5 Other.md"),
        ("[글](../../밖.md)", "L002", "1:5 ../../밖.md"),
        (f"[글]({BLOB}/no.md#x)", "L002", f"1:5 {BLOB}/no.md#x"),
        ("> - [글](<없는 파일.md>)", "L002", "1:10 없는 파일.md"),
        ("[글][a]", "L003", "1:1 [글][a]"),
        ("[글][]", "L003", "1:1 [글][]"),
        ("![그림][a]", "L003", "1:1 ![그림][a]"),
        ("각주[^1]", "L003", "1:3 [^1]"),
        ("| a |\n|---|\n| [글][b] |", "L003", "3:3 [글][b]"),
        ("[글]()", "L005", "1:1 [글]()"),
        ("[](u)", "L005", "1:1 [](u)"),
        ("[ ](u)", "L005", "1:1 [ ](u)"),
        ('<a href="">글</a>', "L005", '1:1 <a href="">'),
        ("![그림](images/b.png)", "I001", "1:7 images/b.png"),
        ("![그림](../images/A.PNG)", "I001", "1:7 ../images/A.PNG"),
        ('<div align="center">\n<img\n src="없음.png">\n</div>', "I001", "3:7 없음.png"),
        ('<img src="">', "I001", '1:1 <img src="">'),
        (f"![그림]({BLOB}/images/a.png)", "I003", f"1:7 {BLOB}/images/a.png"),
        (f'<img src="{BLOB}/images/a.png">', "I003", f"1:11 {BLOB}/images/a.png"),
        ("# 제목\n\n글\n---\n\n## 둘\n", "M005", "3:1 글"),
        ("글\n\n```python\nx\n``\n\n## #1", "M006", "3:1 ```python"),
        ("- 항목\n  ```\n  x\n  ``\n\n글", "M006", "2:3 ```"),
        ("```", "M006", "1:1 ```"),
        ("```\nx\n~~~\n", "M006", "1:1 ```"),
    ],
)
def test_found(text: str, code: str, found: str) -> None:
    assert places(text, code, OWN, FILES) == [found]


def test_without_a_repository_its_addresses_are_strangers() -> None:
    assert places(f"[글]({BLOB}/no.md)", "L002", Config(), FILES) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (f"![그림]({BLOB}/images/a.png)", "![그림](../images/a.png)"),
        (f"![그림]({BLOB}/answers/images/그림%20하나.png)", "![그림](images/그림%20하나.png)"),
        (f"![그림]({BLOB}/no.png)", f"![그림]({BLOB}/no.png)"),
        (
            "![그림](https://github.com/o/n/blob/v1/a.png)",
            "![그림](https://github.com/o/n/raw/v1/a.png)",
        ),
        (f"<img src='{BLOB}/images/a.png'>", "<img src='../images/a.png'>"),
        ("# 제목\n\n글\n---\n", "# 제목\n\n글\n\n---\n"),
        ("# 제목\r\n\r\n글\r\n---\r\n", "# 제목\r\n\r\n글\r\n\r\n---\r\n"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    assert fix(PATH, text, context(OWN, FILES)).text == mended
