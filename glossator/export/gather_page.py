"""A page of a person's own and the answers to its questions -> the data of the page, with the sources of its articles.

A saved file is passed on only if the site shows all that was made of it. What else a page holds nobody can look at, so
a file with a private name in it, or one in which such a name cannot be looked for, stays with its owner.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from glossator import markup
from glossator.config import SiteError
from glossator.content.article_store import StoredArticle
from glossator.content.own_texts import read_pages
from glossator.content.saved_files import find_file
from glossator.export.gather import archive_data, kept_back_slugs, private_names_of
from glossator.export.page_data import AnsweredData, OwnPageData, SourceData
from glossator.files import Unusable, read_bytes
from glossator.local_pictures import picture
from glossator.markup import ArchiveLinks
from glossator.model import AnswerRow, ArticleId, OwnPage, PlacedHighlight, PrivateNames
from glossator.naming.private_names import names_private
from glossator.picture_metadata import NotShown, published
from glossator.pipeline.analysis.answer_questions import MOST_QUESTIONS
from glossator.pipeline.analysis.find_highlights import find_highlights
from glossator.pipeline.ingest.article_images import own_pictures
from glossator.pipeline.ingest.duplicates_and_versions import split_versions
from glossator.pipeline.review.ask import Answered, ask
from glossator.pipeline.review.survey import Survey
from glossator.site_paths import picture_path
from glossator.slugs import slug
from glossator.stages.plan.catalogue.private_names import address_names_private
from glossator.text import nearest

PLAIN_FORMATS = frozenset({"html", "markdown", "text", "document"})
"""Formats in which a name can be looked for without opening anything."""


class Wanted(NamedTuple):
    """Form in which a person wants a page."""

    suffix: str
    """Suffix of the file; empty for a folder."""
    with_sources: bool
    """True if saved files are to go along."""


def named_page(content: Path, name: str, private: bool) -> OwnPage:
    """Return the own page in a file, given by its path or by its name. Raises SiteError for what is none."""
    read = read_pages(content / "pages", private)
    wanted = PurePosixPath(name.replace("\\", "/")).as_posix().removeprefix(f"{content.name}/").removeprefix("pages/")
    stem = wanted.removesuffix(".md")
    for page in read.pages:
        if stem in (page.name, page.file.removeprefix("pages/").removesuffix(".md")):
            return page
    if f"pages/{stem}.md" in read.kept_back:
        raise SiteError(f'The page "{name}" is kept back.', "Nothing was written: --private writes your own copy.")
    names = [page.name for page in read.pages]
    hint = nearest(stem, names) if names else "there is none yet: write one in content/pages/"
    raise SiteError(f'content/pages/ has no page "{name}": {hint}.')


def own_page_data(survey: Survey, page: OwnPage, wanted: Wanted) -> OwnPageData:
    """Return the data of an own page, with the answers to its questions."""
    asked = tuple(_answers(survey, page))
    rows = [row for each in asked if each and each.question.show != "count" for row in each.answer.rows]
    cited = dict.fromkeys(row.article for row in rows)
    placed = _highlights(survey, cited)
    answered = tuple(AnsweredData(each.question, each.answer, _notes(rows, placed)) if each else None for each in asked)
    archive = archive_data(survey, cited.keys())
    articles = {article.id: article for article in archive.articles}
    kept = [key for key in cited if key in articles]
    held = kept_back_slugs(survey, private_names_of(survey)) if "[[" in page.markdown else frozenset[str]()
    pictures = _pictures(survey.context.paths.content, page)
    markdown = markup.without_links(page.markdown, lambda name: slug(name) in held)
    return OwnPageData(
        name=page.name,
        title=page.title,
        language=survey.context.config.site.language,
        markdown=tuple(_between_fences(markdown)),
        html=markup.weave_own(page.markdown, _links(page, held, {key: name for key, (name, _) in pictures.items()})),
        answers=answered,
        archive=msgspec.structs.replace(archive, articles=tuple(articles[key] for key in kept)),
        sources=tuple(_sources(survey, kept, wanted.with_sources)),
        pictures=dict(pictures.values()),
        suffix=wanted.suffix,
    )


def _answers(survey: Survey, page: OwnPage) -> Iterator[Answered | None]:
    """Yield the answer to each question of a page; None for one that cannot be answered."""
    for number, fence in enumerate(markup.question_fences(page.markdown)):
        try:
            yield ask(survey, fence.text) if number < MOST_QUESTIONS else None
        except SiteError:
            yield None


def _highlights(survey: Survey, cited: Collection[ArticleId]) -> Mapping[ArticleId, tuple[PlacedHighlight, ...]]:
    """Return the highlights in articles that the site shows, or that its owner made; none with a private name."""
    files = {file.head.id: file for file in survey.public if file.head.id in cited}
    heads = [head for head in survey.heads if head.id in files]
    return find_highlights(survey.context, heads, files, private_names_of(survey)).placed


def _notes(
    rows: Sequence[AnswerRow], placed: Mapping[ArticleId, tuple[PlacedHighlight, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the notes that stand beside rows, by the keys of the rows."""
    notes = {
        row.key: tuple(each.note for each in placed.get(row.article, ()) if each.note and each.touches(row))
        for row in rows
        if row.text and not row.note
    }
    return {key: of_row for key, of_row in notes.items() if of_row}


