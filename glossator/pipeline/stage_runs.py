"""The stages that are remembered, as the memory sees them: what goes in, what comes out, what they depend on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from glossator import markup
from glossator.config import AnnotateSettings, ExtractSettings, SiteError
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.articles import reread
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.incremental.memo import Stage
from glossator.incremental.versions import annotate_code, extract_code, recall_code
from glossator.model import Analysis, ArticleHead, ArticleId, Digest, Extraction, Problem, SavedFile, Split, Text
from glossator.stages.annotate import MissingModel, Names, annotate, rematch

PAGES_A_BATCH = 4
ARTICLES_RECALLED = 200
"""Two milliseconds an article: so many that a worker is worth its while."""
ARTICLES_A_BATCH = 16
"""spaCy's memory grows with the batch and its speed does not: 4 to 32 are equal."""


@dataclass(frozen=True, slots=True)
class SavedFileInput:
    """A saved file, and where it lies for a worker to open it."""

    file: SavedFile
    path: str
    about: str = ""
    """What its program wrote beside it; empty where there is nothing."""
    content: tuple[bytes, bytes] | Problem | None = None
    """Both, for a worker that does not share our disk; None for one that opens them itself."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article, and where it lies for a worker to open it."""

    head: ArticleHead
    text: Digest
    """Of its Markdown."""
    language: str
    path: str
    marked: bool
    """Whether a person may have marked mentions in it."""
    markdown: str | None = None
    """For a worker that does not share our disk; None for one that opens the file itself."""

    @property
    def label(self) -> str:
        return f"articles/{self.head.id}.md"


def article_file(store: ArticleStore, kept: StoredArticle, language: str) -> ArticleFile:
    """An article of the store; `language` is that of one which does not say."""
    path = f"{store.folder}/{kept.file}"
    return ArticleFile(kept.head, kept.text, kept.head.language or language, path, kept.article_links.marked)


def saved_file_input(folder: Path, file: SavedFile) -> SavedFileInput:
    """A file that was found below a folder."""
    return SavedFileInput(file, str(folder / file.path), str(folder / file.about.path) if file.about else "")


def extract_stage(settings: ExtractSettings) -> Stage[SavedFileInput, Extraction]:
    return Stage(
        name="extract",
        work=_extract,
        result=Extraction,
        settings=settings,
        code=extract_code,
        label=lambda saved_file_input: saved_file_input.file.path,
        input=lambda saved_file_input: digest(
            saved_file_input.file.path,
            saved_file_input.file.digest,
            saved_file_input.file.about.digest if saved_file_input.file.about else "",
        ),
        batch=PAGES_A_BATCH,
        pack=lambda saved_file_input: replace(saved_file_input, content=_opened(saved_file_input)),
    )


def annotate_stage(settings: AnnotateSettings) -> Stage[ArticleFile, Analysis]:
    return Stage(
        name="annotate",
        work=_annotate,
        result=Analysis,
        settings=settings,
        code=annotate_code,
        label=lambda article_file: article_file.label,
        input=lambda article_file: digest(article_file.head.id, article_file.language, article_file.text),
        batch=ARTICLES_A_BATCH,
        pack=_packed,
    )


Recalled = tuple[ArticleFile, Analysis, Names, tuple[Split, ...]]
"""An article, what was found in it, names of other articles, and what people said of single names of it."""


def recall_stage(settings: AnnotateSettings, known: Names) -> Stage[Recalled, Analysis]:
    """Puts right what people spoke of; a stage of its own, so that a decision does not start the model."""
    return Stage(
        name="recall",
        work=_recall,
        result=Analysis,
        settings=(settings, known),
        code=recall_code,
        label=lambda item: item[0].label,
        input=lambda item: digest(item[0].text, item[1].digest, repr(item[2:])),
        batch=ARTICLES_RECALLED,
        pack=lambda item: (_packed(item[0]), *item[1:]),
    )


def text_stage(settings: AnnotateSettings) -> Stage[tuple[ArticleId, Text, str], Analysis]:
    """The same for texts that are no articles: id, text and language of each."""
    return Stage(
        name="annotate",
        work=_annotate_texts,
        result=Analysis,
        settings=settings,
        code=annotate_code,
        label=lambda item: item[0],
        input=lambda item: digest(item[0], item[2], item[1].content),
        batch=ARTICLES_A_BATCH,
    )


def _extract(batch: tuple[SavedFileInput, ...], settings: ExtractSettings) -> tuple[Extraction, ...]:
    # Here, for the readers load half a second of libraries, and most builds have nothing new to read.
    from glossator.stages.extract import extract  # noqa: PLC0415

    made: list[Extraction] = []
    for saved_file_input in batch:
        content = saved_file_input.content or _opened(saved_file_input)
        if isinstance(content, Problem):
            made.append(Extraction("", problems=(content,)))
        else:
            made.append(extract(content[0], saved_file_input.file.path, settings, content[1]))
    return tuple(made)


def _opened(saved_file_input: SavedFileInput) -> tuple[bytes, bytes] | Problem:
    try:
        return read_bytes(Path(saved_file_input.path)), read_bytes(
            Path(saved_file_input.about)
        ) if saved_file_input.about else b""
    except Unusable as error:
        return Problem("extract", saved_file_input.file.path, str(error))


def _packed(article_file: ArticleFile) -> ArticleFile:
    try:
        return replace(article_file, markdown=markdown(article_file))
    except Unusable:
        return article_file  # the worker finds the same, and says so


def markdown(article_file: ArticleFile) -> str:
    """The text of an article. Raises Unusable where it is not the one that was looked at."""
    if article_file.markdown is not None:
        return article_file.markdown
    found = reread(Path(article_file.path), article_file.head).markdown
    if digest(found) != article_file.text:
        raise Unusable("was changed while it was being read: build again")
    return found


def read_ahead(article_file: ArticleFile, settings: AnnotateSettings) -> None:
    """Let the model read an article and forget what it found: what the article will still have, it knows then."""
    with suppress(Unusable, SiteError):  # whoever wants to know will be told
        _annotate((article_file,), settings)


def _annotate(batch: tuple[ArticleFile, ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    texts = [
        (article_file.head.id, markup.read(markdown(article_file)), article_file.language) for article_file in batch
    ]
    return _annotate_texts(tuple(texts), settings)


def _recall(batch: tuple[Recalled, ...], settings: tuple[AnnotateSettings, Names]) -> tuple[Analysis, ...]:
    annotating, known = settings
    return tuple(
        rematch(analysis, markup.read(markdown(article_file)), (known, borrowed), splits, annotating)
        for article_file, analysis, borrowed, splits in batch
    )


def _annotate_texts(batch: tuple[tuple[ArticleId, Text, str], ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    try:
        return annotate(batch, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None
