"""The verb `highlights`: what came from saved pages and other programs, and the owner's consent to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.json_output import json_option, print_result
from glossator.cli.messages import count, show
from glossator.cli.options import content_option
from glossator.config import SiteError
from glossator.text import cut, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossator.model import ArticleId, UnplacedHighlight

SHOWN = 90
"""Characters of a passage in the output."""


@click.command()
@content_option
@click.option("--accept", metavar="ARTICLE", multiple=True, help="Accept what a page says you marked in an article.")
@click.option("--refuse", metavar="ARTICLE", multiple=True, help="Delete what a page says you marked in an article.")
@json_option
def highlights(content: Path, accept: tuple[str, ...], refuse: tuple[str, ...], as_json: bool) -> None:
    """List highlights that wait: for your consent, or for a place.

    A saved page can say that you marked it. What it says is shown on no site before you accept it, page by page.
    """
    from glossator.content import highlights as files
    from glossator.content.archive_paths import check_archive

    check_archive(content)
    if accept or refuse:
        accepted = sum(_change(content, article, files.accept) for article in accept)
        refused = sum(_change(content, article, files.refuse) for article in refuse)
        if as_json:
            print_result({"accepted": accepted, "refused": refused})
        else:
            click.echo(f"{count(accepted, 'highlight')} accepted, {count(refused, 'highlight')} deleted.")
        return
    waiting = files.unaccepted(content)
    unplaced, problems = files.read_unplaced(content)
    show(problems, below="content")
    lost = [item for items in unplaced.values() for item in items]
    if as_json:
        pages = {article: found.items for article, found in waiting.items()}
        print_result({"pages": pages, "unplaced": lost})
        return
    for article, found in waiting.items():
        click.echo(f"{article}: {count(len(found.items), 'highlight')} that a page brought, not accepted")
        click.echo("".join(f"    {_in_a_line(item.exact or item.note)}\n" for item in found.items), nl=False)
    for item in lost:
        click.echo(f"no place: {_in_a_line(item.highlight.exact or item.highlight.note)} ({_origin(item)})")
    if not waiting and not lost:
        click.echo("No highlight waits for your consent or for a place.")
    elif waiting:
        click.echo(f"To accept those of a page: glossator highlights --accept {next(iter(waiting))}")


def _change(content: Path, article: str, change: Callable[[Path, ArticleId], int]) -> int:
    """Accept or refuse what waits in an article. Raises SiteError if nothing does."""
    from glossator.slugs import article_id

    if not (number := change(content, article_id(article))):
        hint = "`glossator highlights` lists those that have some."
        raise SiteError(f"No highlight that a page brought waits for your consent in {article}.", hint)
    return number


def _in_a_line(text: str) -> str:
    return cut(one_line(text), SHOWN)


def _origin(item: UnplacedHighlight) -> str:
    """Return from which program a highlight is, and of which article."""
    return ", ".join(filter(None, (item.highlight.source, one_line(item.title), item.article or item.address)))
