"""Which licence a folder's texts have: told by words that no other one has, or not at all."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dlcards.model import Config
from dlcards.project.files import Checkout
from dlcards.project.licence import licence_of

MIT = """The MIT License (MIT)

Copyright © 2026 홍길동

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
"""
BSD = """Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
"""


def licence(folder: Path, place: str = "docs") -> tuple[str, str] | None:
    found = licence_of(PurePosixPath(place), Checkout(folder, Config()))
    return (found.name, str(found.file)) if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MIT, "MIT"),
        (MIT.replace("\n", "\r\n").upper(), "MIT"),
        ("                 Apache License\n           Version 2.0, January 2004\n http://www.apache.org/licenses/", "Apache-2.0"),
        ("  GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n the GNU Affero General Public License", "GPL-3.0"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3, 19 November 2007", "AGPL-3.0"),
        (BSD, "BSD-2-Clause"),
        (f"{BSD} Neither the name of the copyright holder", "BSD-3-Clause"),
        ("# Attribution-ShareAlike 4.0 International\n\nCreative Commons Attribution-ShareAlike 4.0\n  International Public License", "CC-BY-SA-4.0"),
        ("Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
        ("이 글은 CC BY-NC-SA 4.0을 따른다.", "CC-BY-NC-SA-4.0"),
        ("[知识共享](https://creativecommons.org/licenses/by/4.0/)", "CC-BY-4.0"),
        ("Creative Commons Legal Code\n\nCC0 1.0 Universal", "CC0-1.0"),
    ],
)  # fmt: skip
def test_a_licence_is_told_by_its_words(tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / "LICENSE").write_text(text, encoding="utf-8")
    assert licence(tmp_path) == (name, "LICENSE")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "All rights reserved.",
        "MIT",
        f"{MIT}\nThe texts in docs/ are under CC BY 4.0.",
        "CC BY 4.0, or CC BY-SA 4.0 for the pictures",
        "\0\ud7a4",
    ],
)
def test_what_is_not_told_or_is_more_than_one_is_not_guessed(tmp_path: Path, text: str) -> None:
    (tmp_path / "LICENSE").write_text(text, encoding="utf-8")
    assert licence(tmp_path) is None


def test_the_nearest_one_counts(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(MIT, encoding="utf-8")
    (tmp_path / "docs/ko").mkdir(parents=True)
    assert licence(tmp_path, "docs/ko") == ("MIT", "LICENSE")
    (tmp_path / "docs/LICENSE.md").write_text("CC BY 4.0", encoding="utf-8")
    assert licence(tmp_path, "docs/ko") == ("CC-BY-4.0", "docs/LICENSE.md")
    assert licence(tmp_path, ".") == ("MIT", "LICENSE")
    (tmp_path / "docs/ko/COPYING").write_text("ask me", encoding="utf-8")
    assert licence(tmp_path, "docs/ko") is None, "the licence of another folder is not that of this one"


def test_of_two_files_none_is_taken(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(MIT, encoding="utf-8")
    (tmp_path / "COPYING").write_text("CC BY 4.0", encoding="utf-8")
    assert licence(tmp_path) is None


def test_no_licence_of_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text(MIT, encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/LICENSE").symlink_to("../LICENSE")
    assert licence(tmp_path / "here", ".") is None
