"""The record of a page as Markdown, with YAML at its top: for people with an editor, and for language models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from glossator import frontmatter, urls
from glossator.model import SitePath

Record = Mapping[str, Any]

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|^~])")
"""Characters that mean something in Markdown."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "article": ("id", "title", "source", "publication", "authors", "published", "saved", "language", "tags", "rights"),
    "entity": ("id", "title", "type", "origin", "first", "last"),
}
"""Fields at the top of the Markdown, besides kind, page and address, by kind of record."""
PICTURES = re.compile(r"(!\[[^\]\n]*\]\()(images/)")


def markdown_of(record: Record, page: SitePath) -> str:
    """Return the record of the page at a path as Markdown; links lead to the Markdown of other pages."""
    names = ("kind", "page", "address", *FIELDS.get(record["kind"], ("title",)))
    lines = [f"{name}: {frontmatter.flow(record[name])}" for name in names if record[name]]
    parts = [part for part in _BODIES[record["kind"]](record, page) if part]
    return "\n\n".join(["---\n" + "\n".join(lines) + "\n---", *parts]) + "\n"


def plain(text: str) -> str:
    """Return a text as one line of Markdown that shows it as it is."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def _of_article(record: Record, page: SitePath) -> list[str]:
    entries = [
        _item(entry["name"], entry["page"], page)
        + (f": {_said(entry['descriptor'], entry['descriptor_article'], page)}" if entry["descriptor"] else "")
        for entry in record["entities"]
    ]
    pictures = urls.relative(SitePath("images/"), page)
    text = PICTURES.sub(lambda found: f"{found[1]}{pictures}", record["text"])
    more = "" if record["whole"] or not record["text"] else "(This is the beginning of the article.)"
    return [
        f"# {plain(record['title'])}",
        f"> {plain(record['description'])}" if record["description"] else "",
        text,
        more,
        *_section("Names in this article", entries),
        *_section("Related articles", _articles(record["related"], page)),
    ]


def _said(text: str, article: str, page: SitePath) -> str:
    target = urls.data_path(SitePath(f"articles/{article}.html"), "md")
    return f"{plain(text)} ([source]({urls.relative(target, page)}))"


def _of_entity(record: Record, page: SitePath) -> list[str]:
    described = record["descriptor"]
    aliases = [f"- {plain(alias['name'])}" for alias in record["aliases"]]
    quotations = [
        f"- “{plain(quoted['text'])}” ({_link(quoted['article']['title'], quoted['article']['page'], page)})"
        for quoted in record["quotations"]
    ]
    companions = [_item(entity["name"], entity["page"], page) for entity in record["companions"]]
    return [
        f"# {plain(record['title'])}",
        f"{plain(described['text'])} ({_link(described['article']['title'], described['article']['page'], page)})"
        if described
        else "",
        record["note"].strip(),
        *_section("Also called", aliases),
        *_section("Quotations", quotations),
        *_section("Articles", [*_articles(record["articles"], page), *_parts(record["parts"], page)]),
        *_section("Appears with", companions),
    ]


def _of_articles(record: Record, page: SitePath) -> list[str]:
    parts = [f"# {plain(record['title'])}", "\n".join(_parts(record["parts"], page))]
    parts += _section("Newest", _articles(record["newest"], page))
    for group in record["groups"]:
        parts += _section(group["label"] or "Without a label", _articles(group["articles"], page))
    return parts


def _of_entities(record: Record, page: SitePath) -> list[str]:
    rows = [_item(row["name"], row["page"], page) for row in (*record["foremost"], *record["entities"])]
    return [f"# {plain(record['title'])}", "\n".join(_parts(record["parts"], page)), "\n".join(rows)]


def _of_home(record: Record, page: SitePath) -> list[str]:
    prominent = [_item(entity["name"], entity["page"], page) for entity in record["prominent"]]
    return [
        f"# {plain(record['title'])}",
        plain(record["description"]),
        *_section("Newest articles", _articles(record["newest"], page)),
        *_section("Names in them", prominent),
    ]


def _of_text(record: Record, _: SitePath) -> list[str]:
    return [f"# {plain(record['title'])}", record["text"].strip()]


_BODIES = {
    "article": _of_article,
    "entity": _of_entity,
    "articles": _of_articles,
    "entities": _of_entities,
    "home": _of_home,
    "text": _of_text,
}


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """Return the heading and the lines of a section; nothing for a section without lines."""
    listed = "\n".join(lines)
    return [f"## {plain(title)}", listed] if listed else []


def _articles(links: Iterable[Record], page: SitePath) -> list[str]:
    facts = ((link, " · ".join(filter(None, (link["publication"], link["date"])))) for link in links)
    return [_item(link["title"], link["page"], page) + (f" ({plain(said)})" if said else "") for link, said in facts]


def _parts(parts: Iterable[Record], page: SitePath) -> list[str]:
    return [f"{_item(part['label'] or 'Without a label', part['page'], page)} ({part['count']})" for part in parts]


def _item(text: str, target: str, page: SitePath) -> str:
    return f"- {_link(text, target, page)}"


def _link(text: str, target: str, page: SitePath) -> str:
    """Return a link to the Markdown of a page; the text alone, in bold, if there is no page."""
    if not target:
        return f"**{plain(text)}**"
    return f"[{plain(text)}]({urls.relative(urls.data_path(SitePath(target), 'md'), page)})"
