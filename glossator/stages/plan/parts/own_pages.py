"""The site's own pages: those that a person wrote, and what stands about the archive if nobody wrote it."""

from __future__ import annotations

from glossator import markup
from glossator.model import OwnPage
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, frame
from glossator.stages.plan.catalogue.own_targets import OwnLink
from glossator.stages.plan.parts.own_links import links_from, page_key, plain_words
from glossator.translate import translate
from glossator.views import TextPage

ABOUT = (
    (
        "This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, "
        "laws, works, events and products were found and matched by a program; it can be wrong. What a person has "
        "confirmed is marked as such."
    ),
    "Each article belongs to its author and publisher; the link at its head leads to the original.",
)
"""Paragraphs of the page about the archive, if its owner has written none."""


def compose_own(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    page = own_page(catalogue, planned)
    section = "about" if planned.subject == "about" else ""
    links = links_from(catalogue.content, page_key(page), planned.path)
    return TextPage(frame(catalogue, planned.path, page.title, section), markup.weave_own(page.markdown, links))


def own_markdown(catalogue: Catalogue, planned: PlannedPage) -> str:
    """Return the Markdown of one of the site's own pages; its links within the site are words."""
    return plain_words(catalogue.content, own_page(catalogue, planned).markdown)


def own_page(catalogue: Catalogue, planned: PlannedPage) -> OwnPage:
    words = catalogue.site.words
    written = next((page for page in catalogue.content.pages if page.name == planned.subject), None)
    about = "\n\n".join(translate(words, text) for text in ABOUT)
    return written or OwnPage("about", translate(words, "About this archive"), about)


def links_of(catalogue: Catalogue, page: OwnPage | None) -> tuple[OwnLink, ...]:
    return catalogue.content.own_links.get(page_key(page), ()) if page else ()
