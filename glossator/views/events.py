"""Events of a chronology, as the pages of names, topics, months and articles show them."""

from __future__ import annotations

from glossator.views.common import TemplateValue


class EventSource(TemplateValue, frozen=True):
    """An article that tells of an event."""

    title: str
    href: str
    """Address of the very sentence."""
    publication: str
    """Publication, or empty."""


class EventSentence(TemplateValue, frozen=True):
    """The words in which one article, or several, tell of an event."""

    text: str
    language: str
    """Language of the articles; empty if it is the site's."""
    sources: tuple[EventSource, ...]


class EventRow(TemplateValue, frozen=True):
    """An event of a chronology, with the sentences that tell of it side by side."""

    date: str
    """ISO year, month or day."""
    until: str
    """Last ISO day of a range of days, or empty."""
    reckoned: bool
    """True if the date is reckoned from the articles' days, which the sentences say in part."""
    written: str
    """ISO day of the article if it speaks of what was to come, else empty."""
    sentences: tuple[EventSentence, ...]
    more: int
    """Number of further wordings."""
    folded: bool = False
    """True if a page shows the event on demand."""
    is_report: bool = False
    """True if it is the day of the article itself, whose first sentence tells of the event and says no day."""
