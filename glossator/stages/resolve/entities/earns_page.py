"""Evidence on an entity -> True if the entity has a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glossator.model import Analysis, ArticleHead, ArticleNames, EntityType, Name, Salience

LEAD = 900
"""Characters at the beginning of a text, about 150 words, in which it says what it is about."""

TIMES = 2
"""Mentions of a name that leads an article, at least; the title counts as one."""

CERTAIN = 8
"""Certainty, in tenths, of a name that leads, or is described or quoted in, the one article that has it, at least."""


def earns_page(saliences: Iterable[Salience], articles: int, *, decided: bool, described: bool, unclear: bool) -> bool:
    """True if an entity has a page: if there is more to say of it than that an article mentions it.

    A page that says nothing costs a reader who opens it, and hides those that say something. Pages have entities

    - of which a person said something: a decision, a note, an entry of a list (`decided`);
    - that two or more articles mention, because no article says what the other one does;
    - that their article describes in words (`described`) or quotes;
    - that lead their article: it names them in its title or in its beginning, and comes back to them.

    What is unclear has none (`unclear`). A body that articles only call by the noun for its kind, the Agency, or a
    place by its point of the compass, the South, is another one in each article. A name of which the models cannot tell
    whether it is a person's, a place's or a thing's would have a page that is wrong as often as not.
    Where one article is all the evidence, the models have to be certain of the name: a mark that they doubted is seldom
    found a second time. A text tells what it is about by where it first mentions a name and how often (Dunietz and
    Gillick, A new entity salience task with millions of training examples, 2014). `saliences` are those of the entity's
    names, `articles` is the number of its articles.
    """
    if decided or unclear:
        return decided
    if articles > 1:
        return True
    known = list(saliences)
    if any(salience.leads for salience in known):
        return True
    told = described or any(salience.speaks for salience in known)
    return told and max((salience.certainty for salience in known), default=0) >= CERTAIN


def article_names(head: ArticleHead, analysis: Analysis) -> ArticleNames:
    """Return what resolve sees of an article."""
    weights = saliences(head, analysis)
    return ArticleNames(analysis.article, head.published, analysis.names, analysis.descriptors, weights)


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
