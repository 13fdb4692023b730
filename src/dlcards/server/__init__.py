"""The language server: what editors show of documents while they are written. Asks no network."""
