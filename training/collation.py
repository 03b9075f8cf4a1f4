"""The order of the letters of other scripts than the Latin, from the package `pyuca`.

usage: python -m training.collation [--out FILE]

The package has the Default Unicode Collation Element Table, 1.7 MB of text, and takes 0.2 s to read it. The file holds,
line by line, the letters that count as one in the order of names: without case and accents.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from itertools import groupby, takewhile
from pathlib import Path

from pyuca import Collator

from glossator.collation import SCRIPTS

OUT = Path(__file__).resolve().parent.parent / "glossator/data/collation/letters.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="file to write")
    out = parser.parse_args().out
    out.write_text("".join(f"{''.join(letters)}\n" for letters in equal_letters()), "utf-8")


def equal_letters() -> list[list[str]]:
    """Return the letters and vowel signs of the scripts in small letters; those that count as one stand together."""
    collator = Collator()
    primaries: dict[str, tuple[int, ...]] = {}
    for letter in map(chr, range(sys.maxunicode)):
        script = unicodedata.name(letter, "").partition(" ")[0]
        if script in SCRIPTS.values() and unicodedata.normalize("NFC", letter.casefold()) == letter:
            weights = tuple(takewhile(bool, collator.sort_key(letter)))
            if weights:  # others are ignored at first: accents, points
                primaries[letter] = weights
    ordered = sorted(primaries, key=lambda letter: (primaries[letter], letter))
    return [list(letters) for _, letters in groupby(ordered, key=primaries.__getitem__)]


if __name__ == "__main__":
    main()
