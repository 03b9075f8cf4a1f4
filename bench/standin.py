"""A stand-in for the language model that knows the names of invented archives: a large archive is built in minutes.

usage: python bench/standin.py FOLDER

Writes a spaCy pipeline to FOLDER, to be named in glossator.toml: `[language.en]` and `model = "FOLDER"`. It finds
names by looking them up; descriptors are found as ever, because they need no syntax.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import spacy

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from bench import generate  # noqa: E402  # beside this script


def write(folder: Path) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    known = {
        "PERSON": {generate.person(rank) for rank in range(generate.PEOPLE)},
        "ORG": {generate.firm(rank) for rank in range(generate.FIRMS)},
        "GPE": {generate.place(rank) for rank in range(generate.PLACES)},
    }
    ruler.add_patterns([{"label": label, "pattern": name} for label, names in known.items() for name in sorted(names)])  # type: ignore[attr-defined]  # of any pipe
    nlp.to_disk(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
