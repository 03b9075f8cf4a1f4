"""The saved files that a build converts: those without an article, those that changed, and no others."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.model import Problem, SavedFile
from glossator.pipeline.ingest import conversion_record
from glossator.pipeline.ingest.conversion_record import ConversionRecord
from glossator.pipeline.ingest.write_articles import duplicate_notice


class FilesToConvert(msgspec.Struct, frozen=True):
    """Saved files to read, and what there is to report about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]
    moved: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Former path of each file that was moved since its articles were made, by path."""


def files_to_convert(
    found: tuple[SavedFile, ...], store: ArticleStore, reconvert: bool, record: ConversionRecord
) -> FilesToConvert:
    """Choose the saved files that have no article yet or that changed.

    With `reconvert` the files are chosen too that have an article that nobody edited, even if they were moved. What the
    record says was removed or passed over is not chosen until it is asked for.
    """
    by_file: dict[str, list[StoredArticle]] = {}
    by_digest: dict[str, str] = {}
    for article in store.kept:
        if article.conversion:
            by_file.setdefault(article.conversion.file, []).append(article)
            by_digest.setdefault(article.conversion.sha256, article.conversion.file)
    paths = {file.path for file in found}
    chosen: list[SavedFile] = []
    problems: list[Problem] = []
    for file in found:
        if file.path in store.blocked:
            continue
        stored = by_file.get(file.path, [])
        first = by_digest.setdefault(file.digest, file.path)
        if first != file.path and not stored:
            if first in paths:
                problems.append(duplicate_notice(file.path, f"has the same bytes as {first}"))
            elif reconvert and not all(article.edited for article in by_file[first]):
                by_digest[file.digest] = file.path
                chosen.append(file)
            continue  # a file that was moved keeps its articles
        if not stored and conversion_record.is_settled(file, record):
            problems += conversion_record.copies(file, record, store)
            continue
        changed = any(article.conversion and article.conversion.sha256 != file.digest for article in stored)
        if not stored or changed or (reconvert and not all(article.edited for article in stored)):
            chosen.append(file)
    # Also of a file that was moved before: its articles that somebody edited still name the old path.
    conversions = [article.conversion for article in reversed(store.kept) if article.conversion]
    gone = {one.sha256: one.file for one in conversions if one.file not in paths}
    moved = {file.path: gone[file.digest] for file in chosen if file.digest in gone}
    return FilesToConvert(tuple(chosen), tuple(problems), moved)
