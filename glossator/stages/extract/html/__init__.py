"""A saved page -> article: its text in the page's own form, and the page's metadata.

`read_page` has the order of all steps: `parse` makes the page's tree, `facts` reads what it states, `choice` decides
what is the article, `form` makes the tree regular, and `writer` writes what stays as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from glossator.config import ExtractSettings
from glossator.model import UNLOADED, Conversion, Extracted, PageReadings
from glossator.stages.extract.escape_markdown import escape, escape_start
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock
from glossator.stages.extract.html.choice.blocks.unloaded_page import SENTENCE
from glossator.stages.extract.html.choice.choose_reading import EARLIER, READINGS, STATED
from glossator.stages.extract.html.choice.judge_readings import judges
from glossator.stages.extract.html.choice.page_kind import ARTICLE
from glossator.stages.extract.html.parse.parse_page import NOTE
from glossator.stages.extract.html.read_page import NO_TEXT, AnalysedPage, read_page, written
from glossator.stages.extract.html.writer.pictures import Pictures
from glossator.stages.extract.opened_file import Part, Unreadable
from glossator.stages.extract.text_comparison import words

READER = "html 21"
"""Version, raised when the rules change the output."""

_TOO_DEEP = "The page is nested too deeply to be read; save its text instead."
_LOST = 0.5
"""Share of the article's words that the blocks must hold."""
_DOUBTFUL = (
    "“{}” may lack a part of the article, or hold other text of its page; compare it with the page, and edit it, or "
    "have the page read in another way ({}): “Compare readings” in the preview, or convert --reading"
)
_UNLOADED = (
    "“{}” was saved before its text was there: open the page again, wait until it shows its text, and save it once more"
)
_UNKNOWN = "reading “{}”, which the front matter of “{}” chooses, is none of {}: the program chose"
_GONE = "reading “{}”, which the front matter of “{}” chooses, is made no more: “{}” was taken and written there"
_STATED = ("source", "site", "published", "saved", "language", "description", "image")
"""Fields of an article that are None if the page states none."""
_SENTENCE_END = re.compile(r"\w{3}[.!?…؟।]\s|[。！？]|[.!?…؟।][”\"’'»)]*$")
_ENDLESS = 1000
"""Characters of a text that is data, if it is a single word."""


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """Read the article in a saved page.

    Raises Unreadable if the page holds no article, or is too large or too deeply nested.
    """
    try:
        return _article(read_page(part, settings), part, settings)
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None


def readings(part: Part, settings: ExtractSettings) -> PageReadings:
    """Return the article that each reading makes of a saved page, as it is written if a person chooses the reading.

    Raises Unreadable if the page holds no article, or is too large or too deeply nested.
    """
    try:
        taken = read_page(part, settings).choice.name
        found = ((name, _by_reading(part, name, settings)) for name in READINGS)
        return PageReadings(taken, {name: article for name, article in found if article})
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None


def _by_reading(part: Part, name: str, settings: ExtractSettings) -> Extracted | None:
    """Return the article by one reading; None if the reading finds none."""
    asked = msgspec.structs.replace(part, file=msgspec.structs.replace(part.file, readings={part.entry: name}))
    page = read_page(asked, settings)
    if page.choice.name != name:  # the reading is empty, and the program chose another
        return None
    try:
        return _article(page, asked, settings)
    except Unreadable:
        return None


def _article(page: AnalysedPage, part: Part, settings: ExtractSettings) -> Extracted:
    pictures = Pictures(part.files)
    paragraphs = (block for block in page.blocks if block.stays and block.tag.tag == "p" and not block.leads_elsewhere)
    first = next((text for text in map(_without_notes, paragraphs) if _is_summary(text)), "")
    markdown = written(page, pictures)
    if page.unloaded and page.metadata.description:
        markdown = f"> {escape_start(escape(' '.join(page.metadata.description.split())))}\n"
    # The blocks nearly always hold the text; to count the words of the Markdown takes longer.
    least = _LOST * len(page.choice.wording.tokens)
    few = sum(len(block.tokens) for block in page.blocks if block.stays) < least and len(words(markdown)) < least
    if few and not page.unloaded:
        # The extractors parsed the page differently; their text has no form, but it is the article.
        markdown = "\n\n".join(escape_start(escape(line)) for line in page.choice.text.splitlines() if line.strip())
    if not markdown.strip() or (len(markdown) > _ENDLESS and _is_one_word(markdown)):
        raise Unreadable(NO_TEXT)
    metadata = page.metadata.completed(first, page.text, part.entry or part.file.path, settings)
    return _extracted(msgspec.structs.replace(page, metadata=metadata), markdown, part, pictures)


def _is_summary(text: str) -> bool:
    """True if a paragraph has a sentence: a credit, a label, a link to a list and a line above a listing have none."""
    return _SENTENCE_END.search(text) is not None and len(words(text)) >= SENTENCE


def _without_notes(block: TextBlock) -> str:
    """Return the text of a block without the numbers that refer to notes."""
    return " ".join("".join(block.tag.xpath(f".//text()[not(ancestor::*[@{NOTE}])]")).split())


def _is_one_word(markdown: str) -> bool:
    return len(words(markdown[:_ENDLESS])) == 1 and len(words(markdown)) == 1


def _extracted(page: AnalysedPage, markdown: str, part: Part, pictures: Pictures) -> Extracted:
    metadata, asked = page.metadata, part.file.readings.get(part.entry, "")
    chosen = EARLIER.get(asked, asked)
    selected = page.rule is not None and bool(page.rule.keep or page.rule.drop)
    doubt = 0.0 if chosen or selected else 1.0 if page.unloaded else page.choice.doubt
    doubtful = f"{doubt:.2f}" if doubt >= judges().doubt else ""
    conversion = Conversion(
        part.file.path,
        part.file.sha256,
        metadata.format,
        READER,
        metadata.origins,
        reading=chosen,
        doubt=doubtful,
        kind=UNLOADED if page.unloaded else "" if page.choice.kind == ARTICLE else page.choice.kind,
    )
    stated: dict[str, Any] = {name: getattr(metadata, name) or None for name in _STATED}
    return Extracted(
        title=metadata.title,
        markdown=markdown,
        conversion=conversion,
        authors=metadata.authors,
        tags=metadata.tags,
        pictures=tuple(pictures.collected.values()),
        left_out=pictures.left_out,
        notices=tuple(_notices(page, asked, doubtful)),
        **stated,
    )


def _notices(page: AnalysedPage, chosen: str, doubtful: str) -> Iterator[str]:
    names = [name for name in READINGS if name != STATED or page.metadata.body]
    if chosen in EARLIER:
        yield _GONE.format(chosen, page.metadata.title, EARLIER[chosen])
    elif chosen and chosen not in names:
        yield _UNKNOWN.format(chosen, page.metadata.title, ", ".join(names))
    if page.unloaded:
        yield _UNLOADED.format(page.metadata.title)
    elif doubtful:
        others = ", ".join(name for name in names if name != page.choice.name)
        yield _DOUBTFUL.format(page.metadata.title, others)
