"""Sentences that have a date in them."""

from __future__ import annotations

import msgspec

from glossator.model.kinds import ArticleId


class DatedSentence(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A sentence of an article, with the date that stands in it."""

    date: str
    """ISO year, month or day: as much as the sentence says."""
    article: ArticleId
    start: int
    text: str
    title: str
    """Title of the article."""
    publication: str
    names: tuple[str, ...] = ()
    """Names in the sentence, in its order."""
    relative: bool = False
    """True if the date is reckoned from the article's day, as "on Monday" is."""
    anchor: str = ""
    """The `id` of the block on the article's page that holds the sentence; empty if it has none."""

    @property
    def precision(self) -> str:
        return {4: "year", 7: "month"}.get(len(self.date), "day")

    @property
    def part(self) -> str:
        """The part of the chronology that lists the sentence: a month, or a year if no month is known."""
        return self.date[:7]
