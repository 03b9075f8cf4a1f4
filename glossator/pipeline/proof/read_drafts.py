"""Drafts as they are given -> texts with the names in them, in a process that can be ended: a draft may be anything."""

from __future__ import annotations

import io
import zipfile
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator.config import AnnotateSettings, Config, SiteError
from glossator.content.own_texts import read_notes, read_pages
from glossator.files import Unusable, read_bytes
from glossator.incremental.stage import Stage
from glossator.incremental.workers.batches import Exceeded, run_in_workers
from glossator.incremental.workers.executors import Workers
from glossator.model import Analysis, ArticleId, Digest, Extraction, Problem
from glossator.pipeline.stage_work import openers_by_format
from glossator.stages.proof.draft import ProofDraft, read_draft
from glossator.text import digest

LARGEST = 2_000_000
"""Bytes of a draft: a book."""
STDIN = "-"
_MARKDOWN = frozenset({".md", ".markdown", ""})
_PAGES = (b"<!doctype html", b"<html", b"<?xml")


class GivenDraft(NamedTuple):
    """A draft as it was given."""

    name: str
    data: bytes


class ReadDraft(msgspec.Struct, frozen=True):
    """A draft, read and annotated."""

    source: str
    """Text that offsets count in."""
    draft: ProofDraft
    analysis: Analysis
    language: str


class _DraftSettings(msgspec.Struct, frozen=True):
    annotate: AnnotateSettings
    config: Config


def open_draft(path: Path) -> GivenDraft:
    """Read the file of a draft. Raises SiteError if it cannot be used."""
    try:
        return _checked(GivenDraft(str(path), read_bytes(path)))
    except Unusable as error:
        raise SiteError(f"{path} {error}.", "Name a text, Markdown, HTML or Word file.") from None


def _checked(given: GivenDraft) -> GivenDraft:
    if len(given.data) > LARGEST:
        hint = "Divide it; each part is checked by itself."
        raise SiteError(
            f"{given.name} has {len(given.data):,} bytes, more than the {LARGEST:,} that are checked.", hint
        )
    return given


def given_text(data: bytes, name: str = STDIN) -> GivenDraft:
    """Return a draft that is no file. Raises SiteError if it is too large."""
    return _checked(GivenDraft(name, data))


def own_texts(content: Path) -> tuple[GivenDraft, ...]:
    """Return the site's own pages and notes that are published, by their paths below the content."""
    pages = [page.file for page in read_pages(content / "pages").pages]
    notes = [f"entities/{note.slug}.md" for note in read_notes(content / "entities")[0]]
    return tuple(open_draft(content / file)._replace(name=file) for file in (*pages, *notes))


def read_drafts(config: Config, workers: Workers, drafts: tuple[GivenDraft, ...]) -> Mapping[str, ReadDraft | Problem]:
    """Return each draft, read, by its name; a draft that cannot be read is a problem."""
    stage: Stage[GivenDraft, ReadDraft] = Stage(
        name="draft",
        work=_read,
        result=ReadDraft,
        settings=_DraftSettings(config.annotate, config),
        code=lambda _: Digest(""),
        label=lambda given: given.name,
        input=lambda given: digest(given.name),
        batch_size=1,
        risky=lambda _: True,
    )
    decoder = msgspec.msgpack.Decoder(ReadDraft)
    read: dict[str, ReadDraft | Problem] = {}
    for outcomes in run_in_workers(workers, stage, drafts, range(len(drafts))):
        for index, outcome in outcomes.items():
            name = drafts[index].name
            if isinstance(outcome, Exceeded):
                read[name] = Problem("draft", name, f"was not checked: {outcome.reason}")
            else:
                read[name] = outcome if isinstance(outcome, Problem) else decoder.decode(outcome)
    return read


def _read(batch: tuple[GivenDraft, ...], settings: _DraftSettings) -> tuple[ReadDraft, ...]:
    return tuple(_read_one(given, settings) for given in batch)


def _read_one(given: GivenDraft, settings: _DraftSettings) -> ReadDraft:
    from glossator.stages.annotate import annotate, load_model  # noqa: PLC0415 -- spaCy takes a second to load
    from glossator.stages.extract.metadata.language import guess_language  # noqa: PLC0415

    source, plain, converted = _decoded(given, settings.config)
    draft = read_draft(source, plain)
    if converted:
        source, draft = as_converted(draft)
    language = guess_language(draft.text.content) or settings.config.site.language
    load_model(language, settings.annotate)
    (analysis,) = annotate(((ArticleId("draft"), draft.text, language),), settings.annotate)
    return ReadDraft(source, draft, analysis, language)


def _decoded(given: GivenDraft, config: Config) -> tuple[str, bool, bool]:
    """Return the text of a draft, whether it is plain text, and whether it was converted. Raises Unusable."""
    suffix = Path(given.name).suffix.lower() if given.name != STDIN else ""
    start = given.data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if suffix in (".html", ".htm", ".xhtml") or start.startswith(_PAGES) or _is_word(given.data):
        return _converted(given, config), False, True
    if b"\0" in given.data[:4000]:
        raise Unusable("is no text: give Markdown, plain text, HTML or DOCX")
    text = given.data.removeprefix(BOM_UTF8).decode("utf-8", "replace")
    return text, suffix not in _MARKDOWN, False


def _is_word(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _converted(given: GivenDraft, config: Config) -> str:
    """Return the Markdown that `convert` makes of a page or a Word document. Raises Unusable."""
    from glossator.stages.extract import extract, saved_file  # noqa: PLC0415 -- the readers load half a second of libraries

    name = given.name if given.name != STDIN else ("draft.docx" if _is_word(given.data) else "draft.html")
    extraction: Extraction = extract(
        saved_file(given.data, Path(name).name), config.extract, openers_by_format(config.extensions.openers)
    )
    if not extraction.articles:
        reason = next((problem.message for problem in extraction.problems), "no text was found in it")
        raise Unusable(f"could not be read: {reason}")
    return "\n\n".join(f"# {article.title}\n\n{article.markdown}" for article in extraction.articles)


def as_converted(draft: ProofDraft) -> tuple[str, ProofDraft]:
    """Return the text of a draft whose file has no offsets that anybody could use, and the draft in its offsets."""
    content = draft.text.content
    return content, msgspec.structs.replace(draft, offsets=tuple(range(len(content) + 1)))
