"""What tests share: documents, packages, browsers, servers."""

from pathlib import Path

# Seconds after which a test takes something for hanging, however busy the machine is; no test measures.
HANGS = 300.0
ROOT = Path(__file__).parents[2]
