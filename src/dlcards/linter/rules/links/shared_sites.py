"""Whether a path is a page that a site generator makes, and no file of the repository."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from dlcards.model import Context, Document, lazy_compile

_CONFIGURATION = lazy_compile(
    r"(?:docusaurus|next|nuxt|astro|gatsby|gridsome|vitepress|\.?eleventy|hexo|rspress)[.-]config\.\w+"
    r"|\.eleventy\.[cm]?js|(?:mkdocs|_config|hugo|antora|_quarto)\.(?:ya?ml|toml|json)|book\.(?:toml|json)"
    r"|sidebars?\.[jt]s|_sidebar\.md",
    re.I,
)
_FOLDERS = (".vuepress", ".vitepress")  # of configuration
_STATIC = ("static", "public")  # what a site shows as it is
_PAGE = frozenset({"", ".html", ".htm"})


def is_route(url: str, path: PurePosixPath, document: Document, context: Context) -> bool:
    """Whether ``url`` in ``document``, which leads to ``path``, where no file is, may be a page of the site
    that is made of the document.
    """
    folders = [folder / name for folder in document.path.parents for name in _STATIC]
    if url.startswith("/") and any(context.files.exists(folder / path) for folder in folders):
        return True
    if path.suffix.lower() not in _PAGE:
        return False
    # Front matter is for a site; yet a path from the document's own folder is one of GitHub's, too.
    has_front_matter = bool(document.blocks) and document.blocks[0].kind == "front_matter"
    return (has_front_matter and url.startswith("/")) or any(
        any(map(_CONFIGURATION.fullmatch, context.files.names(folder)))
        or any(context.files.names(folder / name) for name in _FOLDERS)
        for folder in document.path.parents
    )
