"""Searches 40 kB of what each regular expression finds hard, and names those that take over half a CPU second.

usage: python bench/patterns.py [--only WORD]

The texts are those of tests/patterns.py: each part that a pattern may repeat, again and again, with an end that nothing
expects. A pattern that is only matched at the beginning of a text is matched there. BOUNDED names the line that keeps
the texts of a slow pattern short; a slow pattern that is not among them is a fault, and the script ends with 1.
"""

from __future__ import annotations

import argparse
import importlib
import re
import signal
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests.patterns import UNEXPECTED, Found, HardTexts, TooSlow, patterns  # noqa: E402  # beside this script

LENGTH = 40_000
SLOW = 0.5
TRUSTED = re.compile(
    r"glossator\.(cli|check|serve(?!\.uploads)|publish|export|read_config|content\.(theme|toml|site_rule))"
)
"""Modules that see nobody's texts but the user's, or names."""
BOUNDED = {
    **{
        f"stages.annotate.mentions.{name}": "repair.LONGEST, 500 characters of a span"
        for name in "repair:_GLUE repair:_SCORE repair:_AND edges:_SMALL edges:_AFTER edges:_FIGURES".split()
    },
    "stages.annotate.descriptors.lists_of_names:_GAP": "LONGEST_GAP, 7 characters",
    "stages.annotate.quotes:_RESUMED": "RESUMED, 220 characters",
    "content.archivebox_snapshots": "names of files: the file system has 255 bytes for each folder",
    "content.article_files:_CONVERTED_FROM": "front matter that this program wrote; names of files as above",
    "stages.extract.html.choice.blocks.post_fields:_BEHIND_NAME": "_line leaves single spaces",
    "stages.extract.html.facts.linked_data:_CLOSING": "_END, 40 characters",
    "stages.extract.html.facts.site_and_address:_SEPARATOR": "headlines._LONGEST, 500 characters of a title",
    "stages.extract.html.facts.site_name:_PARTED": "tidy leaves single spaces",
    "stages.extract.metadata.header_lines:BYLINE": "_LONGEST_BOILERPLATE, 600 characters; opening_lines._LONGEST, 200",
    "stages.extract.metadata.names_in_bylines": "_LONGEST_LINE, 300 characters",
    "stages.extract.containers.exported_metadata:_QUOTED": "_words: five times LONGEST, 10,000 characters",
    "stages.extract.containers.zip_formats": "zip_members.LARGEST_NAME, 1,000 bytes",
    "stages.extract.text.boilerplate_patterns": "paragraphs_and_lines._LONGEST_BOILERPLATE, 600 characters",
    "stages.extract.text.title_and_byline:_SITE_BEHIND": "paragraphs_and_lines._groups leaves single spaces",
    "content.signs_of_revision:_LINE": "only matched at the beginning of a line: 40 kB take .002 s",
    "content.signs_of_revision:_TITLE": "article_files: a title is one_line(), which leaves single spaces",
}
"""What keeps the texts of a pattern short, by its module and name."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="word in the names of the modules to look at")
    options = parser.parse_args()
    signal.signal(signal.SIGVTALRM, stop)
    looked = [pattern for pattern in patterns() if options.only in pattern.module and not TRUSTED.match(pattern.module)]
    faults = 0
    for pattern in looked:
        if hard := slow(pattern):
            where = f"{pattern.module.removeprefix('glossator.')}:{name(pattern)}"
            bound = BOUNDED.get(where) or BOUNDED.get(where.partition(":")[0])
            faults += bound is None
            print(f"{where} (line {pattern.line}): {hard[0]!r}, then {hard[1]!r}: {bound or 'NOT BOUNDED'}", flush=True)
    print(f"{len(looked)} patterns, {faults} slow without a bound")
    sys.exit(bool(faults))


def stop(*_: object) -> None:
    raise TooSlow


def slow(found: Found) -> tuple[str, str] | None:
    """Return the text that takes too long: its beginning, and what is repeated; None if there is none."""
    texts, anchored = HardTexts(found.pattern), is_anchored(found)
    for beginning, repeated in texts:
        text: Any = beginning + repeated * (LENGTH // len(repeated)) + UNEXPECTED
        text = text.encode("latin-1", "replace") if texts.binary else text
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
            if anchored:
                found.pattern.match(text)
                found.pattern.fullmatch(text)
            else:
                for _ in found.pattern.finditer(text):
                    pass
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except TooSlow:
            return beginning, repeated
    return None


def name(found: Found) -> str:
    """Return the name that the pattern has in its module; the number of its line if it has none."""
    module = vars(importlib.import_module(found.module))
    return next((key for key, value in module.items() if value is found.pattern), str(found.line))


def is_anchored(found: Found) -> bool:
    """True if its module only matches the pattern, at the beginning of a text or with all of it."""
    source = Path(str(importlib.import_module(found.module).__file__)).read_text("utf-8")
    known = name(found)
    uses = re.findall(rf"\b{known}\.(\w+)\(", source) if not known.isdigit() else []
    uses += re.findall(r"\bre\.(\w+)\(", source.splitlines()[found.line - 1]) if known.isdigit() else []
    return bool(uses) and set(uses) <= {"match", "fullmatch"}


if __name__ == "__main__":
    main()
