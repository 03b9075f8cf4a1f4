"""Outcomes of a stage or a build besides its result: fingerprints, problems, files of the site, disclosures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec

from glossator.model.kinds import Digest, Rights, SitePath


class Fingerprint(msgspec.Struct, frozen=True, array_like=True):
    """The fingerprint of everything that a page shows."""

    whole: Digest
    parts: str = ""
    """Checksums of its parts, to explain which of them changed: `name:checksum`, separated by blanks."""


BELOW_SAVED = frozenset({"find", "extract", "convert"})
"""Stages whose problems name a saved file, by its path below the folder that it was found in."""


class Problem(msgspec.Struct, frozen=True):
    """An expected failure on one input: shown to a person, never raised."""

    stage: str
    path: str
    message: str
    """Sentence with the cause and the remedy."""
    line: int | None = None
    fatal: bool = True
    """True if something was left out because of the problem; the build then ends with exit code 1."""
    lasting: bool = False
    """True if every build tells it until it is mended, although nothing was left out."""
    reveals: bool = False
    """True if the message may name who or what is kept back: a log that everybody reads has file and line alone."""

    @property
    def is_of_saved_file(self) -> bool:
        return self.stage in BELOW_SAVED

    def where(self, saved: str = "saved/") -> str:
        """Return the path of the file, as a person finds it, and the line; `saved` is the folder of the saved files."""
        path = f"{saved}{self.path}" if self.is_of_saved_file else self.path
        return f"{path}, line {self.line}" if self.line else path


class Output(msgspec.Struct, frozen=True):
    """A file of the site."""

    path: SitePath
    content: bytes


Rows = Mapping[str, bytes]
"""Encoded values by key."""
TableWrites = Mapping[str, Mapping[str, bytes | None]]
"""Changed rows to be stored, by table and key; None for a row that is gone."""

Key = TypeVar("Key", bound=str)
Row = TypeVar("Row")


class RowReader(Protocol):
    """Reads rows that an earlier build stored. A stage names rows by their type and knows no tables."""

    def __call__(self, kind: type[Row], keys: Iterable[Key] | None, /) -> Mapping[Key, Row]:
        """Return the stored rows of a type, by key, or all of them without keys; absent keys are left out."""


def read_nothing(_kind: type[Row], _keys: Iterable[Key] | None, /) -> Mapping[Key, Row]:
    """Return no rows: the reader of an archive that was never stored."""
    return {}


RowWrites = Mapping[Any, Mapping[Any, Any]]
"""Rows to be stored, by their type and key; None for a row that is gone."""


class KeptBack(msgspec.Struct, frozen=True):
    """An article, page or note of which not all is published."""

    file: str
    """Path below `content/`."""
    rights: Rights
    """Part that is published."""
    reason: str
    """Statement that keeps the rest back, such as `draft: true`."""


class Disclosure(msgspec.Struct, frozen=True):
    """Everything that the site makes public or keeps back, and what a public repository would show besides."""

    whole: int = 0
    """Number of articles that are published whole."""
    sourced: int = 0
    """Number of these that are from elsewhere: they have a source."""
    unsourced: tuple[str, ...] = ()
    """Files of these that were made of saved files and have no source, so that they count as the owner's."""
    publications: int = 0
    """Number of publications that these are from."""
    people: int = 0
    """Number of people who have a page."""
    pictures: int = 0
    """Number of pictures on the site."""
    kept_back: tuple[KeptBack, ...] = ()
    """Texts of which a part or all is kept back, sorted by file."""
    private_names: tuple[str, ...] = ()
    """Names of entities that the site says nothing of."""
    repository: tuple[str, ...] = ()
    """Files below `content/` that hold what the site does not show: kept-back texts, the saved files that they were
    made of, private names, and pictures with the metadata that the site removes. Sorted."""
