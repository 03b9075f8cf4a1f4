"""Questions to the archive, which a person writes in a page of the site or on the command line, and their answers.

Offsets are code points in the published text that `markup` makes of an article, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from glossator.model.kinds import ArticleId, Digest, EntityId

Find = Literal["articles", "sentences", "quotations", "dates", "names", "highlights"]
Order = Literal["newest", "oldest", "name", "most"]
Show = Literal["list", "table", "count"]
FINDS: tuple[Find, ...] = get_args(Find)
ORDERS: tuple[Order, ...] = get_args(Order)
SHOWS: tuple[Show, ...] = get_args(Show)
MOST_ROWS = 500
"""Rows of an answer at most, whatever its question says."""


class Question(msgspec.Struct, frozen=True):
    """A question. Every condition that it has must hold; of several values of one condition, any.

    As written, names are what a person wrote; once the question is `resolved`, they are ids of entities.
    """

    find: Find
    of: tuple[str, ...] = ()
    """Speakers of quotations; else names that are mentioned."""
    beside: tuple[str, ...] = ()
    """A second name in the same sentence: the key `with`."""
    about: tuple[str, ...] = ()
    """A name somewhere in the article."""
    type: tuple[str, ...] = ()
    """Types of entities, of the names that are found or that stand in what is found."""
    topic: tuple[str, ...] = ()
    """Ids of topics; as written, also their words."""
    tag: tuple[str, ...] = ()
    publication: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    """Primary subtags, such as `de`."""
    words: str = ""
    """Words that must stand in what is found, `"phrases"`, and words and phrases that must not, behind a hyphen."""
    since: str = ""
    """First day, in ISO notation."""
    until: str = ""
    """Last day; a year or a month ends with its last day."""
    saved_since: str = ""
    """First day on which an article was saved."""
    independent: bool = False
    """True if only articles are asked most of whose words stand in no earlier one."""
    order: Order = "newest"
    limit: int = MOST_ROWS
    show: Show = "list"
    columns: tuple[str, ...] = ()
    """Columns of a table; those that fit what is found if there are none."""


class AnswerRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of an answer: an article, a passage of one, or a name."""

    key: str
    """Key that stays if the archive grows or the article is edited elsewhere: what is new has a key that was not there.

    That of an article is its id, of a name its entity's id; that of a passage is made of the article and the words.
    """
    article: ArticleId
    """The article; of a name, the newest one that was asked and has the name."""
    day: str = ""
    """Day by which the row is sorted, as much as is known: of dates that of the sentence, else that of the article."""
    start: int = 0
    end: int = 0
    text: str = ""
    """The passage as one line; empty for an article or a name."""
    anchor: str = ""
    """Anchor of the passage's block on the article's page; empty if it has none."""
    entity: EntityId | None = None
    """Speaker of a quotation; entity of a name."""
    names: tuple[EntityId, ...] = ()
    """Entities that the passage names, in its order."""
    attribution: str = ""
    """Words of the article that attribute a quotation."""
    until: str = ""
    """ISO day on which a range of days ends, of a date."""
    reckoned: bool = False
    """True if a date is reckoned from the article's day."""
    note: str = ""
    """Note of the owner, of a highlight."""
    articles: int = 1
    """Number of the articles that were asked and have the name."""
    ahead: bool = False
    """True if a date is of what was to come when the article was written."""


class Answer(msgspec.Struct, frozen=True):
    """The rows that answer a question, in the order that it asks for."""

    question: Digest
    """Digest of the resolved question; how the answer is shown is not in it."""
    rows: tuple[AnswerRow, ...] = ()
    total: int = 0
    """Number of all rows that there are."""
    limited: bool = False
    """True if there are more rows than MOST_ROWS, and the question asked for more than it gets."""


class AskedQuestion(msgspec.Struct, frozen=True):
    """A block of an own page that asks."""

    line: int
    """Line of the file in which the question begins."""
    question: Question | None
    """None if it cannot be read."""
    lines: Mapping[str, int] = {}
    """Line of the file of each key."""


COLUMNS: Mapping[Find, tuple[str, ...]] = {
    "articles": ("day", "title", "publication", "authors", "tags"),
    "sentences": ("day", "text", "title", "publication", "authors", "tags", "names"),
    "quotations": ("day", "speaker", "text", "title", "publication", "authors", "tags", "names"),
    "dates": ("day", "text", "title", "publication", "authors", "tags", "names"),
    "names": ("name", "type", "line", "articles", "day"),
    "highlights": ("day", "text", "note", "title", "publication", "authors", "tags", "names"),
}
"""Columns that a table of each kind of rows may have."""
USUAL_COLUMNS: Mapping[Find, tuple[str, ...]] = {
    "articles": ("day", "title", "publication"),
    "sentences": ("day", "text", "title"),
    "quotations": ("day", "speaker", "text", "title"),
    "dates": ("day", "text", "title"),
    "names": ("name", "line", "articles"),
    "highlights": ("day", "text", "note", "title"),
}
"""Columns of a table whose question names none."""
