"""Evidence on an entity -> True if the entity has a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from glossator.model import Analysis, ArticleHead, ArticleNames, EntityType, Name, Salience
from glossator.naming.languages import main_language

LEAD = 900
"""Characters at the beginning of a text, about 150 words, in which it says what it is about."""

TIMES = 2
"""Mentions of a name that leads an article, at least; the title counts as one."""

CERTAIN = 8
"""Certainty, in tenths, of a name that leads, or is described or quoted in, the one article that has it, at least."""

SURE = 10
"""Certainty, in tenths, of a name whose word the archive mostly writes small, at least."""


def earns_page(saliences: Iterable[Salience], articles: int, *, described: bool, common: bool) -> bool:
    """True if an entity has a page: if there is more to say of it than that an article mentions it.

    A page that says nothing costs a reader who opens it, and hides those that say something. Pages have entities

    - that two or more articles mention, because no article says what the other one does;
    - that their article describes in words (`described`) or quotes;
    - that lead their article: it names them in its title or in its beginning, and comes back to them.

    Where one article is all the evidence, the models have to be certain of the name: a mark that they doubted is seldom
    found a second time. A text tells what it is about by where it first mentions a name and how often (Dunietz and
    Gillick, A new entity salience task with millions of training examples, 2014).
    A word that the archive mostly writes small (`common`) is no name because two articles have it with a capital: only
    articles whose name it surely is count. `saliences` are those of the entity's names, `articles` is the number of its
    articles.
    """
    if articles > 1 and not common:
        return True
    known = [salience for salience in saliences if not common or salience.certainty >= SURE]
    if any(salience.leads for salience in known):
        return True
    told = described or any(salience.speaks for salience in known)
    return told and max((salience.certainty for salience in known), default=0) >= CERTAIN


def article_names(head: ArticleHead, analysis: Analysis) -> ArticleNames:
    """Return what resolve sees of an article."""
    language = main_language(head.language or "")
    names = tuple(msgspec.structs.replace(name, language=language) for name in analysis.names)
    weights = saliences(head, analysis)
    return ArticleNames(
        analysis.article, head.published, names, analysis.descriptors, weights, language, analysis.small
    )


def saliences(head: ArticleHead, analysis: Analysis) -> tuple[Salience, ...]:
    """Return the salience of each name of an article. A surname of several people in it tells of nobody."""
    times = Counter(mention.name for mention in analysis.mentions)
    first: dict[int, int] = {}
    for mention in analysis.mentions:
        first.setdefault(mention.name, mention.start)
    speakers = {quote.name for quote in analysis.quotes}
    people = [name for name in analysis.names if name.type is EntityType.PERSON]
    bearers = Counter(word for name in people if " " in name.form for word in set(name.form.split()))
    found = []
    for index, name in enumerate(analysis.names):
        if name.type is EntityType.PERSON and bearers[name.form] > 1:
            found.append(Salience(certainty=0))
            continue
        in_title = _is_in_title(name, head.title)
        recurs = times[index] + in_title >= TIMES
        leads = name.certainty >= CERTAIN and recurs and (in_title or first[index] < LEAD)
        found.append(Salience(name.certainty, leads, index in speakers))
    return tuple(found)


def _is_in_title(name: Name, title: str) -> bool:
    return any(_has_words(title, form) for form, _ in name.forms)


def _has_words(title: str, form: str) -> bool:
    """True if a title has a form as words of its own."""
    start = title.find(form)
    end = start + len(form)
    return start >= 0 and not (title[start - 1 : start].isalnum() or title[end : end + 1].isalnum())
