"""Articles -> the articles related to each: words are counted and compared for what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from glossator.files import Unusable
from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import POSTINGS, RELATED, RELATION, STRONG_WORDS, WORD_STATES
from glossator.model import ArticleHead, ArticleId, RelatedArticle
from glossator.naming.languages import main_language
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.stage_work import ArticleFile, read_markdown
from glossator.stages.relate import StrongWords, WordState, strong_words
from glossator.text import digest


class FoundRelated(msgspec.Struct, frozen=True):
    """The related articles after `find_related`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    related: Mapping[ArticleId, tuple[RelatedArticle, ...]]
    """Articles near each article."""
    wordless: frozenset[ArticleId]
    """Articles without words that tell what they are about, such as filler text."""
    changed: frozenset[ArticleId]
    """Articles whose related articles are others than before, or may be."""
    reworded: frozenset[ArticleId]
    """Articles whose words were counted anew."""


@timed("relate")
def find_related(
    context: BuildContext, files: Mapping[ArticleId, ArticleFile], heads: Iterable[ArticleHead]
) -> FoundRelated:
    """Bring the related articles up to date; `heads` are those of the articles that are shown, `files` their files."""
    namespace, shown = Namespace(context.cache, RELATION), [files[head.id] for head in heads]
    languages = {file.head.id: main_language(file.language) for file in shown}
    strings: dict[str, str] = {}

    def words_of(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[StrongWords]]]:
        for article in articles:
            file = files[article]
            try:
                markdown, again = read_markdown(file), False
            except Unusable:  # the page that shows the text reports it
                markdown, again = "", True
            words = strong_words(file.head.title, markdown, file.language)
            # Most words are in many articles, and a first build holds those of all.
            forms, nouns, names = (
                tuple(strings.setdefault(form, form) for form in part)
                for part in (words.forms, words.nouns, words.names)
            )
            yield article, Contribution([(article, replace(words, forms=forms, nouns=nouns, names=names))], again=again)

    inputs = {file.head.id: digest(file.text, file.head.title, file.language) for file in shown}
    increment = follow(namespace, Derivation(words_of, STRONG_WORDS), inputs)
    related = stored_table(namespace.read, RELATED, inputs)
    states: dict[ArticleId, WordState] = namespace.value(WORD_STATES, {})
    if not increment.changed and not increment.gone:
        return FoundRelated(namespace, related, _wordless(states), frozenset(), frozenset())
    from glossator.stages.relate.update import RelatedRows, relate  # noqa: PLC0415 -- see the package

    read = namespace.read
    rows = RelatedRows(partial(read, POSTINGS), partial(read, STRONG_WORDS), partial(namespace.read_all, RELATED))
    update = relate(rows, states, languages, increment.rows)
    others = frozenset(inputs if namespace.fresh else update.related)
    namespace.write(POSTINGS, update.postings)
    namespace.write(RELATED, update.related)
    namespace.set_value(WORD_STATES, update.states)
    return FoundRelated(namespace, related, _wordless(update.states), others, increment.changed)


def _wordless(states: Mapping[ArticleId, WordState]) -> frozenset[ArticleId]:
    return frozenset(article for article, state in states.items() if not state.norm)
