"""What authors call the parts of a question, by language: summary, hint, contents."""

from __future__ import annotations

from typing import NamedTuple

from dlcards.document.language import base
from dlcards.model import Config


class Wording(NamedTuple):
    """The words of one language.

    No word that means something else in another language: labels are read in any (a ``Tip`` gives advice).

    Attributes:
        summary: What stands before the colon in a summary's quote; the first is what messages name.
        hint: The same of a hint's quote.
        contents: What the heading of a table of contents says.
    """

    summary: tuple[str, ...]
    hint: tuple[str, ...]
    contents: str


WORDING = {
    "ko": Wording(("핵심",), ("힌트",), "목차"),
    "en": Wording(("Summary", "In short", "TL;DR", "Key point"), ("Hint",), "Table of contents"),
    "zh": Wording(("要点", "总结", "總結", "核心"), ("提示",), "目录"),
    "ja": Wording(("要点", "まとめ"), ("ヒント",), "目次"),
    "ru": Wording(("Кратко", "Коротко", "Суть"), ("Подсказка",), "Содержание"),
    "uk": Wording(("Коротко", "Суть"), ("Підказка",), "Зміст"),
    "de": Wording(("Kurz", "Kernaussage", "Zusammenfassung"), ("Tipp", "Hinweis"), "Inhaltsverzeichnis"),
    "fr": Wording(("En bref", "Résumé"), ("Indice",), "Table des matières"),
    "es": Wording(("En resumen", "Resumen"), ("Pista",), "Tabla de contenidos"),
    "pt": Wording(("Em resumo", "Resumo"), ("Dica",), "Sumário"),
    "it": Wording(("In breve", "Riassunto"), ("Suggerimento",), "Indice"),
    "vi": Wording(("Tóm tắt",), ("Gợi ý",), "Mục lục"),
    "tr": Wording(("Özet",), ("İpucu",), "İçindekiler"),
    "id": Wording(("Ringkasan",), ("Petunjuk",), "Daftar isi"),
    "pl": Wording(("W skrócie",), ("Podpowiedź",), "Spis treści"),
    "nl": Wording(("Kort", "Samenvatting"), ("Hint",), "Inhoudsopgave"),
}
_SUMMARIES = tuple(word for wording in WORDING.values() for word in wording.summary)
_HINTS = tuple(word for wording in WORDING.values() for word in wording.hint)


def wording_of(language: str) -> Wording:
    """The words of a language; those of English where it has none here."""
    return WORDING.get(base(language), WORDING["en"])


def summary_labels(config: Config) -> tuple[str, ...]:
    """What a summary's quote may begin with, in any language unless one label is configured."""
    return (config.summary_label,) if config.summary_label else _SUMMARIES


def hint_labels(config: Config) -> tuple[str, ...]:
    """What a hint's quote may begin with, in any language unless one label is configured."""
    return (config.hint_label,) if config.hint_label else _HINTS
