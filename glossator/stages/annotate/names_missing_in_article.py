"""Decisions about a name in certain articles, of which none has the name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from glossator.model import NOBODY, Analysis, ArticleId, Problem, Split, Text
from glossator.stages.annotate.apply_marks_and_splits import fold_form


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
