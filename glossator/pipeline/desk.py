"""A planned page -> its file, wherever it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from jinja2 import Environment

from glossator import markup
from glossator.config import SiteError
from glossator.model import Analysis, Article, ArticleId, Digest, SitePath
from glossator.pipeline import work
from glossator.pipeline.work import Leaf
from glossator.stages import render
from glossator.stages.plan import QUOTING, Catalogue, Excerpt, Reading, Sheet, compose, excerpt


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be made."""

    sheet: Sheet
    leaf: Leaf | None = None
    """Of a page that shows an article's text: that article."""
    found: str = ""
    """The key of what was found in it; empty for an older version, in which no names are looked for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and of an article's page what the pages of its entities show of it."""

    path: SitePath
    content: bytes
    article: ArticleId = ArticleId("")
    excerpt: bytes = b""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that it takes to make pages."""

    catalogue: Catalogue
    environment: Environment
    analysis: Callable[[Leaf, str], Analysis]
    """What was found in an article, by its key."""
    quote: Callable[[ArticleId], Excerpt]
    """What the pages of entities show of an article."""


def make(desk: Desk, job: Job) -> Made:
    """Raises SiteError for a fault in a template, Unusable where an article was changed meanwhile."""
    sheet, site = job.sheet, desk.catalogue.site
    readings = {job.leaf.head.id: opened(desk, job.leaf, job.found)} if job.leaf else {}
    excerpts = {article: desk.quote(article) for article in sheet.needs} if sheet.kind in QUOTING else {}
    try:
        content = render.render(desk.environment, compose(desk.catalogue, sheet, readings, excerpts), site)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    if sheet.kind != "article":
        return Made(sheet.path, content)
    return Made(sheet.path, content, sheet.needs[0], taken(readings[sheet.needs[0]]))


def opened(desk: Desk, leaf: Leaf, found: str) -> Reading:
    markdown = work.markdown(leaf)
    analysis = desk.analysis(leaf, found) if found else Analysis(leaf.head.id, (), (), (), (), (), Digest(""))
    return Reading(Article(leaf.head, markdown, leaf.text), markup.read(markdown), analysis)


def taken(reading: Reading) -> bytes:
    return msgspec.msgpack.encode(excerpt(reading))
