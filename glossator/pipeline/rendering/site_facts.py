"""The facts that every page of a site may show, from the settings and the theme."""

from __future__ import annotations

from glossator.config import API, JSON, SiteSettings
from glossator.content.theme import Theme, read_words
from glossator.model import Messages, Problem
from glossator.naming.languages import language_name
from glossator.pipeline.context import BuildContext, Problems
from glossator.pipeline.ingest.unread_languages import read_languages
from glossator.translate import translate
from glossator.views import Site


def site_facts(context: BuildContext, theme: Theme) -> tuple[Site, Problems]:
    """Return the facts, and a notice if the theme has no words in the language of the archive.

    Raises SiteError for a message catalogue that cannot be used.
    """
    settings, defaults = context.config.site, SiteSettings()
    words = read_words(theme.catalogues, settings.language)
    site = Site(
        title=_stated(words, settings.title, defaults.title),
        description=_stated(words, settings.description, defaults.description),
        language=settings.language,
        url=settings.url,
        read=read_languages(context.config.annotate),
        indexed=settings.indexed and not context.config.private,
        touch=settings.touch,
        feeds=bool(settings.url) and not context.config.private,
        words=words or Messages(),
        # The lists of the read API lead to the data of pages.
        data=tuple(sorted({*settings.data, *([JSON] if API in settings.data else [])})),
    )
    return site, () if words else (_no_words(settings.language),)


def _stated(words: Messages | None, text: str, default: str) -> str:
    """Return a text of the settings; the default in the language of the interface."""
    return translate(words, text) if words and text == default else text


def _no_words(language: str) -> Problem:
    message = (
        f"is missing, so the words of the pages are English and not {language_name(language)}. "
        "Set language to one of ar, de, en, fr and zh, or write that file: see the page on themes"
    )
    return Problem("theme", f"templates/locale/{language}.po", message, fatal=False)
