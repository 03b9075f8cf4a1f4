"""Articles -> the articles related to each: words are counted and compared for what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import msgspec
from msgspec import structs

from glossator.files import Unusable
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import POSTINGS, RELATED, RELATION, STRONG_WORDS, WORD_STATES
from glossator.model import ArticleHead, ArticleId, RelatedArticle
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.stage_work import ArticleFile, read_markdown
from glossator.stages.relate import StrongWords, WordState, strong_words


class FoundRelated(msgspec.Struct, frozen=True):
    """The related articles after `find_related`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    related: Mapping[ArticleId, tuple[RelatedArticle, ...]]
    """Articles near each article."""
    changed: frozenset[ArticleId]
    """Articles whose related articles are others than before, or may be."""
    reworded: frozenset[ArticleId]
    """Articles whose words were counted anew."""


@timed("relate")
def find_related(
    context: BuildContext, files: Mapping[ArticleId, ArticleFile], heads: Iterable[ArticleHead]
) -> FoundRelated:
    """Bring the related articles up to date; `heads` are those of the articles that are shown, `files` their files."""
    namespace = Namespace(context.cache, RELATION)
    before = namespace.value(WORD_STATES, {})
    now = {head.id: _state(files[head.id], before.get(head.id)) for head in heads}
    changed: dict[ArticleId, StrongWords] = {}
    forms: dict[str, str] = {}
    for key, state in now.items():
        if state is not before.get(key):
            try:
                markdown = read_markdown(files[key])
            except Unusable:  # the page that shows the text reports it; without a digest the next build reads it again
                markdown, now[key] = "", structs.replace(state, text="")
            words = strong_words(state.title, markdown, state.language)
            one_string = (forms.setdefault(form, form) for form in words.forms)  # most words are in many articles
            changed[key] = structs.replace(words, forms=tuple(one_string))
    found = stored_table(namespace.read, RELATED, now)
    if not changed and before.keys() == now.keys():
        return FoundRelated(namespace, found, frozenset(), frozenset())
    from glossator.stages.relate.update import RelatedRows, relate  # noqa: PLC0415 -- see the package

    read = namespace.read
    rows = RelatedRows(partial(read, POSTINGS), partial(read, STRONG_WORDS), partial(namespace.read_all, RELATED))
    update = relate(rows, before, now, changed)
    others = frozenset(now if namespace.fresh else update.related)
    namespace.write(STRONG_WORDS, update.words)
    namespace.write(POSTINGS, update.postings)
    namespace.write(RELATED, update.related)
    namespace.set_value(WORD_STATES, dict(update.states))
    return FoundRelated(namespace, found, others, frozenset(changed))


def _state(file: ArticleFile, before: WordState | None) -> WordState:
    """Return the state of an article: that of before if its words are the ones that were counted."""
    given = (file.text, file.head.title, file.language)
    if before and (before.text, before.title, before.language) == given:
        return before
    return WordState(-1, *given, 0)
