"""The verbs `convert` and `annotate`: one stage by itself, for files outside an archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from glossator import frontmatter, markup, slugs
from glossator.config import LANGUAGE_TAG, Config, SiteError
from glossator.content import article_files, saved_files
from glossator.content.archive_paths import ArchivePaths
from glossator.content.article_front_matter import is_edited
from glossator.content.saved_files import given_files
from glossator.files import Unusable, read_bytes, read_text
from glossator.incremental.cache import Cache
from glossator.incremental.memo import Progress, run_memoised
from glossator.incremental.schema import ENTITIES, RESOLVED
from glossator.incremental.workers.article_limits import LimitReached, Limits, limited
from glossator.incremental.workers.executors import Workers
from glossator.model import (
    Analysis,
    ArticleHead,
    ArticleId,
    Decisions,
    Entity,
    EntityId,
    Extracted,
    Extraction,
    Mention,
    Problem,
    Quote,
    Text,
)
from glossator.pipeline import stage_runs, stage_work
from glossator.pipeline.analysis.find_entities import FoundArticles, find_entities
from glossator.pipeline.analysis.find_names import Decided, unread_languages
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest.article_images import PictureFolder
from glossator.pipeline.ingest.extension_formats import with_openers
from glossator.pipeline.stage_work import ArticleFile
from glossator.text import digest

if TYPE_CHECKING:
    from glossator.stages.extract.html.explain_page import Explanation

ENTITIES_KEY = "entities"
"""The key of the entities in the output of `annotate`; no text has it as its stem."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
"""Suffixes of the files of a folder that `annotate` reads."""


class Conversions(msgspec.Struct, frozen=True):
    """Result of `convert`."""

    written: tuple[tuple[str, Path], ...]
    """Path of a saved file, and the Markdown file that was made of it."""
    problems: tuple[Problem, ...]


class AnnotatedFile(msgspec.Struct, frozen=True):
    """A file with its mentions and the entity of each, whether or not the entity has a page."""

    stem: str
    text: Text
    mentions: tuple[tuple[Mention, Entity], ...]
    quotes: tuple[tuple[Quote, Entity], ...]
    """Quotations whose speaker the text names, each with the speaker."""


class Annotations(msgspec.Struct, frozen=True):
    """Result of `annotate`: files, sorted by stem, that are resolved as the articles of one archive."""

    files: tuple[AnnotatedFile, ...]
    entities: tuple[Entity, ...]
    """Entities, sorted by id."""
    problems: tuple[Problem, ...]


def convert_files(paths: Sequence[Path], to: Path, config: Config, progress: Progress) -> Conversions:
    """Write `<to>/<stem>.md` for every saved file in the paths, or `<stem>-<title>.md` for each of its articles.

    The articles' pictures go to `<to>/images/`. A Markdown file in `to` that a person edited stays.
    """
    problems: list[Problem] = []
    files = [stage_runs.saved_file_input(folder, file) for folder, file, _ in given_files(paths, problems)]
    items, extension_problems = with_openers(files, config.extensions.openers)
    problems += extension_problems
    written: list[tuple[str, Path]] = []
    taken: set[str] = set()
    with TemporaryDirectory() as scratch, Workers(config.build, cluster=config.extensions.cluster) as workers:
        pictures = PictureFolder(Path(scratch))
        extractions: dict[int, Extraction] = {}
        for result in run_memoised(None, workers, stage_runs.extract_stage(config), items, progress):
            if isinstance(result.value, Problem):
                problems.append(result.value)
            else:
                stripped = tuple(pictures.take(article) for article in result.value.articles)
                extractions[result.index] = msgspec.structs.replace(result.value, articles=stripped)
        for index, extraction in sorted(extractions.items()):
            problems += extraction.problems
            for article, stem in _stems(items[index].file.path, extraction.articles, taken):
                target = to / f"{stem}.md"
                if is_edited(target):
                    text = f"{target} was edited and stays; delete it to convert anew"
                    problems.append(Problem("convert", items[index].file.path, text, fatal=False))
                    continue
                complete, notices = pictures.copy_beside(article, Path(items[index].path), to)
                problems += notices
                article_files.write(target, complete)
                written.append((items[index].file.path, target))
    return Conversions(tuple(written), tuple(problems))


def explain_file(path: Path, config: Config) -> tuple[tuple[str, Explanation], ...]:
    """Return the name of each page in a saved file, and what its conversion kept and dropped.

    Raises SiteError if the file cannot be read.
    """
    from glossator.stages.extract import explain, saved_file  # noqa: PLC0415 -- the readers load half a second of libraries
    from glossator.stages.extract.opened_file import Unreadable  # noqa: PLC0415

    try:
        file = stage_runs.saved_file_input(path.parent, saved_files.saved_file(path, path.name))
        data = read_bytes(path)
    except Unusable as error:
        raise SiteError(f"{path} {error}.", "Name a saved file.") from None
    ((item,), _) = with_openers([file], config.extensions.openers)
    try:
        with _limited(config):
            openers = stage_work.openers_by_format(config.extensions.openers)
            return tuple(explain(saved_file(data, path.name), config.extract, openers, item.opener))
    except Unusable as error:
        raise SiteError(f"{path} {error}.") from None
    except Unreadable as error:
        raise SiteError(f"{path}: {error.message}", "") from None


