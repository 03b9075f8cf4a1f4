"""Decision which blocks of a saved page are its article, for the reader and for `explain` alike."""

from __future__ import annotations

import msgspec

from glossator.config import ExtractSettings, SiteRule
from glossator.stages.extract.article_pictures import Pictures
from glossator.stages.extract.html.charset import page_text
from glossator.stages.extract.html.choice.choose_reading import Choice, choose
from glossator.stages.extract.html.choice.hints import Hints
from glossator.stages.extract.html.choice.shingles import Wording, words
from glossator.stages.extract.html.facts.metadata import Metadata, read_metadata
from glossator.stages.extract.html.form.addresses import Addresses
from glossator.stages.extract.html.form.alternative_text import folded
from glossator.stages.extract.html.form.elements import text_of
from glossator.stages.extract.html.form.footnotes import Notes, take_notes
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.form.hidden_elements import drop_scripts
from glossator.stages.extract.html.form.markdown_writer import Writer
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.form.tree_for_writer import held_notes, set_aside, soup, whole
from glossator.stages.extract.html.headline_and_standfirst_above_text import without_head
from glossator.stages.extract.html.kept_blocks import prune, select
from glossator.stages.extract.html.parse_page import opened
from glossator.stages.extract.html.site_rules import drop_lines, follow, keep_marked, rule_for
from glossator.stages.extract.html.text_blocks import TextBlock, text_blocks
from glossator.stages.extract.html.too_large_pages import TOO_LARGE, is_too_large, is_too_large_when_parsed
from glossator.stages.extract.opened_file import Part
from glossator.stages.extract.unreadable import Unreadable

_MOSTLY_NOTES = 0.5
"""Share of notes in the chosen text above which the text is chosen again without the notes."""
_FEW = 25
"""Words that the second choice must find."""

NO_TEXT = "The page holds no article text; save it again once it has loaded, or save its text."


class AnalysedPage(msgspec.Struct, frozen=True):
    """Page with the decisions about its blocks."""

    metadata: Metadata
    choice: Choice
    """Choice of the article's text; empty if a rule says which elements are the article."""
    blocks: tuple[TextBlock, ...]
    notes: Notes
    embedded: tuple[str, ...]
    """Pictures that the page's addresses contained as data."""
    rule: SiteRule | None

    @property
    def text(self) -> str:
        """The article's text, one line for each block."""
        return self.choice.text or "\n".join(block.text for block in self.blocks if block.stays)


def read_page(part: Part, settings: ExtractSettings) -> AnalysedPage:
    """Read a page up to the point at which its article is to be written.

    Raises Unreadable if the page is empty or too large, and RecursionError if it is nested too deeply.
    """
    text = page_text(part.data, part.charset)
    if is_too_large(text):
        raise Unreadable(TOO_LARGE)
    tree = opened(text) if text.strip() else None
    if tree is None:
        raise Unreadable(NO_TEXT)
    if is_too_large_when_parsed(text, tree):
        raise Unreadable(TOO_LARGE)
    metadata = read_metadata(tree, text, part.address)
    rule = rule_for(metadata.source or part.address, settings.rules)
    ruled = rule is not None and follow(rule, tree)
    embedded = set_aside(tree)
    show_mathematics(tree)  # before the text is chosen, so that its blocks are found by the same words
    drop_scripts(tree)  # after the last who reads them, so that all others have less to look at
    hints = Hints(metadata.title, metadata.description, metadata.body, part.file.readings.get(part.entry, ""))
    choice = Choice() if ruled else choose(tree, hints)
    body = regular(tree)
    notes = take_notes(body)
    if _is_of_notes(choice.known, {text_of(definition) for definition in notes.definitions.values()}):
        without = choose(tree, msgspec.structs.replace(hints, stated=""))
        choice = without if len(without.known.tokens) >= _FEW else choice
    page_blocks = text_blocks(body)
    if ruled:
        keep_marked(page_blocks)
    else:
        select(page_blocks, choice.known)
    without_head(page_blocks, metadata.title, metadata.description)
    if rule is not None:
        drop_lines(rule, page_blocks)
    return AnalysedPage(metadata, choice, tuple(page_blocks), notes, embedded, rule)


def _is_of_notes(known: Wording, notes: set[str]) -> bool:
    """True if the chosen text is mostly the notes that the article refers to."""
    most = _MOSTLY_NOTES * len(known.text)
    return sum(map(len, notes)) > most and sum(len(note) for note in notes if known.has(words(note))) > most


def written(page: AnalysedPage, pictures: Pictures) -> str:
    """Write the blocks that stay as Markdown; this consumes the page's tree."""
    container = prune(page.blocks)
    if container is None:
        return ""
    tree = whole(container, page.notes.definitions)
    names = frozenset(folded(name) for name in (page.metadata.site, *page.metadata.authors))
    addresses = Addresses(page.metadata.base, pictures, page.embedded, names)
    article = soup(tree)
    definitions = held_notes(article)
    return Writer(addresses).markdown(article, definitions)
