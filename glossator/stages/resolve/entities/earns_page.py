"""Evidence on an entity -> whether it has a page of its own, by a table whose first fitting row decides.

A page that says nothing costs a reader who opens it, and hides those that say something. So an entity has one if there
is more to say of it than that an article mentions it; decision 20 tells what each bound costs and brings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from glossator.stages.resolve.entities.salience import CERTAIN

SURE = 10
"""Certainty, in tenths, of a name whose word the archive mostly writes small, and of one that is easily mistaken, at
least: of names that are no bodies 4 of 100 are wrong where the models are sure, and 23 of 100 others."""
STATED = 6
"""Certainty, in tenths, of a name without a page whose type is stated, at least."""

CHILD = "child"
"""Row of a child, whom nothing on the site names but the articles themselves."""


class PageEvidence(msgspec.Struct, frozen=True):
    """Facts about an entity that decide whether it has a page."""

    is_decided: bool
    """True if a person or a list says that there is such an entity."""
    is_child: bool
    """True if an article gives an age below 16, and it leads no two articles."""
    is_namesake: bool
    """True if a larger entity has its name and type, and one article alone tells the two apart."""
    is_only_kind: bool
    """True if all its names only say what kind of thing it is: Agency, South, Pro."""
    is_common_word: bool
    """True if the archive mostly writes the name in small letters."""
    is_easily_mistaken: bool
    """True if the trained models judged it, and it is no body, no country and not in the list of known names."""
    is_known: bool
    """True if the list of known names has it as something of its type."""
    has_clear_type: bool
    has_certain_type: bool
    in_other_languages: bool
    """True if all its articles are in other languages than English."""
    articles: int
    certainty: int
    """Greatest probability that a mention is a name, in tenths."""
    leads: bool
    """True if it leads an article, like the next two fields in a mention that is SURE if the name is a common word."""
    is_quoted: bool
    is_described: bool

    @property
    def is_unclear(self) -> bool:
        """True if nothing tells what it is.

        The capitals of other languages tell a name and leave its type open; in English an open type is a doubt.
        """
        return not (self.is_known or self.has_clear_type or self.in_other_languages)

    @property
    def is_name(self) -> bool:
        """True if the models are certain that it is a name.

        Where one article is all the evidence they have to be: a mark that they doubted is seldom found a second time.
        """
        return self.certainty >= (SURE if self.is_common_word else CERTAIN)

    @property
    def is_notable(self) -> bool:
        """True if an article says more of it than that there is such a name."""
        return self.leads or self.is_quoted or self.is_described

    @property
    def is_sure(self) -> bool:
        """True if the models are certain that it is a name, and do not mistake such a name often."""
        return self.is_name and not self.is_doubted

    @property
    def is_doubted(self) -> bool:
        """True if the models mistake such a name a quarter of the time."""
        return self.is_easily_mistaken and self.certainty < SURE


class PageRule(NamedTuple):
    """Row of the table: entities that fit it have a page, or have none."""

    key: str
    """Name of the row, by which an entity stores it."""
    page: bool
    reason: str
    """End of the sentence that says why the entity has its page, or has none."""
    fits: Callable[[PageEvidence], bool]


PAGE_RULES = (
    PageRule("decided", True, "you or a list of yours say what it is", lambda it: it.is_decided),
    PageRule(CHILD, False, "an article says that it is a child", lambda it: it.is_child),
    PageRule("kind", False, "its names only say what kind of thing it is", lambda it: it.is_only_kind),
    PageRule("namesake", False, "one article alone tells it from another of its name", lambda it: it.is_namesake),
    PageRule("type", False, "it is not clear what it is", lambda it: it.is_unclear),
    # No article says what the other one does. A word is no name because two articles have it with a capital.
    PageRule("articles", True, "several articles mention it", lambda it: it.articles > 1 and not it.is_common_word),
    PageRule(
        "leads", True, "an article begins with it and comes back to it", lambda it: it.leads and not it.is_doubted
    ),
    PageRule("quoted", True, "an article quotes it", lambda it: it.is_quoted and it.is_name),
    PageRule("described", True, "an article says who or what it is", lambda it: it.is_described and it.is_sure),
    PageRule("word", False, "the archive mostly writes it small, as a word", lambda it: it.is_common_word),
    PageRule("doubt", False, "it is doubtful whether it is a name", lambda it: it.is_notable),
    PageRule("passing", False, "one article mentions it in passing", lambda _: True),
)

PAGE_REASONS = {rule.key: rule.reason for rule in PAGE_RULES}


def page_rule(evidence: PageEvidence) -> PageRule:
    """Return the first row that an entity fits, which decides whether it has a page."""
    return next(rule for rule in PAGE_RULES if rule.fits(evidence))


def is_certain(evidence: PageEvidence, *, page: bool) -> bool:
    """True if an entity that has a `page`, or has none, is surely one thing, and a name: then its type is stated."""
    if evidence.is_decided:
        return True
    doubtful = evidence.is_only_kind or evidence.is_common_word or evidence.certainty < STATED
    return (evidence.has_certain_type or evidence.is_known) and (page or not doubtful)
