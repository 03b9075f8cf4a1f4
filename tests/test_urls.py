"""Keys of web addresses."""

from __future__ import annotations

import random

import pytest

from glossator import addresses

PIECES = [
    "a",
    "B",
    "www.",
    ".",
    "/",
    "..",
    "//",
    "-",
    "xn--",
    "%20",
    "~",
    ":",
    "=",
    ",",
    "!",
    "0",
    "é",
    "?",
    ":80",
    "@",
]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.harbour.example/2025/a-wall/", "harbour.example/2025/a-wall"),
        ("http://harbour.example/2025/a-wall", "harbour.example/2025/a-wall"),
        ("https://HARBOUR.example:443/2025//a-wall#top", "harbour.example/2025/a-wall"),
        ("https://harbour.example/?utm_source=feed", "harbour.example"),
        ("https://harbour.example/wall?page=2", "harbour.example/wall?page=2"),
    ],
)
def test_spellings_of_an_address_have_one_key(address: str, key: str) -> None:
    assert addresses.canonical(address) == key


def test_a_clean_address_has_the_key_that_cleaning_gives() -> None:
    # An address with a fragment is always cleaned, and its fragment does not count.
    chance = random.Random(1)
    for _ in range(5_000):
        written = "".join(chance.choices(PIECES, k=chance.randint(1, 8)))
        address = f"{chance.choice(['http://', 'https://', 'https://www.'])}{written}"
        assert addresses.canonical(address) == addresses.canonical(f"{address}#top"), address
