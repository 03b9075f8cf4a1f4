"""`entity`: reading the archive's entities, and deciding about them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from glossator.cli.messages import count, progress, show
from glossator.cli.options import Order
from glossator.config import SiteError
from glossator.model import Decision, Entity, EntityType, Origin

if TYPE_CHECKING:
    from glossator.pipeline.review.survey import Proposal, Survey

TYPES = click.Choice([str(kind) for kind in EntityType])
SHOWN = 10
"""Articles named before the rest is counted."""


@click.group()
def entity() -> None:
    """See who and what the articles speak of, and put right what the machine got wrong.

    NAME is an entity's name, another form of it, or its id: the end of its page's address. Decisions go to
    content/entities.toml, which you may also edit by hand; build shows them.
    """


def archive(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options that say which archive it reads, as one `Order`."""

    @wraps(command)
    def ordered(*, content: Path, config: Path | None, **rest: Any) -> None:
        content = content.absolute()
        settings = (config or content.parent / "glossator.toml").absolute()
        command(Order(content, content.parent / "site", settings), **rest)

    path = click.Path(path_type=Path)
    ordered = click.option("--config", type=path, help="Settings.  [default: glossator.toml beside the content]")(
        ordered
    )
    return click.option("--content", default="content", type=path, show_default=True, help="Archive.")(ordered)


@dataclass(frozen=True, slots=True)
class Pen:
    """How decisions are written down."""

    order: Order
    yes: bool
    dry_run: bool

    def decide(self, decision: Decision) -> None:
        from glossator.pipeline.review import survey as review

        with survey(self.order) as found:
            proposal = review.propose(found, decision)
            explain(found, proposal)
            if not proposal.lines or self.dry_run:
                return
            if proposal.problems and not proposal.touched:
                raise SiteError("Nothing was written, for it would change nothing.")
            if self.yes or click.confirm("Write this?", default=True):
                review.accept(found, proposal)
                click.echo("Written to entities.toml; the next build shows it.")


