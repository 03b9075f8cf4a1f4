"""The languages of an archive in which no model finds names, and what helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glossator.config import AnnotateSettings
from glossator.model import Problem
from glossator.naming.languages import advice, language_name, main_language
from glossator.pipeline.stage_work import ArticleFile


def read_languages(settings: AnnotateSettings) -> tuple[str, ...]:
    """Return the languages that have a pipeline."""
    return tuple(language for language, model in settings.models if model)


def unread_languages(settings: AnnotateSettings, files: Iterable[ArticleFile]) -> tuple[Problem, ...]:
    """Return a notice for each language of the articles that has no pipeline, with the command that installs one."""
    read = {*read_languages(settings), *(language for language, model in settings.models if not model)}
    counts = Counter(main_language(file.language) for file in files)
    return tuple(
        Problem("annotate", f"{_articles(count)} in {language_name(language)}", _message(language), fatal=False)
        for language, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if language not in read
    )


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _message(language: str) -> str:
    return f"no names were looked for, except by their form and in lists. {advice(language)}"
