"""A bundle of the Open Knowledge Format 0.2: a concept for each article and entity, every statement with its source.

Source: "Open Knowledge Format (OKF)", version 0.2, okf/SPEC.md of GoogleCloudPlatform/knowledge-catalog.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from glossator import __version__, frontmatter
from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export, QuotationData
from glossator.text import one_line

VERSION = "0.2"
PRODUCER = f"glossator/{__version__}"
RESERVED = frozenset(["index", "log"])
"""Names of files that are no concepts."""
LONGEST_DESCRIPTION = 200
LONGEST_EXCERPT = 400
"""Characters of a passage that a source is quoted with."""
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|^~])")
"""Characters that mean something in Markdown."""

CITED = re.compile(r"\[\^([^\]]+)\]")
"""Reference to a footnote, which is called by the id of an article."""

Source = dict[str, object]


def bundle(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the files of the bundle: `articles/`, `entities/`, and an index and a log for the whole of it."""
    articles = {article.id: article for article in archive.articles}
    quotations, entities = archive.quotations(), archive.by_id()
    files = {_path("articles", article.id): _article(article, entities) for article in archive.articles}
    files |= {
        _path("entities", entity.id): _entity(entity, articles, quotations[entity.id]) for entity in archive.entities
    }
    files["index.md"] = _index(archive)
    files["log.md"] = _log(archive.articles)
    return {path: text.encode() for path, text in files.items()}


def _path(folder: str, key: str) -> str:
    return f"{folder}/{key}{'-' if key.rpartition('/')[2] in RESERVED else ''}.md"


def _article(article: ArticleData, entities: Mapping[str, EntityData]) -> str:
    first = article.text.strip().split("\n")[0]
    source = _source(article, first[:LONGEST_EXCERPT])
    fields: dict[str, object] = {
        "type": "Article",
        "title": article.title,
        **({"description": one_line(article.description)} if article.description else {}),
        **({"resource": article.source} if article.source else {}),
        **({"tags": list(article.tags)} if article.tags else {}),
        "sources": [source],
        **_generated([article]),
    }
    mentioned = dict.fromkeys(mention.entity for mention in article.mentions)
    lines = [f"* [{_plain(entities[key].name)}](/{_path('entities', key)})" for key in mentioned]
    body = ["# Mentions", "\n".join(lines)] if lines else []
    if first:
        body = ["# Opening", f"{_plain(first)}[^{article.id}]", *body]
    return _joined(fields, _body(body, [article]))


def _entity(entity: EntityData, articles: Mapping[str, ArticleData], quotations: Sequence[QuotationData]) -> str:
    sources = [articles[key] for key in entity.articles]
    fields: dict[str, object] = {
        "type": entity.type.capitalize(),
        "title": entity.name,
        **({"description": entity.descriptor.text} if entity.descriptor else {}),
        **({"aliases": list(entity.aliases)} if entity.aliases else {}),
        "sources": [_source(article, _passage(article, entity.id)) for article in sources],
        **_generated(sources),
        **_verified(entity),
    }
    body = []
    if entity.descriptor:
        body += ["# Description", f"{_plain(entity.descriptor.text)}[^{entity.descriptor.article}]"]
    if quotations:
        body += ["# Quotes", "\n".join(f"* {_plain(text)}[^{article.id}]" for article, text in quotations)]
    lines = [f"* [{_plain(article.title)}](/{_path('articles', article.id)})[^{article.id}]" for article in sources]
    body += ["# Articles", "\n".join(lines)]
    return _joined(fields, _body(body, sources))


def _joined(fields: Mapping[str, object], body: str) -> str:
    """Join fields and a body to a Markdown file with each value on a line, in a tenth of the time."""
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{name}:", *(f"- {frontmatter.flow(item)}" for item in value)]
        else:
            lines.append(f"{name}: {frontmatter.flow(value)}")
    return "---\n" + "\n".join(lines) + f"\n---\n{body}"


def _body(parts: Iterable[str], sources: Iterable[ArticleData]) -> str:
    """Return the body with a footnote for each source that it cites, by the source's id."""
    text = "\n\n".join(parts)
    cited = set(CITED.findall(text))
    notes = [f"[^{article.id}]: {_plain(article.title)}" for article in sources if article.id in cited]
    return "\n" + "\n\n".join([text, "\n".join(notes)] if notes else [text]) + "\n"


def _passage(article: ArticleData, entity: str) -> str:
    """Return the paragraph, or its part, in which an article mentions an entity first; empty if it does not."""
    mention = next((mention for mention in article.mentions if mention.entity == entity), None)
    if mention is None:
        return ""
    start = article.text.rfind("\n", 0, mention.start) + 1
    end = article.text.find("\n", mention.end)
    start = max(start, mention.end - LONGEST_EXCERPT)
    return article.text[start : end if end >= 0 else None][:LONGEST_EXCERPT].strip()


def _source(article: ArticleData, excerpt: str) -> Source:
    """Return a source, with the passage that a concept relies on, verbatim, and its digest.

    Source of the fields of the excerpt: issue 438 of GoogleCloudPlatform/knowledge-catalog, a proposal.
    """
    quoted = {"excerpt": excerpt, "excerpt_sha256": sha256(excerpt.encode()).hexdigest()} if excerpt else {}
    return {
        "id": article.id,
        "resource": article.source or f"/{_path('articles', article.id)}",
        "title": article.title,
        **({"author": ", ".join(f"human:{author}" for author in article.authors)} if article.authors else {}),
        **({"last_modified": article.date} if article.date else {}),
        **quoted,
    }


def _generated(sources: Iterable[ArticleData]) -> dict[str, object]:
    """Return who made a concept, and the newest date of its sources: the clock would change the bytes."""
    newest = max((article.date or "" for article in sources), default="")
    return {"generated": {"by": PRODUCER, **({"at": f"{newest}T00:00:00Z"} if newest else {})}}


def _verified(entity: EntityData) -> dict[str, object]:
    """Return who decided about an entity, and when, if a decision says so."""
    if entity.verified is None:
        return {}
    return {"verified": {"by": f"human:{entity.verified.by}", "at": entity.verified.at}}


def _index(archive: ArchiveData) -> str:
    parts = [f'---\nokf_version: "{VERSION}"\n---']
    groups: dict[str, list[str]] = defaultdict(list)
    for entity in archive.entities:
        about = f" - {_plain(entity.descriptor.text)}" if entity.descriptor else ""
        groups[entity.type.capitalize()].append(f"* [{_plain(entity.name)}]({_path('entities', entity.id)}){about}")
    for article in archive.articles:
        about = f" - {_plain(article.description)}" if article.description else ""
        groups["Article"].append(f"* [{_plain(article.title)}]({_path('articles', article.id)}){about}")
    parts += [f"# {group}\n\n" + "\n".join(lines) for group, lines in sorted(groups.items())]
    return "\n\n".join(parts) + "\n"


def _log(articles: Iterable[ArticleData]) -> str:
    days: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article.date:
            link = f"[{_plain(article.title)}](/{_path('articles', article.id)})"
            days[article.date].append(f"* **Creation**: {link}")
    entries = (f"## {day}\n" + "\n".join(days[day]) for day in sorted(days, reverse=True))
    return "\n\n".join(["# Articles by date", *entries]) + "\n"


def _plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return MARKUP.sub(r"\\\1", one_line(text))


OKF = Export(contract=2, help="A bundle of the Open Knowledge Format", of_archive=bundle)
