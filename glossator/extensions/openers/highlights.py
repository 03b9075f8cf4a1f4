"""Highlights of Readwise, Kindle, Web Clipper, of Web Annotations such as Hypothesis's, and in exports of services.

The article of each is found later, by its address or title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from glossator.extension_points.openers import ImportedHighlight, LinkListEntry, OpenedFile, Opener, Problem
from glossator.stages.extract.containers.exported_metadata import Record, entries, parsed
from glossator.stages.extract.containers.highlight_formats import CLIPPING_END, READWISE_COLUMNS, annotations_in
from glossator.stages.extract.containers.link_formats import table_header, table_rows
from glossator.stages.extract.decode import decode
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.imported_highlights import imported
from glossator.stages.extract.metadata.date_parsing import find_day
from glossator.word_lists import word_lists

_BLOCKS = "p div li br tr h1 h2 h3 h4 h5 h6 blockquote figcaption".split()
_QUOTED_LINES = re.compile(r"((?:^>.*\n)+)((?:(?!^>).*\n)*)", re.MULTILINE)
_LABELS = re.compile(r"(?:\s+#[^\s#]+)+\s*\Z")
_LONGEST_END = 300
"""Characters at the end of a text in which its labels or its author are looked for: longer ones take minutes."""
Highlights = Iterator[ImportedHighlight | Problem]


def open_readwise(file: OpenedFile) -> Highlights:
    """Yield the highlights in the rows of a table; a row with a note alone is one of the article as a whole."""
    text = decode(file.data)
    header = table_header(text, READWISE_COLUMNS)
    for row in table_rows(text, *header) if header else ():
        if row.raw("highlight").strip() or row.raw("note").strip():
            yield imported("readwise", row)


def open_annotations(file: OpenedFile) -> Highlights:
    """Yield the passages of Web Annotations with their notes; replies, which mark nothing, are not read.

    Hypothesis's export and the answers of its API hold such annotations. Raises Unreadable if the JSON is damaged.
    """
    for value in annotations_in(parsed(file.data)):
        annotation = Record.of(value)
        target = _first(annotation, "target")
        quotation = next(
            (part for part in _records(target, "selector") if part.raw("type") == "TextQuoteSelector"), Record({})
        )
        bodies = [body.raw("value") for body in _records(annotation, "body")]
        note = annotation.raw("text") or annotation.raw("bodyvalue") or "\n\n".join(filter(None, bodies))
        if (quotation.raw("exact") or note) and not annotation.values("references"):
            address = annotation.address("uri", "target") or target.address("source", "id") or ""
            titles = (annotation.record("document").words("title"), target.words("title"))
            yield imported(
                "hypothesis" if annotation.raw("uri") else "annotations",
                annotation,
                exact=quotation.raw("exact"),
                note=note,
                address=address,
                title=next((title for named in titles for title in named), ""),
                colour=target.raw("styleclass"),
                prefix=quotation.raw("prefix"),
                suffix=quotation.raw("suffix"),
            )


def _first(record: Record, name: str) -> Record:
    return next(iter(_records(record, name)), Record({}))


def _records(record: Record, name: str) -> list[Record]:
    """Return the objects that a field holds: one, or a list."""
    return [Record.of(value) for value in record.values(name)] or [record.record(name)]


def open_clipper(file: OpenedFile) -> Highlights:
    """Yield the highlights of Obsidian Web Clipper, whose passages may be HTML. Raises Unreadable for damaged JSON."""
    yield from page_highlights(file.data, "obsidian-clipper")


def page_highlights(data: bytes, source: str) -> Highlights:
    """Yield the highlights in a list of pages in JSON. Raises Unreadable if it is damaged; `source` is the program."""
    for value in entries(data):
        page = Record.of(value)
        for highlight in _records(page, "highlights"):
            notes = [note for note in highlight.values("notes") if isinstance(note, str)] or [highlight.raw("comment")]
            exact = _text(next(filter(None, map(highlight.raw, ("text", "content", "quote"))), ""))
            if exact or any(notes):
                yield imported(source, highlight, page, exact=exact, note="\n\n".join(notes))


def _text(markup: str) -> str:
    """Return the text of a fragment of HTML, block by block; a text without elements as it is."""
    tree = opened(f"<html><body>{markup}</body></html>") if re.search(r"</\w+>|<(?:br|img)\b", markup) else None
    for block in () if tree is None else tree.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    return markup if tree is None else str(tree.text_content())


# ---- parts of the exports of services


def highlights_of(record: Record, known: LinkListEntry, source: str, page: str | None = None) -> Highlights:
    """Yield what a person marked in the article of a record, from the list `annotations` in it.

    `known` is what the service, `source`, knows of the article; `page` is its name within the file, None if it has no
    text there. The note of a passage is its `text` if the passage is a `quote`.
    """
    for mark in map(Record.of, record.values("annotations")):
        quote, note = mark.raw("quote"), mark.raw("note")
        exact, note = (quote, mark.raw("text")) if "quote" in mark.fields else (mark.raw("text"), note)
        if exact or note:
            yield imported(
                source, mark, page=page, exact=exact, note=note, address=known.source or "", title=known.title or ""
            )


def quoted_lines(text: str, known: LinkListEntry, source: str, page: str | None) -> Highlights:
    """Yield the quotations of a text in Markdown, each with the labels at its end and the note that follows it.

    `known`, `source` and `page` are those of `highlights_of`.
    """
    for match in _QUOTED_LINES.finditer(text + "\n"):
        exact = "\n".join(line.removeprefix(">").strip() for line in match[1].splitlines())
        labels = _LABELS.search(exact, max(0, len(exact) - _LONGEST_END))
        exact = exact[: labels.start()] if labels else exact
        note = "\n\n".join(filter(None, (match[2].strip(), labels[0].strip() if labels else "")))
        yield imported(
            source, Record({}), page=page, exact=exact, note=note, address=known.source or "", title=known.title or ""
        )


# ---- Kindle


class _Clipping(NamedTuple):
    title: str
    about: str
    """Line that says what it is, where in the book, and when it was made, in the language of the device."""
    text: str

    @property
    def place(self) -> Sequence[int]:
        """Numbers of the location; the first and the last of a passage."""
        found = _LOCATION.findall(self.about.rpartition("|")[0])
        return [int(number) for number in re.findall(r"\d+", found[-1])] if found else []

    def is_a(self, kind: str) -> bool:
        """True if it is a `note` or a `bookmark`, by the word for that in any language of the devices."""
        about = self.about.partition("|")[0].lower()
        return any(word in about for word in word_lists("extract")[f"kindle_{kind}"])


_LOCATION = re.compile(r"\d+(?:\s*[-–]\s*\d+)?")
_AUTHOR = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\Z")


def open_kindle(file: OpenedFile) -> Highlights:
    """Yield the highlights of `My Clippings.txt`, each with the note that stands at its end; bookmarks are not read."""
    passages: list[_Clipping] = []
    notes: dict[str, list[_Clipping]] = defaultdict(list)
    for clipping in _clippings(decode(file.data)):
        if clipping.is_a("note"):
            notes[clipping.title].append(clipping)
        elif not clipping.is_a("bookmark"):
            passages.append(clipping)
    longest = {(clipping.title, *clipping.place[:1]): clipping.text for clipping in passages}
    for clipping in passages:
        longer = longest[clipping.title, *clipping.place[:1]]
        if clipping.place and clipping.text != longer and longer.startswith(clipping.text):
            continue  # the device writes a passage again that was made longer
        place, of_title = clipping.place, notes[clipping.title]
        own = [note for note in of_title if _touches(place, note.place)]
        notes[clipping.title] = [note for note in of_title if note not in own] if own else of_title
        yield _of_kindle(clipping, clipping.text, "\n\n".join(note.text for note in own))
    for note in chain.from_iterable(notes.values()):
        yield _of_kindle(note, "", note.text)


def _clippings(text: str) -> Iterator[_Clipping]:
    for entry in CLIPPING_END.split(text):
        title, _, rest = entry.strip("\ufeff \n").partition("\n")
        about, _, words = rest.partition("\n")
        if title and about and words.strip():
            yield _Clipping(title.strip(), about.strip(), words.strip())


def _touches(passage: Sequence[int], note: Sequence[int]) -> bool:
    return bool(passage and note) and passage[0] <= note[-1] <= passage[-1]


def _of_kindle(clipping: _Clipping, exact: str, note: str) -> ImportedHighlight:
    title = clipping.title[:-_LONGEST_END] + _AUTHOR.sub("", clipping.title[-_LONGEST_END:])
    made = find_day(clipping.about.rpartition("|")[2]) or ""
    return imported("kindle", Record({}), exact=exact, note=note, title=title or clipping.title, made=made)


ANNOTATIONS = Opener(contract=2, open=open_annotations)
CLIPPER = Opener(contract=2, open=open_clipper)
KINDLE = Opener(contract=2, open=open_kindle)
READWISE = Opener(contract=2, open=open_readwise)
