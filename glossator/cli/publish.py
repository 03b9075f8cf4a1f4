"""`publish`: builds the site and puts it on a branch that a host serves."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.init import ask_rights
from glossator.cli.json_output import NOBODY_ASKED, json_option, print_result
from glossator.cli.messages import (
    SCREENFUL,
    SOME_FAILED,
    count,
    is_public_run,
    progress,
    show,
    show_disclosure,
    with_runnable,
)
from glossator.cli.options import ArchiveOptions, adopt_option, archive_options
from glossator.config import Config, SiteError, base_address
from glossator.publish.stated_rights import states_rights, write_rights

if TYPE_CHECKING:
    from glossator.pipeline import ArchivePaths, Report
    from glossator.publish.branch import Publication, RemoteBranch
    from glossator.publish.remote import Destination

UNSAID = "does not say what is published of articles by others"
"""Files of each kind that a dry run names."""


@click.command()
@archive_options
@adopt_option
@click.option(
    "--to", metavar="REMOTE|URL", help="A remote of the archive's repository, or an address.  [default: origin]"
)
@click.option("--branch", default="gh-pages", show_default=True, help="Branch that is served.")
@click.option(
    "--history", is_flag=True, help="Keep earlier publications in the branch; else what was withdrawn is gone."
)
@click.option("--dry-run", is_flag=True, help="Build, and only print what would change.")
@click.option("--yes", "-y", is_flag=True, help="Publish without asking.")
@click.option("--workflow", is_flag=True, help="Publish nothing; write the workflow with which GitHub builds the site.")
@click.option("--install-from", help="With --workflow: where GitHub installs Glossator from.")
@json_option
def publish(
    options: ArchiveOptions, to: str | None, branch: str, workflow: bool, install_from: str | None, **how: bool
) -> None:
    """Build the site and publish it on a branch of a Git remote, as GitHub Pages and others serve it."""
    from glossator.publish.remote import destination

    archive = options.content.parent
    if workflow:
        _write_workflow(options, install_from, how["as_json"])
        return
    if how["as_json"] and not (how["yes"] or how["dry_run"]):
        raise click.UsageError(NOBODY_ASKED)
    target = destination(archive, to, branch)
    if target is None and not how["dry_run"]:
        raise SiteError(
            f"{archive} has no Git remote called origin.",
            "Add one with `git remote add origin ADDRESS`, or name an address with --to.",
        )
    _publish(options, target, Manner(**how))


class Manner(msgspec.Struct, frozen=True):
    """Manner in which a site is published."""

    history: bool
    """Earlier publications stay in the branch."""
    dry_run: bool
    yes: bool
    """Publish without asking."""
    as_json: bool


def _publish(options: ArchiveOptions, target: Destination | None, how: Manner) -> None:
    from glossator.pipeline import bring_up_to_date
    from glossator.publish.before_publishing import excesses, is_on_github
    from glossator.publish.branch import open_branch

    paths = options.paths()
    with open_branch(target) as branch:
        config = _with_address(options.read_config(), target, branch)
        with progress(quiet=False) as shown:
            report = bring_up_to_date(paths, config, shown)
        if not (how.as_json and is_public_run()):
            show(report.news)
        if report.disclosure.sourced and not states_rights(options.config):
            if how.dry_run:
                click.echo(f"{options.config.name} {UNSAID}; without --dry-run you are asked.", err=how.as_json)
            else:
                config = _with_rights(config, options, asks=not how.as_json)
                report = bring_up_to_date(paths, config, shown)
        publication = branch.prepare(options.site, history=how.history)
        if target and is_on_github(target.address) and (too_large := excesses(options.site, branch.paths(publication))):
            named = "; ".join(f"{path} {size / 1e6:,.0f} MB" for path, size in too_large[0].largest)
            raise SiteError(
                " ".join(excess.message for excess in too_large), f"Nothing was published. Largest: {named}."
            )
        if not how.as_json:
            show_disclosure(report)
            _show_difference(publication, every=how.dry_run)
        if not how.dry_run:
            _push(paths, report, branch, publication, yes=how.yes)
    if how.as_json:
        _print_as_json(report, publication, target, config.site.url, done=not how.dry_run)
    else:
        _print_result(publication, target, config.site.url, done=not how.dry_run)
    sys.exit(SOME_FAILED if report.failed and not how.dry_run else 0)


def _push(paths: ArchivePaths, report: Report, branch: RemoteBranch, publication: Publication, *, yes: bool) -> None:
    from glossator.pipeline.review.published_answers import record_answers
    from glossator.publish.before_publishing import record_publication

    assert branch.target, "a remote was asked for"
    if publication.differs and not yes:
        _ask(paths, report, branch.target, first=not branch.exists)
    if publication.differs:
        branch.push(publication)
    record_publication(paths.cache.parent, str(branch.target), report.disclosure)
    record_answers(paths)


def _print_result(publication: Publication, target: Destination | None, url: str | None, *, done: bool) -> None:
    if not done:
        click.echo(f"Nothing was published. It would go to {target or 'a remote, of which there is none yet'}.")
    elif publication.differs:
        click.echo(f"Published to {target}." + (f" It is served at {url}" if url else ""))
    else:
        click.echo(f"{target} has all of it already.")


def _print_as_json(
    report: Report, publication: Publication, target: Destination | None, url: str | None, *, done: bool
) -> None:
    files = {"new": publication.new, "changed": publication.changed, "gone": publication.gone}
    problems = [problem for problem in with_runnable(report).problems if problem.fatal]
    where = {"to": str(target) if target else None, "url": url or None, "published": done and publication.differs}
    print_result({**where, **files, "disclosure": report.disclosure, "problems": problems})


def _with_address(config: Config, target: Destination | None, branch: RemoteBranch) -> Config:
    """Fill in the address of the site, if the settings have none and the branch or the remote tells it."""
    from glossator.publish.remote import pages_address

    if config.site.url or target is None:
        return config
    domain = branch.domain()
    address = base_address(f"https://{domain}/") if domain else pages_address(target.address)
    return replace(config, site=replace(config.site, url=address))


def _with_rights(config: Config, options: ArchiveOptions, *, asks: bool) -> Config:
    """Ask what is published of articles by others, and write the answer into the settings. Raises SiteError."""
    answer = ask_rights() if asks else None
    if answer is None:
        raise SiteError(
            f"{options.config.name} {UNSAID}.",
            'Write rights = "full", "excerpt" or "metadata" below [site]; --yes does not answer it.',
        )
    write_rights(options.config, answer)
    return replace(config, site=replace(config.site, rights=answer))


def _show_difference(publication: Publication, *, every: bool) -> None:
    for word, paths in (("new", publication.new), ("changed", publication.changed), ("gone", publication.gone)):
        click.echo(f"{count(len(paths), 'file')} {word}")
        if every:
            for path in paths[:SCREENFUL]:
                click.echo(f"  {path}")
            if len(paths) > SCREENFUL:
                click.echo(f"  ... and {len(paths) - SCREENFUL} more")


def _ask(paths: ArchivePaths, report: Report, target: Destination, *, first: bool) -> None:
    """Ask before the first publication, and before something that was kept back becomes public.

    Raises SiteError if there is nobody to answer.
    """
    from glossator.publish.before_publishing import newly_public

    files = (path.relative_to(paths.content).as_posix() for path in paths.content.rglob("*.md"))
    shown = newly_public(paths.cache.parent, str(target), report.disclosure, files)
    if not first and not shown:
        return
    reason = f"Nothing has been published to {target} so far."
    if not first:
        reason = f"These were kept back so far and would become public: {', '.join(shown)}."
    if not sys.stdin.isatty():
        raise SiteError(f"{reason} Nobody is there to be asked.", "Add --yes to publish.")
    click.confirm(f"{reason} Publish?", abort=True)


def _write_workflow(options: ArchiveOptions, install_from: str | None, as_json: bool) -> None:
    from glossator.cli.workflow import installation, tell_what_lacks
    from glossator.new_archive import add_workflow, size_of_wheel

    installed = installation(install_from)
    if installed is None:
        raise SiteError(
            "The workflow has to install Glossator from somewhere.",
            "Name a wheel or an address of Git with a commit: --install-from.",
        )
    written = add_workflow(options.content.parent, installed)
    if kept := size_of_wheel(installed):
        click.echo(kept, err=as_json)
    tell_what_lacks(options.read_config(), installed)
    if as_json:
        print_result({"written": written})
        return
    for name in written:
        click.echo(f"{name} written.")
    click.echo("Commit and push it. Once, by hand: Settings > Pages > Build and deployment > Source: GitHub Actions.")
