"""`export`: the archive as data for other programs, in the formats of the core and of extensions."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from glossator.cli.given_archive import written_site
from glossator.cli.json_output import json_option, print_result
from glossator.cli.messages import count, printable, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import Config, SiteError
from glossator.export import FORMATS, Selection, selected
from glossator.extension_points import lookup
from glossator.extension_points.exports import BuiltSite, Export
from glossator.model import ArticleHead, ArticleId
from glossator.python_command import runnable
from glossator.site_paths import article_path

if TYPE_CHECKING:
    from glossator.pipeline import ArchivePaths

PRIVATE_NOTICE = "This is a private copy: it holds what you keep back from the site. Do not put it anywhere public."
PUBLISHED_NOTICE = "This is what the site publishes; --private writes your own copy, with what you keep back."
LEFT_OUT = "the others are gone, hold several pages or a private name, or are of articles that are not published whole."
MORE = "More formats come with packages, such as those in extensions/ of the repository: python -m pip install PACKAGE."
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class FormatName(click.ParamType[str]):
    """Name of a format. No extension is imported."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value)
        if name not in FORMATS and lookup.find("exports", name) is None:
            names = format_names()
            similar = difflib.get_close_matches(name, names, 1)
            hint = f"Did you mean {similar[0]}? {MORE}" if similar else MORE
            self.fail(f"“{name}” is none of {', '.join(names)}. {runnable(hint)}", param, ctx)
        return name

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click passes both
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        return [click.shell_completion.CompletionItem(name) for name in format_names() if name.startswith(incomplete)]


class ExportCommand(click.Command):
    """Command whose help lists the formats that are there."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"FORMAT is {', '.join(format_names())}.")


def format_names() -> list[str]:
    """Return the names of all formats: the core's, then those of extensions."""
    return list(dict.fromkeys((*FORMATS, *lookup.available("exports"))))


@click.command(cls=ExportCommand)
@archive_options
@click.argument("form", type=FormatName(), metavar="FORMAT")
@click.argument("subject", required=False, metavar="[ARTICLE|PAGE]")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="File to write, or folder for several.")
@click.option("--tag", help="Only articles with this tag.")
@click.option("--entity", help="Only articles that mention this entity, by name or id.")
@click.option("--since", metavar="DAY", help="Only articles from this day on, such as 2024-05-01.")
@click.option("--until", metavar="DAY", help="Only articles up to this day.")
@click.option("--with-sources", is_flag=True, help="With dossier: the saved files too, of articles published whole.")
@click.option("--private", "own_copy", is_flag=True, help="Your own copy, with all that is kept back from the site.")
@json_option
def export(
    options: ArchiveOptions, form: str, subject: str | None, own_copy: bool, with_sources: bool, **chosen: Any
) -> None:
    """Write the published part of the archive for other programs, or a single page.

    The format page builds the site, and writes the page of one ARTICLE as a single HTML file. The format dossier writes
    a PAGE of your own with the answers in it: as a folder, or as a file that ends in .html or .epub. For example:
    glossator export dossier the-ship --to the-ship --with-sources
    """
    target = Target(form, chosen.pop("to"), chosen.pop("as_json"))
    wanted = target.load()
    options = msgspec.structs.replace(options, private=own_copy)
    if wanted.of_page:
        if any(chosen.values()):
            raise click.UsageError(
                f"{form} is of one page, whose questions choose: --tag and the others choose nothing."
            )
        _export_page(options, target, wanted, subject, with_sources=with_sources)
        return
    if with_sources:
        raise click.UsageError(f"{form} has no place for saved files: --with-sources belongs to dossier.")
    if wanted.of_site:
        if own_copy or any(chosen.values()):
            raise click.UsageError(f"{form} is made of the site: no other option than --to chooses anything.")
        _export_site(options, target, wanted, subject)
        return
    if subject:
        raise click.UsageError(f'{form} writes many articles, and "{subject}" is one: only page takes an ARTICLE.')
    _export_archive(options, target, wanted, _selection(**chosen))


class Target(msgspec.Struct, frozen=True):
    """The format that a person chose, and where the export goes."""

    form: str
    to: Path
    as_json: bool
    """Print the result as JSON."""

    @property
    def extension(self) -> lookup.Extension | None:
        """The extension that gives the format; None for one of the core."""
        return None if self.form in FORMATS else lookup.find("exports", self.form)

    def load(self) -> Export:
        """Return the export. Raises UnusableExtension if it cannot be used."""
        if extension := self.extension:
            return lookup.load(extension, Export)
        return Export(contract=2, help="", of_archive=FORMATS[self.form])

    def write(self, make: Callable[[], object], paths: ArchivePaths) -> tuple[Path, ...]:
        """Write what an export makes; return the paths. Raises UnusableExtension if it makes nothing of use."""
        from glossator.export.write import exported_files, write_export

        with lookup.guarded(self.extension) if self.extension else nullcontext():
            files = exported_files(make())
        return write_export(files, self.to, paths.cache.parent, private=paths.private)


def _selection(*, since: str | None, until: str | None, **others: str | None) -> Selection:
    """Return the choice of articles. Raises SiteError for what is no day."""
    for name, day in (("since", since), ("until", until)):
        if day and not DAY.fullmatch(day):
            raise SiteError(f'--{name} "{day}" is no day.', "Write it as 2024-05-01.")
    last = until.ljust(10, "9") if until else None  # a year or a month ends with its last day
    return Selection(since=since, until=last, **others)