@contextmanager
def _limited(config: Config) -> Iterator[None]:
    """Limit the work on one file. Raises Unusable if it exceeds a limit."""
    limits = Limits(config.build.article_seconds, config.build.article_megabytes)
    try:
        with limited(limits):
            yield
    except (LimitReached, MemoryError) as error:
        raise Unusable(limits.reason(memory=isinstance(error, MemoryError))) from None


def _stems(path: str, extracted: tuple[Extracted, ...], taken: set[str]) -> Iterator[tuple[Extracted, str]]:
    """Yield each article of a file with a unique stem for the file to write."""
    for article in extracted:
        single = len(extracted) == 1 and not article.conversion.entry
        stem = Path(path).stem
        yield article, _free_stem(stem if single else f"{stem}-{slugs.slug(article.title)}", path, taken)


def annotate_files(paths: Sequence[Path], config: Config, progress: Progress) -> Annotations:
    """Find the entities in text and Markdown files, resolved across all files.

    A text file is not parsed: the whole file is the body, a blank line begins a new block, and offsets are code points
    of the file's text. The body of a Markdown file is read as its page would show it.
    """
    texts, problems = _text_files(paths, config)
    problems += unread_languages(config.annotate, texts.values())
    decided = Decided(Decisions(), ())
    with (
        TemporaryDirectory() as scratch,
        Cache(Path(scratch, "stored")) as cache,
        Workers(config.build, cluster=config.extensions.cluster) as workers,
    ):
        context = BuildContext(ArchivePaths(Path(scratch), Path(scratch)), config, cache, workers, progress)
        archive, entity_problems = find_entities(context, texts, decided, ())
        entities = archive.namespace.read_all(ENTITIES)
        resolved = archive.namespace.read_all(RESOLVED)
        articles = FoundArticles(texts, archive, decided)
        annotated = tuple(
            _annotated(articles.analysis(context, file, archive.states[stem].key), file, resolved[stem], entities)
            for stem, file in texts.items()
            if stem in archive.states
        )
    return Annotations(annotated, tuple(entities[key] for key in sorted(entities)), (*problems, *entity_problems))


def _text_files(paths: Sequence[Path], config: Config) -> tuple[dict[ArticleId, ArticleFile], list[Problem]]:
    """Return the texts in the paths as articles by their stem, sorted, and the problems of those left out."""
    problems: list[Problem] = []
    texts: dict[ArticleId, ArticleFile] = {}
    for folder, file, _ in given_files(paths, problems):
        path = folder / file.path
        if path not in paths and path.suffix.lower() not in TEXT_SUFFIXES:
            continue
        plain = ArticleId(path.stem)
        free = plain not in texts and plain != ENTITIES_KEY
        stem = plain if free else ArticleId(f"{plain}-{slugs.short_digest(file.path)}")
        try:
            with _limited(config):
                texts[stem] = _text_file(path, stem, config.site.language)
        except Unusable as error:
            problems.append(Problem("annotate", file.path, str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("annotate", file.path, error.message, error.line))
    return dict(sorted(texts.items())), problems


def _annotated(
    analysis: Analysis, file: ArticleFile, resolved: tuple[EntityId | None, ...], entities: dict[EntityId, Entity]
) -> AnnotatedFile:
    pairs = ((mention, resolved[mention.name]) for mention in analysis.mentions)
    mentions = tuple((mention, entities[entity]) for mention, entity in pairs if entity is not None)
    spoken = ((quote, resolved[quote.name]) for quote in analysis.quotes if quote.name is not None)
    quotes = tuple((quote, entities[entity]) for quote, entity in spoken if entity is not None)
    return AnnotatedFile(analysis.article, stage_work.read_text(file), mentions, quotes)


MARKED_UP = (".html", ".htm", ".xhtml", ".mhtml")
"""Endings of the names of pages, whose markup is no text."""
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)
"""Beginning of a page."""


def _text_file(path: Path, stem: ArticleId, language: str) -> ArticleFile:
    """Return a text or Markdown file as an article; `language` is that of one that does not say.

    A plain text cannot say it: there the words tell, if they are certainly of another language.

    Raises Unusable, FrontMatterError, TooDeep.
    """
    plain = path.suffix.lower() not in (".md", ".markdown")
    if plain:
        # Imported here because it loads half a second of libraries, which Markdown does not need.
        from glossator.stages.extract.metadata.language import contradicted  # noqa: PLC0415

        data = read_bytes(path)
        if b"\0" in data or data.startswith(b"%PDF-") or path.suffix.lower() in MARKED_UP or PAGE.match(data):
            raise Unusable("is no text: `convert` makes Markdown of a page or a document, which can be annotated")
        body = data.decode("utf-8", "replace")
        language = contradicted(language, body) or language
    else:
        fields, body = frontmatter.split(read_text(path))
        stated = fields.get("language")
        language = stated if isinstance(stated, str) and LANGUAGE_TAG.fullmatch(stated) else language
    marked = not plain and markup.has_marks(body)
    return ArticleFile(ArticleHead(stem, stem), digest(body), language, str(path), marked, plain, markdown=body)


def _free_stem(stem: str, path: str, taken: set[str]) -> str:
    if stem.casefold() in taken:
        stem = f"{stem}-{slugs.short_digest(path)}"
    while stem.casefold() in taken:
        stem += "-2"
    taken.add(stem.casefold())
    return stem
