"""Markdown as GitHub reads it: text in, blocks and inlines out that know where they stand."""

from dlcards.markdown.parser import parse, plain_text

__all__ = ["parse", "plain_text"]
