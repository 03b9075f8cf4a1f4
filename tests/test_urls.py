"""Keys of web addresses, and addresses of articles."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from glossator import addresses
from tests.sites import build, lay

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


JAPANESE = """\
-- content/saved/{name}.html --
<html lang="ja"><head><title>{title}</title><link rel="canonical" href="https://shimbun.example/{name}">
<meta property="article:published_time" content="2025-01-13T10:00:00+09:00"></head>
<body><article><h1>{title}</h1><p>港の壁は秋までに一メートル高くなる、と市は月曜日に発表した。漁師たちは春からそれに反対していた。{name}</p>
<p>市長は記者会見で、工事の費用は町が支払うと述べた。住民は来週の会議で意見を述べることができる。</p></article></body></html>
"""


def test_a_japanese_article_has_no_chinese_reading_as_its_address(tmp_path: Path) -> None:
    for name, title in (
        ("a", "トレンドマイクロ、公衆無線LANの新製品"),
        ("b", "宮崎県で震度5弱、津波注意報"),
        ("c", "日本の首相"),
    ):
        lay(tmp_path, JAPANESE.format(name=name, title=title))
    lay(tmp_path, "-- content/articles/ribennoshouxiang.md --\n---\ntitle: 日本の首相\nlanguage: ja\n---\n港の壁。\n")
    build(tmp_path)
    assert {
        "torendomaikuro-lan",
        "shimbun-example-2025-01-13-5",
        "shimbun-example-2025-01-13",
        "ribennoshouxiang",
    } == {path.stem for path in (tmp_path / "content/articles").glob("*.md")}
    assert (tmp_path / "site/articles/ribennoshouxiang.html").is_file(), "an address that was published stays"
    lay(tmp_path, '-- glossator.toml --\n[site]\ntitle = "Again"\n')
    build(tmp_path, reconvert=True)
    assert (tmp_path / "site/articles/torendomaikuro-lan.html").is_file()
