"""A project in git whose deck learners import, edit and give back."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from dlcards.identity.package import PackageNote, package_notes
from tests.support.anki_collection import Learner
from tests.support.command import invoke, run, write
from tests.support.documents import md

DOCUMENT = md(r"""
    # 질문

    ## #1

    #### 딥러닝은 무엇인가?

    > **핵심**: 딥러닝은 **표현**을 여러 층으로 배우는 **머신러닝**의 한 갈래이다.

    > **힌트**: 특징을 누가 만드는지 생각해 보자.

    딥러닝은 특징을 사람이 만들지 않고 배운다. 층마다 *조금씩* 더 추상적인 표현을 만든다.

    - 입력층은 픽셀을 본다.
    - 은닉층은 `relu(x)`를 지난다.

    손실은 $L = \frac{1}{n}\sum_i \ell_i$이다.

    <!-- dlcards-disable-next-line K005 -->
    마지막 문단이다[^1].

    #### 꼬리질문

    - **얕은 망과 무엇이 다른가?**
      - 층이 적어 표현을 덜 배운다.

    #### References

    - [출처](https://example.com/a)

    [^1]: 각주이다.

    ---

    ## #2

    #### 경사 하강법은 무엇인가?

    기울기의 반대쪽으로 매개변수를 옮긴다.

    ```python
    w = w - lr * grad
    ```

    | 방법 | 배치 |
    |---|---|
    | SGD | 하나 |
    | GD | 전체 |

    #### References

    - [출처](https://example.com/b)
""")
NAME = "a.md"


def git(folder: Path, *arguments: str, data: bytes | None = None) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    names = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "core.autocrlf=false")
    done = subprocess.run(["git", *names, *arguments], cwd=folder, env=env, input=data, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


class Shared:
    """A repository with a deck, and learners who have imported it.

    Args:
        folder: An empty folder; the repository stands in ``folder/repository``.
        text: The document.
        pictures: The pictures that it shows, by their names.
    """

    def __init__(
        self, folder: Path, text: str = DOCUMENT, pictures: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        self.folder = folder
        self.root = folder / "repository"
        self.root.mkdir(parents=True)
        write(self.root, 'deck = "덱"\n', "dlcards.toml")
        self.document = self.root / NAME
        self._versions = 0
        for name, data in pictures.items():
            (self.root / name).write_bytes(data)
        git(self.root, "init", "-q")
        self.version(text, "v1")

    @property
    def text(self) -> str:
        return self.document.read_bytes().decode("utf-8")

    @property
    def deck(self) -> Path:
        return self.root / "build" / "덱.apkg"

    def version(self, text: str, name: str) -> Path:
        """Commit a version of the document with its lock; a copy of its package."""
        self.document.write_bytes(text.encode("utf-8"))
        # The first long ago; a later one after what learners have edited meanwhile.
        self._versions += 1
        second = time.time() + (10 * self._versions if self._versions > 1 else -100 * 86_400)
        code, said = invoke(self.root, "export", "--no-cache", SOURCE_DATE_EPOCH=str(int(second)))
        assert code == 0, said
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "-m", name)
        package = self.folder / f"{name}.apkg"
        package.write_bytes(self.deck.read_bytes())
        return package

    def learner(self, name: str, package: Path | None = None) -> Learner:
        """Someone who has imported a package; the present one where none is given."""
        folder = self.folder / name
        folder.mkdir()
        someone = Learner(folder)
        someone.import_(package or self.deck)
        return someone

    def given_back(self, learner: Learner, name: str, *, legacy: bool = False) -> Path:
        """What a learner exports."""
        path = self.folder / f"{name}.apkg"
        learner.export(path, legacy=legacy)
        return path

    def pull(self, *arguments: str | Path, code: int = 0) -> tuple[str, str]:
        """The patch and the report."""
        done = run(self.root, "pull", "--lang", "ko", *map(str, arguments))
        assert done.returncode == code, (done.stdout.decode(), done.stderr.decode())
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def fields(self) -> dict[str, PackageNote]:
        """The notes of an export of the documents as they are, by their GUIDs."""
        package = self.folder / "now.apkg"
        code, said = invoke(
            self.root, "export", "--no-cache", "-o", str(package), "--lock", str(self._lock())
        )
        assert code == 0, said
        return {note.guid: note for note in package_notes(package)}

    def _lock(self) -> Path:
        copy = self.folder / "copy.lock"
        copy.write_bytes((self.root / "deck.lock").read_bytes())
        return copy
