"""The workflow that answers learners' packages: what strangers attach is read and answered, and does nothing else."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import cmarkgfm
import pytest
from selectolax.lexbor import LexborHTMLParser

from dlcards.identity.limits import Limits
from tests.support.runner import Done, Runner, workflow

pytest.importorskip("anki", reason="needs Anki's library, which the test group installs")

from tests.support.learners import Shared, git

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.name == "nt" or not (shutil.which("bash") and shutil.which("jq")),
        reason="needs bash and jq, as GitHub's runners of Linux have them",
    ),
]

ATTACHED = "https://github.com/user-attachments/files/12/deck.zip"
KEPT = "https://objects.githubusercontent.com/github-production-repository-file-5c1aeb/1/2?X-Amz-Expires=300"
STEPS = ["Find what is attached", "Fetch it", "Pull the edits", "Answer with a comment"]


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def edited(shared: Shared, new: str, name: str = "a", search: str = "Id:1 Question:_* Answer:_*") -> Path:
    """The package of a learner who has put other words in the place of some."""
    someone = shared.learner(name)
    someone.edit(search, "Answer", lambda html: html.replace("추상적인 표현", new, 1))
    path = shared.given_back(someone, name)
    someone.close()
    return path


def answered(
    shared: Shared,
    text: str | None = f"[deck.zip]({ATTACHED})",
    *,
    web: dict[str, str],
    event: dict[str, object] | None = None,
    language: str = "ko",
) -> tuple[Runner, dict[str, Done], str]:
    """What becomes of an issue with a text: the runner, its steps, and the comment."""
    runner = Runner(shared.root, web=web, event=event or {"issue": {"number": 7, "body": text}})
    done = runner.call("pull-edits.yml", language=language)
    comment = ""
    if runner.told:
        (call,) = runner.told
        assert call == ["issue", "comment", "7", "--body-file", "comment.md"]
        comment = (runner.temp / "tell" / "comment.md").read_text(encoding="utf-8")
    return runner, done, comment


def blocks(comment: str) -> list[str]:
    """The blocks of code in a comment as GitHub shows it; what else it shows is ours."""
    tree = LexborHTMLParser(cmarkgfm.github_flavored_markdown_to_html(comment))
    found = tree.css("pre")
    texts = [node.text() for node in found]
    for node in found:
        node.decompose()
    assert not tree.css("a, img, h1, h2, blockquote")
    assert tree.body is not None
    assert "@" not in tree.body.text()
    return texts


def test_a_package_is_answered_with_its_patch(shared: Shared) -> None:
    web = {ATTACHED: KEPT, KEPT: str(edited(shared, "추상적인 특징"))}
    runner, done, comment = answered(shared, web=web)
    assert list(done) == STEPS
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert runner.asked == [ATTACHED, KEPT]
    how, report, patch = blocks(comment)
    assert how == "gh run download 1 --name edits\ngit apply edits.patch\n"
    assert "a.md:11: #1 질문 Answer: 가져왔다" in report
    assert "증명된 것은 패치로 만들었다" in comment
    assert "손으로 고칠 것이 있다" not in comment
    git(shared.root, "apply", "-", data=patch.encode())
    assert "추상적인 특징" in shared.text
    assert [path.name for path in runner.artifacts["edits"]] == ["edits.patch", "report.txt"]


def test_a_zip_with_a_package_in_it_and_several_of_them(shared: Shared) -> None:
    """In a comment to an issue whose own text has one, too; each is asked for once."""
    packed = shared.folder / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(edited(shared, "추상적인 특징"), "덱.apkg")
    second = ATTACHED.replace("12", "13")
    web = {ATTACHED: str(packed), second: str(edited(shared, "추상적인 벡터", "b"))}
    event = {
        "issue": {"number": 7, "body": "https://github.com/user-attachments/files/1/other.zip"},
        "comment": {"body": f"[덱]({ATTACHED}) {second} {ATTACHED}"},
    }
    runner, done, comment = answered(shared, web=web, event=event, language="en")
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert runner.asked == [ATTACHED, second]
    (report,) = blocks(comment)
    assert "conflict" in report
    assert "[1.zip]" in report
    assert "\n  2.zip:\n" in report
    assert "Something is left to do by hand" in comment


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "아무것도 없다",
        "https://evil.example/user-attachments/files/1/deck.zip",
        "https://github.com.evil.example/user-attachments/files/1/deck.zip",
        "http://github.com/user-attachments/files/1/deck.zip",
        "https://github.com/user-attachments/files/1/../deck.zip",
        "https://github.com/user-attachments/files/1/de\nck.zip",
        "https://github.com/user-attachments/files/1/{a,b}.zip",
        "https://github.com/user-attachments/files/1/?to=evil.zip",
        "https://github.com/user-attachments/files/1/picture.png",
        "https://github.com/someone/repository/raw/main/deck.zip",
    ],
)
def test_what_is_no_attached_package_is_never_asked_for(shared: Shared, text: str | None) -> None:
    runner, done, comment = answered(shared, text, web={})
    assert [name for name, each in done.items() if each.returncode == 0] == STEPS[:1]
    assert (list(done), runner.asked, comment) == (STEPS[:1], [], "")


def test_names_that_learners_give_their_files(shared: Shared) -> None:
    package = str(edited(shared, "추상적인 특징"))
    first, second = (ATTACHED.replace("deck", name) for name in ("딥러닝.면접-1", "%EB%8D%B1"))
    runner, _, comment = answered(shared, f"[a]({first})\n<{second}>", web={first: package, second: package})
    assert runner.asked == [first, second]
    assert "이미 문서에 있다 1" in comment


def test_a_pull_request_is_no_issue(shared: Shared) -> None:
    event = {"issue": {"number": 7, "body": "", "pull_request": {}}, "comment": {"body": ATTACHED}}
    runner, _, comment = answered(shared, web={}, event=event)
    assert (runner.asked, comment) == ([], "")


def test_a_text_longer_than_a_variable_is_read(shared: Shared) -> None:
    """131,072 bytes of environment are the most that Linux takes; 65,536 characters are what GitHub takes."""
    text = "가" * 65_000 + f"\n{ATTACHED}"
    runner, _, comment = answered(shared, text, web={ATTACHED: str(edited(shared, "추상적인 특징"))})
    assert runner.asked == [ATTACHED]
    assert comment


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/deck.zip",
        "https://evil.example/x.githubusercontent.com/deck.zip",
        "https://objects.githubusercontent.com.evil.example/deck.zip",
        "https://objects.githubusercontent.com@evil.example/deck.zip",
        ATTACHED,  # round and round
    ],
)
def test_where_an_address_leads_is_not_followed_elsewhere(shared: Shared, place: str) -> None:
    runner, done, comment = answered(shared, web={place: str(shared.deck), ATTACHED: place})
    assert done["Fetch it"].returncode != 0
    assert set(runner.asked) == {ATTACHED}
    assert list(done) == STEPS[:2]
    assert comment == ""


def test_what_is_too_large_is_not_kept(shared: Shared, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(101 << 20)
    _, done, comment = answered(shared, web={ATTACHED: str(large)})
    assert done["Fetch it"].returncode
    assert list(done) == STEPS[:2]
    assert comment == ""


def hostile(folder: Path, kind: str) -> Path:
    path = folder / "hostile"
    if kind == "no zip":
        path.write_bytes(b"```\n@everyone <!-- ")
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("collection.anki2", "w", force_zip64=True) as file:
                for _ in range((Limits().database >> 20) + 1):
                    file.write(bytes(1 << 20))
            archive.writestr("media", "{}")
    elif kind == "two packages":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a\n```\n@everyone.apkg", "")
            archive.writestr("b.apkg", "")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a\n```\n::error::x\n@everyone.apkg", "no package")
    return path


@pytest.mark.parametrize("kind", ["no zip", "bomb", "two packages", "a name with line ends"])
def test_hostile_packages_end_in_a_comment(shared: Shared, kind: str) -> None:
    _, done, comment = answered(shared, web={ATTACHED: str(hostile(shared.folder, kind))})
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert comment.startswith("첨부한 것을 읽지 못했다.\n")
    (report,) = blocks(comment)
    assert report.startswith("dlcards: 1.zip: ")
    assert "Traceback" not in report
    assert not [each for each in done.values() if "::" in each.stdout]


BREAKING_OUT = (
    "`` ` ``` @everyone <!-- </code></pre><img src=x> fixes #1 ````` ::error::x ![](http://x.example/y)"
)


def test_nothing_that_a_learner_writes_leaves_its_block(shared: Shared) -> None:
    someone = shared.learner("a")
    written = BREAKING_OUT.replace("<", "&lt;")

    def edit(html: str) -> str:
        lines = f"</p><p>```</p><p>@everyone</p><pre><code>~~~\n`````\n@everyone\n</code></pre><p>{written}"
        return html.replace("마지막", f"{written}{lines}", 1)

    someone.edit("Id:1 Question:_* Answer:_*", "Answer", edit)
    package = shared.given_back(someone, "a")
    someone.close()
    _, done, comment = answered(shared, web={ATTACHED: str(package)})
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert "@everyone" in "".join(blocks(comment))
    assert not [each for each in done.values() if "::error" in each.stdout + each.stderr]


@pytest.mark.parametrize("words", [3_000, 90_000])
def test_a_patch_too_long_for_a_comment_is_in_the_artifact(shared: Shared, words: int) -> None:
    """A patch of what an answer became; the report cuts what a change says."""
    long = " ".join(f"낱말{number}" for number in range(words))
    runner, done, comment = answered(shared, web={ATTACHED: str(edited(shared, long))})
    assert [each.returncode for each in done.values()] == [0] * 4, [each.stderr for each in done.values()]
    assert len(comment) < 60_001
    assert "gh run download 1 --name edits" in comment
    assert "노트 4개 가운데 1개를 고쳤다" in "".join(blocks(comment))
    patch = next(path for path in runner.artifacts["edits"] if path.name == "edits.patch")
    assert len(patch.read_text(encoding="utf-8")) > words * 5


def test_a_report_too_long_for_a_comment_is_in_the_artifact(tmp_path: Path) -> None:
    folder = tmp_path / "tell"
    folder.mkdir()
    (folder / "report.txt").write_text(
        "a.md:1: 고쳤다\n" * 9_000 + "노트 4개 가운데 1개를 고쳤다\n", encoding="utf-8"
    )
    (folder / "edits.patch").write_text("x\n", encoding="utf-8")
    runner = Runner(folder)
    script = workflow("pull-edits.yml")["jobs"]["tell"]["steps"][1]["run"]
    done, _ = runner.bash(script, {"CODE": "0", "MESSAGES": "ko", "GH_TOKEN": "secret", "ISSUE": "7"})
    assert done.returncode == 0, done.stderr
    assert runner.told == [["issue", "comment", "7", "--body-file", "comment.md"]]
    comment = next(tmp_path.rglob("comment.md")).read_text(encoding="utf-8")
    assert "아티팩트 edits에 있다" in comment
    assert "노트 4개 가운데 1개를 고쳤다" in comment
    assert "a.md:1: 고쳤다" not in comment
    assert len(comment) < 60_001


@pytest.mark.parametrize("name", ["report.txt", "edits.patch"])
def test_a_link_in_the_artifact_is_not_followed(tmp_path: Path, name: str) -> None:
    """As whoever has taken over the job that reads packages might hand one on."""
    folder = tmp_path / "tell"
    folder.mkdir()
    for each in ("report.txt", "edits.patch"):
        if each == name:
            (folder / each).symlink_to("/proc/self/environ")
        else:
            (folder / each).write_text("x\n")
    runner = Runner(folder)
    script = workflow("pull-edits.yml")["jobs"]["tell"]["steps"][1]["run"]
    done, _ = runner.bash(script, {"CODE": "0", "MESSAGES": "ko", "GH_TOKEN": "secret", "ISSUE": "7"})
    assert done.returncode
    assert runner.told == []


def test_the_job_that_reads_packages_may_do_nothing_and_the_other_one_reads_none() -> None:
    read = workflow("pull-edits.yml")
    reading, telling = read["jobs"].values()
    assert reading["permissions"] == {}
    assert "token" not in str(reading)
    assert [step.get("uses", "").partition("@")[0] for step in telling["steps"]] == [
        "actions/download-artifact",
        "",
    ]
    assert telling["permissions"] == {"issues": "write"}
