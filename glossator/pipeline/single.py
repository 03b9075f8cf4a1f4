"""One stage alone, for files of one's choice: `convert` and `annotate`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from glossator import frontmatter, markup, urls
from glossator.config import Config
from glossator.content import articles, files
from glossator.disk import Unusable, read_bytes, read_text
from glossator.model import Analysis, ArticleId, Decisions, Entity, EntityId, Head, Mention, Problem, SavedFile, Text
from glossator.pipeline import work
from glossator.pipeline.remember import Progress, remember
from glossator.stages.annotate import plain_text
from glossator.stages.resolve import resolve

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
"""Of the files of a folder, what `annotate` takes for text."""


@dataclass(frozen=True, slots=True)
class Conversions:
    """What was converted: saved file and the Markdown file made of it."""

    written: tuple[tuple[str, Path], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A file with its mentions and, for each, the entity; None where a mention is of nothing that is indexed."""

    stem: str
    text: Text
    mentions: tuple[tuple[Mention, Entity], ...]


def convert_files(paths: Sequence[Path], to: Path, config: Config, progress: Progress) -> Conversions:
    """Write `<to>/<stem>.md` for every saved file in the paths. A file there that a person edited stays."""
    found, problems = _find(paths)
    items = [work.Saved(file, str(path)) for file, path in found]
    done = remember(None, config.build, work.extract_stage(config.extract), items, progress)
    problems += done.problems
    written = []
    taken: set[str] = set()
    for item, outcome in zip(items, done.results, strict=True):
        if outcome is None:
            continue
        problems += outcome.problems
        for extracted in outcome.articles:
            target = to / f"{_free_stem(item.file.path, taken)}.md"
            if articles.is_edited(target):
                text = f"{target} was edited and stays; delete it to convert anew"
                problems.append(Problem("convert", item.file.path, text, fatal=False))
                continue
            articles.write(target, extracted)
            written.append((item.file.path, target))
    return Conversions(tuple(written), tuple(problems))


def annotate_files(
    paths: Sequence[Path], config: Config, progress: Progress
) -> tuple[tuple[Annotated, ...], tuple[Problem, ...]]:
    """The mentions and entities of text and Markdown files, resolved across all of them. Sorted by stem.

    A text file is taken as it stands: the whole file is the body, a blank line begins a new block, offsets are code
    points of the file's text. Of a Markdown file the body is read as its page would show it.
    """
    found, problems = _find(paths)
    found = [(file, path) for file, path in found if path in paths or path.suffix.lower() in TEXT_SUFFIXES]
    texts: dict[str, Text] = {}
    for file, path in found:
        stem = path.stem if path.stem not in texts else f"{path.stem}-{urls.short_digest(file.path)}"
        try:
            texts[stem] = _text(path)
        except Unusable as error:
            problems.append(Problem("annotate", file.path, str(error)))
        except frontmatter.FrontMatterError as error:
            problems.append(Problem("annotate", file.path, error.message, error.line))
    language = config.site.language
    items = [(ArticleId(stem), text, language) for stem, text in sorted(texts.items())]
    done = remember(None, config.build, work.text_stage(config.annotate), items, progress)
    problems += done.problems
    analyses = [analysis for analysis in done.results if analysis]
    heads = [Head(analysis.article, analysis.article) for analysis in analyses]
    archive, _ = resolve(heads, analyses, Decisions(), (), ())
    entities = {entity.id: entity for entity in archive.entities}
    made = (_annotated(one, texts[one.article], archive.resolved[one.article], entities) for one in analyses)
    return tuple(made), tuple(problems)


def _annotated(
    analysis: Analysis, text: Text, resolved: tuple[EntityId | None, ...], entities: dict[EntityId, Entity]
) -> Annotated:
    pairs = ((mention, resolved[mention.name]) for mention in analysis.mentions)
    known = tuple((mention, entities[entity]) for mention, entity in pairs if entity is not None)
    return Annotated(analysis.article, text, known)


def _text(path: Path) -> Text:
    if path.suffix.lower() not in (".md", ".markdown"):
        return plain_text(read_bytes(path).decode("utf-8", "replace"))
    _, body = frontmatter.split(read_text(path))
    return markup.read(body)


def _find(paths: Sequence[Path]) -> tuple[list[tuple[SavedFile, Path]], list[Problem]]:
    """The files in the paths, those in folders with their place below the folder."""
    found: list[tuple[SavedFile, Path]] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            below, troubles = files.find_saved(path)
            found += [(file, path / file.path) for file in below]
            problems += troubles
            continue
        try:
            found.append((files.saved_file(path, path.name), path))
        except Unusable as error:
            problems.append(Problem("find", str(path), str(error)))
    return found, problems


def _free_stem(path: str, taken: set[str]) -> str:
    stem = Path(path).stem
    if stem.casefold() in taken:
        stem = f"{stem}-{urls.short_digest(path)}"
    while stem.casefold() in taken:
        stem += "-2"
    taken.add(stem.casefold())
    return stem
