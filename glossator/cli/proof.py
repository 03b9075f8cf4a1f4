"""`proof`: texts held against the archive."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.messages import SOME_FAILED, is_public_run, printable, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import Config, SiteError

if TYPE_CHECKING:
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.proof.read_drafts import GivenDraft
    from glossator.proof_reports import ArticleAddresses
    from glossator.stages.proof.findings import Proof

FORMATS = ("text", "json", "html", "markdown")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
COLOURS = {
    "verbatim": "green",
    **dict.fromkeys(("altered", "speaker", "source", "number"), "red"),
    **dict.fromkeys(("spelling", "unknown-name", "absent"), "yellow"),
    "disputed": "blue",
}


@click.command()
@archive_options
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Report.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="File for the report.")
@click.option("--public", is_flag=True, help="Search only what the site publishes.")
@click.option("--strict", is_flag=True, help="End with 1 also if something is not in the archive at all.")
@click.option(
    "--in", "within", default="", metavar="FOLDER-or-TAG", help="Search only articles there, or with the tag."
)
@click.option("--since", default="", metavar="DAY", help="Search only articles from this day on, such as 2024-05-01.")
def proof(
    options: ArchiveOptions, drafts: tuple[str, ...], form: str, to: Path | None, strict: bool, **scope: str | bool
) -> None:
    """Hold any text against the archive: quotations, who said them and where, names, numbers.

    A DRAFT is Markdown, plain text, HTML or a Word document; - reads standard input. The exit code is 1 if the archive
    contradicts a draft.
    """
    from glossator.model import Problem
    from glossator.pipeline.proof.prove_drafts import ProofAids, Scope, prove_drafts
    from glossator.proof_reports import REPORTS, text_report

    if scope["since"] and not DAY.fullmatch(str(scope["since"])):
        raise SiteError(f'--since "{scope["since"]}" is no day.', "Write it as 2024-05-01.")
    given = _given(drafts)
    scope["public"] = scope["public"] or is_public_run()
    paths, config = options.paths(), options.read_config()
    forms = None if scope["public"] else _known_forms(paths, config)
    results = prove_drafts(paths, config, given, Scope(**scope), ProofAids(forms))  # type: ignore[arg-type]  # click's
    problems = [result for result in results.values() if isinstance(result, Problem)]
    proofs = {name: result for name, result in results.items() if not isinstance(result, Problem)}
    for problem in problems:
        click.echo(f"{printable(problem.path or '-')}: {printable(problem.message)}", err=True)
    coloured = form == "text" and to is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    report = text_report(proofs, _mark, _style) if coloured else REPORTS[form](proofs, _addresses(options))
    _write(options, proofs, report, to)
    sys.exit(SOME_FAILED if problems or any(result.is_contradicted(strict) for result in proofs.values()) else 0)


def _known_forms(paths: ArchivePaths, config: Config) -> dict[str, int]:
    """Return the surface forms of the names of the whole archive, each with the number of its articles."""
    from glossator.pipeline.proof.prove_drafts import forms_of
    from glossator.pipeline.review.survey import open_whole_archive

    with progress(quiet=not sys.stderr.isatty()) as shown, open_whole_archive(paths, config, shown) as survey:
        return forms_of(survey)


def _given(drafts: tuple[str, ...]) -> list[GivenDraft]:
    from glossator.pipeline.proof.read_drafts import LARGEST, STDIN, given_text, open_draft

    names = tuple(dict.fromkeys(drafts))
    return [
        given_text(sys.stdin.buffer.read(LARGEST + 1)) if name == STDIN else _named(open_draft(Path(name)), name)
        for name in names
    ]


def _named(draft: GivenDraft, name: str) -> GivenDraft:
    return draft._replace(name=name)


def _addresses(options: ArchiveOptions) -> ArticleAddresses:
    from glossator.proof_reports import ArticleAddresses

    site = options.read_config().site.url
    if not site and options.site.is_dir():
        site = f"{options.site.absolute().as_uri()}/"
    return ArticleAddresses(site, options.content)


def _write(options: ArchiveOptions, proofs: dict[str, Proof], report: str, to: Path | None) -> None:
    """Print a report, or write its file; never to a place from which it would be published."""
    if to is None:
        click.echo(report)
        return
    from glossator.atomic_files import write_whole
    from glossator.export.write import check_place

    target = to.absolute()
    if target.resolve().is_relative_to(options.site.resolve()):
        raise SiteError(f"{to} lies in {options.site}, which is published.", "Nothing was written; name another place.")
    if any(finding.kept_back for draft_proof in proofs.values() for finding in draft_proof.findings):
        check_place(target, (options.site, options.content, options.content.parent / "templates"))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, f"{report}\n".encode())


def _mark(draft: str, archive: str) -> str:
    return click.style(draft, fg="red", strikethrough=True) + click.style(archive, fg="green", bold=True)


def _style(text: str, kind: str) -> str:
    return click.style(text, fg=COLOURS[kind], bold=True)
