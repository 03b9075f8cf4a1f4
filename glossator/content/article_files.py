"""content/articles/*.md <-> articles. A file that a person edited is never written again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from glossator import frontmatter, markup, rights
from glossator.atomic_files import WriteFile, write_whole
from glossator.content.article_front_matter import (
    CONVERSION,
    KEYS,
    fingerprint,
    misspelt_keys,
    read_head,
    text_value,
)
from glossator.files import read_text
from glossator.model import UNLOADED, Article, ArticleHead, ArticleId, Conversion, Extracted, Problem, Rights
from glossator.slugs import slug
from glossator.text import digest, one_line

_CONVERSION = ("file", "sha256", "entry", "format", "reader", "likeness", "reading", "doubt", "kind")
"""Fields of a conversion that are texts, in the order in which they are written."""
GUESS = "guess"
"""Origin, in a conversion, of a value that was guessed."""
_CONVERTED_FROM = re.compile(r"^ +file: *[\"']?(.+?)[\"']? *$", re.MULTILINE)


def write(path: Path, as_extracted: Extracted, put: WriteFile = write_whole) -> bool:
    """True if the file changes when an article is written, with `put`, as its conversion made it."""
    content = compose(as_extracted).encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    put(path, content)
    return True


def as_extracted(article: Article, conversion: Conversion) -> Extracted:
    """Restore the result of the conversion of an article that nobody edited; its pictures lie beside it already."""
    values = {key: getattr(article.head, key) for key in KEYS}
    return Extracted(markdown=article.markdown, conversion=conversion, rights=article.head.rights, **values)


def compose(as_extracted: Extracted) -> str:
    """Compose the Markdown file of a converted article: front matter and body."""
    conversion = as_extracted.conversion
    fields = _fields(as_extracted)
    stated = {key: value for key in _CONVERSION if (value := getattr(conversion, key))}
    written = {"written": fingerprint(fields, as_extracted.markdown), "from": dict(conversion.origins)}
    fields[CONVERSION] = stated | written
    return frontmatter.join(fields, "\n" + as_extracted.markdown.strip("\n") + "\n")


def _fields(as_extracted: Extracted) -> dict[str, object]:
    values = {key: getattr(as_extracted, key) for key in KEYS}
    values["rights"] = as_extracted.rights if as_extracted.rights != "full" else ""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


class ParsedArticle(msgspec.Struct, frozen=True):
    """Contents of an article's file."""

    article: Article
    conversion: Conversion | None
    edited: bool
    """True if a person changed the file after its conversion, or it was not converted."""
    problems: tuple[Problem, ...]
    own: Rights
    """Rights that the file states, whatever the site makes of them."""
    withheld: str
    """The statement that keeps the article or a part of it back; empty if all is published."""


_PUBLISHED_BY = "to publish it all the same, write `rights: full` between two lines of --- at its top"
_BOOKS = frozenset({"epub"})
"""Formats whose articles are from elsewhere, although they have no address."""


def read(path: Path, name: str, policy: rights.RightsPolicy) -> ParsedArticle:
    """Read the article in a file, which problems call by `name`, for a site with this policy.

    Raises Unusable, FrontMatterError.
    """
    text = _text_of(path)
    fields, body = frontmatter.split(text)
    conversion, written = _conversion(fields.get(CONVERSION))
    head, problems = read_head(ArticleId(slug(path.stem)), name, text, fields, body)
    problems += misspelt_keys(name, text, fields)
    stated = stated_rights(text, fields, body)
    problems += rights_problems("articles", name, text, stated)
    if conversion:
        stated = rights.by_place(stated, conversion.file, rights.KEY in fields)
    # A source that is no address still says that somebody else published the text.
    foreign = bool(text_value(fields, "source")) or (conversion is not None and conversion.format in _BOOKS)
    own, stated = stated.rights, policy.applied(stated, rights.KEY in fields, foreign)
    head = msgspec.structs.replace(head, rights=stated.rights)
    if head.rights not in ("full", "excerpt"):  # a description is a part of the text, or its sum
        head = msgspec.structs.replace(head, description=None)
    edited = written != fingerprint(fields, body)
    if conversion:
        guessed = [key for key, origin in conversion.origins if origin == GUESS]
        lacks_text = conversion.kind == UNLOADED and not edited
        head = msgspec.structs.replace(head, guessed=(*guessed, *(["text"] if lacks_text else [])))
    markdown = _published(head.rights, without_title(body, head.title))
    return ParsedArticle(_article(head, markdown), conversion, edited, tuple(problems), own, stated.reason)


