"""What tests share: documents, packages, browsers, servers."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
