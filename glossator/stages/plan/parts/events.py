"""Dated sentences -> events: one for a day and what happened on it, with the words of each article that tells of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from glossator import site_paths
from glossator.addresses import text_fragment
from glossator.dates import MONTHS, WEEKDAYS, precision
from glossator.model import ArticleId, DatedSentence, EntityId, SitePath
from glossator.stages.plan.catalogue import LONGEST_LISTED, Catalogue
from glossator.stages.plan.catalogue.private_names import public_dated
from glossator.text import bare_words, cut
from glossator.views import EventRow, EventSentence, EventSource
from glossator.word_lists import stop_words

ALIKE = 0.4
"""Share of the words of the shorter of two sentences that both have if they tell of one event of one subject."""
REPRINTED = 0.75
"""Share of those words if the subjects differ: both sentences are then the words of one report."""
FEWEST = 3
"""Words that two sentences about one event have in common, at least."""
FEWEST_AHEAD = 2
"""Words and subjects that two sentences have in common, at least, if one of them said ahead what happened."""
AT_FOOT = 4
"""Events before an article that its foot shows, and since, at most."""
NAMES = 6
"""Names that an article mentions most, of which its foot tells."""
SENTENCES = 4
"""Sentences of an event that a page shows."""
DAYS_APART = 3
"""Days from an event to the first sentence of a report, which says no day, at most."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*")
_STEM = re.compile(r"(?:ings?|ed|es|s|ies|’s|'s)$")
_TIMES = frozenset(map(str.lower, (*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS))))


class Event(msgspec.Struct, frozen=True):
    """An event of one date, with all sentences about it."""

    sentences: tuple[DatedSentence, ...]
    """Sentences with one date, and reports of what was on it, the one whose article came first at the beginning."""
    subjects: frozenset[EntityId]
    names: frozenset[EntityId]
    """Entities that the sentences mention, the subjects included."""
    is_named: bool
    """True if a sentence says the name of its subject."""

    @property
    def date(self) -> str:
        return min(sentence.date for sentence in self.sentences)


class _DatedEntry(msgspec.Struct, frozen=True):
    sentence: DatedSentence
    subject: EntityId
    names: frozenset[EntityId]
    words: frozenset[str]
    """Words that are in no name, and the names besides the subject: by these, events differ."""
    day: str


def events_of(catalogue: Catalogue, articles: Iterable[ArticleId], part: str = "") -> list[Event]:
    """Return the events that articles tell of, the oldest first; with a `part`, those of the month or year alone."""
    by_date: dict[tuple[str, str], list[_DatedEntry]] = defaultdict(list)
    for article in articles:
        if article in catalogue.content.dated:
            for entry in _entries(catalogue, article, part):
                by_date[entry.sentence.date, entry.sentence.until].append(entry)
    for entry in [entry for entries in by_date.values() for entry in entries if entry.sentence.is_report]:
        if (earlier := _told_earlier(by_date, entry)) is not None:
            by_date[entry.sentence.date, ""].remove(entry)
            by_date[earlier].append(entry)
    events = (event for _, entries in sorted(by_date.items()) for event in _grouped(entries))
    return list(events)


def _told_earlier(
    by_date: Mapping[tuple[str, str], Sequence[_DatedEntry]], report: _DatedEntry
) -> tuple[str, str] | None:
    """Return the date, of the days before a report, of what it tells of; None if nothing tells of it."""
    day = date.fromisoformat(report.sentence.date)
    near = [((day - timedelta(back)).isoformat(), "") for back in range(DAYS_APART, 0, -1)]
    return next((at for at in near if any(_is_one_event(report, other) for other in by_date.get(at, ()))), None)


def _entries(catalogue: Catalogue, article: ArticleId, part: str) -> Iterator[_DatedEntry]:
    """Yield the public sentences of an article that tell of an event and have a subject that the archive knows."""
    resolved, day = catalogue.content.resolved[article], catalogue.heads[article].date or ""
    sentences = (sentence for sentence in catalogue.content.dated[article] if part in ("", sentence.part))
    for sentence in public_dated(sentences, catalogue.whole.private):
        subject = resolved[sentence.subject] if sentence.subject >= 0 else None
        if subject is not None:
            names = frozenset(filter(None, (resolved[name] for name in sentence.mentioned)))
            words = _words(sentence.text) - _words(" ".join(sentence.names)) | names - {subject}
            yield _DatedEntry(sentence, subject, names, words, day)


def _words(text: str) -> frozenset[str]:
    """Return the stems of the words of a sentence that tell what happened, and its figures; no words of time."""
    words = (word.lower() for word in _WORD.findall(text))
    kept = (word.rstrip(".,") for word in words if word not in _TIMES and word not in stop_words("en"))
    return frozenset(_STEM.sub("", word) if len(word) > FEWEST + 2 else word for word in kept)


