"""The chronology: sentences of published texts with a date in them, by year and month, as pages and as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from glossator import site_paths
from glossator.addresses import text_fragment
from glossator.model import DatedSentence, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, fingerprint_of, frame
from glossator.translate import month, translate
from glossator.views import ChronologyEntry, ChronologyMonth, ChronologyPage, ChronologyYear, DataFile

LISTED = 500
"""Sentences on a page; the files for programs have all."""
COLUMNS = ("date", "precision", "who", "sentence", "article", "publication")
PAGE, CSV, JSON = "chronology", "chronology-csv", "chronology-json"


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of all years, and the page and the files of each month and of each year without months."""
    parts = catalogue.content.chronology_parts
    if not parts:
        return
    counts = sorted((part, count) for part, (_, count) in parts.items())
    yield PlannedPage(site_paths.CHRONOLOGY, PAGE, "", (), fingerprint_of(counts=counts))
    order = [part for part, _ in counts]
    for part, (digest, _) in sorted(parts.items()):
        near = _neighbours(order, part)
        yield PlannedPage(site_paths.chronology_path(part), PAGE, part, (), fingerprint_of(sentences=(digest, near)))
        for kind, suffix in ((CSV, "csv"), (JSON, "json")):
            path = site_paths.data_path(site_paths.chronology_path(part), suffix)
            yield PlannedPage(path, kind, part, (), fingerprint_of(sentences=digest))


def compose(catalogue: Catalogue, planned: PlannedPage) -> ChronologyPage:
    """Compose the page of a month or year; without either, that of all years."""
    part, path = planned.subject, planned.path
    words = catalogue.site.words
    title = translate(words, "Chronology")
    if not part:
        return ChronologyPage(frame(catalogue, path, title, "chronology"), "", _years(catalogue, path))
    sentences = _public(catalogue, part)
    order = sorted(catalogue.content.chronology_parts)
    before, after = _neighbours(order, part)
    return ChronologyPage(
        frame(catalogue, path, f"{title}: {month(words.language, part)}", "chronology"),
        part,
        (),
        tuple(_entry(one, path) for one in sentences[:LISTED]),
        len(sentences),
        before and site_paths.relative(site_paths.chronology_path(before), path),
        after and site_paths.relative(site_paths.chronology_path(after), path),
        before,
        after,
    )


def compose_csv(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose the sentences of a month or year as CSV (RFC 4180)."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for one in _public(catalogue, planned.subject):
        row = (one.date, one.precision, "; ".join(_names(catalogue, one)), one.text, one.article, one.publication)
        writer.writerow([_harmless(cell) for cell in row])
    return DataFile(made.getvalue())


def compose_json(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose the sentences of a month or year as JSON."""
    rows = [
        {
            "date": one.date,
            "precision": one.precision,
            "who": _names(catalogue, one),
            "sentence": one.text,
            "article": one.article,
            "title": one.title,
            "publication": one.publication,
            "reckoned": one.relative,
        }
        for one in _public(catalogue, planned.subject)
    ]
    return DataFile(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n")


def _public(catalogue: Catalogue, part: str) -> list[DatedSentence]:
    """Return the sentences of a part in which no private name stands."""
    names = catalogue.settings.private_names
    return [
        one
        for one in catalogue.content.chronology[part]
        if not any(names_private(text, names, one.article) for text in (one.text, one.title))
    ]


def _names(catalogue: Catalogue, sentence: DatedSentence) -> list[str]:
    private = catalogue.settings.private_names
    return [name for name in sentence.names if not names_private(name, private, sentence.article)]


def _neighbours(order: list[str], part: str) -> tuple[str, str]:
    """Return the parts before and after one; empty at either end."""
    at = order.index(part)
    return (order[at - 1] if at else ""), (order[at + 1] if at + 1 < len(order) else "")


def _entry(sentence: DatedSentence, path: SitePath) -> ChronologyEntry:
    href = site_paths.relative(site_paths.article_path(sentence.article), path)
    return ChronologyEntry(
        sentence.date,
        sentence.relative,
        sentence.text,
        f"{href}#{sentence.anchor}{text_fragment(sentence.text)}",
        sentence.title,
        sentence.publication,
    )


def _years(catalogue: Catalogue, path: SitePath) -> tuple[ChronologyYear, ...]:
    """Return the years, the last first, with their months."""
    years: dict[str, list[ChronologyMonth]] = {}
    for part, (_, count) in sorted(catalogue.content.chronology_parts.items()):
        href = site_paths.relative(site_paths.chronology_path(part), path)
        years.setdefault(part[:4], []).append(ChronologyMonth(part, count, href))
    return tuple(ChronologyYear(year, tuple(months)) for year, months in sorted(years.items(), reverse=True))


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
