"""Addresses for reports: secrets masked, Korean decoded."""

from __future__ import annotations

import pytest

from dlcards.links import masked, shown

MASKED = [
    ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    ("https://me:hunter2@example.com/", "https://***@example.com/"),
    ("https://hunter2@example.com/", "https://***@example.com/"),
    ("//me:hunter2@example.com/", "//***@example.com/"),
    ("https://me:hun@ter2@example.com/a@b", "https://***@example.com/a@b"),
    ("https://example.com/@me", "https://example.com/@me"),
    ("https://e.com/?token=hunter2&page=2", "https://e.com/?token=***&page=2"),
    ("https://e.com/?ACCESS_TOKEN=hunter2", "https://e.com/?ACCESS_TOKEN=***"),
    ("https://e.com/?a=1&apiKey=hunter2", "https://e.com/?a=1&apiKey=***"),
    ("https://e.com/?key=hunter2;sig=hunter3", "https://e.com/?key=***;sig=***"),
    ("https://e.com/?%74oken=hunter2", "https://e.com/?%74oken=***"),
    ("https://e.com/?X-Amz-Signature=hunter2", "https://e.com/?X-Amz-Signature=***"),
    ("https://e.com/?X-Amz-Credential=hunter2", "https://e.com/?X-Amz-Credential=***"),
    ("https://e.com/#access_token=hunter2&a=b", "https://e.com/#access_token=***&a=b"),
    ("https://e.com/a;jsessionid=hunter2", "https://e.com/a;jsessionid=***"),
    ("https://e.com/?password=", "https://e.com/?password="),
    ("https://e.com/?q=ghp_abcdefghijklmnopqrstuvwxyz0123456789", "https://e.com/?q=***"),
    ("https://api.telegram.org/bot123456:ABCdefGHIjklMNOpqrstu/x", "https://api.telegram.org/bot***/x"),
    (
        "https://hooks.slack.com/services/T0AAAAAA/B0AAAAAA/aaaaaaaaaaaaaaaaaaaa",
        "https://hooks.slack.com/services/***",
    ),
    (
        "https://e.com/?keyword=deep&tokenizer=bpe&design=x&monkey=1",
        "https://e.com/?keyword=deep&tokenizer=bpe&design=x&monkey=1",
    ),
]


@pytest.mark.parametrize(("url", "text"), MASKED)
def test_masking(url: str, text: str) -> None:
    assert masked(url) == text
    assert masked(text) == text


SHOWN = [
    ("https://ko.wikipedia.org/wiki/%EB%94%A5_%EB%9F%AC%EB%8B%9D", "https://ko.wikipedia.org/wiki/딥_러닝"),
    ("https://e.com/%C7%D1", "https://e.com/%C7%D1"),
    ("https://e.com/%20%2F%252F%41", "https://e.com/%20%2F%252F%41"),
    ("https://e.com/%E2%80%AEa%EB%94%A5", "https://e.com/%E2%80%AEa딥"),
    ("https://e.com/%E2%80%8B", "https://e.com/%E2%80%8B"),
    ("https://e.com/%EB%94%A5?token=%EB%94%A5", "https://e.com/딥?token=***"),
]


@pytest.mark.parametrize(("url", "text"), SHOWN)
def test_addresses_as_they_are_shown(url: str, text: str) -> None:
    assert shown(url) == text
