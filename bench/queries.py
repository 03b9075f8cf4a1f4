"""Asks the search of a site of real pages a hundred questions in Chromium, and counts those answered rightly first.

usage: python bench/queries.py SITE [--each]

SITE is a site that was built with search from the 932 saved pages of the data folder, which is not in the repository.
The expectations were written down from the articles before any question was asked. A question counts if the first link
of the answer (card, name or result; for a typo the first suggestion, or a card) has the expected text. Then the bytes
are printed that a visitor loads who asks a question first, from a server that compresses text.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.search import first_question, serve  # noqa: E402  # beside this script

NAME, ALIAS, POSSESSIVE, TYPO = ("name", "alias", "possessive or article", "typo")
DATE, WORDS = ("date in words", "topic or question in words")
AUTHOR, TITLE, PHRASE, UNSPACED, DIACRITIC = (
    *("author, tag or source", "title", "phrase", "script without spaces", "diacritic"),
)
LINKS = ".found a, .names a, .results a"
WEIGHED = ("Donald Trump", "United States", '"human claw machine"', "Netlfix", "震度5弱", "how to work remotely")
"""Questions whose bytes are counted: a name, a frequent name, a phrase, a typo, Japanese, and words."""


class Query(NamedTuple):
    kind: str
    typed: str
    first: str


QUERIES = (
    Query(NAME, "Donald Trump", "Donald Trump"),
    Query(NAME, "keir starmer", "Keir Starmer"),
    Query(NAME, "Ilhan Omar", "Ilhan Omar"),
    Query(NAME, "obama barack", "Barack Obama"),
    Query(NAME, "United Nations", "United Nations"),
    Query(NAME, "hong kong", "Hong Kong"),
    Query(NAME, "Baerbock", "Annalena Baerbock"),
    Query(ALIAS, "NYC", "New York City"),
    Query(ALIAS, "Amazon Web Services", "AWS"),
    Query(ALIAS, "UK", "United Kingdom"),
    Query(ALIAS, "Trump", "Donald Trump"),
    Query(ALIAS, "internal revenue service", "IRS"),
    Query(ALIAS, "NZ", "New Zealand"),
    Query(ALIAS, "European Union", "EU"),
    Query(POSSESSIVE, "Trump's", "Donald Trump"),
    Query(POSSESSIVE, "Biden’s", "Joe Biden"),
    Query(POSSESSIVE, "Ilhan Omar's", "Ilhan Omar"),
    Query(POSSESSIVE, "the White House", "White House"),
    Query(POSSESSIVE, "The New York Times", "New York Times"),
    Query(POSSESSIVE, "Apple's", "Apple"),
    Query(POSSESSIVE, "The Associated Press", "Associated Press"),
    Query(TYPO, "Donald Trmup", "Donald Trump"),
    Query(TYPO, "Baerbok", "Annalena Baerbock"),
    Query(TYPO, "Instagarm", "Instagram"),
    Query(TYPO, "Netlfix", "Netflix"),
    Query(TYPO, "Sqaurespace", "Squarespace"),
    Query(TYPO, "Volodymyr Zelenksy", "Volodymyr Zelensky"),
    Query(TYPO, "Microsfot Teams", "Microsoft Teams"),
    Query(AUTHOR, "Mike Wuerthele", "Mike Wuerthele"),
    Query(AUTHOR, "wuerthele", "Mike Wuerthele"),
    Query(AUTHOR, "Sean Higgins", "Sean Higgins"),
    Query(AUTHOR, "Povilas Aleksandravičius", "Povilas Aleksandravičius"),
    Query(AUTHOR, "Lesotho Times", "Lesotho Times"),
    Query(AUTHOR, "healthy eating", "healthy eating"),
    Query(AUTHOR, "hamburger abendblatt", "Hamburger Abendblatt"),
    Query(TITLE, "History of coffee", "History of coffee"),
    Query(
        TITLE,
        "Helping our developers stay productive while working remotely",
        "Helping our developers stay productive while working remotely",
    ),
    Query(TITLE, "go ahead self-host postgres", "Go ahead, self-host Postgres"),
    Query(TITLE, "heat shield for the most important ice", "A Heat Shield for the Most Important Ice on Earth"),
    Query(TITLE, "Nach Kalifat-Rufen in Hamburg", "Nach Kalifat-Rufen in Hamburg: Sind wir zu sanft zu Islamisten?"),
    Query(
        TITLE,
        "South Dakota governor doubles down",
        "South Dakota governor doubles down on 'meth, we're on it' anti-drug campaign",
    ),
    Query(TITLE, "what do people love about rust", "What do people love about Rust?"),
    Query(PHRASE, '"human claw machine"', "How to use social media ecommerce effectively in 2025"),
    Query(PHRASE, '"stall reading material"', "Opening Bell 11.18.19"),
    Query(PHRASE, '"frisch verliebt"', "Die Fleißigsten und Fahrradfreundlichsten im Landkreis München"),
    Query(PHRASE, '"swap out switches and keycaps"', "The Best 75% Mechanical Keyboards to Buy in 2025"),
    Query(PHRASE, '"sew beautifully" Bernina', "12 of the Best Sewing Machine for Beginners"),
    Query(
        PHRASE,
        '"Black Death spread across"',
        "Bubonic plague: Third case of plague in China as panic begins – ‘The plague is coming’",
    ),
    Query(UNSPACED, "震度5弱", "宮崎県で震度5弱、高知と宮崎に1メートルの津波注意報 気象庁"),
    Query(UNSPACED, "戒厳令", "韓国が戒厳令、尹大統領「野党が反国家行為」…「従北勢力を清算」「共産勢力から国守る」"),
    Query(UNSPACED, "南海トラフ", "南海トラフ、一時調査 巨大地震、基準達せず"),
    Query(UNSPACED, "商標法違反", "商品の改造が商標法違反に！？"),
    Query(UNSPACED, "人工智能", "DeepMind新电脑已可利用记忆自学 人工智能迈上新台阶"),
    Query(UNSPACED, "朝日新聞デジタル", "朝日新聞デジタル"),
    Query(DIACRITIC, "Koln", "Köln"),
    Query(DIACRITIC, "Dennis Schroder", "Dennis Schröder"),
    Query(DIACRITIC, "Pedro Sanchez", "Pedro Sánchez"),
    Query(DIACRITIC, "Bjorn Hocke", "Björn Höcke"),
    Query(DIACRITIC, "Maori", "Māori"),
    Query(DIACRITIC, "Holger Zschapitz", "Holger Zschäpitz"),
    Query(NAME, "yahya sinwar", "Yahya Sinwar"),
    Query(NAME, "Sophie Binet", "Sophie Binet"),
    Query(NAME, "zephyr zooey", "Zooey Zephyr"),
    Query(NAME, "Zendaya", "Zendaya"),
    Query(NAME, "emmanuel macron", "Emmanuel Macron"),
    Query(NAME, "Lord Alli", "Lord Alli"),
    Query(ALIAS, "USA", "United States"),
    Query(ALIAS, "ICJ", "International Court of Justice"),
    Query(ALIAS, "Britain", "United Kingdom"),
    Query(POSSESSIVE, "Macron's", "Emmanuel Macron"),
    Query(POSSESSIVE, "Putin’s", "Vladimir Putin"),
    Query(POSSESSIVE, "Shopify's", "Shopify"),
    Query(POSSESSIVE, "Google's", "Google"),
    Query(TYPO, "Yahya Sinwra", "Yahya Sinwar"),
    Query(TYPO, "Emanuel Macron", "Emmanuel Macron"),
    Query(TYPO, "Shopfiy", "Shopify"),
    Query(TYPO, "Zooey Zephir", "Zooey Zephyr"),
    Query(TYPO, "Hong Knog", "Hong Kong"),
    Query(AUTHOR, "Rest of World", "Rest of World"),
    Query(AUTHOR, "Daily Maverick", "Daily Maverick"),
    Query(AUTHOR, "Victoria O'Regan", "Victoria O’Regan"),
    Query(DATE, "Gaza August 2024", "What's next for Gaza, after Yahya Sinwar's appointment as Hamas political head?"),
    Query(DATE, "Starmer 16 September 2024", "Starmer defiant over taking gifts from Lord Alli"),
    Query(DATE, "Oman October 2025", "The world needs more spaceports. Oman wants to help"),
    Query(TITLE, "getting ethereum ready for gigagas", "Getting Ethereum Ready for GigaGas"),
    Query(TITLE, "index funds how to invest", "Index Funds: How to Invest"),
    Query(TITLE, "living in a tiny house", "Living in a Tiny House Stinks (Sometimes)"),
    Query(TITLE, "How the CIA would evaluate climate tech", "How the CIA Would Evaluate Climate Tech"),
    Query(WORDS, "gooseneck kettles", "Perfect Your Pour—Here Are the 5 Best Gooseneck Kettles for Coffee Lovers"),
    Query(WORDS, "low-light houseplants", "14 Low-Light Houseplants That Thrive in Dim Spaces"),
    Query(WORDS, "digital photo frame app", "Digital Photo Frame App Makes Old Hardware Useful Again"),
    Query(WORDS, "do I need a travel insurance", "Do I Need Travel Insurance?"),
    Query(WORDS, "refinishing vintage furniture", "A Beginner's Guide To Refinishing Vintage Furniture"),
    Query(
        WORDS,
        "why are music lessons the best self-care",
        "Why Music Lessons Are the Best Form of Self-Care for Kids, Teens, and Adults",
    ),
    Query(PHRASE, '"green hydrogen pipeline"', "Nam, SA Green hydrogen pipeline flagged"),
    Query(PHRASE, '"plant based diet" transition', "7 Ways to Help You Transition to a Plant Based Diet"),
    Query(
        UNSPACED,
        "私的流用",
        "「金に執着」と指弾された東京女子医大元理事長、大学に不正に1.2億円支払わせ私的流用か 警視庁逮捕",
    ),
    Query(
        DIACRITIC, "Kuhlturme Gundremmingen", "Rückbau von Atomkraftwerk - Kühltürme von AKW Gundremmingen gesprengt"
    ),
    Query(
        DIACRITIC,
        "incendio Almeria",
        "Al menos 12 fallecidos en el incendio de Almería y otras 23 personas permanecen sin localizar",
    ),
    Query(DIACRITIC, "Diaz Ayuso", "Díaz Ayuso"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the site, built with search")
    parser.add_argument("--each", action="store_true", help="print every answer, not only those that are wrong")
    options = parser.parse_args()
    if not (options.site / "search.html").exists():
        sys.exit(f"{options.site} is no site with a search page: build it without --no-search.")
    answers = ask_all(options.site)
    right = Counter(query.kind for query, first in answers if first == query.first)
    for query, first in answers:
        if options.each or first != query.first:
            print(f"{'  ' if first == query.first else '! '}{query.kind}: {query.typed}: {first or 'nothing'}")
            if first != query.first:
                print(f"    expected: {query.first}")
    for kind in dict.fromkeys(query.kind for query in QUERIES):
        print(f"{kind:<24}{right[kind]:>3} of {sum(query.kind == kind for query in QUERIES)}")
    print(f"{'first is what is meant':<24}{right.total():>3} of {len(QUERIES)}\n")
    for question in WEIGHED:
        print(f"{question:<36}{first_question(options.site, question) / 1000:>7.0f} kB")


def ask_all(site: Path) -> list[tuple[Query, str]]:
    """Return each question with the text of the first link of its answer."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 -- a group of its own

    answers = []
    with serve(site, lambda *_: None) as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for query in QUERIES:
            page.goto(f"{address}search.html?q={quote(query.typed, safe='')}")
            expect(page.locator("#search-status[data-answered]")).to_be_visible(timeout=30_000)
            selector = f".suggestions a, {LINKS}" if query.kind == TYPO else LINKS
            links = page.locator(selector)
            answers.append((query, (links.first.text_content() or "").strip() if links.count() else ""))
        browser.close()
    return answers


if __name__ == "__main__":
    main()
