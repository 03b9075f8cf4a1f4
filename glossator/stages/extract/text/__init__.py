"""Plain-text copies of articles: the text that a person copies out of a page, and plain notes.

No markup tells the lines apart, so their words and positions must: the article's body is the stretch with the most
prose, the title is the headline before the body, and what a page has around its article is recognised by words or
position. A text without any remains of a page is left whole.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from pathlib import PurePosixPath

from glossator.config import ExtractSettings
from glossator.model import Conversion, Extracted
from glossator.stages.extract.decode import decode
from glossator.stages.extract.metadata.article_metadata import stated_rights
from glossator.stages.extract.metadata.header_lines import HEADER_LINE, checked, field_of, names_of_byline
from glossator.stages.extract.metadata.language import guess_language
from glossator.stages.extract.opened_file import Part, Unreadable
from glossator.stages.extract.text.body_markdown import body_markdown
from glossator.stages.extract.text.paragraphs_and_lines import units
from glossator.stages.extract.text.title_and_byline import assign

READER = "text 4"

LARGEST = 10_000_000
"""Characters: ten times a long novel."""
MOST_LINES = 50_000
_TEXTS = ("source", "site", "published", "saved", "language", "description")
"""Fields of an article that a line of a text gives as they are."""


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """Read the article in a plain text. Raises Unreadable if the text holds no article, or far more than one."""
    whole = decode(part.data)
    if len(whole) > LARGEST or whole.count("\n") > MOST_LINES:
        raise Unreadable(
            f"The file has more than {LARGEST:,} characters or {MOST_LINES:,} lines; save its parts apart."
        )
    lines = _header_lines(whole)
    header, text = _header(whole, lines)
    # Without a header, `stated_rights` still looks for front matter that was not recognised.
    stated, unclear = stated_rights(part, whole, {line["key"]: line["value"] for line in lines if header})
    text_units = units(text)
    if not text_units:
        raise Unreadable("The file has no text below its header lines; save the article again.")
    parts = assign(text_units, header.get("title"), PurePosixPath(part.entry or part.file.path).stem)
    markdown = body_markdown(parts.body) or body_markdown([unit for unit in text_units if unit.text != parts.title])
    if not markdown:
        raise Unreadable("The file has a title and no text below it; save the article again.")
    visible = {
        "site": parts.site,
        "published": parts.published,
        "saved": parts.saved,
        "description": parts.description,
        "authors": parts.byline,
    }
    values = {name: value for name, value in (visible | header).items() if value}
    origins = {name: "header lines" if name in header else "visible text" for name in values}
    origins["title"] = parts.title_origin
    if "language" not in values and (language := guess_language(markdown, settings.languages)):
        values["language"], origins["language"] = language, "guess"
    if not (authors := names_of_byline(values.get("authors", ""))):
        origins.pop("authors", None)
    stated_values = {name: values.get(name) for name in _TEXTS}
    return Extracted(
        title=parts.title,
        markdown=markdown,
        conversion=Conversion(part.file.path, part.file.sha256, "text", READER, tuple(sorted(origins.items()))),
        authors=authors,
        tags=tuple(tag for item in re.split(r"[,;]", values.get("tags", "")) if (tag := item.strip(" #"))),
        rights=stated.rights,
        unclear=unclear,
        **stated_values,  # type: ignore[arg-type]  # each of these fields is a text
    )


def _header_lines(text: str) -> list[re.Match[str]]:
    """Return the lines such as `Title: ...` at the top of a text."""
    lines = map(HEADER_LINE.fullmatch, map(str.strip, text.lstrip("\n").split("\n")))
    return [line for line in takewhile(bool, lines) if line]


def _header(text: str, header_lines: list[re.Match[str]]) -> tuple[dict[str, str], str]:
    """Split off its header lines, which some tools write above the text, if most of them are those of an article."""
    stated = [(field, line["value"]) for line in header_lines if (field := field_of(line["key"])) is not None]
    if len(stated) < 2 or len(stated) < len(header_lines) / 2:
        return {}, text
    fields = {field: checked(field, value) for field, value in reversed(stated)}
    if fields.pop("sender", "") and "published" in fields:
        # The date of a mailed article is that of the mail; the article is older.
        fields["saved"] = fields.pop("published")
    rest = dropwhile(lambda line: not re.search(r"\w", line), text.lstrip("\n").split("\n")[len(header_lines) :])
    return {field: value for field, value in fields.items() if field and value}, "\n".join(rest)
