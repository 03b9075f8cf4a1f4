"""`explain`: why something was or was not made at the last build."""

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
    """Say why PATH was or was not made at the last build: which of its inputs had changed.

    PATH is a page of the site, an article, or a saved file.
    """
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.explain import explain as answers

    found = answers(ArchivePaths(content.absolute(), site.absolute()), path)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(f"{one.path} ({one.stage}): {one.sentence}")
