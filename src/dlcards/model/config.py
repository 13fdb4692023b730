"""What a project says about itself."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

# Markup of other programs that GitHub does not know.
DIALECTS = ("wiki-links", "highlights", "attributes", "callouts")


@dataclass(frozen=True, slots=True)
class Config:
    """What a project says about itself in ``[tool.dlcards]``.

    Attributes:
        repository: ``owner/name`` on GitHub; with it, absolute addresses of the repository's own
            files are looked up in the checkout, and cards lead to it, as do their links to other files;
            where it is not written, cards lead to the checkout's ``origin``, and where it is ``""``, nowhere.
        branch: The branch that such addresses name.
        deck: The deck's name in Anki; empty means the document's file name.
        language: The language of the answers, as BCP 47 calls it: a card's ``lang`` and labels, and what K001
            compares with. Empty where the project does not say: then K001 is silent, and each document's
            words tell.
        languages: The language by glob of paths, where it is another one than ``language``.
        exclude: What folders are searched without, as patterns of a ``.gitignore``; what a project says
            comes after the defaults, so that ``!build/`` takes one of them back.
        select: Codes of rules, or beginnings of codes (``Q``, ``M00``), to switch on besides the
            rules that are on by themselves.
        ignore: Codes, or beginnings of codes, to switch off.
        severity: ``error``, ``warning`` or ``note`` by code, where it differs from the rule's own.
        per_file_ignores: Codes to switch off by glob of paths, whatever ``select`` says.
        error_free: Whether any error in a pair keeps it out of the deck, also one that leaves its cards as
            they should be, such as a dead link.
        layouts: The layout by glob of paths; where none fits, it is detected.
        anchors: Whose anchors headings get: ``github`` or ``gitbook``.
        dialect: Markup beyond GitHub's that the project's documents are written in (M016).
        question_pattern: What a heading must match to be a question in the ``heading`` layout; empty
            where numbers, ``Q1:`` and question marks tell.
        contents_headings: What the contents' heading says, without emoji; compared without case.
        references_headings: What the references' heading says.
        follow_ups_headings: What the follow-ups' heading says.
        in_depth_headings: What the heading says below which an answer goes into depth; folded on a card.
        summary_label: The word before the colon in the summary's quote; empty for those of
            all languages that have one.
        hint_label: The word before the colon in the hint's quote; empty as above.
        placeholders: Words that stand for an answer to come.
        answer_labels: Words that only announce an answer.
        primary_sources: Hosts, with a path's beginning where it matters, that count as primary (Q011).
        summary_length: Smallest and largest length of a summary in characters (Q013).
        answer_length: Smallest and largest length of an answer in characters (Q014).
        answer_lengths: Other ranges for single ids (Q014).
        compare_with: Files that no answer may copy from, relative to the root (Q015).
        generic_alts: Alternative texts that say nothing (I002).
        image_bytes: Largest size of a picture in bytes (I006).
        image_width: Largest width of a picture in pixels (I006).
        max_image_width: Width in pixels that wider pictures are scaled down to on their way into the
            deck; 0 packs them as they are.
        vague_link_texts: Words that say nothing about where a link leads (L014).
        register: ``한다체`` or ``합니다체``: the style that K003 asks for.
        links_exclude: Globs of addresses that the link checker never asks.
        links_allow_net: Networks (CIDR) that it may ask though they are not public.
        glossary: A TOML file, relative to the root, with the project's terms (K005).
        lock: The lock file, relative to the root; empty for ``deck.lock`` beside the documents.
        home: The folder that the configuration stands in, relative to the root of the checkout; empty for
            the root itself. No key: found, not configured. All paths and globs above start at the root,
            save those of ``exclude``.
        origin: ``owner/name`` of the checkout's ``origin`` on GitHub. No key. Addresses in documents are held
            against it where ``repository`` is not configured.
        default_branch: The branch whose addresses are the checkout's own: the configured one, else the
            one that the checkout says is the default; empty where neither says so. No key.
        names_origin: Whether decks name the checkout's ``origin``: not where ``repository`` is ``""``. No
            key.
    """

    repository: str = ""
    branch: str = "main"
    deck: str = ""
    language: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = (
        ".*/",
        "node_modules/",
        "vendor/",
        "venv/",
        "build/",
        "dist/",
        "site-packages/",
    )
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error_free: bool = False
    layouts: Mapping[str, str] = field(default_factory=dict)
    anchors: str = "github"
    dialect: tuple[str, ...] = ()
    question_pattern: str = ""
    contents_headings: tuple[str, ...] = (
        "목차",
        "table of contents",
        "contents",
        "目录",
        "目錄",
        "目次",
        "содержание",
        "оглавление",
        "зміст",
        "inhaltsverzeichnis",
        "inhalt",
        "table des matières",
        "sommaire",
        "tabla de contenidos",
        "índice",
        "sumário",
        "indice",
        "mục lục",
        "İçindekiler",
        "daftar isi",
        "spis treści",
        "inhoudsopgave",
    )
    references_headings: tuple[str, ...] = (
        "references",
        "reference",
        "참고 자료",
        "참고자료",
        "참고 문헌",
        "참고문헌",
        "참고",
        "additional links",
        "further reading",
        "see also",
        "参考",
        "参考资料",
        "参考文献",
        "参考链接",
        "參考資料",
        "参考資料",
        "источники",
        "список литературы",
        "джерела",
        "quellen",
        "quellenangaben",
        "références",
        "referencias",
        "referências",
        "riferimenti",
        "tài liệu tham khảo",
        "kaynaklar",
        "referensi",
    )
    follow_ups_headings: tuple[str, ...] = ("꼬리질문", "꼬리 질문", "follow-up questions", "follow-ups")
    in_depth_headings: tuple[str, ...] = ("더 깊이", "in depth", "深入理解", "さらに詳しく")
    summary_label: str = ""
    hint_label: str = ""
    placeholders: tuple[str, ...] = (
        "todo",
        "tbd",
        "to be filled",
        "to be added",
        "answer here",
        "wip",
        "추후",
        "추후 작성",
        "추후 작성 예정",
        "추후 추가",
        "작성 예정",
        "작성 중",
        "작성중",
        "답변 추가하기",
        "답변 추가 예정",
        "내용 추가 예정",
        "준비 중",
        "무슨말일까요",
        "무슨 말일까요",
        "待补充",
        "待完善",
        "待更新",
        "待续",
        "未完待续",
        "待補充",
        "準備中",
        "作成中",
        "執筆中",
        "後で追記",
        "追記予定",
    )
    answer_labels: tuple[str, ...] = ("answer", "answers", "a", "답변", "답", "정답")
    primary_sources: tuple[str, ...] = (
        "arxiv.org/abs",
        "doi.org",
        "proceedings.mlr.press",
        "jmlr.org",
        "papers.nips.cc",
        "proceedings.neurips.cc",
        "openreview.net",
        "aclanthology.org",
        "deeplearningbook.org",
        "d2l.ai",
        "cs231n.github.io",
        "distill.pub",
    )
    summary_length: tuple[int, int] = (20, 120)
    answer_length: tuple[int, int] = (300, 1_000)
    answer_lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    compare_with: tuple[str, ...] = ()
    generic_alts: tuple[str, ...] = (
        "image",
        "img",
        "picture",
        "figure",
        "screenshot",
        "그림",
        "이미지",
        "사진",
        "스크린샷",
    )
    image_bytes: int = 500_000
    image_width: int = 2_000
    max_image_width: int = 0
    vague_link_texts: tuple[str, ...] = (
        "여기",
        "이곳",
        "링크",
        "클릭",
        "here",
        "link",
        "click here",
        "this",
        "참고",
    )
    links_exclude: tuple[str, ...] = ()
    links_allow_net: tuple[str, ...] = ()
    register: str = "한다체"
    glossary: str = ""
    lock: str = ""
    home: str = field(default="", metadata={"key": False})
    origin: str = field(default="", metadata={"key": False})
    default_branch: str = field(default="", metadata={"key": False})
    names_origin: bool = field(default=True, metadata={"key": False})

    def language_for(self, path: PurePosixPath) -> str:
        """The language that the project says a document is in; empty where it does not say."""
        return next(
            (language for glob, language in self.languages.items() if fnmatchcase(str(path), glob)),
            self.language,
        )

    def asks_for(self, code: str) -> bool | None:
        """Whether ``select`` or ``ignore`` has the last word on a rule: True or False; None where neither
        names it. The longest code or beginning of a code decides, ``ignore`` before ``select``.
        """
        on, off = (
            max((len(start) for start in codes if code.startswith(start)), default=0)
            for codes in (self.select, self.ignore)
        )
        return on > off if on or off else None

    def in_home(self, path: PurePosixPath) -> str:
        """How the lock and the baseline call a document: by its path from the configuration's folder, which
        is the same whatever the checkout that it lies in.
        """
        return posixpath.relpath(path, self.home or ".")

    def from_home(self, name: str) -> PurePosixPath:
        """The path, from the root, of what the lock calls ``name``."""
        return PurePosixPath(posixpath.normpath(posixpath.join(self.home, name)))
