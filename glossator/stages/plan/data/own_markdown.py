"""Own pages as Markdown for other programs, with the answers in the place of their questions."""

from __future__ import annotations

from collections.abc import Iterator

from glossator import markup
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.data.page_markdown import plain
from glossator.stages.plan.parts.answers import answer_blocks
from glossator.stages.plan.parts.own_texts import own_page, plain_words
from glossator.views import AnswerBlock, AnswerEntry


def own_markdown(catalogue: Catalogue, planned: PlannedPage) -> str:
    """Return the Markdown of one of the site's own pages; its links within the site are words."""
    page = own_page(catalogue, planned)
    parts, end = list[str](), 0
    blocks = answer_blocks(catalogue, page, planned.path)
    for fence, block in zip(markup.question_fences(page.markdown) if blocks else (), blocks, strict=True):
        parts += (page.markdown[end : fence.start], "\n".join(_lines(block)))
        end = fence.end
    return plain_words(catalogue, "".join((*parts, page.markdown[end:])))


def _lines(block: AnswerBlock) -> Iterator[str]:
    yield from (f"- {plain(' '.join(filter(None, _words(block.find, row))))}" for row in block.rows)
    if block.key and not block.rows:
        yield str(block.total)


def _words(find: str, row: AnswerEntry) -> Iterator[str]:
    """Yield what a line says of a row."""
    if row.entity:
        yield f"{row.entity.name}:" if row.text or row.line else row.entity.name
    if find == "dates":
        yield f"{row.day}:"
    yield f"“{row.text}”" if find == "quotations" else row.text
    if row.article is None:
        yield row.line
        return
    facts = " · ".join(filter(None, (row.article.site, row.article.date)))
    yield f"({row.article.title}, {facts})" if row.text else f"{row.article.title} ({facts})"
    yield row.note
