"""Evidence on an entity -> True if the entity has a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glossator.model import Analysis, ArticleHead, Name, Salience

LEAD = 400
"""Characters of a text in which the names stand that it begins with."""

TIMES = 2
"""Mentions of a name that an article comes back to, at least."""

CERTAIN = 6
"""Certainty, in tenths, of a name that may have a page although one article alone mentions it."""


def earns_page(saliences: Iterable[Salience], articles: int, *, decided: bool, described: bool) -> bool:
    """True if an entity has a page: if there is more to say of it than that an article mentions it.

    A page that says nothing costs a reader who opens it, and hides those that say something. Pages have entities

    - of which a person said something: a decision, a note, an entry of a list (`decided`);
    - that two or more articles mention, because no article says what the other one does;
    - that the article describes in words (`described`) or quotes;
    - that lead their article, which then is about them.

    Where one article is all the evidence, the models have to be certain that there is a name: a wrong mark that they
    doubted is seldom found a second time. `saliences` are those of the entity's names, `articles` is the number of its
    articles.
    """
    if decided or articles > 1:
        return True
    known = list(saliences)
    if max((salience.certainty for salience in known), default=0) < CERTAIN:
        return False
    return described or any(salience.leads or salience.speaks for salience in known)


def saliences(head: ArticleHead, analysis: Analysis) -> tuple[Salience, ...]:
    """Return the salience of each name of an article."""
    first: dict[int, int] = {}
    for mention in analysis.mentions:
        first.setdefault(mention.name, mention.start)
    speakers = {quote.name for quote in analysis.quotes}
    times = Counter(mention.name for mention in analysis.mentions)
    return tuple(
        Salience(
            certainty=name.certainty,
            leads=times[index] >= TIMES and (first[index] < LEAD or _is_in_title(name, head.title)),
            speaks=index in speakers,
        )
        for index, name in enumerate(analysis.names)
    )


def _is_in_title(name: Name, title: str) -> bool:
    return any(_has_words(title, form) for form, _ in name.forms)


def _has_words(title: str, form: str) -> bool:
    """True if a title has a form as words of its own."""
    start = title.find(form)
    end = start + len(form)
    return start >= 0 and not (title[start - 1 : start].isalnum() or title[end : end + 1].isalnum())
