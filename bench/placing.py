"""Measures how many quotations are placed that another program wrote differently, and how many at a wrong place.

usage: python bench/placing.py FOLDER [--quotations N] [--seed N]

FOLDER holds texts (.txt or .md), which may lie in folders. From them N stretches (1,000) are drawn, of a few words up
to some sentences, as people mark them; white space, dashes and quotation marks are changed, and words are divided at
ends of lines. A stretch of which the place is not certain has to be refused. As many are looked for in a text that does
not have them, where every place is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from glossator.markup.find_quotation import find_quotation, letters_of  # noqa: E402
from glossator.markup.quote_selectors import find_passage, select_passage  # noqa: E402

SWAPS = {
    " ": (" ", " ", " ", "  ", "\n", "\u00a0", "\u2009"),
    "\n": ("\n", " ", "\n\n", "  "),
    **dict.fromkeys("—–-", ("-", "–", "—", " – ", "--", "\u2010")),
    **dict.fromkeys('“”„«»"', ('"', "“", "”", "«", "»", "''")),
    **dict.fromkeys("‘’'", ("'", "’", "‘", "\u02bc", "`")),
}
"""Signs, and what other programs make of them."""


def changed(words: str, chance: random.Random) -> str:
    """Return a stretch as another program might write it."""
    written = []
    for at, sign in enumerate(words):
        divided = sign.isalpha() and 0 < at < len(words) - 1 and words[at - 1].isalpha() and words[at + 1].isalpha()
        written.append(sign + "-\n" if divided and chance.random() < 0.005 else chance.choice(SWAPS.get(sign, (sign,))))
    return "".join(written)


def drawn(text: str, chance: random.Random) -> tuple[int, int]:
    """Return the bounds of a stretch of whole words: in one of five of three to eight, else of more."""
    starts = [at for at in range(len(text)) if text[at].isalnum() and (at == 0 or not text[at - 1].isalnum())]
    length = chance.randint(3, 8) if chance.random() < 0.2 else chance.randint(9, 60)
    first = chance.randrange(max(1, len(starts) - length))
    following = starts[first + length] if first + length < len(starts) else len(text)
    end = starts[first] + len(text[starts[first] : following].rstrip())
    return starts[first], end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quotations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix in (".txt", ".md"))
    texts = [text for path in paths if len(text := path.read_text("utf-8", "replace").strip()) > 500]
    if len(texts) < 2:
        sys.exit(f"{options.folder} holds no texts; give a folder with some (.txt or .md).")
    chance = random.Random(options.seed)
    results: Counter[str] = Counter()
    began = time.process_time()
    for _ in range(options.quotations):
        text, other = chance.sample(texts, 2)
        start, end = drawn(text, chance)
        written = changed(text[start:end], chance)
        bounds = find_quotation(letters_of(text), written)
        folded, run = letters_of(text).folded, letters_of(text[start:end]).folded
        several = folded.count(run) > 1
        if bounds is None:
            results["refused: several places" if several else "refused"] += 1
        else:
            right = abs(bounds[0] - start) < 3 and abs(bounds[1] - end) < 8
            results["right" if right else "wrong"] += 1
            results["not found again"] += find_passage(text, select_passage(text, *bounds)) is None
        absent = run not in letters_of(other).folded
        results["wrong in another text"] += absent and find_quotation(letters_of(other), written) is not None
    print(f"{options.quotations} quotations of {len(texts)} texts, {time.process_time() - began:.1f} CPU s")
    for name, count in sorted(results.items()):
        print(f"{name:24} {count:6}  {100 * count / options.quotations:5.1f} %")


if __name__ == "__main__":
    main()
