"""Commands of `entity` that decide: each prints what a decision would change, asks, and writes it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
import msgspec

from glossator.cli.entity import TYPES, content_options, entity, open_survey
from glossator.cli.json_output import NOBODY_ASKED, json_option, print_result
from glossator.cli.messages import SCREENFUL, count, is_public_run, printable, show
from glossator.cli.options import ArchiveOptions
from glossator.config import SiteError
from glossator.content.decisions import FILE
from glossator.model import Decision

if TYPE_CHECKING:
    from glossator.pipeline.review.propose_decisions import Proposal
    from glossator.pipeline.review.site_effect import SiteEffect
    from glossator.pipeline.review.survey import Survey


class DecisionWriter(msgspec.Struct, frozen=True):
    """Writes decisions of the command line."""

    options: ArchiveOptions
    yes: bool
    """Write without asking."""
    dry_run: bool
    as_json: bool = False
    """Print the effect as JSON, without asking."""

    def decide(self, decision: Decision) -> None:
        """Print what a decision would change, ask, and write it. Raises SiteError if it would change nothing."""
        self.decide_by(lambda _: [decision])

    def rename(self, name: str, new_name: str) -> None:
        """Rename an entity; if another one has that name, ask whether both are one. Raises SiteError if they are not.

        With `yes` nobody is asked, and nothing is merged.
        """
        from glossator.pipeline.review import propose_decisions as review
        from glossator.pipeline.review.entity_lookup import find_entity

        with open_survey(self.options) as survey:
            renamed = find_entity(survey, name)
            others = (other for other in survey.archive.entities if other.name.casefold() == new_name.casefold())
            other = next((other for other in others if other.id != renamed.id), None)
            if other is None:
                self._write(survey, review.propose(survey, Decision("rename", (name,), new_name)))
                return
            taken = f"“{other.name}” is another entity already."
            asked = not (self.yes or self.as_json) and sys.stdin.isatty()
            if not asked or not click.confirm(f"{taken} Are both one: merge them?"):
                hint = f'If both are one: glossator entity merge "{other.name}" "{name}".'
                raise SiteError(f"{taken} Nothing was written.", hint)
            self._write(survey, review.propose(survey, Decision("merge", (other.id, name))))

    def decide_by(self, deciding: Callable[[Survey], Sequence[Decision]]) -> None:
        """Print what decisions about the archive would change, ask, and write them. Raises SiteError."""
        from glossator.pipeline.review import propose_decisions as review

        with open_survey(self.options) as survey:
            self._write(survey, review.propose(survey, *deciding(survey)))

    def take_back(self) -> None:
        """Print what taking back the latest decision changes, ask, and do it. Raises SiteError if there is none."""
        from glossator.pipeline.review import propose_decisions as review

        with open_survey(self.options) as survey:
            self._write(survey, review.propose_undo(survey))

    def _write(self, survey: Survey, proposal: Proposal) -> None:
        from glossator.pipeline.review import propose_decisions as review

        if not self.as_json:
            print_effect(survey, proposal)
        elif not is_public_run():
            show(proposal.problems)
        decides = bool(proposal.lines or proposal.undoes) and not self.dry_run
        if decides and proposal.is_pointless:
            raise SiteError("Nothing was written, because it would change nothing.")
        written = decides and may_reveal(proposal.revealed) and (self.yes or click.confirm("Write this?", default=True))
        if written:
            review.accept(survey, proposal)
        if self.as_json:
            effect = {"lines": proposal.lines, "articles": proposal.touched, "problems": proposal.problems}
            print_result({**effect, "written": written})
        elif written:
            click.echo("Written to entities.toml; the next build applies it.")


def decision_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the archive and of asking to a command, which receives them as a `DecisionWriter`."""

    @wraps(command)
    def wrapped(options: ArchiveOptions, *, yes: bool, dry_run: bool, as_json: bool, **rest: Any) -> None:
        if as_json and not (yes or dry_run):
            raise click.UsageError(NOBODY_ASKED)
        command(DecisionWriter(options, yes, dry_run, as_json), **rest)

    asking = click.option("--dry-run", is_flag=True, help="Only print what would change.")(json_option(wrapped))
    return content_options(click.option("--yes", "-y", is_flag=True, help="Write without asking.")(asking))


@entity.command()
@decision_options
@click.argument("name")
@click.option("--in", "articles", multiple=True, metavar="ARTICLE", help="Only in this article; may be repeated.")
def ignore(writer: DecisionWriter, name: str, articles: tuple[str, ...]) -> None:
    """Treat a name as no entity: no mark, no card, no page, everywhere or in some articles."""
    writer.decide(Decision("ignore", (name,), articles=articles))


@entity.command()
@decision_options
@click.argument("name")
def private(writer: DecisionWriter, name: str) -> None:
    """Hide an entity: no mark, no card, no page, in no export."""
    writer.decide(Decision("private", (name,)))


@entity.command()
@decision_options
@click.argument("name")
def confirm(writer: DecisionWriter, name: str) -> None:
    """Confirm what the machine found; the site then says that a person confirmed it."""
    writer.decide(Decision("confirm", (name,)))


@entity.command()
@decision_options
@click.argument("name")
@click.argument("new_name")
def rename(writer: DecisionWriter, name: str, new_name: str) -> None:
    """Show an entity under another name. Its old address leads to the new one."""
    writer.rename(name, new_name)


@entity.command()
@decision_options
@click.argument("name")
@click.argument("type", type=TYPES)
def retype(writer: DecisionWriter, name: str, type: str) -> None:  # noqa: A002 -- as people type it
    """Give an entity another type."""
    writer.decide(Decision("type", (name,), type))


