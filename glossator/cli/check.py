"""`check` and `explain`: what is wrong with the site or could be better, and why a file or a name is as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.entity import MAX_EXPLAINED, open_survey
from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import SCREENFUL, SOME_FAILED, count, printable, progress, show_disclosure, told_to_all
from glossator.cli.options import ArchiveOptions, adopt_option, archive_options, content_option, site_option
from glossator.config import SETTINGS_FILE
from glossator.python_command import runnable

if TYPE_CHECKING:
    from glossator.check import Finding
    from glossator.pipeline import Report

NO_ADDRESS = "has no url under [site]: without it the site has no feeds, no sitemap and no description of its search"


@click.command()
@archive_options
@adopt_option
@click.option("--online", is_flag=True, help="Ask whether the originals of the articles are still at their addresses.")
@click.option("--claims", is_flag=True, help="Look whether what pages and exports say stands in the articles named.")
@click.option("--proof", is_flag=True, help="Hold own pages and notes against the articles that are published.")
@click.option(
    "--kept-back", is_flag=True, help="Build nothing; name what is staged in Git and tells of what the site keeps back."
)
@json_option
def check(options: ArchiveOptions, as_json: bool, **looks: bool) -> None:
    """Build, then check the site: links, sizes, decisions that fit nothing, articles that are doubtful or undated."""
    if looks.pop("kept_back"):
        _check_staged(options, as_json)
    else:
        _check(options, as_json, **looks)


def _check_staged(options: ArchiveOptions, as_json: bool) -> None:
    from glossator.publish.staged_files import staged_and_kept_back

    files = staged_and_kept_back(options.content, options.read_config())
    if as_json:
        print_json({"staged": files})
    else:
        for file in files:
            click.echo(f"{printable(file)}: staged, and it tells of what the site keeps back")
        if files:
            click.echo(f"To leave them out of the commit: git restore --staged FILE. ({count(len(files), 'file')})")
    sys.exit(SOME_FAILED if files else 0)


def _check(options: ArchiveOptions, as_json: bool, *, online: bool, claims: bool, proof: bool) -> None:
    from glossator.check import Finding
    from glossator.pipeline import bring_up_to_date

    config, paths = options.read_config(), options.paths()
    with progress(as_json) as shown:
        report = bring_up_to_date(paths, config, shown)
    findings = [*_of_the_build(report), *_of_the_site(options), *_of_the_articles(options, online)]
    if not config.site.url:
        findings.append(Finding("feeds", options.config.name, NO_ADDRESS, wrong=False))
    unfounded, texts = _of_the_claims(options) if claims else ([], 0)
    findings += unfounded
    findings += _of_the_proof(options) if proof else ()
    findings += _of_extensions(options)
    wrong = [finding for finding in findings if finding.wrong]
    if as_json:
        told: dict[str, object] = {
            "disclosure": report.disclosure,
            "findings": findings,
            **({"texts": texts} if claims else {}),
        }
        print_json(told)
    else:
        show_disclosure(report)
        _show(findings)
        advice = len(findings) - len(wrong)
        if claims:
            click.echo(f"Looked up {count(texts, 'text')} that exports hold.")
        click.echo(f"{count(len(wrong), 'mistake')}, {count(advice, 'piece of advice', 'pieces of advice')}.")
    sys.exit(SOME_FAILED if wrong else 0)


def _of_the_build(report: Report) -> Iterator[Finding]:
    from glossator.check import Finding
    from glossator.pipeline.review.own_text_links import LINKS

    for problem in report.problems:
        broken = problem.stage == LINKS
        yield Finding(
            LINKS if broken else "build", problem.where(), runnable(told_to_all(problem)), problem.fatal or broken
        )


def _of_the_site(options: ArchiveOptions) -> Iterator[Finding]:
    from glossator.check import Finding, broken_links
    from glossator.output import manifest
    from glossator.publish.before_publishing import excesses, is_on_github
    from glossator.publish.remote import origin

    paths = manifest(options.site)
    yield from broken_links(options.site, paths)
    if is_on_github(origin(options.content.parent)):
        for excess in excesses(options.site, paths):
            for path, size in excess.largest:
                yield Finding("limits", path, f"{size / 1e6:,.0f} MB. {excess.message}")


def _of_the_claims(options: ArchiveOptions) -> tuple[list[Finding], int]:
    """Return what pages, and the data that exports are written from, say that stands in no article.

    The number is that of the texts of these data, which were looked up.
    """
    from glossator.check import ExportAudit, of_archive, unfounded_claims
    from glossator.content.article_store import read_article_store
    from glossator.export.gather import archive_data, owners_words
    from glossator.output import manifest
    from glossator.pipeline.review.survey import open_survey
    from glossator.site_paths import article_path

    folder, paths = options.content / "articles", manifest(options.site)
    files = {kept.head.id: folder / kept.file for kept in read_article_store(folder).kept}
    pages = {str(article_path(article)): file for article, file in files.items()}
    found = list(unfounded_claims(options.site, paths, pages))
    with progress(quiet=True) as shown, open_survey(options.paths(), options.read_config(), shown) as survey:
        archive, own = archive_data(survey), owners_words(survey)
    audit = ExportAudit({str(article): file for article, file in files.items()}, own)
    found += audit.unfounded("exports", of_archive(msgspec.to_builtins(archive)))
    return found, audit.texts


def _of_the_proof(options: ArchiveOptions) -> Iterator[Finding]:
    """Yield what articles contradict in own pages and notes, and, as advice, what no article says."""
    from glossator.check import Finding
    from glossator.model import Problem
    from glossator.pipeline.proof.prove_drafts import Scope, prove_drafts
    from glossator.pipeline.proof.read_drafts import own_texts
    from glossator.proof_reports import one_line
    from glossator.stages.proof.findings import CONTRADICTED, DOUBTED

    texts = own_texts(options.content)
    for path, found in prove_drafts(options.paths(), options.read_config(), texts, Scope(public=True)).items():
        if isinstance(found, Problem):
            yield Finding("proof", path, found.message)
            continue
        for one in found.findings:
            if one.kind in CONTRADICTED | DOUBTED:
                where = f"{path}:{found.text.count(chr(10), 0, one.start) + 1}"
                yield Finding("proof", where, one_line(found, one), wrong=one.kind in CONTRADICTED)


def _of_extensions(options: ArchiveOptions) -> Iterator[Finding]:
    """Yield what the checks of extensions find in the published part of the archive; as advice, that one failed."""
    from glossator.cli.given_archive import published_data, written_site
    from glossator.extension_points import lookup
    from glossator.extension_points.checks import Check, Finding

    extensions = lookup.available("checks")
    if not extensions:
        return
    site, archive = written_site(options), published_data(options)
    errors = [*lookup.passed_over("checks", lookup.installed("checks")).values()]
    for extension in extensions.values():
        try:
            given = msgspec.msgpack.encode(tuple(lookup.load(extension, Check).find(site, archive)))
            findings = msgspec.msgpack.decode(given, type=tuple[Finding, ...])
        except lookup.UnusableExtension as error:
            errors.append(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- whatever the code of somebody else does
            errors.append(lookup.failed(extension, error))
        else:
            yield from findings
    for fault in errors:
        yield Finding("extensions", "extensions", f"{fault.message} {fault.hint}", wrong=False)


def _of_the_articles(options: ArchiveOptions, online: bool) -> Iterator[Finding]:
    from glossator.check import doubtful_conversions, lost_originals, missing_metadata, repeated_edges
    from glossator.content.article_store import read_article_store
    from glossator.model import UNLOADED
    from glossator.pipeline.context import rights_policy
    from glossator.pipeline.review.repeated_lines import repeated_lines

    config = options.read_config()
    store = read_article_store(options.content / "articles", policy=rights_policy(config))
    shown = {f"articles/{kept.file}": kept for kept in store.kept if kept.head.rights != "private"}
    converted = [(f"articles/{kept.file}", kept.conversion, kept.edited) for kept in store.kept if kept.conversion]
    doubts = {
        file: UNLOADED if conversion.kind == UNLOADED else conversion.doubt
        for file, conversion, edited in converted
        if not edited
    }
    yield from doubtful_conversions({file: doubt for file, doubt in doubts.items() if doubt})
    yield from repeated_edges(repeated_lines(store, config.extract.rules))
    formats = {file: conversion.format for file, conversion, _ in converted}
    yield from missing_metadata({file: kept.head for file, kept in shown.items()}, formats)
    if online:
        heads = (kept.head for kept in shown.values())
        sources = {str(head.id): head.source for head in heads if head.source and head.source.startswith("http")}
        yield from lost_originals(sources)


def _show(findings: list[Finding]) -> None:
    """Print what is wrong, then advice; of each kind no more advice than fits on a screen."""
    shown: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: (not finding.wrong, finding)):
        shown[finding.kind] = shown.get(finding.kind, 0) + (not finding.wrong)
        if shown[finding.kind] <= SCREENFUL:
            click.echo(f"{printable(finding.path)}: {printable(finding.message)}")
    for kind, number in shown.items():
        if number > SCREENFUL:
            click.echo(f"... and {number - SCREENFUL} more about {kind}; --json prints them all.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@content_option
@site_option
@click.option("--names", is_flag=True, help="Tell what decided about the names on the page instead.")
@json_option
def explain(path: Path, content: Path, site: Path, names: bool, as_json: bool) -> None:
    """Explain why the last build did or did not make PATH: which of its inputs had changed.

    PATH is a page of the site, an article, or a saved file. With --names, it is an article or the page of an article or
    an entity.
    """
    from glossator.incremental.explain import STAGES
    from glossator.incremental.explain import explain as explanations

    content = content.absolute()
    options = ArchiveOptions(content, site.absolute(), content.parent / SETTINGS_FILE)
    if names:
        _explain_names(options, path)
        return
    steps = explanations(options.paths(), path)
    if as_json:
        print_json(steps)
    else:
        for step in steps:
            click.echo(f"{step.path}, {STAGES.get(step.stage, step.stage)}: {step.sentence}")


def _explain_names(options: ArchiveOptions, path: Path) -> None:
    from glossator.model import ArticleId
    from glossator.pipeline.review.entity_lookup import find_entity, reasons_for_entity, reasons_in_article

    with open_survey(options) as survey:
        if path.parent.name == "entities":
            entity = find_entity(survey, path.stem)
            reasons = list(reasons_for_entity(survey, entity, MAX_EXPLAINED))
        else:
            reasons = list(reasons_in_article(survey, ArticleId(path.stem)))
    for reason in reasons:
        click.echo(reason)
