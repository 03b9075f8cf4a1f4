"""Evidence on an entity -> True if the entity has a page of its own."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from glossator.model import Analysis, ArticleHead, Name, Salience

LEADING = 8
"""Names that lead one article, at most."""

TIMES = 2
"""Mentions of a name that leads an article, at least; the title counts as one."""

CERTAIN = 8
"""Certainty, in tenths, of a name that leads its article, at least."""

LIKELY = 6
"""Certainty, in tenths, of a name that one article describes or quotes, at least."""


def earns_page(saliences: Iterable[Salience], articles: int, *, decided: bool, described: bool) -> bool:
    """True if an entity has a page: if there is more to say of it than that an article mentions it.

    A page that says nothing costs a reader who opens it, and hides those that say something. Pages have entities

    - of which a person said something: a decision, a note, an entry of a list (`decided`);
    - that two or more articles mention, because no article says what the other one does;
    - that their article describes in words (`described`) or quotes;
    - that lead their article: the names that come back in it most often.

    Where one article is all the evidence, the models have to be certain of the name: a mark that they doubted is seldom
    found a second time. How often a text comes back to a name is the best sign of what the text is about, better than
    where the name stands first (Dunietz and Gillick, A new entity salience task with millions of training examples,
    2014); on saved pages that is so as well. `saliences` are those of the entity's names, `articles` is the number of
    its articles.
    """
    if decided or articles > 1:
        return True
    known = list(saliences)
    if any(salience.leads for salience in known):
        return True
    told = described or any(salience.speaks for salience in known)
    return told and max((salience.certainty for salience in known), default=0) >= LIKELY


def saliences(head: ArticleHead, analysis: Analysis) -> tuple[Salience, ...]:
    """Return the salience of each name of an article."""
    times = Counter(mention.name for mention in analysis.mentions)
    times.update(index for index, name in enumerate(analysis.names) if _is_in_title(name, head.title))
    recurring = (
        (-times[index], index)  # names are in the order of their first mentions
        for index, name in enumerate(analysis.names)
        if name.certainty >= CERTAIN and times[index] >= TIMES
    )
    leading = {index for _, index in heapq.nsmallest(LEADING, recurring)}
    speakers = {quote.name for quote in analysis.quotes}
    return tuple(
        Salience(name.certainty, index in leading, index in speakers) for index, name in enumerate(analysis.names)
    )


def _is_in_title(name: Name, title: str) -> bool:
    return any(_has_words(title, form) for form, _ in name.forms)


def _has_words(title: str, form: str) -> bool:
    """True if a title has a form as words of its own."""
    start = title.find(form)
    end = start + len(form)
    return start >= 0 and not (title[start - 1 : start].isalnum() or title[end : end + 1].isalnum())
