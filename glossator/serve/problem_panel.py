"""Problems of the last build, as a panel on each previewed page shows them."""

from __future__ import annotations

import msgspec

from glossator.config import SiteError
from glossator.files import failure
from glossator.pipeline import Report

MAX_LISTED = 20
"""Problems that the panel lists; the terminal shows all of them."""


class PanelEntry(msgspec.Struct, frozen=True):
    """One problem in the panel."""

    where: str
    """File, and line if known; empty if the message names them."""
    message: str
    remedy: str = ""
    """Advice on what to do; empty if the message gives it."""


class ProblemPanel(msgspec.Struct, frozen=True):
    """Title and problems; both empty if nothing is wrong."""

    title: str = ""
    entries: tuple[PanelEntry, ...] = ()


def panel_of_error(error: Exception) -> ProblemPanel:
    """Describe a build that failed."""
    match error:
        case SiteError():
            entry = PanelEntry("", error.message, error.hint)
        case OSError():
            entry = PanelEntry(
                "", failure(error), "Check that you may read and write there, and that the disk has space."
            )
        case _:
            message = "The change could not be built, and the fault is Glossator’s."
            entry = PanelEntry("", message, "Please report it, with what the terminal shows.")
    return ProblemPanel("The last change is not shown. You see the site as it was.", (entry,))


def panel_of_report(report: Report) -> ProblemPanel:
    """Describe what a build had to leave out. Notices, which cost nothing, appear in the terminal only."""
    fatal = [PanelEntry(problem.where(), problem.message) for problem in report.problems if problem.fatal]
    if not fatal:
        return ProblemPanel()
    title = "One file could not be used." if len(fatal) == 1 else f"{len(fatal):,} problems: not everything is shown."
    more = [PanelEntry("", f"{len(fatal) - MAX_LISTED:,} more: see the terminal.")] if len(fatal) > MAX_LISTED else []
    return ProblemPanel(title, (*fatal[:MAX_LISTED], *more))
