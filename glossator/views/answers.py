"""Text of a page that a person wrote, and between its parts the answers to the questions in it."""

from __future__ import annotations

from glossator.model import Html
from glossator.views.common import ArticleLink, EntityLink, TemplateValue
from glossator.views.lineage import Correction


class AnswerEntry(TemplateValue, frozen=True):
    """A row of an answer."""

    key: str
    """Key that stays as long as the row is the same; `AnswerRow` says of what it is made."""
    href: str
    """Address of the sentence, the article or the entity."""
    text: str
    """The passage; empty for an article or a name."""
    day: str
    """ISO year, month or day, or empty."""
    article: ArticleLink | None = None
    """None for a name."""
    entity: EntityLink | None = None
    """Speaker, or the name."""
    line: str = ""
    """Words of the archive about a name; words of the article that attribute a quotation."""
    until: str = ""
    """ISO day on which a range of days ends."""
    reckoned: bool = False
    """True if the day is reckoned from the article's day."""
    ahead: bool = False
    """True if the day was to come when the article was written."""
    note: str = ""
    """Notes of the owner in the passage."""
    articles: int = 0
    """Number of articles that have a name; 0 for any other row."""
    names: tuple[EntityLink, ...] = ()
    """Names in a passage, if a column shows them."""
    authors: tuple[str, ...] = ()
    """Authors of the article, if a column shows them."""
    tags: tuple[str, ...] = ()
    """Tags of the article, if a column shows them."""
    correction: Correction | None = None
    """Fate of the article of a quotation after it had been saved; None if it was not corrected."""


class AnswerBlock(TemplateValue, frozen=True):
    """The answer to a question, at its place in a page."""

    key: str
    """Digest of the question; empty if the question cannot be read or answered."""
    line: int
    """Line of the file in which the question stands."""
    find: str = ""
    """Kind of the rows: a value of `Find`."""
    show: str = ""
    """Way in which they are shown: `list`, `table` or `count`; empty for a question without an answer."""
    columns: tuple[str, ...] = ()
    """Columns of a table."""
    rows: tuple[AnswerEntry, ...] = ()
    """None of them if only their number is shown."""
    total: int = 0
    """Number of all rows."""
    independent: int = 0
    """Number of articles that are no copies of others, if all are among the rows; else 0."""
    limited: bool = False
    """True if there are more rows than a block shows at most."""


class OwnText(TemplateValue, frozen=True):
    """A text with the answers in it, each behind the part of the same index."""

    parts: tuple[Html, ...] = ()
    """Parts, one more than answers; none for no text."""
    answers: tuple[AnswerBlock, ...] = ()
