"""Some articles changed -> what becomes of the archive: exactly what resolving all of it would find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from glossator import inverse_frequency
from glossator.model import ArchiveUpdate, ArticleId, ArticleNames, Decisions, Note, PublishedId, ReadTable
from glossator.stages.resolve.decisions.statements import statements
from glossator.stages.resolve.update import rows
from glossator.stages.resolve.update.closure import Changed, Reach
from glossator.stages.resolve.update.delta import Earlier, write
from glossator.stages.resolve.update.rows import State

Decided = tuple[Decisions, Sequence[Note]]


def resolve_all(gists: Iterable[ArticleNames], decided: Decided, published: Sequence[PublishedId]) -> ArchiveUpdate:
    """Everything resolved, whatever was remembered."""
    known = tuple(sorted(published, key=lambda one: one.id))
    changed: Changed = {gist.article: gist for gist in sorted(gists, key=lambda gist: gist.article)}
    reach = Reach(_nothing, changed, decided, {}, len(changed))
    reach.loaded[""] = rows.unfounded(known, [one for one, _ in statements(*decided)])
    state = State(rows.digest_of(decided), rows.digest_of(known), len(changed))
    return write(reach.resolve(), Earlier(state, known, changed, {}, reach.links, _nothing), full=True)


def resolve_changes(
    read: ReadTable,
    changed: Mapping[ArticleId, ArticleNames | None],
    decided: Decided,
    published: Sequence[PublishedId],
) -> ArchiveUpdate | None:
    """Resolve articles that are new, differ or are gone; None if `resolve_all` must be called instead.

    `read` gives rows that were written before. `resolve_all` is asked where people decided something else since, or
    decided something that fits no name and names like it came or went; where `published` is not what was given out
    last; and where the archive has doubled in size.
    """
    known = tuple(sorted(published, key=lambda one: one.id))
    state = rows.read_state(read)
    if state is None or (state.decided, state.published) != (rows.digest_of(decided), rows.digest_of(known)):
        return None
    before = rows.read_gists(read, sorted(changed))
    changed = {article: gist for article, gist in sorted(changed.items()) if gist != before.get(article)}
    articles = state.articles + sum((gist is not None) - (article in before) for article, gist in changed.items())
    if inverse_frequency.scale(articles) != inverse_frequency.scale(state.articles):
        return None
    reach = Reach(read, changed, decided, {str(one.id): one for one in known}, articles)
    named = [name for gist in (*before.values(), *changed.values()) if gist for name in gist.names]
    reach.load({*state.unsettled, *reach.holders(named)})
    found = reach.resolve()
    if found.setting.ground.verdicts.guessed or reach.stirs(state.guessed, found.setting):
        return None
    state = msgspec.structs.replace(state, articles=articles)
    return write(found, Earlier(state, known, changed, reach.loaded, reach.links, read), full=False)


def _nothing(_table: str, _keys: Iterable[str]) -> Mapping[str, bytes]:
    return {}
