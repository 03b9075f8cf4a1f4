"""Decision which blocks of a saved page are its article: all steps in their order."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from glossator.config import ExtractSettings, SiteRule
from glossator.stages.extract.html.choice.blocks.edge_pictures import keep_lead_picture
from glossator.stages.extract.html.choice.blocks.entry_links import keep_links
from glossator.stages.extract.html.choice.blocks.kept_blocks import prune, select
from glossator.stages.extract.html.choice.blocks.posts import StatedOpening, head_posts
from glossator.stages.extract.html.choice.blocks.repeated_blocks import without_head
from glossator.stages.extract.html.choice.blocks.site_boxes import drop_cards, drop_lines_of_site, keep_authors_text
from glossator.stages.extract.html.choice.blocks.text_blocks import TextBlock, text_blocks
from glossator.stages.extract.html.choice.blocks.unloaded_page import is_unloaded
from glossator.stages.extract.html.choice.choose_reading import Choice, choose
from glossator.stages.extract.html.choice.page_kind import ARTICLE, LISTING, THREAD
from glossator.stages.extract.html.choice.page_outline import Hints
from glossator.stages.extract.html.facts.metadata import Metadata, read_metadata
from glossator.stages.extract.html.form.code_listings import drop_controls
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.form.marked_meaning import drop_shortcodes, part_words
from glossator.stages.extract.html.form.notes import Notes, take_notes
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse.elements import text_of
from glossator.stages.extract.html.parse.hidden_elements import drop_dialogues, drop_scripts
from glossator.stages.extract.html.parse.page_text import page_text
from glossator.stages.extract.html.parse.parse_page import opened_page
from glossator.stages.extract.html.site_rules import drop_lines, follow, keep_marked, rule_for
from glossator.stages.extract.html.writer.addresses import Addresses
from glossator.stages.extract.html.writer.markdown_writer import Writer
from glossator.stages.extract.html.writer.pictures import Pictures
from glossator.stages.extract.html.writer.tree_for_writer import held_notes, set_aside, soup, whole
from glossator.stages.extract.opened_file import Part, Unreadable
from glossator.stages.extract.text_comparison import Wording, wording, words
from glossator.text import bare_words

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
    unloaded: bool = False
    """True if the page was saved before its text was there."""

    @property
    def text(self) -> str:
        """The article's text, one line for each block."""
        return self.choice.text or _text_of(self.blocks)


def _text_of(blocks: Sequence[TextBlock]) -> str:
    """Return the text that stays, one line for each block."""
    return "\n".join(block.text for block in blocks if block.stays)


def read_page(part: Part, settings: ExtractSettings) -> AnalysedPage:
    """Read a page up to the point at which its article is to be written.

    Raises Unreadable if the page is empty or too large, and RecursionError if it is nested too deeply.
    """
    text = page_text(part.data, part.charset)
    tree = opened_page(text)
    if tree is None:
        raise Unreadable(NO_TEXT)
    metadata = read_metadata(tree, text, part.address)
    rule = rule_for(metadata.source or part.address, settings.rules)
    ruled = rule is not None and follow(rule, tree)
    embedded = set_aside(tree)
    show_mathematics(tree)  # before the text is chosen, so that its blocks are found by the same words
    part_words(tree)
    drop_controls(tree)
    drop_shortcodes(tree)
    drop_scripts(tree)  # after the last who reads them, so that all others have less to look at
    drop_dialogues(tree)
    hints = hints_from(metadata, part.file.readings.get(part.entry, ""))
    choice = Choice() if ruled else choose(tree, hints)
    body = regular(tree)
    notes = take_notes(body)
    if _is_of_notes(choice.wording, {text_of(definition) for definition in notes.definitions.values()}):
        without = choose(tree, msgspec.structs.replace(hints, stated=""))
        choice = without if len(without.wording.tokens) >= _FEW else choice
    page_blocks = text_blocks(body)
    if ruled:
        keep_marked(page_blocks)
    else:
        address = metadata.source or part.address
        choice = _select(page_blocks, choice, metadata, address, by_person=bool(hints.chosen))
        if choice.kind == THREAD:
            thread = head_posts(page_blocks, _opening_of(metadata))
            page_blocks = thread.blocks
            metadata = metadata.opened_by(thread.opener) if thread.posts else metadata
        elif choice.kind == LISTING:
            metadata = metadata.of_listing()
        else:
            metadata = metadata.of_article()
    without_head(page_blocks, metadata.title, metadata.description, metadata.authors)
    if rule is not None:
        drop_lines(rule, page_blocks)
    unloaded = not (ruled or hints.chosen) and is_unloaded(
        page_blocks, choice.text or _text_of(page_blocks), text, metadata.description
    )
    return AnalysedPage(metadata, choice, tuple(page_blocks), notes, embedded, rule, unloaded)


def _select(blocks: list[TextBlock], choice: Choice, metadata: Metadata, address: str, *, by_person: bool) -> Choice:
    """Decide which blocks stay; return the choice, with another text if the one that was chosen are comments.

    `by_person` says that a person chose the reading, which stays as it is.
    """
    select(blocks, choice.wording, choice.refused, address)
    if not by_person and choice.kind != THREAD:
        drop_lines_of_site(blocks)
        if choice.kind == ARTICLE:
            drop_cards(blocks, metadata.title)
        if keep_authors_text(blocks):
            choice = msgspec.structs.replace(choice, wording=wording(_text_of(blocks)))
    keep_links(blocks, address)
    keep_lead_picture(blocks, metadata.image)
    return choice


def _opening_of(metadata: Metadata) -> StatedOpening:
    """Return what a page states of the post that opens a thread."""
    author = metadata.authors[0] if len(metadata.authors) == 1 and metadata.declares("authors") else ""
    day = metadata.published[:10] if metadata.declares("published") else ""
    return StatedOpening(author, day, metadata.body or metadata.description)


def hints_from(metadata: Metadata, chosen: str = "") -> Hints:
    """Return what a page states, and the reading that a person chose."""
    return Hints(
        metadata.title,
        metadata.description,
        metadata.body,
        chosen,
        metadata.source,
        metadata.types,
        metadata.generator,
        bool(metadata.published),
        metadata.authors,
    )


def _is_of_notes(chosen: Wording, notes: set[str]) -> bool:
    """True if the chosen text is mostly the notes that the article refers to."""
    most = _MOSTLY_NOTES * len(chosen.text)
    return sum(map(len, notes)) > most and sum(len(note) for note in notes if chosen.has(words(note))) > most


def written(page: AnalysedPage, pictures: Pictures) -> str:
    """Write the blocks that stay as Markdown; this consumes the page's tree."""
    container = prune(page.blocks)
    if container is None:
        return ""
    tree = whole(container, page.notes.definitions)
    names = frozenset(bare_words(name) for name in (page.metadata.site, *page.metadata.authors))
    addresses = Addresses(page.metadata.base, pictures, page.embedded, names)
    article = soup(tree)
    definitions = held_notes(article)
    return Writer(addresses).markdown(article, definitions)
