"""What a build costs: a first one, one without a change, one after an article was edited.

Writes an archive of invented news pages (seeded: the same pages every time) to a temporary folder, builds it with the
command line and prints, for each build, seconds, processor seconds of all processes and the memory of the largest one.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build.py"

FIRST = ("Ada", "Bruno", "Clara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Keiko", "Liam")
LAST = ("Abbot", "Berger", "Castellan", "Dahl", "Estrada", "Fontaine", "Grimaldi", "Holloway", "Ibsen", "Jansen")
PLACES = ("Lisbon", "Oslo", "Nairobi", "Toronto", "Osaka", "Valparaiso", "Tallinn", "Cape Town", "Hanoi", "Marseille")
FIRMS = ("Northwind Shipping", "Halden Energy", "Corvus Systems", "Meridian Bank", "Tessel Foods", "Ardent Steel")
OFFICES = ("the Harbour Authority", "the Ministry of Transport", "the Court of Audit", "the Port Workers' Union")
SENTENCES = (
    "{person}, who leads {firm}, told {office} in {place} that the figures had been wrong since the spring.",
    "{office} asked {firm} for its accounts, and {person} promised to send them within a month.",
    "In {place}, {person} said the plan would go ahead, whatever {other} might think of it.",
    "The contract between {firm} and {office} was signed in {place} and has not been published.",
    "{other} disagreed: the money, she said, had left {place} long before {person} was appointed.",
    "Nobody at {firm} would comment on the letter, which this newspaper has seen.",
)


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    processor: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100, help="how many articles the archive has (100)")
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "content" / "saved", count)
        report(f"first build of {count} articles", build(folder))
        report("no change", build(folder))
        edited = min((folder / "content" / "articles").glob("*.md"))
        edited.write_text(edited.read_text("utf-8") + "\nAda Abbot returned to Oslo.\n", "utf-8")
        report("one article edited", build(folder))


def write_archive(saved: Path, count: int) -> None:
    """Pages about the same few people, firms and places, as a real archive has them, between navigation and footer."""
    chance = random.Random(2026)
    saved.mkdir(parents=True)
    for number in range(count):
        (saved / f"page-{number:05}.html").write_text(page(chance, number), "utf-8")


def page(chance: random.Random, number: int) -> str:
    paragraphs = "\n".join(f"<p>{' '.join(sentence(chance) for _ in range(4))}</p>" for _ in range(12))
    title = f"{chance.choice(FIRMS)} under review in {chance.choice(PLACES)}, part {number + 1}"
    day = f"{2020 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}"
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Daily Ledger</title>
<meta property="og:site_name" content="The Daily Ledger"><meta property="article:published_time" content="{day}">
<link rel="canonical" href="https://ledger.example/{number}"></head>
<body><nav><a href="/">Home</a> <a href="/business">Business</a> <a href="/world">World</a></nav>
<article><h1>{title}</h1>
{paragraphs}
</article>
<footer><a href="/terms">Terms</a> <a href="/contact">Contact</a></footer></body></html>
"""


def sentence(chance: random.Random) -> str:
    person, other = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    named = {"firm": chance.choice(FIRMS), "office": chance.choice(OFFICES), "place": chance.choice(PLACES)}
    said = chance.choice(SENTENCES).format(person=person, other=other, **named)
    return said[0].upper() + said[1:]


def build(folder: Path) -> Cost:
    """Build once, in a process of its own, as a user would."""
    paths = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, str(BUILD), "build", *paths, "--quiet"], cwd=folder)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"The build failed with exit code {code}.")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def report(what: str, cost: Cost) -> None:
    print(f"{what:32} {cost.seconds:7.1f} s  {cost.processor:7.1f} s processor  {cost.megabytes:6.0f} MB")


if __name__ == "__main__":
    main()
