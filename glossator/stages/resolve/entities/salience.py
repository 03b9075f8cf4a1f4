"""Analysis of an article -> what resolve sees of it, and what weight the article gives to each of its names."""

from __future__ import annotations

from collections import Counter

import msgspec

from glossator.filler import is_filler
from glossator.model import Analysis, ArticleHead, ArticleNames, EntityType, Name, Salience
from glossator.naming.languages import main_language

LEAD = 900
"""Characters at the beginning of a text, about 150 words, in which it says what it is about."""

TIMES = 2
"""Mentions of a name that leads an article, at least; the title counts as one."""

CERTAIN = 8
"""Certainty, in tenths, of a name that leads, or is described or quoted in, the one article that has it, at least."""


def article_names(head: ArticleHead, analysis: Analysis) -> ArticleNames:
    """Return what resolve sees of an article."""
    language = main_language(head.language or "")
    names = tuple(msgspec.structs.replace(name, language=language) for name in analysis.names)
    descriptors, weights = analysis.descriptors, saliences(head, analysis)
    if is_filler(analysis.small, language):
        descriptors, weights = (), (Salience(certainty=0),) * len(names)
    return ArticleNames(analysis.article, head.published, names, descriptors, weights, language, analysis.small)


def saliences(head: ArticleHead, analysis: Analysis) -> tuple[Salience, ...]:
    """Return the salience of each name of an article. A surname of several people in it tells of nobody.

    A text tells what it is about by where it first mentions a name and how often (Dunietz and Gillick, A new entity
    salience task with millions of training examples, 2014).
    """
    times = Counter(mention.name for mention in analysis.mentions)
    first: dict[int, int] = {}
    for mention in analysis.mentions:
        first.setdefault(mention.name, mention.start)
    speakers = {quote.name for quote in analysis.quotes}
    people = [name for name in analysis.names if name.type is EntityType.PERSON]
    bearers = Counter(word for name in people if " " in name.form for word in set(name.form.split()))
    weights = []
    for index, name in enumerate(analysis.names):
        if name.type is EntityType.PERSON and bearers[name.form] > 1:
            weights.append(Salience(certainty=0))
            continue
        in_title = _is_in_title(name, head.title)
        recurs = times[index] + in_title >= TIMES
        leads = name.certainty >= CERTAIN and recurs and (in_title or first[index] < LEAD)
        weights.append(Salience(name.certainty, leads, index in speakers))
    return tuple(weights)


def _is_in_title(name: Name, title: str) -> bool:
    return any(_has_words(title, form) for form, _ in name.forms)


def _has_words(title: str, form: str) -> bool:
    """True if a title has a form as words of its own."""
    start = title.find(form)
    end = start + len(form)
    return start >= 0 and not (title[start - 1 : start].isalnum() or title[end : end + 1].isalnum())
