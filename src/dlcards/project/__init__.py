"""The checkout on disk and what it says: files, configuration, caches, addresses, pictures."""