@entity.command()
@decision_options
@click.argument("survivor")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def merge(writer: DecisionWriter, survivor: str, names: tuple[str, ...]) -> None:
    """Make entities one, under the first name. Their old addresses lead to it."""
    if survivor in names:
        raise click.UsageError("Name two or more that differ.")
    writer.decide(Decision("merge", (survivor, *names)))


@entity.command("not-the-same")
@decision_options
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...")
def not_the_same(writer: DecisionWriter, names: tuple[str, ...]) -> None:
    """Keep entities apart, however alike their names are."""
    if len(names) < 2:
        raise click.UsageError("Name two or more.")
    writer.decide(Decision("not-the-same", names))


@entity.command()
@decision_options
@click.argument("name")
@click.option("--as", "other", required=True, metavar="NAME", help="Whom NAME means there: an entity, or a new name.")
@click.option("--in", "articles", multiple=True, metavar="ARTICLE", help="Only in this article; may be repeated.")
def split(writer: DecisionWriter, name: str, other: str, articles: tuple[str, ...]) -> None:
    """Separate what was wrongly merged: NAME means somebody else, in some articles or everywhere.

    If NAME is the entity's name in an article, all its mentions there follow. If NAME is a short form such as a
    surname, only the mentions by that form follow.
    """
    writer.decide(Decision("split", (name,), other, articles))


@entity.command()
@content_options
@click.option("--yes", "-y", is_flag=True, help="Open no editor: TEXT is required.")
@json_option
@click.argument("name")
@click.argument("text", required=False)
def note(options: ArchiveOptions, name: str, text: str | None, yes: bool, as_json: bool) -> None:
    """Write a note on an entity: append TEXT as a paragraph, or edit the whole file in your editor."""
    if (yes or as_json) and not text:
        raise click.UsageError('Write the note after the name: entity note "NAME" "TEXT" -y')
    from glossator.content.own_texts import write_note
    from glossator.pipeline.review.entity_lookup import find_entity, form_on_site, namesakes
    from glossator.pipeline.review.kept_back_names import kept_back_names

    with open_survey(options) as survey:
        entity = find_entity(survey, name)
        if others := ", ".join(other.id for other in namesakes(survey, entity) if other.type is entity.type):
            hint = f'Give this one a name of its own first: glossator entity split {entity.id} --as "NAME".'
            raise SiteError(f"A note on “{entity.name}” would be on {others} as well.", hint)
        form = form_on_site(survey, entity)
        if survey.site and form and not (entity.note or survey.site.called(entity.name)):
            (entity,) = survey.site.called(form)  # under the name that the site has, so that its page shows the note
        held = survey.site and kept_back_names(options.content, survey.site.store, [entity.name]).only
    existed = entity.note is not None and not entity.note.listed
    path = write_note(options.content / "entities", entity, text or "")
    if text is None:
        unedited = path.read_bytes()
        click.edit(filename=str(path))
        if not existed and path.read_bytes() == unedited:
            path.unlink()
            click.echo("You wrote nothing, so there is no note.")
            return
    if as_json:
        print_result({"written": [path]})
        return
    click.echo(f"{path} is shown by the next build.")
    if held:
        click.echo(f"It has {_quoted([entity.name])}, which only text has that is kept back.")


@entity.command()
@decision_options
def undo(writer: DecisionWriter) -> None:
    """Take back the latest decision that a command, a review or the preview wrote."""
    writer.take_back()


def print_effect(survey: Survey, proposal: Proposal, most: int = SCREENFUL) -> None:
    """Print what a decision would change: lines of the file, and articles, not more than `most` of each."""
    if not proposal.lines:
        click.echo("Nothing is left of it." if proposal.undoes else "That is decided already.")
        return
    click.echo("\n".join(proposal.lines[:most]))
    if len(proposal.lines) > most:
        click.echo(f"... and {len(proposal.lines) - most} more lines")
    show(proposal.problems[:most])
    print_articles(survey, proposal.touched, "It changes", most)
    if proposal.site:
        click.echo(f"On the site: {_in_words(proposal.site)}.")
        if proposal.held:
            click.echo(f"{FILE} then has {_quoted(proposal.held)}, which only text has that is kept back.")


def _in_words(effect: SiteEffect) -> str:
    """Return what changes on the site, such as `2 pages go, 3 cards change`."""
    changes = [
        f"{count(number, noun)} {verb if number == 1 else verbs}"
        for noun, difference in (("page", effect.pages), ("card", effect.cards))
        for number, verb, verbs in (
            (difference.gone, "goes", "go"),
            (difference.new, "comes", "come"),
            (difference.changed, "changes", "change"),
        )
        if number
    ]
    return ", ".join(changes) or "nothing changes"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{printable(name)}”" for name in names)


def may_reveal(names: Sequence[str]) -> bool:
    """True if a person says that the site may show names that are kept back, or if there are none.

    No option answers the question. Raises SiteError if nobody is there.
    """
    if not names:
        return True
    click.echo(f"The site would show {_quoted(names)}, which is private or only in text that is kept back.")
    try:
        return click.confirm("Shall the site show it?")
    except click.Abort:
        raise SiteError(
            "Nothing was written, because nobody answered whether the site may show it.",
            "--yes does not answer it: say it in a terminal.",
        ) from None


def print_articles(survey: Survey, touched: tuple[str, ...], prefix: str, most: int = SCREENFUL) -> None:
    """Print the number of articles after `prefix`, then the titles of the first ones, not more than `most`."""
    titles = {str(head.id): head.title for head in survey.heads}
    click.echo(f"{prefix} {count(len(touched), 'article')}{':' if touched else '.'}")
    for article in touched[:most]:
        click.echo(f"  {titles.get(article, article)} ({article})")
    if len(touched) > most:
        click.echo(f"  ... and {len(touched) - most} more")
