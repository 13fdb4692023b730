"""A link leads to a file of this repository that does not exist.

A reader gets GitHub's 404 page.

Relative paths, paths from the repository's root (`/docs/a.md`) and this repository's own addresses on
GitHub, known by `repository` or by the checkout's `origin`, are looked up in the checkout, letter case
included: GitHub's servers tell `A.md` from `a.md`. A file that git ignores is on your computer alone, and
so is what `C:/…` and `file:` name, and what a symbolic link leads to outside the repository.

Not found: routes of a site generator (`/blog/first`, `../intro`, with or without `.html`), where
a generator's configuration stands above the document (`docusaurus.config.js`, `mkdocs.yml`, `_config.yml`, …)
or, for addresses that begin with `/`, the document has front matter: what the site has under such an address,
its build decides; pictures (I001), addresses of other sites (the link checker looks at those), paths that
leave the repository for pages of GitHub (`../../issues`).

Bad:

    See [the other document](other.md).

Good:

    See [the paper](https://doi.org/10.1038/nature14539).
"""

from __future__ import annotations

from collections.abc import Iterator

from dlcards.document.text import shown
from dlcards.linter.rules.links.shared_sites import is_route
from dlcards.linter.rules.links.shared_syntax import mended_address
from dlcards.model import Context, Diagnostic, Document, Rule, Severity, Text
from dlcards.project.addresses import is_external, local_target, on_one_computer
from dlcards.project.closest import closest_file

KO = """
링크가 가리키는 파일이 이 저장소에 없다.

읽는 사람은 GitHub의 404 페이지를 만난다.

상대 경로, 저장소 뿌리에서 시작하는 경로(`/docs/a.md`), 그리고 `repository`나 체크아웃의 `origin`으로 알아본 이 저장소의 GitHub 주소를 체크아웃에서 찾는다. GitHub 서버는 `A.md`와 `a.md`를 다른 파일로 보므로 대소문자도 따진다. git이 무시하는 파일, `C:/…`와 `file:`이 가리키는 파일, 심볼릭 링크가 저장소 밖에서 가져오는 파일은 글쓴이의 컴퓨터에만 있다.

찾지 않는 것: 사이트 생성기의 경로(`/blog/first`, `../intro`, `.html`이 붙기도 한다). 위 폴더에 생성기의 설정(`docusaurus.config.js`, `mkdocs.yml`, `_config.yml` 등)이 있거나, `/`로 시작하는 주소라면 문서에 프런트 매터가 있을 때다. 그 주소에 무엇이 있는지는 사이트를 만들 때 정해진다. 그림(I001), 다른 사이트의 주소(링크 검사기가 본다), 저장소 밖의 GitHub 페이지로 나가는 경로(`../../issues`).
"""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Find links to files that are not there."""
    for link in document.links:
        if link.by_reference or link.kind.is_image or mended_address(link.url):
            continue  # a mistyped scheme is L004's
        if on_one_computer(link.url):
            message = Text(
                f"글쓴이의 컴퓨터에만 있는 파일이다: {shown(link.url)}",
                f"a file on its author's computer alone: {shown(link.url)}",
            )
            yield Diagnostic(link.url_span, message, spares_cards=True)
            continue
        target = local_target(link.url, document.path, context.config)
        if target is None:
            continue
        if context.files.exists(target.path):
            if context.files.ignored(target.path):
                message = Text(
                    f"git이 무시해 저장소에는 없는 파일이다: {target.path}",
                    f"git ignores it, so the repository has no such file: {target.path}",
                )
                yield Diagnostic(link.url_span, message, spares_cards=True)
            continue
        if not is_external(link.url) and is_route(link.url, target.path, document, context):
            continue
        if context.files.leaves(target.path):
            message = Text(
                f"저장소 밖에 있는 파일로 나가는 링크다: {target.path}",
                f"a link leads from {target.path} out of the repository, which has no such file",
            )
            yield Diagnostic(link.url_span, message, spares_cards=True)
            continue
        near = context.files.similar(target.path) or closest_file(target.path, context.files)
        message = Text(
            f"파일이 없다: {target.path}" + (f". 혹시 {near}인가?" if near else ""),
            f"no such file: {target.path}" + (f"; did you mean {near}?" if near else ""),
        )
        yield Diagnostic(link.url_span, message, spares_cards=True)


RULE = Rule("L002", "missing-file", Severity.ERROR, check)