def _grouped(entries: Sequence[_DatedEntry]) -> Iterator[Event]:
    """Yield the events of one date. A sentence joins the event in which each sentence is about the same as it."""
    groups: list[list[_DatedEntry]] = []
    for each in sorted(entries, key=lambda each: (each.day, each.sentence.article, each.sentence.start)):
        own = next((group for group in groups if all(_is_one_event(each, other) for other in group)), None)
        if own is None:
            groups.append([each])
        else:
            own.append(each)
    for group in groups:
        yield Event(
            tuple(each.sentence for each in group),
            frozenset(each.subject for each in group),
            frozenset[EntityId]().union(*(each.names | {each.subject} for each in group)),
            any(each.subject in each.names for each in group),
        )


def _is_one_event(first: _DatedEntry, second: _DatedEntry) -> bool:
    """True if two sentences tell of one event. What is said ahead has another subject, often: who said it."""
    shared, shorter = first.words & second.words, min(len(first.words), len(second.words))
    if first.sentence.ahead != second.sentence.ahead and precision(first.sentence.date) == "day":
        shared = (first.words | {first.subject}) & (second.words | {second.subject})
        return len(shared) >= FEWEST_AHEAD and len(shared) >= ALIKE * shorter
    least = ALIKE if first.subject == second.subject else REPRINTED
    return len(shared) >= min(FEWEST, shorter) and len(shared) >= least * shorter


def foremost_events(
    catalogue: Catalogue, events: Iterable[Event], entities: Collection[EntityId], most: int
) -> list[Event]:
    """Return the events that tell most of some entities, the oldest first.

    That are those in the language of the site, of which an entity is the subject or several articles tell, of these
    those that more articles tell of, those with a day; of equals the newest.
    """

    def weight(event: Event) -> tuple[bool, bool, int, int, str]:
        language = catalogue.heads[event.sentences[0].article].language or catalogue.site.language
        sources = len({sentence.article for sentence in event.sentences})
        about = not event.subjects.isdisjoint(entities)
        return language == catalogue.site.language, about or sources > 1, sources, len(event.date), event.date

    return sorted(sorted(events, key=weight, reverse=True)[:most], key=lambda event: event.date)


def before_and_since(
    catalogue: Catalogue, article: ArticleId, mentions: Mapping[EntityId, int], path: SitePath
) -> dict[str, tuple[EventRow, ...]]:
    """Return what related articles tell of the names of one, `before` its day and `since`.

    The day is that which the page states, or else that of its save.

    `mentions` are the entities that the article mentions, each with how often.

    Only what the articles most like this one tell is read, so that another article about a name makes few pages anew.
    """
    head = catalogue.heads[article]
    day = head.stated_day or ("" if head.published else (head.saved or "")[:10])
    related = catalogue.content.related.get(article, ()) if day else ()
    close = {entry.article for entry in related if entry.is_related}
    foremost = set(sorted(mentions, key=lambda entity: (-mentions[entity], entity))[:NAMES])
    events = [
        event
        for event in events_of(catalogue, [article, *(entry.article for entry in related)])
        if event.is_named and all(sentence.article != article for sentence in event.sentences)
        if len(event.names & mentions.keys()) > 1
        or (not event.subjects.isdisjoint(foremost) and any(each.article in close for each in event.sentences))
    ]
    before = [event for event in reversed(events) if event.date < day[: len(event.date)]]
    since = [event for event in events if event.date > day[: len(event.date)]]
    nearest = {
        title: sorted(near, key=lambda event: event.subjects.isdisjoint(foremost))[:AT_FOOT]
        for title, near in (("before", before), ("since", since))
    }
    return {
        title: tuple(event_row(catalogue, event, path) for event in sorted(chosen, key=lambda event: event.date))
        for title, chosen in nearest.items()
    }


def event_row(catalogue: Catalogue, event: Event, path: SitePath, *, folded: bool = False) -> EventRow:
    """Return an event as the page at `path` shows it: each wording once, with its sources."""
    wordings: dict[str, list[DatedSentence]] = defaultdict(list)
    for sentence in event.sentences:
        wordings[bare_words(sentence.text)].append(sentence)
    first = event.sentences[0]
    shown = [_sentence(catalogue, sentences, path) for sentences in list(wordings.values())[:SENTENCES]]
    written = catalogue.heads[first.article].published or ""
    is_report = all(sentence.is_report for sentence in event.sentences)
    return EventRow(
        date=event.date,
        until=first.until,
        reckoned=all(sentence.relative for sentence in event.sentences) and not is_report,
        written=written[:10] if all(sentence.ahead for sentence in event.sentences) else "",
        sentences=tuple(shown),
        more=len(wordings) - len(shown),
        folded=folded,
        is_report=is_report,
    )


def _sentence(catalogue: Catalogue, sentences: Sequence[DatedSentence], path: SitePath) -> EventSentence:
    language = catalogue.heads[sentences[0].article].language or ""
    return EventSentence(
        sentences[0].text,
        "" if language == catalogue.site.language else language,
        tuple(
            EventSource(
                cut(sentence.title, LONGEST_LISTED),
                f"{site_paths.relative(site_paths.article_path(sentence.article), path)}"
                f"#{sentence.anchor}{text_fragment(sentence.text)}",
                sentence.publication,
            )
            for sentence in {sentence.article: sentence for sentence in reversed(sentences)}.values()
        ),
    )
