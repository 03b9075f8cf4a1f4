"""Words that several articles have: the signs of `shared.html` beside paragraphs, at heads and at quotations."""

from __future__ import annotations

from typing import Literal

from glossator.model import Html
from glossator.views.common import ArticleLink, Frame, TemplateValue
from glossator.views.lists import ListOrder


class ChangedPiece(TemplateValue, frozen=True):
    """A piece of a sentence or a passage."""

    kind: Literal["same", "removed", "added"]
    """`removed` if only this text has it, `added` if only the other one has it, `same` if both do."""
    text: str


class SharedWith(TemplateValue, frozen=True):
    """An article that has a passage, too."""

    article: ArticleLink
    """Link to the passage."""
    differing: int
    """Words that differ."""
    pieces: tuple[ChangedPiece, ...]
    """The passage with what differs; empty if nothing does."""
    is_first: bool = False
    """True if no other article of the archive with the passage states a day as early."""
    agency: str = ""
    """News agency to which the article credits its text, or empty."""


class SharedSign(TemplateValue, frozen=True):
    """The sign beside a paragraph that others have, too."""

    at: int
    """Place in the body of the page, behind the paragraph."""
    others: tuple[SharedWith, ...]
    """Other articles, the earliest first; those without a stated day last."""
    more: int
    """Number of further articles."""


class MostlyShared(TemplateValue, frozen=True):
    """An article that has most of the text of the page's article."""

    article: ArticleLink
    agency: str
    """News agency that either article credits, or empty."""
    others: int
    """Number of other articles that have most of it, too."""


class QuotationSpread(TemplateValue, frozen=True):
    """The articles in which a quotation stands."""

    first: ArticleLink | None
    """The article that states the earliest day; None if none does, or several do."""
    others: int
    """Number of the other articles that have it: all but the first, or all but that of the quotation."""
    altered: int
    """Number of the articles in which a word of it differs from the quotation."""


class BodyPiece(TemplateValue, frozen=True):
    """A part of the body of an article, and the sign behind it."""

    html: Html
    sign: SharedSign | None


class Correction(TemplateValue, frozen=True):
    """Fate of an article after it had been saved."""

    withdrawn: bool
    href: str
    """Address of the last version that did not say so, or of what differs from it."""
    saved: str
    """ISO moment of the save of that version, as far as it is known; or empty."""


class CorrectedArticle(TemplateValue, frozen=True):
    article: ArticleLink
    correction: Correction


class CorrectionsPage(TemplateValue, frozen=True):
    """Articles that were corrected or withdrawn after they had been saved: `corrections.html`."""

    frame: Frame
    orders: tuple[ListOrder, ...]
    articles: tuple[CorrectedArticle, ...]
    """The newest article first."""
