"""`export` and `mcp`: the archive as data for other programs."""

from __future__ import annotations

import importlib.util
import re
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from glossator.cli.json_output import json_option, print_result
from glossator.cli.messages import count, printable, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError
from glossator.export import FORMATS, Selection, selected
from glossator.model import ArticleId

PRIVATE_NOTICE = "This is a private copy: it holds what you keep back from the site. Do not put it anywhere public."
PUBLISHED_NOTICE = "This is what the site publishes; --private writes your own copy, with what you keep back."
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
PAGE = "page"
HELP = f"""Write the published part of the archive for other programs, or a single page.

FORMAT is {", ".join(FORMATS)}, or page: it builds the site, and writes the page of one ARTICLE as a single HTML file.
"""


@click.command(help=HELP)
@archive_options
@click.argument("form", type=click.Choice([*FORMATS, PAGE]), metavar="FORMAT")
@click.argument("article", required=False, metavar="[ARTICLE]")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="File to write, or folder: csv, vault, okf.")
@click.option("--tag", help="Only articles with this tag.")
@click.option("--entity", help="Only articles that mention this entity, by name or id.")
@click.option("--since", metavar="DAY", help="Only articles from this day on, such as 2024-05-01.")
@click.option("--until", metavar="DAY", help="Only articles up to this day.")
@click.option("--private", "own_copy", is_flag=True, help="Your own copy, with all that is kept back from the site.")
@json_option
def export(options: ArchiveOptions, form: str, article: str | None, own_copy: bool, **chosen: Any) -> None:
    """Write the published part of the archive, or the owner's own copy, in a format."""
    to, as_json = chosen.pop("to"), chosen.pop("as_json")
    if form == PAGE:
        if own_copy or any(chosen.values()):
            raise click.UsageError("page writes one article of the site: no other option than --to chooses anything.")
        _export_page(options, article, to, as_json)
        return
    if article:
        raise click.UsageError(f'{form} writes many articles, and "{article}" is one: only page takes an ARTICLE.')
    from glossator.export.gather import archive_data
    from glossator.export.write import check_place, write_export
    from glossator.pipeline.review.survey import open_survey

    for name in ("since", "until"):
        if chosen[name] and not DAY.fullmatch(chosen[name]):
            raise SiteError(f'--{name} "{chosen[name]}" is no day.', "Write it as 2024-05-01.")
    if chosen["until"]:
        chosen["until"] = chosen["until"].ljust(10, "9")  # a year or a month ends with its last day
    if own_copy:
        check_place(to.absolute(), (options.site, options.content, options.content.parent / "templates"))
    paths = options.paths(own_copy)
    config = replace(options.read_config(), private=own_copy)
    with progress(quiet=not sys.stderr.isatty()) as shown, open_survey(paths, config, shown) as survey:
        archive = selected(archive_data(survey), Selection(**chosen))
    written = write_export(FORMATS[form](archive), to, paths.cache.parent, private=own_copy)
    if as_json:
        counts = {"articles": len(archive.articles), "entities": len(archive.entities), "private": own_copy}
        print_result({**counts, "written": written})
        return
    articles, entities = (
        count(len(archive.articles), "article"),
        count(len(archive.entities), "named entity", "named entities"),
    )
    click.echo(PRIVATE_NOTICE if own_copy else PUBLISHED_NOTICE)
    click.echo(f"{articles}, {entities}: {count(len(written), 'file')} written to {to}.")


def _export_page(options: ArchiveOptions, article: str | None, to: Path, as_json: bool) -> None:
    """Bring the site up to date, and write its page of an article, given by id or file, as one file."""
    from glossator.content.article_store import read_article_store
    from glossator.export.write import write_export
    from glossator.extensions.exports.single_page import single_page
    from glossator.files import read_bytes
    from glossator.output import manifest
    from glossator.pipeline import bring_up_to_date
    from glossator.pipeline.context import rights_policy
    from glossator.site_paths import article_path

    if not article:
        raise click.UsageError("page needs the article to write, such as harbour or content/articles/harbour.md.")
    config, paths = options.read_config(), options.paths()
    with progress(quiet=not sys.stderr.isatty()) as shown:
        bring_up_to_date(paths, config, shown)
    store = read_article_store(options.content / "articles", policy=rights_policy(config))
    kept = {kept.head.id: kept.head for kept in store.kept}
    head, files = kept.get(ArticleId(Path(article).stem)), manifest(options.site)
    if head is None:
        raise SiteError(
            f'The archive has no article "{article}".', "Name it as its file in content/articles/ is named."
        )
    page = article_path(head.id)
    if head.rights == "private" or page not in files:
        raise SiteError(f'The article "{head.id}" is kept back: the site has no page of it.', "Nothing was written.")
    content = single_page(
        page, lambda path: read_bytes(options.site / path) if path in files else None, config.site.url
    )
    written = write_export({"": content}, to, paths.cache.parent)
    if as_json:
        print_result({"articles": 1, "entities": 0, "private": False, "written": written})
        return
    click.echo(f"{printable(head.title)}: {len(content) / 1000:,.0f} kB written to {to}.")


MISSING = "`glossator mcp` needs a library that is not installed: pip install 'glossator[mcp]'"


@click.command("mcp")
@archive_options
@click.option(
    "--private",
    "reach",
    is_flag=False,
    flag_value="texts",
    type=click.Choice(["texts", "all"]),
    help="Whole texts too; with =all also what is private by itself. Whoever runs the model gets it.",
)
def mcp(options: ArchiveOptions, reach: str | None) -> None:
    """Serve the published part of the archive to a language model, by the Model Context Protocol.

    It is started by the program that asks, and answers on standard output until its input ends.
    """
    if importlib.util.find_spec("mcp") is None:
        raise SiteError(MISSING)
    from glossator.export.gather import archive_data
    from glossator.extensions.mcp.lookup import Answer, ArchiveLookup, NotInArchive
    from glossator.extensions.mcp.server import server
    from glossator.model import Problem
    from glossator.pipeline.proof.prove_drafts import Scope, forms_of, prove_drafts
    from glossator.pipeline.proof.read_drafts import STDIN, given_text
    from glossator.pipeline.review.survey import open_survey, open_whole_archive, open_whole_texts
    from glossator.proof_reports import ArticleAddresses, proof_data

    paths = options.paths()
    opened = {"texts": open_whole_texts, "all": open_whole_archive}.get(reach or "", open_survey)
    scope = Scope(public=reach != "all", whole_texts=reach == "texts")

    def prove(text: str) -> Answer:
        config = options.read_config()
        try:
            found = prove_drafts(paths, config, [given_text(text.encode())], scope, forms)[STDIN]
        except SiteError as error:
            raise NotInArchive(f"{error.message} {error.hint}".strip()) from None
        if isinstance(found, Problem):
            raise NotInArchive(f"The text {found.message}.")
        return proof_data(found, ArticleAddresses(config.site.url))

    with progress(quiet=True) as shown, opened(paths, options.read_config(), shown) as survey:
        archive, forms = archive_data(survey), forms_of(survey) if reach else None
    with closing(ArchiveLookup(archive)) as lookup:
        server(archive.title, lookup, prove, reach).run("stdio")
