"""I002, I004-I008: clean cases first, then what is found and where."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dlcards.document.build import build
from dlcards.lint.engine import lint
from dlcards.lint.rules.images.retired_host import RETIRED
from dlcards.model import Config, Context
from tests.support.documents import FakeFiles, document, findings, places
from tests.support.pictures import GIF, JPEG, PNG, SVG, png

OWN = Config(repository="owner/name")


@pytest.mark.parametrize(
    "text",
    [
        "![ReLU의 그래프](relu.png)",
        "![ReLU](relu.png)",
        "![손실 곡선](손실%20곡선.png)",
        "![손실곡선](손실곡선.png)",
        "![loss curve](loss%20curve.png)",
        "![그림 2. 손실 곡선](a.png)",
        "![그림자](a.png)",
        "![이미지 분류의 예](a.png)",
        "![imagenet](a.png)",
        "![image of a cat](a.png)",
        "[attention](attention.html)",
        "![Δ](a.png)",
        '<img src="a.png" alt="ReLU의 그래프">',
        '<img src="a.png" alt="">',
        "<img alt='' src='a.png'>",
        '<img src="">',
        "![]()",
        "`![](a.png)`",
        "[글](image.png)",
        "![](https://render.githubusercontent.com/render/math?math=x)",
    ],
)
def test_no_missing_alt(text: str) -> None:
    assert places(text, "I002") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![](a.png)", "1:1 ![](a.png)"),
        ("![ ](a.png)", "1:1 ![ ](a.png)"),
        ('<img src="a.png">', '1:1 <img src="a.png">'),
        ('<img src="a.png" data-alt="x">', '1:1 <img src="a.png" data-alt="x">'),
        ("![image](a.png)", "1:1 ![image](a.png)"),
        ("![Image1](a.png)", "1:1 ![Image1](a.png)"),
        ("![img_01](a.png)", "1:1 ![img_01](a.png)"),
        ("![그림 2](a.png)", "1:1 ![그림 2](a.png)"),
        ("![<그림 2-1>](a.png)", "1:1 ![<그림 2-1>](a.png)"),
        ("![Figure 3.](a.png)", "1:1 ![Figure 3.](a.png)"),
        ("![스크린샷 2024-01-02 오후 3.04.05](a.png)", "1:1 ![스크린샷 2024-01-02 오후 3.04.05](a.png)"),
        ("![1](a.png)", "1:1 ![1](a.png)"),
        ("![relu.png](b.png)", "1:1 ![relu.png](b.png)"),
        ("![q05_relu](a/q05_relu.png?raw=true)", "1:1 ![q05_relu](a/q05_relu.png?raw=true)"),
        ("![sigmoid](https://a.b/sigmoid.png)", "1:1 ![sigmoid](https://a.b/sigmoid.png)"),
        ('<img src="a/osi-7.png" alt="osi-7">', '1:1 <img src="a/osi-7.png" alt="osi-7">'),
        ("> - ![](a.png)\r\n", "1:5 ![](a.png)"),
        ("| a |\n|---|\n| ![](a.png) |", "3:3 ![](a.png)"),
        ("[![](a.png)](u)", "1:2 ![](a.png)"),
        ("![image][a]\n\n[a]: a.png", "1:1 ![image][a]"),
    ],
)
def test_missing_alt(text: str, found: str) -> None:
    assert places(text, "I002") == [found]


def question(text: str) -> str:
    return f"## #1\n\n#### 질문?\n\n{text}\n\n#### References\n\n- [글](u)\n"


REMOTE = "https://a.b/c.png"
ANOTHER_BRANCH = "https://raw.githubusercontent.com/owner/name/dev/a.png"


@pytest.mark.parametrize(
    "text",
    [
        question("![그림](images/a.png)"),
        question("![그림](/images/a.png)"),
        question("![그림](data:image/png;base64,AAAA)"),
        question("![그림](https://github.com/owner/name/blob/main/a.png)"),
        question("![그림](https://github.com/other/name/blob/main/a.png)"),
        question("![그림](https://github.com/owner/name/raw/main/a.png)"),
        question("![그림](https://raw.githubusercontent.com/owner/name/main/a.png)"),
        question("![그림](https://render.githubusercontent.com/render/math?math=x)"),
        question(f"[글]({REMOTE})"),
        question(f"`![그림]({REMOTE})`"),
        f"![그림]({REMOTE})",
        f"![배지]({REMOTE})\n\n" + question("답이다."),
    ],
)
def test_no_remote_image(text: str) -> None:
    assert places(text, "I004", OWN) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"![그림]({REMOTE})", f"5:7 {REMOTE}"),
        (f'<img src="{REMOTE}">', f"5:11 {REMOTE}"),
        ("![그림](//a.b/c.png)", "5:7 //a.b/c.png"),
        (f"![그림][a]\n\n[a]: {REMOTE}", "5:1 ![그림][a]"),
        (f"> - ![그림]({REMOTE})", f"5:11 {REMOTE}"),
        (f"![그림]({ANOTHER_BRANCH})", f"5:7 {ANOTHER_BRANCH}"),
    ],
)
def test_remote_image(text: str, found: str) -> None:
    assert places(question(text), "I004", OWN) == [found]
    assert places(question(text).replace("\n", "\r\n"), "I004", OWN) == [found]


def test_pictures_of_one_host_are_one_house_style() -> None:
    text = question("![가](https://a.b/c.png) ![나](https://A.b/d.png) ![다](https://e.f/g.png)")
    causes = [finding.diagnostic.cause for finding in findings(text) if finding.rule.code == "I004"]
    assert causes == ["a.b", "a.b", "e.f"]


def in_images(**contents: bytes) -> FakeFiles:
    return FakeFiles(
        contents={f"answers/images/{name.replace('_', '.')}": data for name, data in contents.items()}
    )


@pytest.mark.parametrize(
    "files",
    [
        in_images(a_png=PNG),
        in_images(a_PNG=PNG),
        in_images(a_jpg=JPEG),
        in_images(a_jpeg=JPEG),
        in_images(a_gif=GIF),
        in_images(a_svg=SVG),
        in_images(a_pdf=b"%PDF-1.7"),
        in_images(a_heic=b"anything"),
    ],
)
def test_no_unreadable_image(files: FakeFiles) -> None:
    (path,) = files.contents
    assert places(f"![그림]({path.removeprefix('answers/')})", "I005", Config(), files) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (in_images(a_png=b""), "the picture is empty"),
        (in_images(a_heic=b""), "the picture is empty"),
        (in_images(a_png=PNG[:-5]), "the file is cut off"),
        (in_images(a_png=JPEG), "named PNG, but it is JPEG"),
        (in_images(a_jpg=PNG), "named JPEG, but it is PNG"),
        (in_images(a_png=b"<!doctype html>"), "named PNG, but it is HTML"),
        (in_images(a_svg=PNG), "named SVG, but it is PNG"),
        (in_images(a_gif=b"hello"), "the file is no GIF"),
        (in_images(a_svg=SVG[:-1]), "the SVG is not well-formed XML (1:90)"),
        (in_images(a_png=b"version https://git-lfs.github.com/spec/v1\n"), "a pointer of Git LFS"),
        (FakeFiles(paths=frozenset({"answers/images/a.png"})), "the picture can't be read"),
    ],
)
def test_unreadable_image(files: FakeFiles, message: str) -> None:
    (path,) = files.contents or files.paths
    url = path.removeprefix("answers/")
    text = f"> ![그림]({url})\r\n> ![그림][a]\r\n\r\n[a]: {url}\r\n"
    assert places(text, "I005", Config(), files) == [f"1:9 {url}", "2:3 ![그림][a]"]
    found = next(f for f in findings(text, Config(), files) if f.rule.code == "I005")
    assert found.diagnostic.message.en.startswith(message)
    assert found.diagnostic.message.en.endswith(f": {path}")


@pytest.mark.parametrize(
    "text", ["![그림](images/b.png)", "[글](images/a.png)", "![그림](https://a.b/a.png)"]
)
def test_what_is_no_picture_of_the_project_is_not_read(text: str) -> None:
    files = in_images(a_png=b"")
    assert places(text, "I005", Config(), files) == []
    assert places(text, "I006", Config(image_bytes=-1), files) == []


LIMITS = Config(image_bytes=100, image_width=10)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (png(10), None),
        (png(10) + b"\0" * (100 - len(png(10))), None),
        (png(11), "11 pixels wide (limit 10)"),
        (png(10) + b"\0" * (101 - len(png(10))), "101 bytes (limit 100)"),
        (
            png(1_000) + b"\0" * 1_000,
            f"{1_000 + len(png(1_000)):,} bytes (limit 100), 1,000 pixels wide (limit 10)",
        ),
        (b"\0" * 101, "101 bytes (limit 100)"),
    ],
)
def test_oversized_image(data: bytes, found: str | None) -> None:
    messages = [
        finding.diagnostic.message.en
        for finding in findings("![그림](images/a.png)", LIMITS, in_images(a_png=data))
        if finding.rule.code == "I006"
    ]
    assert messages == ([f"oversized picture: answers/images/a.png, {found}"] if found else [])


def unused(
    texts: dict[str, str], paths: dict[str, bytes], config: Config | None = None
) -> dict[str, list[str]]:
    """The unused pictures of a run over ``texts``, by the document that reports them."""
    config = config or Config()
    files = FakeFiles(contents={**paths, **{path: text.encode() for path, text in texts.items()}})
    documents = tuple(build(PurePosixPath(path), text, config) for path, text in texts.items())
    context = Context(config, files, documents)
    found = {
        str(one.path): [
            finding.diagnostic.message.en.removeprefix("unused picture: ")
            for finding in lint(one, context)
            if finding.rule.code == "I007"
        ]
        for one in documents
    }
    return {path: names for path, names in found.items() if names}


A = "![가](images/a.png)"
AB = {"answers/images/a.png": PNG, "answers/images/b.png": PNG}


@pytest.mark.parametrize(
    ("texts", "paths"),
    [
        pytest.param({"answers/x.md": A}, {"answers/images/a.png": PNG}, id="used"),
        pytest.param({"answers/x.md": f"{A} ![나](./images/b.png)"}, AB, id="written otherwise"),
        pytest.param({"answers/x.md": f"{A} ![나](images/B.PNG)"}, AB, id="another letter case"),
        pytest.param({"answers/x.md": f'{A}\n\n<source srcset="images/b.png 2x">'}, AB, id="in HTML"),
        pytest.param({"answers/x.md": f"{A}\n\n<!-- images/b.png -->"}, AB, id="in a comment"),
        pytest.param({"answers/x.md": f"---\ncover: images/b.png\n---\n{A}"}, AB, id="in front matter"),
        pytest.param(
            {"answers/x.md": A, "answers/y.md": "![나](images/b.png)"}, AB, id="by another document"
        ),
        pytest.param({"answers/x.md": A, "README.md": "![나](answers/images/b.png)"}, AB, id="by one above"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/z.md": b""}, id="not all documents are in the run"),
        pytest.param({"answers/x.md": A}, {**AB, "README.md": b"answers/images/b.png"}, id="by a file above"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/index.html": b"'images/b.png'"}, id="by a page"),
        pytest.param({"answers/x.md": A}, {**AB, "answers/images/c.png": PNG}, id="most are unused"),
        pytest.param({"answers/x.md": "글"}, AB, id="no picture is used"),
        pytest.param(
            {"answers/x.md": A}, {"answers/images/a.png": PNG, "answers/images/a.psd": b""}, id="no picture"
        ),
        pytest.param(
            {"answers/x.md": "![가](figures/a.png)"},
            {"answers/figures/a.png": PNG, "answers/figures/b.png": PNG},
            id="a folder of another name",
        ),
        pytest.param(
            {"answers/x.md": "![가](<images/그림 하나.png>) ![나](images/%EA%B0%80%20%EB%82%98.png)"},
            {"answers/images/그림 하나.png": PNG, "answers/images/가 나.png": PNG},
            id="names with blanks",
        ),
    ],
)
def test_no_unused_image(texts: dict[str, str], paths: dict[str, bytes]) -> None:
    assert unused(texts, paths) == {}


@pytest.mark.parametrize(
    ("texts", "paths", "found"),
    [
        pytest.param({"answers/x.md": A}, AB, {"answers/x.md": ["answers/images/b.png"]}, id="one document"),
        pytest.param(
            {"answers/y.md": A, "answers/x.md": "글", "README.md": "글"},
            AB,
            {"answers/x.md": ["answers/images/b.png"]},
            id="once, for the first document beside the folder",
        ),
        pytest.param(
            {"x.md": "![가](assets/a.png)"},
            {"assets/a.png": PNG, "assets/a-old.png": PNG},
            {"x.md": ["assets/a-old.png"]},
            id="at the root",
        ),
        pytest.param(
            {"answers/x.md": "![가](../img/2024/a.png)"},
            {"img/2024/a.png": PNG, "img/2024/b.svg": SVG, "img/c.png": PNG},
            {"answers/x.md": ["img/2024/b.svg"]},
            id="a folder in it; not one that nothing uses",
        ),
    ],
)
def test_unused_image(texts: dict[str, str], paths: dict[str, bytes], found: dict[str, list[str]]) -> None:
    assert unused(texts, paths) == found


def test_a_document_that_was_mended_since_the_run_began_counts_as_it_is_now() -> None:
    files = FakeFiles(contents=AB)
    before, now = document(A), document(f"{A} ![나](images/b.png)")
    context = Context(Config(), files, (before,))
    assert not [finding for finding in lint(now, context) if finding.rule.code == "I007"]


@pytest.mark.parametrize(
    "url",
    [
        "https://render.githubusercontent.com/view/pdf?x",
        "https://user-images.githubusercontent.com/1/a.png",
        "https://developers.google.com/chart/a.png",
        "https://latex.codecogs.com/svg.image?x",
        "https://dl.dropboxusercontent.com/s/abc/a.png",
        "https://mytinypic.com/a.png",
        "https://cafe.daum.net/a.png",
        "https://a.b/tinypic.com/a.png",
        "tinypic.com/a.png",
        "images/a.png",
        "https://tinypic.com",
    ],
)
def test_no_retired_host(url: str) -> None:
    assert places(f"![그림]({url})", "I008") == []


@pytest.mark.parametrize(
    "url",
    [
        "https://render.githubusercontent.com/render/math?math=x",
        "http://chart.googleapis.com/chart?cht=tx&chl=x",
        "https://0.chart.googleapis.com/chart?cht=p3",
        "//chart.apis.google.com/chart?cht=p3",
        "http://i61.TinyPic.com/a.png",
        "http://pds21.egloos.com/pds/a.jpg",
        "http://cfs1.blog.daum.net/image/a",
        "https://dl.dropboxusercontent.com/u/123/a.png",
        "https://dl.dropbox.com/u/123/a.png",
        "https://www.googledrive.com/host/abc/a.png",
    ],
)
def test_retired_host(url: str) -> None:
    assert places(f"![그림]({url})", "I008") == [f"1:7 {url}"]
    assert places(f'<p>\n<img\n src="{url}">\r\n</p>', "I008") == [f"3:7 {url}"]
    assert places(f"[글]({url})", "I008") == []


def test_each_entry_of_the_table_has_a_date_and_a_source() -> None:
    for entry in RETIRED:
        assert entry.date[:2] == "20"
        assert entry.source.startswith("https://")
