"""The chronology: sentences of published texts with a date in them, by year and month, as pages and as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from glossator import site_paths
from glossator.dates import precision
from glossator.model import DatedSentence, SitePath
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, frame, group, topic_name
from glossator.stages.plan.catalogue.private_names import public_dated
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.events import Event, event_row, events_of
from glossator.translate import month, translate
from glossator.views import ChronologyMonth, ChronologyPage, ChronologyYear, DataFile, EventRow, Link

LISTED = 300
"""Events on a page; the files for programs have all sentences."""
NEWEST = 20
"""Events on the page of all years."""
YEARS = 60
"""Years of its timeline."""
PATH = site_paths.CHRONOLOGY
EARLIER = 30
"""Years before the timeline to which the page of all years leads beside it."""
COLUMNS = ("date", "until", "precision", "who", "sentence", "article", "publication")
PAGE, CSV, JSON = "chronology", "chronology-csv", "chronology-json"


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of all years, and the page and the files of each month and of each year without months."""
    parts = catalogue.content.chronology_parts
    if not parts:
        return
    yield PlannedPage(site_paths.CHRONOLOGY, PAGE, "")
    for part in sorted(parts):
        yield PlannedPage(site_paths.chronology_path(part), PAGE, part)
        for kind, suffix in ((CSV, "csv"), (JSON, "json")):
            yield PlannedPage(site_paths.data_path(site_paths.chronology_path(part), suffix), kind, part)


def compose(catalogue: Catalogue, planned: PlannedPage) -> ChronologyPage:
    """Compose the page of a month or year; without either, that of all years."""
    part, path = planned.subject, planned.path
    words = catalogue.site.words
    title = translate(words, "Chronology")
    if not part:
        return _all_years(catalogue, path, title)
    events = _events(catalogue, part, path)
    previous, following = (
        Link(near, site_paths.relative(site_paths.chronology_path(near), path)) if near else None
        for near in _neighbours(sorted(catalogue.content.chronology_parts), part)
    )
    return ChronologyPage(
        frame=frame(catalogue, path, f"{title}: {month(words.language, part)}", "chronology"),
        label=part,
        years=(),
        events=events[:LISTED],
        count=len(events),
        sentences=len(dated_in(catalogue, part)),
        before=previous,
        after=following,
    )


def _events(catalogue: Catalogue, part: str, path: SitePath) -> tuple[EventRow, ...]:
    return tuple(event_row(catalogue, event, path) for event in _named_events(catalogue, part))


def _named_events(catalogue: Catalogue, part: str) -> list[Event]:
    """Return the events of a month, or of a year without months, whose subject a sentence names; the oldest first."""
    events = events_of(catalogue, catalogue.content.chronology[part], part)
    return [event for event in events if event.is_named]


def _all_years(catalogue: Catalogue, path: SitePath, title: str) -> ChronologyPage:
    """Compose the page of all years: years by their sentences, the newest events, and what lies ahead."""
    parts = sorted(catalogue.content.chronology_parts)
    now = max((head.date or "" for head in catalogue.heads.values()), default="")[: len("2024-03")]
    past = [part for part in parts if not now or part <= now]
    years = _years(catalogue, path, past)
    shown = [(year.label, sum(month.count for month in year.months)) for year in years[:YEARS]]
    since = str(int(shown[0][0]) - YEARS) if shown else ""
    earlier = [Link(year.label, f"#y{year.label}") for year in reversed(years) if year.label <= since]
    return ChronologyPage(
        frame=frame(catalogue, path, title, "chronology"),
        label="",
        years=years,
        topics=_topics(catalogue),
        events=_newest(catalogue, past, path),
        ahead=tuple(reversed(_years(catalogue, path, parts[len(past) :]))),
        timeline=tuple(
            replace(bar, href=f"#y{bar.label}" if bar.count else "")
            for bar in timeline((year, count) for year, count in shown if year > since)
        ),
        earlier=tuple(earlier[-EARLIER:]),
    )


def _newest(catalogue: Catalogue, past: Iterable[str], path: SitePath) -> tuple[EventRow, ...]:
    """Return the last events of some parts, the oldest first: of as few months as have enough of them, or of years."""
    events: list[Event] = []
    months = [part for part in past if len(part) > len("2024")]
    for part in sorted(months or past, reverse=True):
        if len(events) >= NEWEST:
            break
        events[:0] = _named_events(catalogue, part)
    return tuple(event_row(catalogue, event, path) for event in events[-NEWEST:])


def compose_csv(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose the sentences of a month or year as CSV (RFC 4180)."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for sentence in dated_in(catalogue, planned.subject):
        row = (
            sentence.date,
            sentence.until,
            precision(sentence.date),
            "; ".join(sentence.names),
            sentence.text,
            sentence.article,
            sentence.publication,
        )
        writer.writerow([_harmless(cell) for cell in row])
    return DataFile(made.getvalue())


def compose_json(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose the sentences of a month or year as JSON; those of one event have one number."""
    events = enumerate(_named_events(catalogue, planned.subject))
    numbers = {(each.article, each.start): number for number, event in events for each in event.sentences}
    rows = [
        {
            "date": sentence.date,
            "until": sentence.until,
            "precision": precision(sentence.date),
            "who": sentence.names,
            "sentence": sentence.text,
            "article": sentence.article,
            "anchor": sentence.anchor,
            "title": sentence.title,
            "publication": sentence.publication,
            "reckoned": sentence.relative,
            "event": numbers.get((sentence.article, sentence.start)),
        }
        for sentence in dated_in(catalogue, planned.subject)
    ]
    return DataFile(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n")


def dated_in(catalogue: Catalogue, part: str) -> list[DatedSentence]:
    """Return the public sentences of a month, or of a year without months."""
    articles, rows = catalogue.content.chronology[part], group(catalogue, "chronology_parts", part).content.dated
    sentences = (sentence for article in articles for sentence in rows[article] if sentence.part == part)
    ordered = sorted(sentences, key=lambda sentence: (sentence.date, sentence.article, sentence.start))
    return list(public_dated(ordered, catalogue.whole.private))


def _neighbours(order: list[str], part: str) -> tuple[str, str]:
    """Return the parts before and after one; empty at either end."""
    at = order.index(part)
    return (order[at - 1] if at else ""), (order[at + 1] if at + 1 < len(order) else "")


def _topics(catalogue: Catalogue) -> tuple[Link, ...]:
    """Return links from the page of all years to the topics, by name."""
    paths = {key: site_paths.topic_path(key) for key in catalogue.topics}
    topics = (Link(topic_name(catalogue, key), site_paths.relative(path, PATH)) for key, path in paths.items())
    return tuple(sorted(topics, key=lambda link: link.text))


def _years(catalogue: Catalogue, path: SitePath, parts: Iterable[str]) -> tuple[ChronologyYear, ...]:
    """Return the years of some parts, the last first, with their months."""
    years: dict[str, list[ChronologyMonth]] = {}
    for part in parts:
        count = catalogue.content.chronology_parts[part][1]
        href = site_paths.relative(site_paths.chronology_path(part), path)
        years.setdefault(part[:4], []).append(ChronologyMonth(part, count, href))
    return tuple(ChronologyYear(year, tuple(months)) for year, months in sorted(years.items(), reverse=True))


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
