"""The stages that are remembered, as the memory sees them: what goes in, what comes out, what they depend on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from glossator import markup
from glossator.config import AnnotateSettings, ExtractSettings, SiteError
from glossator.content.article_store import Kept, Shelf
from glossator.content.articles import reread
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.incremental.memo import Stage
from glossator.incremental.versions import annotate_code, extract_code, recall_code
from glossator.model import Analysis, ArticleId, Digest, Extraction, Head, Problem, SavedFile, Split, Text
from glossator.stages.annotate import MissingModel, Names, annotate, rematch

PAGES_A_BATCH = 4
ARTICLES_RECALLED = 200
"""Two milliseconds an article: so many that a worker is worth its while."""
ARTICLES_A_BATCH = 16
"""spaCy's memory grows with the batch and its speed does not: 4 to 32 are equal."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved file, and where it lies for a worker to open it."""

    file: SavedFile
    path: str
    about: str = ""
    """What its program wrote beside it; empty where there is nothing."""
    content: tuple[bytes, bytes] | Problem | None = None
    """Both, for a worker that does not share our disk; None for one that opens them itself."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An article, and where it lies for a worker to open it."""

    head: Head
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


def leaf(shelf: Shelf, kept: Kept, language: str) -> Leaf:
    """An article of the shelf; `language` is that of one which does not say."""
    path = f"{shelf.folder}/{kept.file}"
    return Leaf(kept.head, kept.text, kept.head.language or language, path, kept.leads.marked)


def saved(folder: Path, file: SavedFile) -> Saved:
    """A file that was found below a folder."""
    return Saved(file, str(folder / file.path), str(folder / file.about.path) if file.about else "")


def extract_stage(settings: ExtractSettings) -> Stage[Saved, Extraction]:
    return Stage(
        name="extract",
        work=_extract,
        result=Extraction,
        settings=settings,
        code=extract_code,
        label=lambda saved: saved.file.path,
        input=lambda saved: digest(
            saved.file.path, saved.file.digest, saved.file.about.digest if saved.file.about else ""
        ),
        batch=PAGES_A_BATCH,
        pack=lambda saved: replace(saved, content=_opened(saved)),
    )


def annotate_stage(settings: AnnotateSettings) -> Stage[Leaf, Analysis]:
    return Stage(
        name="annotate",
        work=_annotate,
        result=Analysis,
        settings=settings,
        code=annotate_code,
        label=lambda leaf: leaf.label,
        input=lambda leaf: digest(leaf.head.id, leaf.language, leaf.text),
        batch=ARTICLES_A_BATCH,
        pack=_packed,
    )


Recalled = tuple[Leaf, Analysis, Names, tuple[Split, ...]]
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


def _extract(batch: tuple[Saved, ...], settings: ExtractSettings) -> tuple[Extraction, ...]:
    # Here, for the readers load half a second of libraries, and most builds have nothing new to read.
    from glossator.stages.extract import extract  # noqa: PLC0415

    made: list[Extraction] = []
    for saved in batch:
        content = saved.content or _opened(saved)
        if isinstance(content, Problem):
            made.append(Extraction("", problems=(content,)))
        else:
            made.append(extract(content[0], saved.file.path, settings, content[1]))
    return tuple(made)


def _opened(saved: Saved) -> tuple[bytes, bytes] | Problem:
    try:
        return read_bytes(Path(saved.path)), read_bytes(Path(saved.about)) if saved.about else b""
    except Unusable as error:
        return Problem("extract", saved.file.path, str(error))


def _packed(leaf: Leaf) -> Leaf:
    try:
        return replace(leaf, markdown=markdown(leaf))
    except Unusable:
        return leaf  # the worker finds the same, and says so


def markdown(leaf: Leaf) -> str:
    """The text of an article. Raises Unusable where it is not the one that was looked at."""
    if leaf.markdown is not None:
        return leaf.markdown
    found = reread(Path(leaf.path), leaf.head).markdown
    if digest(found) != leaf.text:
        raise Unusable("was changed while it was being read: build again")
    return found


def read_ahead(leaf: Leaf, settings: AnnotateSettings) -> None:
    """Let the model read an article and forget what it found: what the article will still have, it knows then."""
    with suppress(Unusable, SiteError):  # whoever wants to know will be told
        _annotate((leaf,), settings)


def _annotate(batch: tuple[Leaf, ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    texts = [(leaf.head.id, markup.read(markdown(leaf)), leaf.language) for leaf in batch]
    return _annotate_texts(tuple(texts), settings)


def _recall(batch: tuple[Recalled, ...], settings: tuple[AnnotateSettings, Names]) -> tuple[Analysis, ...]:
    annotating, known = settings
    return tuple(
        rematch(analysis, markup.read(markdown(leaf)), (known, borrowed), splits, annotating)
        for leaf, analysis, borrowed, splits in batch
    )


def _annotate_texts(batch: tuple[tuple[ArticleId, Text, str], ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    try:
        return annotate(batch, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None
