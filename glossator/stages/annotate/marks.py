"""Marks and split decisions of people, which take precedence over the mentions that were found.

A split of a name that none of its articles has is told to the person who wrote it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from glossator.model import NOBODY, Analysis, ArticleId, EntityType, Mention, Name, Problem, Split, Text


class _NamedEntity(NamedTuple):
    """An entity that a person named, with its type."""

    entity: str
    """Id or name."""
    type: EntityType
    must_exist: bool = False
    """True if a mark states no type, so that nobody new is meant."""


_Owner = int | _NamedEntity
"""A name of the analysis by its index, or an entity that a person named."""


class _OwnedMention(msgspec.Struct, frozen=True):
    """A mention and its owner."""

    start: int
    end: int
    owner: _Owner


def apply_manual_marks(analysis: Analysis, text: Text, splits: Sequence[Split]) -> Analysis:
    """Return the analysis corrected by a person's marks and splits; its digest is still the old one.

    A split of a name by its canonical form moves all its mentions in the article, a split of any other form only the
    mentions with that form. A mark takes precedence over a split, and removes the mentions that it touches.
    """
    if not splits and not text.said:
        return analysis
    owned = [_OwnedMention(mention.start, mention.end, mention.name) for mention in analysis.mentions]
    moved: dict[int, _Owner | None] = {}
    for split in splits:
        owned = _split(owned, analysis, text.content, split, moved)
    return _rebuild(analysis, text.content, _apply_marks(owned, analysis, text), moved)


def fold_form(form: str) -> str:
    """Return a key under which two spellings of a form are equal: case, white space, kinds of apostrophe."""
    return " ".join(re.sub("[‘’]", "'", form).casefold().split())


def _split(
    owned: Sequence[_OwnedMention], analysis: Analysis, content: str, split: Split, moved: dict[int, _Owner | None]
) -> list[_OwnedMention]:
    """Return the mentions after a split, and enter the new owner of a name that moves as a whole in `moved`."""
    remaining: list[_OwnedMention] = []
    form = fold_form(split.name)
    for mention in owned:
        if not isinstance(mention.owner, int):
            remaining.append(mention)
            continue
        name = analysis.names[mention.owner]
        whole = fold_form(name.form) == form
        if not whole and fold_form(content[mention.start : mention.end]) != form:
            remaining.append(mention)
            continue
        owner = None if split.entity == NOBODY else _NamedEntity(split.entity, name.type)
        if whole:
            moved[mention.owner] = owner
        if owner is not None:
            remaining.append(_OwnedMention(mention.start, mention.end, owner))
    return remaining


def _apply_marks(owned: Sequence[_OwnedMention], analysis: Analysis, text: Text) -> list[_OwnedMention]:
    """Replace all mentions that the marks of the text touch by the marks."""
    types = {fold_form(form): name.type for name in reversed(analysis.names) for form, _ in name.forms}
    mentions = [
        mention
        for mention in owned
        if not any(mention.start < mark.end and mark.start < mention.end for mark in text.said)
    ]
    for mark in text.said:
        if mark.entity == NOBODY:
            continue
        touched = [mention for mention in analysis.mentions if mention.start < mark.end and mark.start < mention.end]
        guess = analysis.names[touched[0].name].type if touched else None
        kind = mark.type or guess or types.get(fold_form(text.content[mark.start : mark.end])) or EntityType.PERSON
        mentions.append(_OwnedMention(mark.start, mark.end, _NamedEntity(mark.entity, kind, mark.type is None)))
    return sorted(mentions, key=lambda mention: mention.start)


def _rebuild(
    analysis: Analysis, content: str, owned: Sequence[_OwnedMention], moved: Mapping[int, _Owner | None]
) -> Analysis:
    """Return the analysis with the mentions; descriptors and quotes of a name follow it if all its mentions moved."""
    forms: dict[_Owner, Counter[str]] = {}
    for mention in owned:
        forms.setdefault(mention.owner, Counter())[" ".join(content[mention.start : mention.end].split())] += 1
    indices: dict[_Owner, int] = {owner: index for index, owner in enumerate(forms)}
    owners: dict[int, _Owner | None] = {**{old: old for old in range(len(analysis.names))}, **moved}
    heirs = {old: indices.get(owner) for old, owner in owners.items() if owner is not None}
    return msgspec.structs.replace(
        analysis,
        names=tuple(_name(analysis, owner, counts) for owner, counts in forms.items()),
        mentions=tuple(Mention(mention.start, mention.end, indices[mention.owner]) for mention in owned),
        descriptors=tuple(
            msgspec.structs.replace(descriptor, name=heir)
            for descriptor in analysis.descriptors
            if (heir := heirs.get(descriptor.name)) is not None
        ),
        quotes=tuple(
            msgspec.structs.replace(quote, name=None if quote.name is None else heirs.get(quote.name))
            for quote in analysis.quotes
        ),
    )


def _name(analysis: Analysis, owner: _Owner, counts: Counter[str]) -> Name:
    forms = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    longest = max(sorted(counts), key=len)
    if isinstance(owner, int):
        old = analysis.names[owner]
        kept = old.form in counts or old.is_renamed
        return msgspec.structs.replace(old, form=old.form if kept else longest, forms=forms)
    return Name(longest, owner.type, forms, said=owner.entity, must_exist=owner.must_exist)


def misplaced_splits(
    splits: Sequence[Split], texts: Mapping[ArticleId, Text], analyses: Mapping[ArticleId, Analysis]
) -> tuple[Problem, ...]:
    """Return a problem for each split of a name that is in none of its articles.

    `texts` holds the articles that splits name, `analyses` their analyses.
    """
    problems = []
    for split in splits:
        articles = [ArticleId(article) for article in split.articles if ArticleId(article) in texts] or (
            [] if split.articles else list(texts)
        )
        if not articles or any(fold_form(split.name) in fold_form(texts[article].content) for article in articles):
            continue
        forms = {form for article in articles for name in analyses[article].names for form, _ in name.forms}
        near = difflib.get_close_matches(split.name, sorted(forms), 1)
        kind = "ignore-in" if split.entity == NOBODY else "split"
        where = ", ".join(split.articles) or "any article"
        hint = f"Did you mean “{near[0]}”?" if near else "Correct or remove it."
        message = f"{kind}: “{split.name}” is not a name in {where}. {hint}"
        problems.append(Problem("recall", "entities.toml", message, split.line, fatal=False))
    return tuple(problems)
