"""`explain`: why the last build did or did not make a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--content", default="content", type=click.Path(path_type=Path), show_default=True, help="Archive.")
@click.option("--site", default="site", type=click.Path(path_type=Path), show_default=True, help="Output.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain(path: Path, content: Path, site: Path, as_json: bool) -> None:
    """Explain why the last build did or did not make PATH: which of its inputs had changed.

    PATH is a page of the site, an article, or a saved file.
    """
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.explain import explain as explanations

    steps = explanations(ArchivePaths(content.absolute(), site.absolute()), path)
    if as_json:
        click.echo(json.dumps([asdict(step) for step in steps], ensure_ascii=False, indent=1))
    else:
        for step in steps:
            click.echo(f"{step.path} ({step.stage}): {step.sentence}")
