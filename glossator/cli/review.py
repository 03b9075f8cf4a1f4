"""`entity review`: what a person should look at, asked one after the other."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from glossator.cli.entity import TYPES, archive, articles, as_data, explain, survey
from glossator.cli.messages import count
from glossator.cli.options import Order
from glossator.model import Decision

if TYPE_CHECKING:
    from glossator.pipeline.review.questions import Question
    from glossator.pipeline.review.survey import Survey

KEYS = {"same": "[y]es, merge them / [n]o, never", "spelling": "[y]es, merge them / [n]o, never"}
KEYS |= {"type": "[y]es / [n]o, another type", "name": "[y]es, confirm it / [n]o, ignore it"}


@click.command()
@archive
@click.option("--list", "only_list", is_flag=True, help="Print the questions, and ask none.")
@click.option("--since", is_flag=True, help="Say what another model or its rules made new, gone, or of another type.")
@as_data
def review(order: Order, only_list: bool, since: bool, as_json: bool) -> None:
    """Look at what the machine is not sure of, most useful first, and decide with a key.

    Names that may be one entity, types that the articles do not agree on, names that differ by a letter, names that
    are mentioned once. What you skip is asked again next time.
    """
    from glossator.pipeline.review import survey as reviewing

    with survey(order) as found:
        if since:
            _since(found, as_json)
            return
        asked = reviewing.ask(found)
        if as_json:
            click.echo(json.dumps([asdict(one) for one in asked], ensure_ascii=False, indent=1))
        elif only_list:
            for one in asked:
                click.echo(f"{one.text} {one.reason} ({count(len(one.articles), 'article')})")
        else:
            _interview(found, asked)


def _interview(found: Survey, asked: tuple[Question, ...]) -> None:
    from glossator.pipeline.review import survey as reviewing

    decided = 0
    gone: set[str] = set()
    for number, question in enumerate(asked, 1):
        here = {one.id for one in found.archive.entities}
        if not here.issuperset(question.entities) or gone.intersection(question.entities):
            continue  # an answer before this one has settled it
        click.echo(f"\n{number} of {len(asked)}. {question.text}  {question.reason}")
        _evidence(found, question)
        answer = click.prompt(
            f"{KEYS[question.kind]} / [s]kip / [q]uit", type=click.Choice(["y", "n", "s", "q"]), show_choices=False
        )
        if answer == "q":
            break
        decision = _decision(question, answer)
        if decision is None:
            continue
        proposal = reviewing.propose(found, decision)
        explain(found, proposal)
        found = reviewing.accept(found, proposal)
        gone.update(question.entities if question.kind != "name" else ())
        decided += 1
    click.echo(f"{count(decided, 'decision')} written to entities.toml.")


def _decision(question: Question, answer: str) -> Decision | None:
    if answer == "y":
        return question.yes
    if answer == "n" and question.kind == "type":
        return replace(question.yes, value=click.prompt("What is it?", type=TYPES))
    return question.no if answer == "n" else None


def _evidence(found: Survey, question: Question) -> None:
    """A sentence for each of the entities, and the articles that a yes touches."""
    from glossator.pipeline.review import survey as reviewing

    entities = {one.id: one for one in found.archive.entities}
    for one in (entities[entity] for entity in question.entities):
        introduced = f", {one.introduction.text}" if one.introduction else ""
        click.echo(f"  {one.name} ({one.type}{introduced}): {count(len(one.appearances), 'article')}")
        for _, sentence in reviewing.sentences(found, one, 1):
            click.echo(f"    {sentence}")
    articles(found, question.articles, "It is about")


def _since(found: Survey, as_json: bool) -> None:
    from glossator.pipeline.review import survey as reviewing

    changes = reviewing.model_changes(found)
    if as_json:
        click.echo(json.dumps(asdict(changes) if changes else None, ensure_ascii=False, indent=1))
    elif changes is None:
        click.echo("The archive has been built with one model only: there is nothing to compare.")
    else:
        for what, entities in (("new", changes.new), ("gone", changes.gone), ("retyped", changes.retyped)):
            click.echo(f"{what}: {len(entities):,}")
            for one in entities:
                click.echo(f"  {one[1]} ({' -> '.join(one[2:])}; {one[0]})")
