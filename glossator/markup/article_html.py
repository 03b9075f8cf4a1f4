"""The article's layout and its marks -> HTML, sanitised as the last step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

import nh3

from glossator.markup.article_layout import VOID
from glossator.markup.formulas import MATHEMATICAL_VALUE, MATHEMATICS, mathml
from glossator.markup.layout_events import LANGUAGE, ArticleLayout, Chars, Close, Formula, LinkEnd, Open
from glossator.markup.listings import COLOURS, NO_COLOURS, Colours, listing_key
from glossator.markup.marked_mentions import NO_MARKS, ChosenMarks, Mark
from glossator.markup.notations import HEADINGS
from glossator.model import Html

EMPHASIS = frozenset({"em", "strong", "b", "i", "del", "mark"})
"""Elements that a mark may enclose."""

TAGS = {
    *"a aside blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr img li mark ol p pre".split(),
    *"span strong sup table tbody td th thead tr ul".split(),
    *MATHEMATICS,
}
ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "rel", "data-type", "data-entity", "data-form", "aria-label", "tabindex"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    "ol": {"start"},
    **MATHEMATICS,
}
WITHOUT_ANCHORS = {**ATTRIBUTES, "*": {"class"}}
CLASSES = COLOURS.union(
    "archived callout footnote footnote-backref footnote-ref highlight mark not-kept original part quoted-headline "
    "sign wide".split()
)
PICTURES = re.compile(r"(?:\.\./)*images/[\w.-]+", re.ASCII)
"""Addresses of the site's own pictures: no page loads anything from elsewhere."""
SRCSET = re.compile(rf"{PICTURES.pattern} \d+w(?:, {PICTURES.pattern} \d+w)*", re.ASCII)
_NUMBERED = re.compile(r'(<a class="mark[^>]* data-entity=")([\d ]+)"( href="")?')
"""Beginning of a mark, which no text or attribute can hold, because `<` or the quotation marks are escaped there."""
FORMS_APART = "\n"
"""Separator of the names of a link in the sign behind the link: no name has a line break."""
Ids = Literal["blocks", "headings", "none"]
"""Elements with ids: all blocks, or also the headings, by their words, as on a page that a person wrote."""
ANCHOR = re.compile(r"[\w-]+")
IDS = re.compile(r"p\d+|fn(ref\d*)?:[\w-]+")


def serialise(
    layout: ArticleLayout,
    chosen: ChosenMarks = NO_MARKS,
    ids: Ids = "blocks",
    highlights: Sequence[tuple[int, int]] = (),
    colours: Colours = NO_COLOURS,
) -> Html:
    """Return the HTML of a layout, with its marks and signs, and with the ids that are asked for.

    `highlights` are the bounds of passages in `mark` elements, sorted; `colours` those of the listings.
    """
    writer = _Writer(chosen.marks, chosen.signs, layout.text.content, highlights, colours)
    for event in layout.events:
        if isinstance(event, Open):
            writer.open(event)
        elif isinstance(event, Close):
            writer.close(event)
        elif isinstance(event, Formula):
            writer.formula(event)
        elif isinstance(event, LinkEnd):
            writer.sign(event)
        else:
            writer.chars(event)
    allowed = WITHOUT_ANCHORS if ids == "none" else ATTRIBUTES
    return _sanitise("".join(writer.out), allowed, _allow_headings if ids == "headings" else _allow)


def link_marks(html: Html, targets: Sequence[tuple[str, str]]) -> Html:
    """Return the HTML of an article whose marks have numbers for entities, with the id and address of each instead.

    The sign of several entities leads to the first of them in the glossary.
    """

    def linked(numbered: re.Match[str]) -> str:
        marked = [targets[int(number)] for number in numbered[2].split()]
        entity, href = marked[0]
        href = href if len(marked) == 1 else f"#g-{entity}"
        entities = " ".join(entity for entity, _ in marked)
        return f'{numbered[1]}{escape(entities)}"' + (f' href="{escape(href)}"' if numbered[3] else "")

    return Html(_NUMBERED.sub(linked, html))


