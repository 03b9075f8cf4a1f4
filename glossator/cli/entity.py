"""`entity`: the group of commands about entities, and those of them that only read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from glossator.cli.examples import with_examples
from glossator.cli.extension_commands import ExtendedGroup
from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import SCREENFUL, count, is_public_run, progress
from glossator.cli.options import ArchiveOptions, config_option, content_option
from glossator.config import SETTINGS_FILE
from glossator.model import Entity, EntityType, Origin

if TYPE_CHECKING:
    from glossator.pipeline.review.survey import Survey

TYPES = click.Choice([str(kind) for kind in EntityType])
MAX_EXPLAINED = 3
"""Articles in which it is explained why a name is one, or that are printed with a question."""


ORDER = "list show review confirm ignore rename retype merge not-the-same split private note undo".split()
"""Commands of the group, in the order of work; those of extensions follow."""


class _EntityCommands(ExtendedGroup):
    """Commands about entities, each with examples."""

    prefix = "entity."

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(dict.fromkeys((*ORDER, *super().list_commands(ctx))))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return command and with_examples(command, f"entity {cmd_name}")


@click.group(cls=_EntityCommands)
def entity() -> None:
    """List who and what the articles mention, and correct what the machine got wrong.

    NAME is an entity's name, another form of it, or its id: the end of its page's address. Decisions go to
    content/entities.toml, which you may also edit by hand; the next build applies them.
    """


def content_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --content and --config to a command, which receives them as `ArchiveOptions`."""

    @wraps(command)
    def wrapped(*, content: Path, config: Path | None, **rest: Any) -> None:
        content = content.absolute()
        settings = (config or content.parent / SETTINGS_FILE).absolute()
        command(ArchiveOptions(content, content.parent / "site", settings), **rest)

    return content_option(config_option(wrapped))


@contextmanager
def open_survey(options: ArchiveOptions) -> Iterator[Survey]:
    """Yield the whole archive of its owner; what is published where everybody may read what is printed."""
    from glossator.pipeline.review import survey as surveys

    paths = options.paths()
    opened = surveys.open_survey if is_public_run() else surveys.open_whole_archive
    with ExitStack() as stack:
        with progress(quiet=not sys.stderr.isatty()) as shown:
            survey = stack.enter_context(opened(paths, options.read_config(), shown))
        yield survey


@entity.command("list")
@content_options
@click.option("--type", "kind", type=TYPES, help="Only entities of this type.")
@click.option("--origin", type=click.Choice(get_args(Origin)), help="Only entities of this origin.")
@json_option
def list_entities(options: ArchiveOptions, kind: str | None, origin: str | None, as_json: bool) -> None:
    """List every entity that is named. Those in most articles come first."""
    with open_survey(options) as survey:
        entities = [
            entity
            for entity in survey.archive.entities
            if kind in (None, entity.type) and origin in (None, entity.origin)
        ]
        private = {entity.id for entity in entities if survey.is_private(entity)}
    entities.sort(key=lambda entity: (-len(entity.appearances), -entity.mentions, entity.id))
    if as_json:
        print_json([_data(entity, entity.id in private) for entity in entities])
        return
    click.echo("id\ttype\tarticles\tmentions\tname")
    for entity in entities:
        shown = f"{type_in_words(entity)}{', private' if entity.id in private else ''}"
        click.echo(f"{entity.id}\t{shown}\t{len(entity.appearances)}\t{entity.mentions}\t{entity.name}")
    with_page = sum(bool(entity.page) for entity in entities)
    click.echo(f"{count(len(entities), 'entity', 'entities')} named, {with_page:,} with a page.", err=True)


@entity.command("show")
@content_options
@click.argument("name")
@click.option("--why", is_flag=True, help="Tell what decided that it is a name, and of which type.")
@json_option
def show_entity(options: ArchiveOptions, name: str, why: bool, as_json: bool) -> None:
    """Show an entity: its names, its descriptor, its articles, and sentences from them."""
    from glossator.pipeline.review.entity_lookup import find_entity, reasons_for_entity, sentences, why_page

    with open_survey(options) as survey:
        entity = find_entity(survey, name)
        titles = {head.id: head.title for head in survey.heads}
        passages, private = sentences(survey, entity, SCREENFUL), survey.is_private(entity)
        reasons = list(reasons_for_entity(survey, entity, MAX_EXPLAINED)) if why else []
    if as_json:
        quoted = [{"article": article, "sentence": sentence} for article, sentence in passages]
        print_json(
            {**_data(entity, private), "why_page": why_page(entity), "sentences": quoted}
            | ({"why": reasons} if why else {})
        )
        return
    origin = {"person": "confirmed", "list": "from your list", "machine": "found by machine"}[entity.origin]
    kept = ", private" if private else ""
    click.echo(f"{entity.name}  ({type_in_words(entity)}, {origin}{kept}; {entity.id})")
    click.echo(why_page(entity))
    if entity.aliases:
        click.echo(f"also called: {', '.join(f'{form} ({times})' for form, times in entity.aliases)}")
    if entity.introduction:
        click.echo(f"introduced as: {entity.introduction.text}  [{titles[entity.introduction.article]}]")
    if entity.note:
        click.echo(f"note: {entity.note.markdown}")
    click.echo(f"{count(entity.mentions, 'mention')} in {count(len(entity.appearances), 'article')}:")
    for article, sentence in passages:
        click.echo(f"  {titles[article]} ({article})\n    {sentence}")
    if len(entity.appearances) > len(passages):
        click.echo(f"  ... and {len(entity.appearances) - len(passages)} more; --json prints them all.")
    if why:
        click.echo("why:")
    for reason in reasons:
        click.echo(f"  {reason}")


def type_in_words(entity: Entity) -> str:
    """Return the type of an entity as the site states it; where the site states none, with what is guessed."""
    return str(entity.type) if entity.stated_type == entity.type else f"{entity.stated_type} ({entity.type}?)"


def _data(entity: Entity, private: bool) -> dict[str, object]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "stated_type": entity.stated_type,
        "private": private,
        "origin": entity.origin,
        "page": entity.page,
        "aliases": dict(entity.aliases),
        "introduction": entity.introduction.text if entity.introduction else None,
        "mentions": entity.mentions,
        "articles": [appearance.article for appearance in entity.appearances],
    }
