"""Markdown as clippers and read-later services write it, and Markdown without front matter.

The body stays as it is, but for raw HTML, a title that is repeated, the level of the headings and the marks of
highlights: `==so==` is somebody's reading, not the author's emphasis, so the marks go and the words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from glossator.config import ExtractSettings
from glossator.frontmatter import FrontMatterError, split, tolerant
from glossator.model import Conversion, Extracted
from glossator.stages.extract.days import find_day
from glossator.stages.extract.decode import decode
from glossator.stages.extract.language import guess_language
from glossator.stages.extract.markdown.rawhtml import outside_code, without_html
from glossator.stages.extract.part import Part
from glossator.stages.extract.unreadable import Unreadable
from glossator.urls import web_address

READER = "markdown 1"

_SYNONYMS = {
    "title": "title headline name",
    "source": "source url link source_url source-url original_url canonical canonical_url permalink",
    "authors": "authors author byline creator",
    "published": "published date_published date-published published_at publish_date pubdate date",
    "saved": "saved created date_saved date-saved saved_at created_at clipped date_created added retrieved",
    "site": "site sitename site_name site-name website publisher publication hostname domain",
    "language": "language lang",
    "description": "description excerpt summary subtitle",
    "image": "image cover thumbnail og_image banner",
    "tags": "tags keywords labels categories",
}
"""Field -> keys by which the Obsidian Web Clipper, MarkDownload, Defuddle, Readeck, Joplin, Omnivore and trafilatura
know it, the more certain first."""
_OWN_TAGS = frozenset(("clippings", "clipping"))
"""Tags by which a clipper marks that it has been there."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s*(Z|\(?(?:UTC)?\s*[+-]\d\d:?\d\d\)?)?", re.IGNORECASE
)
_EXCERPT = re.compile(r"\s*> ## Excerpt[ \t]*\n(?P<text>(?:>.*\n?)*)\s*(?:---+[ \t]*(?:\n|\Z))?")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?![ \t]*(?:[>#|-]|\d+\.))(?P<text>\S[^\n]*)\n(?P<line>=+|-{2,})[ \t]*$", re.MULTILINE)
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^\n]+?)(?<=[^\s=])==")
_LONGEST_LINE = 500
"""Characters of a line that are looked at for a title."""
_LONGEST_TITLE = 20
"""Words that a first line may have as a title."""


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """The article in a Markdown file. Raises Unreadable where there is none, or front matter that says nothing."""
    fields, body = _split(decode(part.data))
    values = dict(_values(fields))
    origins = dict.fromkeys(values, "front matter")
    body = outside_code(without_html(body), _plainer)
    title, origin, body = _titled(body, str(values.pop("title", "")), PurePosixPath(part.entry or part.file.path).stem)
    if excerpt := _EXCERPT.match(body):
        body = body[excerpt.end() :]
        if text := " ".join(re.sub(r"^>[ \t]?", "", excerpt["text"], flags=re.MULTILINE).split()):
            values.setdefault("description", text)
            origins.setdefault("description", "excerpt")
    body = _levelled(body).strip("\n")
    if not body.strip():
        raise Unreadable("The file has no text below its front matter and title; save the article again.")
    origins["title"] = origin
    if "language" not in values and (language := guess_language(body, settings.languages)):
        values["language"] = language
        origins["language"] = "guess"
    conversion = Conversion(part.file.path, part.file.sha256, "markdown", READER, tuple(sorted(origins.items())))
    return Extracted(title=title, markdown=body + "\n", conversion=conversion, **values)  # type: ignore[arg-type]  # `_value` gives each field its type


def _split(text: str) -> tuple[dict[str, object], str]:
    try:
        return split(text)
    except FrontMatterError as error:
        try:
            fields, body = tolerant(text)
        except FrontMatterError:
            fields, body = {}, ""
        if not any(key.lower() in keys.split() for key in fields for keys in _SYNONYMS.values()):
            raise Unreadable(error.message[:1].upper() + error.message[1:], error.line) from None
        return fields, body


