"""`entity review`: asks a person about uncertain entities, one question after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import shorten
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.entity import MAX_EXPLAINED, TYPES, content_options, entity, open_survey, type_in_words
from glossator.cli.entity_decisions import may_reveal, print_articles, print_effect
from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import SCREENFUL, count
from glossator.cli.options import LONGEST_SENTENCE, ArchiveOptions
from glossator.config import SiteError
from glossator.model import Decision

if TYPE_CHECKING:
    from glossator.pipeline.review.questions import ReviewQuestion
    from glossator.pipeline.review.survey import Survey

CHOICES = {
    "same": "[y]es, merge them / [n]o, never",
    "spelling": "[y]es, merge them / [n]o, never",
    "type": "[y]es / [n]o, another type",
    "name": "[y]es, confirm it / [n]o, ignore it",
}
"""Answers to a question, by its kind."""
MORE_CHOICES = "[s]kip / [a]ll of this kind / [u]ndo / [q]uit"


@entity.command()
@content_options
@click.option("--list", "only_list", is_flag=True, help="Print the questions without asking.")
@click.option(
    "--since", is_flag=True, help="Only list the entities that another model or other rules added, removed or retyped."
)
@json_option
def review(options: ArchiveOptions, only_list: bool, since: bool, as_json: bool) -> None:
    """Decide by a key what the machine is not sure of, most useful questions first.

    Names that may be one entity, types on which the articles do not agree, names that the models doubt or that differ
    by a letter; only about entities that have a page. What readers see first is asked first, twenty questions at a
    time. A question that you skip is asked again next time; u takes the latest answer back, and so does `entity undo`.
    """
    from glossator.pipeline.review import propose_decisions as reviewing

    with open_survey(options) as survey:
        if since:
            _print_model_changes(survey, as_json)
            return
        questions = reviewing.open_questions(survey)
        if as_json:
            print_json(questions)
        elif only_list:
            _print_list(questions)
        else:
            Interview(survey).run(questions)


def _print_list(questions: tuple[ReviewQuestion, ...]) -> None:
    for question in questions[:SCREENFUL]:
        click.echo(f"{question.text} {question.reason} ({count(len(question.articles), 'article')})")
    if len(questions) > SCREENFUL:
        click.echo(f"... and {len(questions) - SCREENFUL:,} more; --json prints them all.")


@dataclass(slots=True)
class Interview:
    """State: the archive with the answers so far, and what need not be asked any more."""

    survey: Survey
    decided: int = 0
    """Decisions that were written and not taken back."""
    settled: set[str] = field(default_factory=set)
    """Entities about which an answer was given that makes other questions about them void."""
    skipped_kinds: set[str] = field(default_factory=set)
    """Kinds of question that are not asked any more."""
    answered: list[int] = field(default_factory=list)
    """Index of the question of each step that was written."""

    def run(self, questions: tuple[ReviewQuestion, ...]) -> None:
        """Ask the questions in order, a screenful at a time, until the person leaves."""
        if not questions:
            click.echo(
                "There is nothing to ask. `entity list` shows every name, and `entity --help` what corrects one."
            )
            return
        number = asked = 0
        while number < len(questions):
            question = questions[number]
            if not self._is_open(question):
                number += 1
                continue
            if asked == SCREENFUL:
                left = sum(map(self._is_open, questions[number:]))
                if _ask(f"{count(left, 'question')} more: [g]o on / [q]uit", "gq") == "q":
                    break
                asked = 0
            asked += 1
            decided = self.decided
            click.echo(f"\n{number + 1} of {len(questions)}. {question.text}  {question.reason}")
            _print_evidence(self.survey, question)
            answer = _ask(f"{CHOICES[question.kind]} / {MORE_CHOICES}", "ynsauq")
            if answer == "u":
                number = self._take_back(number)
                continue
            if answer == "a":
                alike = [other for other in questions[number:] if other.kind == question.kind and self._is_open(other)]
                answer = self._answer_all(alike)
            elif answer in "yn":
                answer = self._answer(question, answer)
            if answer == "q":
                break
            self.answered += [number] * (self.decided > decided)
            number += 1
        self._print_result()

    def _print_result(self) -> None:
        """Print how many decisions were written, and how many questions the next review would ask."""
        from glossator.pipeline.review import propose_decisions as reviewing

        left = len(reviewing.open_questions(self.survey))
        still = f" {count(left, 'question')} left, those that you skipped among them." if left else ""
        click.echo(f"{count(self.decided, 'decision')} written to entities.toml.{still}")

    def _is_open(self, question: ReviewQuestion) -> bool:
        """True if no earlier answer has settled a question."""
        entities = self.survey.found.article_counts.keys()
        here = entities >= {*question.entities} and not self.settled.intersection(question.entities)
        return here and question.kind not in self.skipped_kinds

    def _answer(self, question: ReviewQuestion, answer: str) -> str:
        """Write an answer; return q if the person left at the follow-up, s if they skipped there."""
        decision = question.yes if answer == "y" else question.no
        if answer == "n" and question.kind == "type":
            kind = _ask("What is it? [s]kip / [q]uit", [*TYPES.choices, "s", "q"])
            if kind in ("s", "q"):
                return kind
            decision = msgspec.structs.replace(question.yes, value=kind)
        if decision is not None:
            self._write([(question, decision)])
        return answer

    def _answer_all(self, alike: list[ReviewQuestion]) -> str:
        """Ask for one answer to all questions of a kind and write it; return q if the person left."""
        no = "" if alike[0].kind == "type" else "[n]o to all / "
        keys = "ysqn" if no else "ysq"
        answer = _ask(f"All {len(alike):,} of this kind: [y]es to all / {no}[s]kip all / [q]uit", keys)
        if answer == "s":
            self.skipped_kinds.add(alike[0].kind)
        decisions = [
            (question, decision) for question in alike if (decision := question.yes if answer == "y" else question.no)
        ]
        if answer in "yn" and decisions:
            self._write(decisions)
        return answer

    def _write(self, answers: list[tuple[ReviewQuestion, Decision]]) -> None:
        from glossator.pipeline.review import propose_decisions as reviewing

        proposal = reviewing.propose(self.survey, *(decision for _, decision in answers))
        print_effect(self.survey, proposal, MAX_EXPLAINED)
        if not (proposal.lines and may_reveal(proposal.revealed)):
            return
        self.survey = reviewing.accept(self.survey, proposal)
        for question, _ in answers:
            self.settled.update(question.entities if question.kind != "name" else ())
        self.decided += len(answers)

    def _take_back(self, number: int) -> int:
        """Take the latest step back; return the index of its question, or `number` if it is of another session."""
        from glossator.pipeline.review import propose_decisions as reviewing

        try:
            proposal = reviewing.propose_undo(self.survey)
        except SiteError as error:
            click.echo(f"{error.message} {error.hint}")
            return number
        print_effect(self.survey, proposal, MAX_EXPLAINED)
        self.survey = reviewing.accept(self.survey, proposal)
        self.settled.clear()
        self.decided = max(0, self.decided - 1)
        return self.answered.pop() if self.answered else number


def _ask(text: str, choices: Iterable[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(choices)), show_choices=False))


def _print_evidence(survey: Survey, question: ReviewQuestion) -> None:
    """Print a sentence for each of the entities, and the articles that a yes changes."""
    from glossator.pipeline.review.entity_lookup import sentences

    entities = survey.entities(question.entities)
    for entity_id in question.entities:
        asked = entities[entity_id]
        descriptor = f", {asked.introduction.text}" if asked.introduction else ""
        click.echo(f"  {asked.name} ({type_in_words(asked)}{descriptor}): {count(len(asked.appearances), 'article')}")
        for _, sentence in sentences(survey, asked, 1):
            click.echo(f"    {shorten(sentence, LONGEST_SENTENCE, placeholder=' …')}")
    print_articles(survey, question.articles, "It is about", MAX_EXPLAINED)


def _print_model_changes(survey: Survey, as_json: bool) -> None:
    from glossator.pipeline.review import propose_decisions as reviewing

    changes = reviewing.model_changes(survey)
    if as_json:
        print_json(changes)
    elif changes is None:
        click.echo("The archive has been built with one model only, so there is nothing to compare.")
    else:
        for change, entities in (("new", changes.new), ("gone", changes.gone), ("retyped", changes.retyped)):
            click.echo(f"{change}: {len(entities):,}")
            for entity_id, name, *types in entities:
                click.echo(f"  {name} ({' -> '.join(types)}; {entity_id})")
