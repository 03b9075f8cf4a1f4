"""Additions of the preview to own pages, which are in no file of the site.

They are which rows are new since the last publication, notes beside rows, and what the articles do not have of a page
whose front matter says `proof: yes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from glossator import markup
from glossator.config import Config
from glossator.content.own_texts import read_pages
from glossator.incremental.memo import no_progress
from glossator.model import Answer, Digest, OwnPage, PrivateNames, Problem
from glossator.pipeline.analysis.find_highlights import find_highlights
from glossator.pipeline.proof.prove_drafts import Scope, prove_drafts
from glossator.pipeline.proof.read_drafts import open_draft
from glossator.pipeline.review.published_answers import PublishedAnswers, built_answers
from glossator.pipeline.review.survey import open_survey
from glossator.serve.corrections import Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX
from glossator.stages.proof.findings import CONTRADICTED, DOUBTED


def head(corrections: Corrections) -> bytes:
    """Return the markup for the head of every served page."""
    return f'<script src="{PREFIX}own-pages.js" data-token="{corrections.token}" defer></script>'.encode()


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (rf"{PREFIX}answers", _AnswersHandler, {"corrections": corrections}),
        (rf"{PREFIX}page-findings", _PageFindingsHandler, {"corrections": corrections}),
    ]


class _AnswersHandler(GuardedHandler):
    """GET with `?of=DIGEST`, several times: the keys of new rows, and notes by the keys of rows, of each answer."""

    async def get(self) -> None:
        await self.answer_with(_about, self.corrections, frozenset(self.get_query_arguments("of")))


class _PageFindingsHandler(GuardedHandler):
    """GET with `?page=PATH`: what articles contradict or do not have of the page, if it asks for that."""

    async def get(self) -> None:
        await self.answer_with(_findings, self.corrections, self.get_query_argument("page", ""))


def _about(corrections: Corrections, wanted: frozenset[str]) -> dict[str, object]:
    answers = {key: answer for key, answer in built_answers(corrections.paths).items() if key in wanted}
    published = PublishedAnswers(corrections.paths.cache.parent)
    shown = {} if corrections.paths.private else answers  # of a private site nothing is published
    news = {key: rows for key, answer in shown.items() if (rows := published.new_rows(answer))}
    config = corrections.read_config()
    return {"news": news, "notes": {} if config.site.highlights else _notes(corrections, config, answers)}


def _notes(
    corrections: Corrections, config: Config, answers: Mapping[Digest, Answer]
) -> dict[Digest, dict[str, list[str]]]:
    """Return the notes that the site does not show, by question and row."""
    cited = {row.article for answer in answers.values() for row in answer.rows if row.text}
    shown = replace(config, site=replace(config.site, highlights="all"))
    with open_survey(corrections.paths, shown, no_progress, corrections.worker, corrections.built()) as survey:
        files = {file.head.id: file for file in survey.public if file.head.id in cited}
        heads = [head for head in survey.heads if head.id in files]
        placed = find_highlights(survey.context, heads, files, PrivateNames()).placed
    return {
        key: {
            row.key: notes
            for row in answer.rows
            if row.text
            and not row.note
            and (notes := [each.note for each in placed.get(row.article, ()) if each.note and each.touches(row)])
        }
        for key, answer in answers.items()
    }


def _findings(corrections: Corrections, path: str) -> list[dict[str, str]]:
    """Return the words of each place of a page that is not as the articles have it, and what is wrong with them."""
    page = _page(corrections, path)
    if page is None or not page.proof:
        return []
    file = corrections.paths.content / page.file
    scope = Scope(public=not corrections.paths.private)
    proof = prove_drafts(corrections.paths, corrections.read_config(), [open_draft(file)], scope)
    found = next(iter(proof.values()))
    if isinstance(found, Problem):
        return []
    wanted = CONTRADICTED | DOUBTED
    return [
        {"words": words, "message": finding.message, "kind": finding.kind}
        for finding in found.findings
        if finding.kind in wanted and (words := " ".join(markup.read(finding.text).content.split()))
    ]


def _page(corrections: Corrections, path: str) -> OwnPage | None:
    pages = read_pages(corrections.paths.content / "pages", corrections.paths.private).pages
    return next((page for page in pages if f"{page.name}.html" == path), None)
