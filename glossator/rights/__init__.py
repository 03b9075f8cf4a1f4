"""Front matter -> how much of a text the site may show. A statement that cannot be understood publishes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from glossator.model import Rights
from glossator.rights.fields import KEY, KEYS, KNOWN, Hint, Unclear, is_nearly, one, plain, shown, statements
from glossator.rights.unread_lines import may_state, overlooked, overlooked_below
from glossator.text import plain_file_name

__all__ = [
    "INBOX",
    "KEY",
    "KEYS",
    "KNOWN",
    "SITE_SETTING",
    "Hint",
    "RightsPolicy",
    "StatedRights",
    "Unclear",
    "by_place",
    "excerpt_of",
    "in_inbox",
    "is_credit",
    "is_nearly",
    "may_state",
    "overlooked",
    "overlooked_below",
    "stated",
    "states_rights",
    "strictest_of",
    "without_footnotes",
]

INBOX = "inbox"
"""Folder below `saved/` whose articles are private by their place: a click in the browser publishes nothing."""
EXCERPT_PARAGRAPHS = 2
"""Paragraphs of an excerpt."""
EXCERPT_BLOCKS = 10
"""Blocks at the beginning of a text among which an excerpt's paragraphs are."""
SITE_SETTING = "[site] rights: "
"""Beginning of the reason if the site's setting keeps a text back, and not the text itself."""
_PROSE = re.compile(r"(?![#>|`~<+-]|\*\s|!\[|\d+[.)]\s)(?:(?:\S+\s+){5}\S|.*[.!?…:][”’\"')*_]*\s*$)", re.DOTALL)
"""A block of six words or more, or of a sentence, that is no heading, quotation, table, list, picture or code."""
_CREDIT = re.compile(r"\s*[*_]*(?i:by|von|par|por|door|av|af)\s+(?=\w)[^\d_a-zß-ÿ][^\n]{1,80}(?<![.!?…:\s])\s*")
"""A block that says only by whom, and perhaps when: no sentence."""
_FOOTNOTE = re.compile(r"^\[\^([^\]\n]+)\]:", re.MULTILINE)


class StatedRights(msgspec.Struct, frozen=True):
    """The rights that a front matter states."""

    rights: Rights = "full"
    reason: str = ""
    """The statement that keeps something back, such as `draft: true`; empty if all is published."""
    unclear: tuple[Unclear, ...] = ()
    hints: tuple[Hint, ...] = ()
    """Fields of other programs that keep the text back."""


class RightsPolicy(msgspec.Struct, frozen=True):
    """Rules by which a site applies the rights that articles state."""

    sourced: Rights = "full"
    """Rights of articles that have a source and state none: `[site] rights`."""
    whole: bool = False
    """True for a private site, which shows everything."""
    texts: bool = False
    """True for readers of the owner's, who have whole texts, but none that is private by itself."""

    def applied(self, stated: StatedRights, says: bool, sourced: bool) -> StatedRights:
        """Return the rights that count. `says` is true if the article states rights, `sourced` if it has a source."""
        if self.whole or (self.texts and stated.rights != "private"):
            return StatedRights("full", stated.reason, stated.unclear, stated.hints)
        strictest = strictest_of((stated.rights, self.sourced))
        if says or not sourced or strictest == stated.rights:
            return stated
        return StatedRights(strictest, f"{SITE_SETTING}{self.sourced}", stated.unclear, stated.hints)


def stated(fields: Mapping[str, object], *, own: bool = False) -> StatedRights:
    """Return the strictest rights among the statements of a front matter.

    In a person's `own` text, `rights` goes before the fields of other programs that are only hints.
    """
    strictest: Rights = "full"
    reason = ""
    unclear: list[Unclear] = []
    hints: list[Hint] = []
    overruled = own and fields.get(KEY) in KNOWN
    for key, value, statement in statements(fields):
        if isinstance(statement, Unclear):
            unclear.append(statement)
        elif isinstance(statement, Hint):
            if overruled:
                continue
            hints.append(statement)
        meant = statement if isinstance(statement, str) else "private"
        if strictest != (stricter := strictest_of((strictest, meant))):
            strictest, reason = stricter, f"{key}: {shown(value)}".strip()
    return StatedRights(strictest, reason, tuple(unclear), tuple(hints))


def in_inbox(file: str) -> bool:
    """True if a saved file, named by its path below `saved/`, lies in the inbox, or in a folder that looks like it."""
    return "/" in file and plain_file_name(file.partition("/")[0]) == INBOX


def by_place(stated: StatedRights, file: str, says: bool) -> StatedRights:
    """Return the rights of an article of a saved `file`: private below the inbox, unless the article `says` others."""
    if says or not in_inbox(file):
        return stated
    return StatedRights("private", f"saved/{INBOX}/", stated.unclear, stated.hints)


def excerpt_of(markdown: str) -> str:
    """Return the first paragraphs of a text: what is published of an article with the rights `excerpt`.

    Pictures, credits and lists at its beginning are no paragraphs; a text that begins with nothing else has its first
    blocks.
    """
    blocks = re.split(r"\n\s*\n", markdown)
    prose = [block for block in blocks[:EXCERPT_BLOCKS] if _PROSE.match(block) and not is_credit(block)]
    return without_footnotes("\n\n".join((prose or blocks)[:EXCERPT_PARAGRAPHS]), markdown)


def is_credit(block: str) -> bool:
    """True if a block of a text says only who wrote it, as `By Rudolf Pellworm, 2 May 2020` does."""
    return _CREDIT.fullmatch(block) is not None


def without_footnotes(excerpt: str, markdown: str) -> str:
    """Return an excerpt without references to footnotes, which the text has further below."""
    for label in dict.fromkeys(_FOOTNOTE.findall(markdown)):
        excerpt = excerpt.replace(f"[^{label}]", "")
    return excerpt


def strictest_of(every: Iterable[Rights]) -> Rights:
    """Return the rights that publish least; `full` if there are none."""
    return max(every, key=KNOWN.index, default="full")


def states_rights(key: str, value: object) -> bool:
    """True if a field says, understood or not, whether a text is published."""
    return plain(key) in KEYS or one(key, value) is not None
