"""Resolve the whole archive, or only what a change of some articles affects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

import msgspec

from glossator import inverse_frequency
from glossator.model import ArchiveUpdate, ArticleId, ArticleNames, PublishedId, RowReader, read_nothing
from glossator.stages.resolve.decisions.statements import statements
from glossator.stages.resolve.update import stored_rows
from glossator.stages.resolve.update.batch import changed_names
from glossator.stages.resolve.update.closure import WHOLE_ARCHIVE, Closure
from glossator.stages.resolve.update.delta import PreviousState, compose_update
from glossator.stages.resolve.update.results import Decided
from glossator.stages.resolve.update.stored_rows import ResolveState


def resolve_all(articles: Iterable[ArticleNames], decided: Decided, published: Sequence[PublishedId]) -> ArchiveUpdate:
    """Resolve all articles, without regard to stored rows.

    `decided` are decisions and notes, `published` the ids that were given out before.
    """
    known = tuple(sorted(published, key=lambda published_id: published_id.id))
    # Once in the table, the names of `articles` are not kept, because those of a large archive would fill the memory.
    changed = changed_names(sorted(((names.article, names) for names in articles), key=itemgetter(0)))
    ids = {str(published_id.id): published_id for published_id in known}
    closure = Closure(read_nothing, changed, decided, ids, len(changed.counts))
    closure.loaded[WHOLE_ARCHIVE] = stored_rows.without_names(
        known, [statement for statement, _ in statements(*decided)]
    )
    state = ResolveState(stored_rows.digest_of(decided), stored_rows.digest_of(known), len(changed.counts))
    previous = PreviousState(state, known, changed.counts, {}, closure.index, read_nothing)
    return compose_update(closure.resolve(), previous, full=True)


def resolve_changes(
    read: RowReader,
    changed: Mapping[ArticleId, ArticleNames | None],
    decided: Decided,
    published: Sequence[PublishedId],
) -> ArchiveUpdate | None:
    """Resolve articles that are new, differ or are gone; None if `resolve_all` must be called instead.

    `read` gives rows that were written before, `decided` are decisions and notes. The whole archive must be resolved
    if people decided something else since; if a decision that matches no name may match one now, or get another hint;
    if `published` is not what was given out last; and if the archive has doubled in size.
    """
    known = tuple(sorted(published, key=lambda published_id: published_id.id))
    state = stored_rows.read_state(read)
    if state is None or (state.decided, state.published) != (
        stored_rows.digest_of(decided),
        stored_rows.digest_of(known),
    ):
        return None
    before = read(ArticleNames, sorted(changed))
    changed = {article: names for article, names in sorted(changed.items()) if names != before.get(article)}
    tabulated = changed_names(changed.items())
    articles = state.articles + sum((names is not None) - (article in before) for article, names in changed.items())
    if inverse_frequency.scale(articles) != inverse_frequency.scale(state.articles):
        return None
    ids = {str(published_id.id): published_id for published_id in known}
    closure = Closure(read, tabulated, decided, ids, articles)
    names = [name for article in (*before.values(), *changed.values()) if article for name in article.names]
    closure.load({*state.unsettled, *closure.components_of(names)})
    result = closure.resolve()
    unmatched = result.prepared.base.decided.unmatched_prefixes
    if unmatched or closure.may_change_hints(state.unmatched_prefixes, result.prepared):
        return None
    state = msgspec.structs.replace(state, articles=articles)
    previous = PreviousState(state, known, tabulated.counts, closure.loaded, closure.index, read)
    return compose_update(result, previous, full=False)
