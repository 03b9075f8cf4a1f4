"""Names that some articles have and others overlook: what each article may look for again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import Analysis, ArticleId, EntityType
from glossator.stages.resolve.describe import vote
from glossator.stages.resolve.links import is_generic

BORNE = 2
"""Articles that must have a name of a single word; one article may be in error."""

ALONE = 3
"""Letters of such a name, unless it is set in capitals."""

Borrowed = tuple[tuple[str, EntityType], ...]


def borrowed(analyses: Sequence[Analysis]) -> dict[ArticleId, Borrowed]:
    """For each article the names of others among the words that it overlooked, each with its type, if there are any.

    A name of one word must be marked in as many articles as overlook it; a surname alone is nobody's.
    """
    if not any(one.overlooked for one in analyses):
        return {}
    overlooked: Counter[str] = Counter()
    for one in analyses:
        overlooked.update({word for run in one.overlooked for word in run.split()})
    known = {
        form: vote(kinds) for form, kinds in _marked(analyses).items() if _is_sure(form, kinds, overlooked.get(form, 0))
    }
    starts = {form.partition(" ")[0] for form in known}
    found = {}
    for one in analyses:
        names = {form for run in one.overlooked for form in _parts(run, starts) if form in known}
        if names:
            found[one.article] = tuple((form, known[form]) for form in sorted(names))
    return found


def _marked(analyses: Sequence[Analysis]) -> Mapping[str, Counter[EntityType]]:
    """Every form with the number of articles that have it, by type."""
    marked: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for one in analyses:
        for name in one.names:
            for form, _ in name.forms:
                marked[form][name.type] += 1
    return marked


def _is_sure(form: str, kinds: Counter[EntityType], overlooked: int) -> bool:
    kind = vote(kinds)
    if kind is EntityType.GROUP or not form[0].isupper() or any(letter.isdigit() for letter in form):
        return False
    if " " in form:
        return True
    told = len(form) > ALONE or form.isupper()
    often = kinds.total() >= max(BORNE, overlooked)
    return told and often and kind is not EntityType.PERSON and not is_generic(form)


def _parts(run: str, starts: set[str]) -> Iterator[str]:
    """The stretches of a run of words that begin as a known name does."""
    words = run.split(" ")
    for at, word in enumerate(words):
        if word in starts:
            yield from (" ".join(words[at:end]) for end in range(at + 1, len(words) + 1))
