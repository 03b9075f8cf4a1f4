"""The panel over a page of the preview that says what went wrong in a build, or that one is at work."""

from __future__ import annotations

import msgspec

from glossator.config import AnotherBuild, SiteError
from glossator.content.own_texts import page_name
from glossator.files import failure
from glossator.model import Problem
from glossator.pipeline import Report
from glossator.pipeline.analysis.answer_questions import QUESTIONS
from glossator.python_command import runnable

MAX_LISTED = 20
"""Problems that the panel lists; the terminal shows all of them."""


class PanelEntry(msgspec.Struct, frozen=True):
    """One problem in the panel."""

    where: str
    """File, and line if known; empty if the message names them."""
    message: str
    remedy: str = ""
    """Advice on what to do; empty if the message gives it."""
    page: str = ""
    """Path of the own page, without `.html`, in which a question stands that cannot be answered; else empty."""
    line: int = 0
    """Line of the file of that page."""


class ProblemPanel(msgspec.Struct, frozen=True):
    """Title and problems; both empty if nothing is wrong."""

    title: str = ""
    entries: tuple[PanelEntry, ...] = ()


def panel_of_error(error: Exception) -> ProblemPanel:
    """Describe a build that failed."""
    match error:
        case SiteError():
            entry = PanelEntry("", runnable(error.message), runnable(error.hint))
        case OSError():
            entry = PanelEntry(
                "", failure(error), "Check that you may read and write there, and that the disk has space."
            )
        case _:
            message = "The change could not be built, and the fault is Glossator’s."
            entry = PanelEntry("", message, "Please report it, with what the terminal shows.")
    return ProblemPanel("The last change is not shown. You see the site as it was.", (entry,))


READ_STAGES = {"extract": "saved files are read", "annotate": "articles are searched for names"}
"""Stages that may take minutes, in words."""


def panel_of_stage(stage: str, total: int) -> ProblemPanel:
    """Say that a build is at work which takes longer than usual."""
    return ProblemPanel(f"The archive is being built: {total:,} {READ_STAGES[stage]}. You see the site as it was.")


def panel_of_other_build(error: AnotherBuild) -> ProblemPanel:
    """Say that the preview waits for a build of somebody else."""
    return ProblemPanel(f"{error.message} The preview waits for it.", (PanelEntry("", error.hint),))


def panel_of_report(report: Report) -> ProblemPanel:
    """Describe what a build had to leave out. Notices, which cost nothing, appear in the terminal only."""
    fatal = [_entry(problem) for problem in report.problems if problem.fatal]
    if not fatal:
        return ProblemPanel()
    title = "One file could not be used." if len(fatal) == 1 else f"{len(fatal):,} problems: not everything is shown."
    more = [PanelEntry("", f"{len(fatal) - MAX_LISTED:,} more: see the terminal.")] if len(fatal) > MAX_LISTED else []
    return ProblemPanel(title, (*fatal[:MAX_LISTED], *more))


def _entry(problem: Problem) -> PanelEntry:
    page = page_name(problem.path) if problem.stage == QUESTIONS else ""
    return PanelEntry(problem.where(), runnable(problem.message), page=page, line=problem.line or 0)
