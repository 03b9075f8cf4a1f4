"""A page of a person's own with the answers to the questions in it, as formats of one page see it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.export.data import ArchiveData
from glossator.model import Answer, Question


class SourceData(msgspec.Struct, frozen=True):
    """The saved file that an article was made of, and the other versions of the article."""

    article: str
    file: str = ""
    """Name of the file, in a private copy its path below `content/saved/`; empty if there is none that may be told."""
    sha256: str = ""
    """SHA-256 of the bytes of the file; empty if there is none."""
    versions: tuple[str, ...] = ()
    """Each other version of the article: its day of saving, else of publication, else its id."""
    content: bytes | None = None
    """The file, if it was asked for and may be passed on."""


class AnsweredData(msgspec.Struct, frozen=True):
    """A question of the page with its answer."""

    question: Question
    answer: Answer
    notes: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Notes of the owner's highlights that lie in a row's passage, by the key of the row."""


class OwnPageData(msgspec.Struct, frozen=True):
    """A page of a person's own. Its text has a part before, between and behind its questions: one more than answers."""

    name: str
    """Path of the page on the site, without `.html`."""
    title: str
    language: str
    """Language of the site."""
    markdown: tuple[str, ...]
    """Parts of the text as Markdown; links within the site are words."""
    html: tuple[str, ...]
    """Parts of the text as sanitised HTML."""
    answers: tuple[AnsweredData | None, ...]
    """Answers, each behind the part of the same index; None for a question that has none."""
    archive: ArchiveData
    """The articles that answers name, in the order in which they do, and all entities."""
    sources: tuple[SourceData, ...]
    """Source of each of these articles, in the same order."""
    pictures: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """Pictures of the text, without metadata, by the addresses that the HTML has for them."""
    suffix: str = ""
    """Suffix of the file that a person wants, such as `.epub`; empty for a folder."""
