"""The files of the site that are no pages: pictures that its pages show, styles and scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from glossator import output, site_paths, translate
from glossator.content.archive_paths import ArchivePaths
from glossator.content.theme import Theme
from glossator.model import Output, SitePath
from glossator.pipeline.ingest import article_images
from glossator.stages import plan as planning
from glossator.stages.plan.catalogue import Catalogue

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
    files = translate.translate_statics(catalogue.site.words, theme.statics)
    statics = [Output(SitePath(f"static/{name}"), data) for name, data in sorted(files.items())]
    if paths.private:
        statics.append(Output(output.PRIVATE, PRIVATE_NOTE))
    own = tuple(planning.shown_pictures(catalogue.content))
    of_articles = ((picture.name for picture in shown) for shown in catalogue.pictures.values())
    pictures = article_images.distinct([*of_articles, own])
    names = {NO_JEKYLL.path, *(static.path for static in statics), *map(site_paths.picture_path, pictures)}
    shown = {name: published[name] for name in pictures}
    outputs = chain(statics, [NO_JEKYLL], article_images.outputs(paths.content, paths.site, shown))
    return StaticFiles(frozenset(names), outputs, len(shown))
