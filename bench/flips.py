"""Flips bits of what a build stored, edits the archive, builds, and compares the site with that of a clean build.

usage: python bench/flips.py [--rounds N] [--articles N] [--seed N]

Each round begins from one whole build, flips 1, 8 or 64 bits of the file (bits together or apart), and makes one of the
edits of bench/edits.py. Ends with exit code 1 if a build fails or a site differs. Names are found by a list.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from bench import edits, standin  # noqa: E402  # beside this script

CACHE = ".glossator/content.sqlite3"
EDITED_ARCHIVES = 12
"""Edited archives, of which each is built cleanly once."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="glossator-flips-") as temporary:
        folder = Path(temporary)
        standin.write(folder / "names")
        edits.grow(folder / "built", folder / "names", options.articles)
        edits.build(folder / "built")
        for number in range(EDITED_ARCHIVES):
            edited = folder / f"edited-{number}"
            shutil.copytree(folder / "built", edited, symlinks=True)
            chance.choice(edits.EDITS)(edited, chance)
            shutil.copytree(edited, folder / f"clean-{number}", ignore=shutil.ignore_patterns(".glossator", "site"))
            edits.build(folder / f"clean-{number}")
            shutil.copytree(edited, folder / f"whole-{number}", symlinks=True)
            edits.build(folder / f"whole-{number}")
        outcomes = Counter(outcome(folder, number % EDITED_ARCHIVES, chance) for number in range(options.rounds))
    print(*(f"{count} {what}" for what, count in sorted(outcomes.items())), sep="\n")
    return int(any(what.startswith(("failed", "differs")) for what in outcomes))


def outcome(folder: Path, number: int, chance: random.Random) -> str:
    """Return what became of a build of an edited archive whose stored rows were damaged."""
    tried = folder / "tried"
    shutil.rmtree(tried, ignore_errors=True)
    shutil.copytree(folder / f"edited-{number}", tried, symlinks=True)
    flip(tried / CACHE, chance)
    try:
        messages = edits.build(tried)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is what this script looks for
        return f"failed: {type(error).__name__}: {error}"[:200]
    # Only a build that knows the one before can tell that an article was renamed.
    right = [edits.contents(folder / f"{kind}-{number}/site") for kind in ("clean", "whole")]
    made = edits.contents(tried / "site")
    if made not in right:
        return f"differs: {sorted(path for path, _ in made.items() ^ right[1].items())[:5]}"
    return (
        "begun anew"
        if any("set aside" in problem.message for problem in messages.problems)
        else "not noticed, same site"
    )


def flip(file: Path, chance: random.Random) -> None:
    """Flip 1, 8 or 64 bits of a file, in one place or anywhere."""
    content = bytearray(file.read_bytes())
    count = chance.choice((1, 8, 64))
    start = chance.randrange(len(content) * 8 - count)
    apart = chance.random() < 0.5
    for number in range(count):
        bit = chance.randrange(len(content) * 8) if apart else start + number
        content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
