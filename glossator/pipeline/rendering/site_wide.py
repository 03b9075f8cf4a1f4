"""The site besides its pages: facts that each of them may show, pictures, styles and scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from glossator import output, site_paths
from glossator.config import API, JSON, SETTINGS_FILE, SiteSettings
from glossator.content.archive_paths import ArchivePaths
from glossator.content.theme import Theme, read_words
from glossator.model import Messages, Output, Problem, SitePath
from glossator.pipeline.context import BuildContext, Problems
from glossator.pipeline.ingest import article_images
from glossator.stages import plan as planning
from glossator.stages.plan.catalogue import Catalogue
from glossator.translate import language_name, translate, translate_statics
from glossator.views import Site

OFFLINE = "offline-worker.js"
"""Script by which a browser keeps pages: it has to lie at the top of the site, and a private site has none."""


def site_facts(context: BuildContext, theme: Theme) -> tuple[Site, Problems]:
    """Return the facts, and notices: a colour was mended; the theme has no words in the language of the archive.

    Raises SiteError for a message catalogue that cannot be used.
    """
    settings, defaults = context.config.site, SiteSettings()
    words = read_words(theme.catalogues, settings.language)
    site = Site(
        title=_stated(words, settings.title, defaults.title),
        description=_stated(words, settings.description, defaults.description),
        language=settings.language,
        url=settings.url,
        indexed=settings.indexed and not context.config.private,
        public=not context.config.private,
        touch=settings.touch,
        feeds=bool(settings.url) and not context.config.private,
        words=words or Messages(),
        # The lists of the read API lead to the data of pages.
        data=tuple(sorted({*settings.data, *([JSON] if API in settings.data else [])})),
    )
    notices = [Problem("theme", SETTINGS_FILE, theme.notice, fatal=False)] if theme.notice else []
    return site, (*notices, *([] if words else [_no_words(settings.language)]))


def _stated(words: Messages | None, text: str, default: str) -> str:
    """Return a text of the settings; the default in the language of the interface."""
    return translate(words, text) if words and text == default else text


def _no_words(language: str) -> Problem:
    message = (
        f"is missing, so the words of the pages are English and not {language_name('en', language)}. "
        "Set language to one of ar, de, en, fr and zh, or write that file: see the page on themes"
    )
    return Problem("theme", f"templates/locale/{language}.po", message, fatal=False)


PRIVATE_NOTE = b"This site shows what its owner keeps back. `publish` refuses it; do not put it anywhere public.\n"
NO_JEKYLL = Output(SitePath(".nojekyll"), b"")
"""File without which GitHub Pages leaves out paths that begin with an underscore."""


class StaticFiles(NamedTuple):
    """The files of the site that are no pages."""

    paths: frozenset[SitePath]
    outputs: Iterable[Output]
    pictures: int
    """Number of pictures."""


def static_files(
    paths: ArchivePaths, theme: Theme, catalogue: Catalogue, published: Mapping[str, article_images.PublishedPicture]
) -> StaticFiles:
    """Return the styles and scripts of a theme, the pictures that articles show, and what GitHub Pages needs.

    `published` are the pictures that can be published, by name.
    """
    files = translate_statics(catalogue.site.words, theme.statics)
    worker = files.pop(OFFLINE, None)
    statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(files.items())]
    if paths.private:
        statics.append(Output(output.PRIVATE, PRIVATE_NOTE))
    elif worker:
        statics.append(Output(SitePath(OFFLINE), worker))
    own = tuple(planning.shown_pictures(catalogue.content))
    of_articles = ((picture.name for picture in shown) for shown in catalogue.pictures.values())
    pictures = article_images.distinct([*of_articles, own])
    shown = {name: published[name] for name in pictures}
    copies = [copy.name for picture in shown.values() for copy in picture.shown.copies]
    names = {NO_JEKYLL.path, *(static.path for static in statics), *map(site_paths.picture_path, [*pictures, *copies])}
    outputs = chain(statics, [NO_JEKYLL], article_images.outputs(paths, shown))
    return StaticFiles(frozenset(names), outputs, len(shown))