def _sanitise(html: str, attributes: dict[str, set[str]], allow: Callable[[str, str, str], str | None]) -> Html:
    """Remove all but our own few tags, classes and ids, whatever the article contained."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=attributes,
        attribute_filter=allow,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return Html(clean.strip())


def _allow_headings(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id" and tag in HEADINGS and ANCHOR.fullmatch(value):
        return value
    return _allow(tag, attribute, value)


def _allow(tag: str, attribute: str, value: str) -> str | None:
    if tag in MATHEMATICS:
        allowed = attribute == "alttext" or MATHEMATICAL_VALUE.fullmatch(value)
        return value if allowed and attribute in MATHEMATICS[tag] else None
    if attribute == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if attribute == "id":
        return value if IDS.fullmatch(value) else None
    if attribute == "src":
        return value if PICTURES.fullmatch(value) else None
    if attribute == "srcset":
        return value if SRCSET.fullmatch(value) else None
    return value


@dataclass(slots=True)
class _Writer:
    """A writer of events as HTML. State: the next or current mark, and the depth of open elements."""

    marks: tuple[Mark, ...]
    signs: Mapping[int, tuple[Mark, ...]]
    content: str
    highlights: Sequence[tuple[int, int]]
    colours: Colours
    out: list[str] = field(default_factory=list)
    index: int = 0
    depth: int = 0
    opened_at: int = -1
    """Depth at which the link of the current mark was opened; -1 if none is open."""
    begun: bool = False
    """True if a piece of the current mark has been written."""
    language: str = ""
    """Language of the open listing."""

    @property
    def mark(self) -> Mark | None:
        return self.marks[self.index] if self.index < len(self.marks) else None

    def open(self, event: Open) -> None:
        mark = self.mark
        if self.opened_at >= 0 and mark and (event.tag not in EMPHASIS or event.end > mark.end):
            self.end_piece()
        encloses = mark and mark.start == event.start and mark.end > event.end > event.start
        if encloses and event.markable and self.opened_at < 0 and event.tag in EMPHASIS:
            self.begin_piece()
        self.language = dict(event.attributes).get(LANGUAGE, "") if event.tag == "code" else ""
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in event.attributes if key != LANGUAGE)
        self.out.append(f"<{event.tag}{attributes}>")
        if event.tag not in VOID:
            self.depth += 1

    def close(self, event: Close) -> None:
        if self.opened_at == self.depth:
            self.end_piece()
        self.depth -= 1
        self.out.append(f"</{event.tag}>\n" if event.block else f"</{event.tag}>")

    def formula(self, event: Formula) -> None:
        if self.opened_at >= 0:
            self.end_piece()
        self.out.append(mathml(event.written) or escape(event.written, quote=False))

    def chars(self, event: Chars) -> None:
        language, self.language = self.language, ""
        if language and self.colours and (html := self.colours.get(listing_key(language, event.content))):
            self.out.append(html)
            return
        if not event.counted:
            self.out.append(escape(event.content, quote=False))
            return
        position, end = event.start, event.start + len(event.content)
        while position < end:
            self.skip(position)
            mark = self.mark
            if not event.markable or mark is None or mark.start >= end:
                stop, inside = end, False
            elif mark.start > position:
                stop, inside = mark.start, False
            else:
                stop, inside = min(mark.end, end), True
            text = event.content[position - event.start : stop - event.start]
            self.piece(text, position, inside)
            position = stop
        self.skip(position)

    def piece(self, text: str, position: int, inside: bool) -> None:
        if inside and self.opened_at < 0:
            mark = self.marks[self.index]
            if sum(map(str.isalnum, text)) > 1 or len(text) == mark.end - mark.start:  # not the space beside code
                self.begin_piece()
        elif not inside and self.opened_at >= 0:
            self.end_piece()
        done = 0
        for start, end in self.highlights:  # innermost, so that they cross no other element
            first, last = max(start - position, done), min(end - position, len(text))
            if first < last and text[first:last].strip():
                highlighted = escape(text[first:last], quote=False)
                self.out += [escape(text[done:first], quote=False), f'<mark class="highlight">{highlighted}</mark>']
                done = last
        self.out.append(escape(text[done:], quote=False))

    def skip(self, position: int) -> None:
        """Advance to the first mark that ends after the position."""
        while (mark := self.mark) and mark.end <= position:
            if self.opened_at >= 0:
                self.end_piece()
            self.index += 1
            self.begun = False

    def begin_piece(self) -> None:
        mark = self.marks[self.index]
        kind = 'class="mark part" tabindex="-1"' if self.begun else 'class="mark"'
        self.out.append(
            f'<a {kind} data-type="{mark.type}" data-entity="{escape(mark.entity)}" href="{escape(mark.href)}">'
        )
        self.opened_at, self.begun = self.depth, True

    def end_piece(self) -> None:
        self.out.append("</a>")
        self.opened_at = -1

    def sign(self, event: LinkEnd) -> None:
        """Write the sign behind a link, which tells of the entities in the link."""
        marks = self.signs.get(event.number)
        if not marks:
            return
        forms = [" ".join(self.content[mark.start : mark.end].split()) for mark in marks]
        href = marks[0].href if len(marks) == 1 else ""
        self.out.append(
            f'<a class="mark sign" data-type="{marks[0].type}" '
            f'data-entity="{escape(" ".join(mark.entity for mark in marks))}" href="{escape(href)}" '
            f'data-form="{escape(FORMS_APART.join(forms))}" aria-label="{escape(", ".join(forms))}"></a>'
        )
