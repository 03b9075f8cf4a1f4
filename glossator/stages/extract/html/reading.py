"""The way from a saved page to the decision which of its blocks are the article, the same for whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from glossator.config import ExtractSettings, SiteRule
from glossator.stages.extract.html.charset import page_text
from glossator.stages.extract.html.choice.body import Choice, choose
from glossator.stages.extract.html.choice.shingles import wording, words
from glossator.stages.extract.html.facts.metadata import Metadata, read_metadata
from glossator.stages.extract.html.form.addresses import Addresses
from glossator.stages.extract.html.form.article import held_notes, set_aside, soup, whole
from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.form.notes import Notes, take_notes
from glossator.stages.extract.html.form.regular import regular
from glossator.stages.extract.html.form.structure import Writer
from glossator.stages.extract.html.head import Head, without_head
from glossator.stages.extract.html.page import opened
from glossator.stages.extract.html.rules import follow, keep_marked, rule_for
from glossator.stages.extract.html.selection import mark_related, prune, select
from glossator.stages.extract.html.text_blocks import Leaf, blocks
from glossator.stages.extract.part import Part
from glossator.stages.extract.pictures import Pictures
from glossator.stages.extract.unreadable import Unreadable

MOST = 60_000
"""Elements of a page: it takes time in proportion, half a minute for twice as many."""
LONGEST = 10_000_000
"""Characters of text, pictures and scripts not counted: the Bible has half as many."""
_OF_NOTES, _FEW = 0.5, 25
"""Of the chosen text that is notes, for it to be chosen again without them; words that must be found then."""
_MOST_MARKS = 20 * MOST
"""Beginnings of tags, by which a page is not even opened: a tree takes up a kilobyte for each."""

NO_TEXT = "The page holds no article text; save it again once it has loaded, or save its text."
_TOO_LARGE = f"The page has more than {MOST:,} elements or {LONGEST:,} characters; save a part of its text instead."


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with what was decided about it."""

    metadata: Metadata
    choice: Choice
    """Of the article's text; empty where a rule says which elements are the article."""
    found: tuple[Leaf, ...]
    notes: Notes
    embedded: tuple[str, ...]
    """Pictures that stood in the page's addresses."""
    rule: SiteRule | None

    @property
    def text(self) -> str:
        """The article's text, one line for each block."""
        return self.choice.text or "\n".join(leaf.text for leaf in self.found if leaf.kept)


def read_page(part: Part, settings: ExtractSettings) -> Reading:
    """Reads a page up to the point where its article is to be written.

    Raises:
        Unreadable: there is nothing in it, or too much.
        RecursionError: it is nested deeper than can be followed.
    """
    text = page_text(part.data, part.charset)
    marks = text.count("<")
    if marks > _MOST_MARKS:
        raise Unreadable(_TOO_LARGE)
    tree = opened(text) if text.strip() else None
    if tree is None:
        raise Unreadable(NO_TEXT)
    # One mark makes two elements at most, where a page is flattened: of most pages nothing need be counted.
    if (2 * marks > MOST or len(text) > LONGEST) and _is_too_large(tree):
        raise Unreadable(_TOO_LARGE)
    metadata = read_metadata(tree, text, part.address)
    rule = rule_for(metadata.source or part.address, settings.rules)
    ruled = rule is not None and follow(rule, tree)
    embedded = set_aside(tree)
    choice = Choice() if ruled else choose(tree, metadata.body)
    body = regular(tree)
    notes = take_notes(body)
    said = {text_of(definition) for definition in notes.definitions.values()}
    if _is_of_notes(choice.text, said):
        without = choose(tree)
        choice = without if len(words(without.text)) >= _FEW else choice
    found = [leaf for leaf in blocks(body) if leaf.text not in said]  # some pages say a note twice
    if ruled:
        keep_marked(found)
    else:
        select(found, choice.text)
    without_head(found, Head(metadata.title, metadata.description, metadata.authors))
    mark_related(found)
    return Reading(metadata, choice, tuple(found), notes, embedded, rule)


def _is_of_notes(text: str, notes: set[str]) -> bool:
    """Whether the text that was chosen is what the article's marks lead to, more than the article."""
    if sum(map(len, notes)) <= _OF_NOTES * len(text):
        return False
    known = wording(text)
    return sum(len(note) for note in notes if known.has(words(note))) > _OF_NOTES * len(text)


def _is_too_large(tree: HtmlElement) -> bool:
    elements, length = 0, 0
    for tag in tree.iter():
        elements += 1
        length += len(tag.tail or "") + (len(tag.text or "") if tag.tag not in ("script", "style") else 0)
    return elements > MOST or length > LONGEST


def written(page: Reading, pictures: Pictures) -> str:
    """The blocks that stay as Markdown; the page's tree is used up by it."""
    place = prune(page.found)
    if place is None:
        return ""
    tree = whole(place, page.notes.definitions)
    addresses = Addresses(page.metadata.base, pictures, page.embedded)
    article = soup(tree)
    definitions = held_notes(article)
    return Writer(addresses).markdown(article, definitions)
