"""`entity review`: asks a person about uncertain entities, one question after the other."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from glossator.cli.entity import TYPES, archive_options, json_option, open_survey, print_articles, print_effect
from glossator.cli.messages import count
from glossator.cli.options import ArchiveOptions
from glossator.model import Decision

if TYPE_CHECKING:
    from glossator.pipeline.review.questions import Question
    from glossator.pipeline.review.survey import Survey

CHOICES = {"same": "[y]es, merge them / [n]o, never", "spelling": "[y]es, merge them / [n]o, never"}
CHOICES |= {"type": "[y]es / [n]o, another type", "name": "[y]es, confirm it / [n]o, ignore it"}


@click.command()
@archive_options
@click.option("--list", "only_list", is_flag=True, help="Print the questions without asking.")
@click.option(
    "--since", is_flag=True, help="Only list the entities that another model or other rules added, removed or retyped."
)
@json_option
def review(options: ArchiveOptions, only_list: bool, since: bool, as_json: bool) -> None:
    """Decide by a key what the machine is not sure of, most useful questions first.

    Names that may be one entity, types on which the articles do not agree, names that differ by a letter, names that
    are mentioned once. A question that you skip is asked again next time.
    """
    from glossator.pipeline.review import survey as reviewing

    with open_survey(options) as survey:
        if since:
            _print_model_changes(survey, as_json)
            return
        questions = reviewing.open_questions(survey)
        if as_json:
            click.echo(json.dumps([asdict(question) for question in questions], ensure_ascii=False, indent=1))
        elif only_list:
            for question in questions:
                articles = count(len(question.articles), "article")
                click.echo(f"{question.text} {question.reason} ({articles})")
        else:
            _interview(survey, questions)


def _interview(survey: Survey, questions: tuple[Question, ...]) -> None:
    from glossator.pipeline.review import survey as reviewing

    decided = 0
    settled: set[str] = set()
    for number, question in enumerate(questions, 1):
        existing = {entity.id for entity in survey.archive.entities}
        if not existing.issuperset(question.entities) or settled.intersection(question.entities):
            continue  # an earlier answer has settled it
        click.echo(f"\n{number} of {len(questions)}. {question.text}  {question.reason}")
        _print_evidence(survey, question)
        answer = click.prompt(
            f"{CHOICES[question.kind]} / [s]kip / [q]uit", type=click.Choice(["y", "n", "s", "q"]), show_choices=False
        )
        if answer == "q":
            break
        decision = _decision(question, answer)
        if decision is None:
            continue
        proposal = reviewing.propose(survey, decision)
        print_effect(survey, proposal)
        survey = reviewing.accept(survey, proposal)
        settled.update(question.entities if question.kind != "name" else ())
        decided += 1
    click.echo(f"{count(decided, 'decision')} written to entities.toml.")


def _decision(question: Question, answer: str) -> Decision | None:
    if answer == "y":
        return question.yes
    if answer == "n" and question.kind == "type":
        return replace(question.yes, value=click.prompt("What is it?", type=TYPES))
    return question.no if answer == "n" else None


def _print_evidence(survey: Survey, question: Question) -> None:
    """Print a sentence for each of the entities, and the articles that a yes changes."""
    from glossator.pipeline.review import survey as reviewing

    entities = {entity.id: entity for entity in survey.archive.entities}
    for entity in (entities[entity_id] for entity_id in question.entities):
        descriptor = f", {entity.introduction.text}" if entity.introduction else ""
        click.echo(f"  {entity.name} ({entity.type}{descriptor}): {count(len(entity.appearances), 'article')}")
        for _, sentence in reviewing.sentences(survey, entity, 1):
            click.echo(f"    {sentence}")
    print_articles(survey, question.articles, "It is about")


def _print_model_changes(survey: Survey, as_json: bool) -> None:
    from glossator.pipeline.review import survey as reviewing

    changes = reviewing.model_changes(survey)
    if as_json:
        click.echo(json.dumps(asdict(changes) if changes else None, ensure_ascii=False, indent=1))
    elif changes is None:
        click.echo("The archive has been built with one model only, so there is nothing to compare.")
    else:
        for change, entities in (("new", changes.new), ("gone", changes.gone), ("retyped", changes.retyped)):
            click.echo(f"{change}: {len(entities):,}")
            for entity_id, name, *types in entities:
                click.echo(f"  {name} ({' -> '.join(types)}; {entity_id})")