def _values(fields: Mapping[str, object]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The fields of an article that front matter gives, under our names and in our notation."""
    given = {key.lower().replace(" ", "_"): value for key, value in fields.items()}
    for name, keys in _SYNONYMS.items():
        for key in keys.split():
            if value := _value(name, given.get(key)):
                yield name, value
                break


def _value(name: str, value: object) -> str | tuple[str, ...]:
    if name == "authors":
        return tuple(dict.fromkeys(_people(value)))
    if name == "tags":
        return tuple(dict.fromkeys(tag for tag in _tags(value) if tag.lower() not in _OWN_TAGS))
    text = " ".join(_unlinked(next(iter(_texts(value)), "")).split())
    if name in ("published", "saved"):
        return _moment(text)
    if name in ("source", "image"):
        return web_address(text)
    if name == "language":
        return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""
    return text


def _texts(value: object) -> Iterator[str]:
    """The texts in a value: of a list each, of a nested list (`[[Name]]` without quotes is one) too."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
        yield str(value).strip()


def _unlinked(text: str) -> str:
    """A text without the brackets of a wiki link."""
    return re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]+)\]\]", r"\1", text)


def _people(value: object) -> Iterator[str]:
    for text in _texts(value):
        separators = r"\s*[;,]\s*|\s+(?:and|&)\s+" if isinstance(value, str) else r"\s*;\s*"
        for name in re.split(separators, _unlinked(text).removeprefix("By ").removeprefix("by ")):
            if name.strip() and not re.match(r"https?://", name):
                yield name.strip()


def _tags(value: object) -> Iterator[str]:
    for text in _texts(value):
        parts = re.split(r"[,;]", text) if isinstance(value, str) else [text]
        yield from (tag for part in parts if (tag := _unlinked(part).strip().lstrip("#")))


def _moment(text: str) -> str:
    """An ISO date to the day or, where the time is given, to the second."""
    if not (match := _MOMENT.match(text)):
        return find_day(text) or ""
    if find_day(match[1]) is None:
        return ""
    zone = re.sub(r"[^\dZ+-]", "", (match[4] or "").upper().replace("UTC", ""))
    return f"{match[1]}T{match[2]}{match[3] or ':00'}" + (f"{zone[:3]}:{zone[3:]}" if len(zone) > 1 else zone)


def _plainer(text: str) -> str:
    """Headings in one notation, highlights without their marks."""
    text = _UNDERLINED.sub(lambda found: f"{'#' if found['line'][0] == '=' else '##'} {found['text']}", text)
    return _HIGHLIGHT.sub(r"\1", text)


def _titled(body: str, title: str, stem: str) -> tuple[str, str, str]:
    """The title, where it was found, and the body without it."""
    body = body.lstrip("\n")
    first, _, rest = body.partition("\n")
    heading = _HEADING.fullmatch(first)
    text = _bare((heading["text"] if heading else first)[:_LONGEST_LINE])
    if title:
        return title, "front matter", rest if _folded(text) == _folded(title) else body
    if heading and len(heading["marks"]) == 1 and text:
        return text, "heading", rest
    if later := next((found for found in _HEADING.finditer(body) if len(found["marks"]) == 1), None):
        return _bare(later["text"]), "heading", body[: later.start()] + body[later.end() :].lstrip("\n")
    if (
        re.match(r"[\w\"“‘'«¿¡(]", text)
        and len(text.split()) <= _LONGEST_TITLE
        and text[-1] not in ".,;:"
        and not rest[:1].strip()
    ):
        return text, "first line", rest
    return stem.replace("-", " ").replace("_", " "), "file name", body


def _bare(text: str) -> str:
    """A heading's text without links, emphasis and escapes."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)(\*{1,3}|`)(\S.*?\S|\S)\1", r"\2", text)).strip()


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _levelled(body: str) -> str:
    """Headings that begin with the second level: the first is the article's title."""
    levels: list[int] = []

    def note(text: str) -> str:
        levels.extend(len(found["marks"]) for found in _HEADING.finditer(text))
        return text

    outside_code(body, note)
    shift = 2 - min(levels, default=2)
    return outside_code(body, lambda text: _HEADING.sub(lambda found: _heading(found, shift), text)) if shift else body


def _heading(found: re.Match[str], shift: int) -> str:
    return "#" * min(len(found["marks"]) + shift, 6) + " " + found["text"]
