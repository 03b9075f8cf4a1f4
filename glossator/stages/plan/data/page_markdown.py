"""The record of a page as Markdown, with YAML at its top: for people with an editor, and for language models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from glossator import frontmatter, site_paths
from glossator.model import Messages, SitePath
from glossator.translate import translate

Record = Mapping[str, Any]

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|^~])")
"""Characters that mean something in Markdown."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "article": ("id", "title", "source", "publication", "authors", "published", "saved", "language", "tags", "rights"),
    "entity": ("id", "title", "type", "origin", "first", "last"),
}
"""Fields at the top of the Markdown, besides kind, page and address, by kind of record."""
BEGINNING = "(This is the beginning of the article.)"
PICTURES = re.compile(r"(!\[[^\]\n]*\]\()(images/)")


def markdown_of(record: Record, page: SitePath, words: Messages) -> str:
    """Return the record of the page at a path as Markdown; links lead to the Markdown of other pages.

    Headings are in the language of `words`; the names of the fields at the top are the same in every language.
    """
    names = ("kind", "page", "address", *FIELDS.get(record["kind"], ("title",)))
    lines = [f"{name}: {frontmatter.flow(record[name])}" for name in names if record[name]]
    parts = [part for part in _BODIES[record["kind"]](record, page, words) if part]
    return "\n\n".join(["---\n" + "\n".join(lines) + "\n---", *parts]) + "\n"


def plain(text: str) -> str:
    """Return a text as one line of Markdown that shows it as it is."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def _of_article(record: Record, page: SitePath, words: Messages) -> list[str]:
    entries = [
        _item(entry["name"], entry["page"], page)
        + (f": {_said(entry['descriptor'], entry['descriptor_article'], page, words)}" if entry["descriptor"] else "")
        for entry in record["entities"]
    ]
    pictures = site_paths.relative(SitePath("images/"), page)
    text = PICTURES.sub(lambda match: f"{match[1]}{pictures}", record["text"])
    more = "" if record["whole"] or not record["text"] else translate(words, BEGINNING)
    return [
        f"# {plain(record['title'])}",
        f"> {plain(record['description'])}" if record["description"] else "",
        text,
        more,
        *_section(translate(words, "Names in this article"), entries),
        *_section(translate(words, "Related articles"), _articles(record["related"], page)),
    ]


def _said(text: str, article: str, page: SitePath, words: Messages) -> str:
    target = site_paths.data_path(SitePath(f"articles/{article}.html"), "md")
    return f"{plain(text)} ([{translate(words, 'source')}]({site_paths.relative(target, page)}))"


def _of_entity(record: Record, page: SitePath, words: Messages) -> list[str]:
    described = record["descriptor"]
    aliases = [f"- {plain(alias['name'])}" for alias in record["aliases"]]
    quotations = [
        f"- “{plain(quoted['text'])}” ({_link(quoted['article']['title'], quoted['article']['page'], page)})"
        for quoted in record["quotations"]
    ]
    articles = [*_articles(record["articles"], page), *_parts(record["parts"], page, words)]
    companions = [_item(entity["name"], entity["page"], page) for entity in record["companions"]]
    return [
        f"# {plain(record['title'])}",
        f"{plain(described['text'])} ({_link(described['article']['title'], described['article']['page'], page)})"
        if described
        else "",
        record["note"].strip(),
        *_section(translate(words, "Other names"), aliases),
        *_section(translate(words, "Quotes"), quotations),
        *_section(translate(words, "Articles"), articles),
        *_section(translate(words, "Appears with"), companions),
    ]


def _of_articles(record: Record, page: SitePath, words: Messages) -> list[str]:
    parts = [f"# {plain(record['title'])}", "\n".join(_parts(record["parts"], page, words))]
    parts += _section(translate(words, "Newest articles"), _articles(record["newest"], page))
    for group in record["groups"]:
        parts += _section(group["label"] or translate(words, "Without a label"), _articles(group["articles"], page))
    ties = [
        f"{_item(tie['first']['name'], tie['first']['page'], page)}, "
        f"{_link(tie['second']['name'], tie['second']['page'], page)} ({tie['articles']})"
        for tie in record.get("ties", ())
    ]
    return [*parts, *_section(translate(words, "Who appears with whom"), ties)]


def _of_entities(record: Record, page: SitePath, words: Messages) -> list[str]:
    rows = [_item(row["name"], row["page"], page) for row in (*record["foremost"], *record["entities"])]
    return [f"# {plain(record['title'])}", "\n".join(_parts(record["parts"], page, words)), "\n".join(rows)]


def _of_home(record: Record, page: SitePath, words: Messages) -> list[str]:
    prominent = [_item(entity["name"], entity["page"], page) for entity in record["prominent"]]
    return [
        f"# {plain(record['title'])}",
        plain(record["description"]),
        *_section(translate(words, "Newest articles"), _articles(record["newest"], page)),
        *_section(translate(words, "Names in them"), prominent),
    ]


def _of_text(record: Record, _page: SitePath, _words: Messages) -> list[str]:
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
    return [_item(link["title"], link["page"], page) + (f" ({plain(about)})" if about else "") for link, about in facts]


def _parts(parts: Iterable[Record], page: SitePath, words: Messages) -> list[str]:
    labelled = ((part, part["label"] or translate(words, "Without a label")) for part in parts)
    return [f"{_item(label, part['page'], page)} ({part['count']})" for part, label in labelled]


def _item(text: str, target: str, page: SitePath) -> str:
    return f"- {_link(text, target, page)}"


def _link(text: str, target: str, page: SitePath) -> str:
    """Return a link to the Markdown of a page; the text alone, in bold, if there is no page."""
    if not target:
        return f"**{plain(text)}**"
    return f"[{plain(text)}]({site_paths.relative(site_paths.data_path(SitePath(target), 'md'), page)})"
