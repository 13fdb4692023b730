"""What stands above the text of each case: a question, since nothing else becomes a card."""

from __future__ import annotations

HEAD = "## #1\n\n#### 질문?\n\n"