def _export_archive(options: ArchiveOptions, target: Target, wanted: Export, selection: Selection) -> None:
    from glossator.export.gather import archive_data
    from glossator.pipeline.review.survey import open_survey

    _check_private_place(options, target)
    paths = options.paths(options.private)
    with progress(quiet=not sys.stderr.isatty()) as shown, open_survey(paths, options.read_config(), shown) as survey:
        archive = selected(archive_data(survey), selection)
    assert wanted.of_archive, "exports of the site are made elsewhere"
    written = target.write(partial(wanted.of_archive, archive), paths)
    articles, entities = len(archive.articles), len(archive.entities)
    if target.as_json:
        print_result({"articles": articles, "entities": entities, "private": options.private, "written": written})
        return
    click.echo(PRIVATE_NOTICE if options.private else PUBLISHED_NOTICE)
    held = f"{count(articles, 'article')}, {count(entities, 'named entity', 'named entities')}"
    click.echo(f"{held}: {count(len(written), 'file')} written to {target.to}.")


def _check_private_place(options: ArchiveOptions, target: Target) -> None:
    from glossator.export.write import check_place

    if options.private:
        check_place(target.to.absolute(), (options.site, options.content, options.content.parent / "templates"))


def _export_page(
    options: ArchiveOptions, target: Target, wanted: Export, name: str | None, *, with_sources: bool
) -> None:
    """Export a page of a person's own, given by its file or name, with the answers to its questions."""
    from glossator.export.gather_page import Wanted, named_page, own_page_data
    from glossator.pipeline.review.survey import open_survey

    if not name:
        raise click.UsageError(f"{target.form} needs the page to write, such as content/pages/story.md.")
    suffix = "" if target.to.is_dir() else target.to.suffix.lower()
    if with_sources and suffix:
        raise click.UsageError(
            f"--with-sources needs a folder, and {target.to} would be a file: name one without suffix."
        )
    _check_private_place(options, target)
    paths, config = options.paths(options.private), options.read_config()
    page = named_page(options.content, name, options.private)
    with progress(quiet=not sys.stderr.isatty()) as shown, open_survey(paths, config, shown) as survey:
        data = own_page_data(survey, page, Wanted(suffix, with_sources))
    assert wanted.of_page, "exports of anything else are made elsewhere"
    written = target.write(partial(wanted.of_page, data), paths)
    files = sum(source.content is not None for source in data.sources)
    if target.as_json:
        counts = {"articles": len(data.sources), "saved_files": files, "unanswered": data.answers.count(None)}
        print_result({**counts, "private": options.private, "written": written})
        return
    click.echo(PRIVATE_NOTICE if options.private else PUBLISHED_NOTICE)
    if unanswered := data.answers.count(None):
        lacking = count(unanswered, "question has", "questions have")
        click.echo(runnable(f"{lacking} no answer: `glossator check` says why."), err=True)
    if with_sources and files < len(data.sources):
        click.echo(f"{count(files, 'saved file')} of {count(len(data.sources), 'article')}: {LEFT_OUT}", err=True)
    cited = f"{printable(data.title)}: {count(len(data.sources), 'article')} cited"
    click.echo(f"{cited}, {count(len(written), 'file')} written to {target.to}.")


def _export_site(options: ArchiveOptions, target: Target, wanted: Export, article: str | None) -> None:
    """Bring the site up to date, and export it, or its page of an article that is given by id or file."""
    from glossator.pipeline import bring_up_to_date

    if wanted.one_article and not article:
        raise click.UsageError(
            f"{target.form} needs the article to write, such as harbour or content/articles/harbour.md."
        )
    if article and not wanted.one_article:
        raise click.UsageError(f'{target.form} writes the whole site, and "{article}" is one article of it.')
    config, paths = options.read_config(), options.paths()
    with progress(quiet=not sys.stderr.isatty()) as shown:
        bring_up_to_date(paths, config, shown)
    site = written_site(options)
    head = _published(options, config, article, site) if article else None
    site = site._replace(page=article_path(head.id) if head else "")
    assert wanted.of_site, "exports of the archive are made elsewhere"
    written = target.write(partial(wanted.of_site, site), paths)
    if target.as_json:
        about = {"articles": 1, "entities": 0} if head else {}
        print_result({**about, "private": False, "written": written})
        return
    size = sum(path.stat().st_size for path in written)
    made = printable(head.title) if head else count(len(written), "file")
    click.echo(f"{made}: {size / 1000:,.0f} kB written to {target.to}.")


def _published(options: ArchiveOptions, config: Config, article: str, site: BuiltSite) -> ArticleHead:
    """Return the head of an article that the site has. Raises SiteError for any other."""
    from glossator.content.article_store import read_article_store
    from glossator.pipeline.context import rights_policy

    store = read_article_store(options.content / "articles", policy=rights_policy(config))
    heads = {kept.head.id: kept.head for kept in store.kept}
    head = heads.get(ArticleId(Path(article).stem))
    if head is None:
        raise SiteError(
            f'The archive has no article "{article}".', "Name it as its file in content/articles/ is named."
        )
    if head.rights == "private" or article_path(head.id) not in site.files:
        raise SiteError(f'The article "{head.id}" is kept back: the site has no page of it.', "Nothing was written.")
    return head
