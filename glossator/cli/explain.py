"""`explain`: why the last build did or did not make a file, and why the names on it are names."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from glossator.cli.entity import MAX_EXPLAINED, open_survey
from glossator.cli.options import ArchiveOptions
from glossator.config import SETTINGS_FILE


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--content", default="content", type=click.Path(path_type=Path), show_default=True, help="Archive.")
@click.option("--site", default="site", type=click.Path(path_type=Path), show_default=True, help="Output.")
@click.option("--names", is_flag=True, help="Tell what decided about the names on the page instead.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain(path: Path, content: Path, site: Path, names: bool, as_json: bool) -> None:
    """Explain why the last build did or did not make PATH: which of its inputs had changed.

    PATH is a page of the site, an article, or a saved file. With --names, it is an article or the page of an article or
    an entity.
    """
    from glossator.incremental.explain import explain as explanations

    content = content.absolute()
    options = ArchiveOptions(content, site.absolute(), content.parent / SETTINGS_FILE)
    if names:
        _explain_names(options, path)
        return
    steps = explanations(options.paths(), path)
    if as_json:
        click.echo(json.dumps([msgspec.to_builtins(step) for step in steps], ensure_ascii=False, indent=1))
    else:
        for step in steps:
            click.echo(f"{step.path} ({step.stage}): {step.sentence}")


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