def _links(page: OwnPage, held: frozenset[str], pictures: Mapping[str, str]) -> ArchiveLinks:
    """Return the links of a page that leads nowhere within the site; `held` are the slugs of what it may not name."""
    within = dict.fromkeys(markup.own_references(page.markdown).links, "")
    kept_back = frozenset(link for link in within if slug(link.removeprefix(markup.WIKI).strip()) in held)
    return ArchiveLinks(within=within, pictures=pictures, kept_back=kept_back)


def _pictures(content: Path, page: OwnPage) -> dict[str, tuple[str, bytes]]:
    """Return each picture that a page shows, with its name, by its address in the Markdown."""
    beside = dict(own_pictures(content))
    shown: dict[str, tuple[str, bytes]] = {}
    for written in markup.own_references(page.markdown).pictures:
        path = beside.get(normpath(join(dirname(page.file), unquote(written))))
        with suppress(Unusable, NotShown):
            if path and (found := picture(data := read_bytes(path))):
                shown[written] = (picture_path(found.name), published(data))
    return shown


def _between_fences(markdown: str) -> Iterator[str]:
    end = 0
    for fence in markup.question_fences(markdown):
        yield markdown[end : fence.start]
        end = fence.end
    yield markdown[end:]


def _sources(survey: Survey, articles: Sequence[ArticleId], with_files: bool) -> Iterator[SourceData]:
    shown = [article for article in survey.store.kept if article.head.rights != "private"]
    stored, versions = {article.head.id: article for article in shown}, split_versions(shown).others
    private = private_names_of(survey)
    for key in articles:
        heads = (other.head for other in versions.get(key, ()))
        days = tuple((head.saved or head.published or head.id)[:10] for head in heads)
        source = _named_source(survey, stored[key], private)
        if with_files and (content := _file(survey, stored[key], private)) is not None:
            source = msgspec.structs.replace(source, content=content, sha256=hashlib.sha256(content).hexdigest())
        yield msgspec.structs.replace(source, versions=days)


def _named_source(survey: Survey, article: StoredArticle, private: PrivateNames) -> SourceData:
    if article.conversion is None:
        return SourceData(article.head.id)
    path, digest = article.conversion.file, article.conversion.sha256
    if survey.context.config.private:
        return SourceData(article.head.id, path, digest)
    name = path.rpartition("/")[2]
    told = not (names_private(name, private) or address_names_private(name, private))
    return SourceData(article.head.id, name if told else "", digest)


def _file(survey: Survey, article: StoredArticle, private: PrivateNames) -> bytes | None:
    """Return the saved file of an article; None if it is gone or may not be passed on."""
    conversion = article.conversion
    if conversion is None or not (survey.context.config.private or _is_published(article)):
        return None
    try:
        file = find_file(survey.context.paths.saved, conversion.file, conversion.sha256)
        content = read_bytes(survey.context.paths.saved / file.path) if file else None
    except Unusable:
        return None
    return content if content is None or not private or _is_free_of(content, conversion.format, private) else None


def _is_published(article: StoredArticle) -> bool:
    """True if the site shows all that was made of the saved file of an article, and the file holds nothing else."""
    conversion = article.conversion
    return article.head.rights == "full" and not article.hidden and conversion is not None and not conversion.entry


def _is_free_of(content: bytes, form: str, private: PrivateNames) -> bool:
    return form in PLAIN_FORMATS and not names_private(html.unescape(content.decode("utf-8", "replace")), private)