def deciding(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options of the archive, and of whether it is to ask first, as one `Pen`."""

    @wraps(command)
    def ordered(order: Order, *, yes: bool, dry_run: bool, **rest: Any) -> None:
        command(Pen(order, yes, dry_run), **rest)

    ordered = click.option("--dry-run", is_flag=True, help="Only say what would change.")(ordered)
    return archive(click.option("--yes", "-y", is_flag=True, help="Write it without asking.")(ordered))


def as_data(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")(command)


def survey(order: Order) -> AbstractContextManager[Survey]:
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.review.survey import open_survey

    return open_survey(
        ArchivePaths(order.content, order.site), order.settings(), progress(quiet=not sys.stderr.isatty())
    )


# ---- reading ---------------------------------------------------------------------------------------------------------


@entity.command("list")
@archive
@click.option("--type", "kind", type=TYPES, help="Only those of a type.")
@click.option("--origin", type=click.Choice(get_args(Origin)), help="Only those that it is known from.")
@as_data
def list_entities(order: Order, kind: str | None, origin: str | None, as_json: bool) -> None:
    """Every entity: id, type, articles, mentions, name. Those in most articles first."""
    with survey(order) as found:
        entities = [one for one in found.archive.entities if kind in (None, one.type) and origin in (None, one.origin)]
    entities.sort(key=lambda one: (-len(one.appearances), -one.mentions, one.id))
    if as_json:
        click.echo(json.dumps([_data(one) for one in entities], ensure_ascii=False, indent=1))
        return
    for one in entities:
        click.echo(f"{one.id}\t{one.type}\t{len(one.appearances)}\t{one.mentions}\t{one.name}")


@entity.command("show")
@archive
@click.argument("name")
@as_data
def show_entity(order: Order, name: str, as_json: bool) -> None:
    """Everything about an entity: its names, how it is introduced, the articles, sentences from them."""
    from glossator.pipeline.review import survey as review

    with survey(order) as found:
        one = review.entity(found, name)
        titles = {head.id: head.title for head in found.archive.heads}
        told = review.sentences(found, one, SHOWN)
    if as_json:
        sentences = [{"article": article, "sentence": sentence} for article, sentence in told]
        click.echo(json.dumps({**_data(one), "sentences": sentences}, ensure_ascii=False, indent=1))
        return
    origin = {"person": "confirmed", "list": "from your list", "machine": "found by machine"}[one.origin]
    click.echo(f"{one.name}  ({one.type}, {origin}; {one.id})")
    if one.aliases:
        click.echo(f"also called: {', '.join(f'{form} ({times})' for form, times in one.aliases)}")
    if one.introduction:
        click.echo(f"introduced as: {one.introduction.text}  [{titles[one.introduction.article]}]")
    if one.note:
        click.echo(f"note: {one.note.markdown}")
    click.echo(f"{count(one.mentions, 'mention')} in {count(len(one.appearances), 'article')}:")
    for article, sentence in told:
        click.echo(f"  {titles[article]} ({article})\n    {sentence}")
    if len(one.appearances) > len(told):
        click.echo(f"  ... and {len(one.appearances) - len(told)} more; --json prints them all.")


def _data(one: Entity) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "type": one.type,
        "origin": one.origin,
        "aliases": dict(one.aliases),
        "introduction": one.introduction.text if one.introduction else None,
        "mentions": one.mentions,
        "articles": [appearance.article for appearance in one.appearances],
    }


# ---- deciding --------------------------------------------------------------------------------------------------------


@entity.command()
@deciding
@click.argument("name")
@click.option("--in", "articles", multiple=True, metavar="ARTICLE", help="Only in this article; may be repeated.")
def ignore(pen: Pen, name: str, articles: tuple[str, ...]) -> None:
    """It is no entity: no mark, no card, no page, everywhere or in some articles."""
    pen.decide(Decision("ignore", (name,), articles=articles))


@entity.command()
@deciding
@click.argument("name")
def private(pen: Pen, name: str) -> None:
    """Somebody who is not to be found here: no mark, no card, no page, in no export."""
    pen.decide(Decision("private", (name,)))


@entity.command()
@deciding
@click.argument("name")
def confirm(pen: Pen, name: str) -> None:
    """What the machine found is right; the site then says that a person confirmed it."""
    pen.decide(Decision("confirm", (name,)))


@entity.command()
@deciding
@click.argument("name")
@click.argument("new_name")
def rename(pen: Pen, name: str, new_name: str) -> None:
    """Show an entity under another name. Its old address leads to the new one."""
    pen.decide(Decision("rename", (name,), new_name))


@entity.command()
@deciding
@click.argument("name")
@click.argument("type", type=TYPES)
def retype(pen: Pen, name: str, type: str) -> None:  # noqa: A002 -- as people type it
    """Say what an entity is."""
    pen.decide(Decision("type", (name,), type))


@entity.command()
@deciding
@click.argument("survivor")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def merge(pen: Pen, survivor: str, names: tuple[str, ...]) -> None:
    """Make entities one, under the first name. Their old addresses lead to it."""
    if survivor in names:
        raise click.UsageError("Name two or more that differ.")
    pen.decide(Decision("merge", (survivor, *names)))


@entity.command("not-the-same")
@deciding
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...")
def not_the_same(pen: Pen, names: tuple[str, ...]) -> None:
    """Keep entities apart, however alike their names are."""
    if len(names) < 2:
        raise click.UsageError("Name two or more.")
    pen.decide(Decision("not-the-same", names))


@entity.command()
@deciding
@click.argument("name")
@click.option("--as", "other", required=True, metavar="NAME", help="Whom it means there: an entity, or a new name.")
@click.option("--in", "articles", multiple=True, metavar="ARTICLE", help="Only in this article; may be repeated.")
def split(pen: Pen, name: str, other: str, articles: tuple[str, ...]) -> None:
    """Part what was wrongly made one: NAME means somebody else, in some articles or everywhere.

    If NAME is what an article calls the entity, all its mentions there go along. If it is a short form such as a
    surname, only the mentions by that form do.
    """
    pen.decide(Decision("split", (name,), other, articles))


@entity.command()
@archive
@click.argument("name")
@click.argument("text", required=False)
def note(order: Order, name: str, text: str | None) -> None:
    """Write a note on an entity: TEXT as a further paragraph, or the whole file in your editor."""
    from glossator.content.decisions import write_note
    from glossator.pipeline.review import survey as review

    with survey(order) as found:
        one = review.entity(found, name)
    path = write_note(order.content / "entities", one, text or "")
    if text is None:
        click.edit(filename=str(path))
    click.echo(f"{path} is shown by the next build.")


def explain(found: Survey, proposal: Proposal) -> None:
    """What a decision would change: lines of the file, and articles."""
    if not proposal.lines:
        click.echo("That is decided already.")
        return
    for line in proposal.lines:
        click.echo(line)
    show(proposal.problems)
    articles(found, proposal.touched, "It changes")


def articles(found: Survey, touched: tuple[str, ...], what: str) -> None:
    titles = {str(head.id): head.title for head in found.archive.heads}
    click.echo(f"{what} {count(len(touched), 'article')}{':' if touched else '.'}")
    for article in touched[:SHOWN]:
        click.echo(f"  {titles.get(article, article)} ({article})")
    if len(touched) > SHOWN:
        click.echo(f"  ... and {len(touched) - SHOWN} more")
