"""An export of documents that are parsed already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dlcards.deck import export as exports
from dlcards.deck.drafts import Draft
from dlcards.deck.export import Export, Order
from dlcards.model import Context, Document


def export(documents: Sequence[Document], context: Context, root: Path, order: Order, **more: Any) -> Export:
    """As :func:`dlcards.deck.export.export`, of documents."""
    return exports.export([Draft(document, context) for document in documents], context, root, order, **more)
