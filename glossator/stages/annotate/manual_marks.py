"""Marks and split decisions of people, which take precedence over the mentions that were found."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from glossator.model import NOBODY, Analysis, ArticleId, EntityType, Mention, Name, Problem, Split, Text

_Owner = int | tuple[str, EntityType]
"""A name of the analysis by its index, or an entity that a person named, with a type."""


@dataclass(frozen=True, slots=True)
class _OwnedMention:
    """A mention and its owner."""

    start: int
    end: int
    owner: _Owner


def heed(analysis: Analysis, text: Text, splits: Sequence[Split]) -> Analysis:
    """Return the analysis corrected by a person's marks and splits; its digest is still the old one.

    A split of a name by its canonical form moves all its mentions in the article, a split of any other form only the
    mentions with that form. A mark takes precedence over a split, and removes the mentions that it touches.
    """
    if not splits and not text.said:
        return analysis
    held: list[_OwnedMention] = [_OwnedMention(one.start, one.end, one.name) for one in analysis.mentions]
    moved: dict[int, _Owner | None] = {}
    for split in splits:
        held = _split(held, analysis, text.content, split, moved)
    return _rebuilt(analysis, text.content, _marked(held, analysis, text), moved)


def folded(form: str) -> str:
    """Return a key under which two spellings of a form are equal: case, white space, kinds of apostrophe."""
    return " ".join(re.sub("[‘’]", "'", form).casefold().split())


def _split(
    held: Sequence[_OwnedMention], analysis: Analysis, content: str, split: Split, moved: dict[int, _Owner | None]
) -> list[_OwnedMention]:
    kept: list[_OwnedMention] = []
    form = folded(split.name)
    for one in held:
        if not isinstance(one.owner, int):
            kept.append(one)
            continue
        name = analysis.names[one.owner]
        whole = folded(name.form) == form
        if not whole and folded(content[one.start : one.end]) != form:
            kept.append(one)
            continue
        owner = None if split.entity == NOBODY else (split.entity, name.type)
        if whole:
            moved[one.owner] = owner
        if owner is not None:
            kept.append(_OwnedMention(one.start, one.end, owner))
    return kept


def _marked(held: Sequence[_OwnedMention], analysis: Analysis, text: Text) -> list[_OwnedMention]:
    """Replace all mentions that the marks of the text touch by the marks."""
    types = {folded(form): name.type for name in reversed(analysis.names) for form, _ in name.forms}
    free = [one for one in held if not any(one.start < mark.end and mark.start < one.end for mark in text.said)]
    for mark in text.said:
        if mark.entity == NOBODY:
            continue
        touched = [one for one in analysis.mentions if one.start < mark.end and mark.start < one.end]
        guess = analysis.names[touched[0].name].type if touched else None
        kind = mark.type or guess or types.get(folded(text.content[mark.start : mark.end])) or EntityType.PERSON
        free.append(_OwnedMention(mark.start, mark.end, (mark.entity, kind)))
    return sorted(free, key=lambda one: one.start)


def _rebuilt(
    analysis: Analysis, content: str, held: Sequence[_OwnedMention], moved: Mapping[int, _Owner | None]
) -> Analysis:
    """Return the analysis with the mentions; descriptors and quotes of a name follow it if all its mentions moved."""
    forms: dict[_Owner, Counter[str]] = {}
    for one in held:
        forms.setdefault(one.owner, Counter())[" ".join(content[one.start : one.end].split())] += 1
    places: dict[_Owner, int] = {owner: place for place, owner in enumerate(forms)}
    owners: dict[int, _Owner | None] = {**{old: old for old in range(len(analysis.names))}, **moved}
    heirs = {old: places.get(owner) for old, owner in owners.items() if owner is not None}
    return replace(
        analysis,
        names=tuple(_name(analysis, owner, found) for owner, found in forms.items()),
        mentions=tuple(Mention(one.start, one.end, places[one.owner]) for one in held),
        descriptors=tuple(
            replace(one, name=heir) for one in analysis.descriptors if (heir := heirs.get(one.name)) is not None
        ),
        quotes=tuple(replace(one, name=None if one.name is None else heirs.get(one.name)) for one in analysis.quotes),
    )


def _name(analysis: Analysis, owner: _Owner, found: Counter[str]) -> Name:
    ordered = tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))
    longest = max(sorted(found), key=len)
    if isinstance(owner, int):
        old = analysis.names[owner]
        return replace(old, form=old.form if old.form in found else longest, forms=ordered)
    return Name(longest, owner[1], ordered, said=owner[0])


def misplaced(
    splits: Sequence[Split], texts: Mapping[ArticleId, Text], analyses: Mapping[ArticleId, Analysis]
) -> tuple[Problem, ...]:
    """Return a problem for each split of a name that is in none of its articles.

    `texts` holds the articles that splits name, `analyses` their analyses.
    """
    problems = []
    for split in splits:
        articles = [ArticleId(one) for one in split.articles if ArticleId(one) in texts] or (
            [] if split.articles else list(texts)
        )
        if not articles or any(folded(split.name) in folded(texts[one].content) for one in articles):
            continue
        forms = {form for one in articles for name in analyses[one].names for form, _ in name.forms}
        near = difflib.get_close_matches(split.name, sorted(forms), 1)
        kind = "ignore-in" if split.entity == NOBODY else "split"
        where = ", ".join(split.articles) or "any article"
        hint = f"Did you mean “{near[0]}”?" if near else "Correct or remove it."
        said = f"{kind}: “{split.name}” is not a name in {where}. {hint}"
        problems.append(Problem("recall", "entities.toml", said, split.line, fatal=False))
    return tuple(problems)