def stated_rights(text: str, fields: Mapping[str, object], body: str) -> rights.StatedRights:
    """Return the rights that a text of a person's own states: its file, the front matter in it, and what is below."""
    stated = rights.stated(fields, own=True)
    if not fields:
        unread = rights.overlooked(text)
    else:
        unread = () if fields.get(rights.KEY) in rights.KNOWN else rights.overlooked_below(body)
    if not unread:
        return stated
    explained = (
        msgspec.structs.replace(statement, message=f"{statement.message} ({_PUBLISHED_BY})") for statement in unread
    )
    return rights.StatedRights("private", unread[0].message, (*stated.unclear, *explained), stated.hints)


def rights_problems(stage: str, name: str, text: str, stated: rights.StatedRights) -> Iterator[Problem]:
    """Yield what a person must know of the rights that the file called `name` states; `text` is the whole file."""
    for unclear in stated.unclear:
        message = f"{unclear.message}: the {stage.removesuffix('s')} was left out"
        yield Problem(stage, name, message, frontmatter.line_of(text, unclear.key))
    for hint in stated.hints:
        message = f"{hint.said} keeps the {stage.removesuffix('s')} back; {_PUBLISHED_BY}"
        yield Problem(stage, name, message, frontmatter.line_of(text, hint.key), fatal=False)


def reread(path: Path, head: ArticleHead, hidden: tuple[str, ...] = ()) -> Article:
    """Read the current text of an article whose head is known, without links to `hidden` names. Raises Unusable."""
    body = frontmatter.body(_text_of(path))
    markdown = _published(head.rights, without_title(body, head.title))
    return _article(head, markup.without_names(markdown, hidden) if hidden else markdown)


def converted_from(path: Path) -> list[str]:
    """Return the saved files that an article with unreadable front matter was made of, as far as they can be found."""
    return _CONVERTED_FROM.findall(read_text(path))


def _text_of(path: Path) -> str:
    return read_text(path).replace("\r\n", "\n")


def _article(head: ArticleHead, markdown: str) -> Article:
    parts = [repr(getattr(head, key)) for key in head.__struct_fields__]
    return Article(head, markdown, digest("article", *parts, markdown))


def _conversion(table: object) -> tuple[Conversion | None, str]:
    if not isinstance(table, dict) or not table.get("file"):
        return None, ""
    texts = {key: str(table.get(key, "")) for key in _CONVERSION}
    origins = table.get("from")
    pairs = tuple((str(key), str(value)) for key, value in origins.items()) if isinstance(origins, dict) else ()
    return Conversion(**texts, origins=pairs), str(table.get("written", ""))


def without_title(body: str, title: str) -> str:
    """Return the body without a first heading that only repeats the title."""
    heading = re.match(r"\s*# +(.+?) *#*\n", body + "\n")
    if heading and one_line(heading.group(1)).casefold() == title.casefold():
        return body[heading.end() :].strip("\n")
    return body.strip("\n")


def _published(allowed: Rights, markdown: str) -> str:
    """Return as much of the body as the article's rights let the site show."""
    if allowed == "full":
        return markdown
    return rights.excerpt_of(markdown) if allowed == "excerpt" else ""
