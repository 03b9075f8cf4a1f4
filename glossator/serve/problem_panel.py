"""What is wrong with the last build, as it is said on the page."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.config import SiteError
from glossator.disk import failure
from glossator.pipeline import Report

MOST = 20
"""Problems that a page lists; the terminal has them all."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong."""

    where: str
    """The file, and the line if it is known; empty where the message says it."""
    message: str
    remedy: str = ""
    """What to do, where the message does not say it."""


@dataclass(frozen=True, slots=True)
class Troubles:
    """All that is wrong, with a title; empty if nothing is."""

    title: str = ""
    each: tuple[Trouble, ...] = ()


def of_error(error: Exception) -> Troubles:
    """Of a build that could not be made."""
    match error:
        case SiteError():
            said = Trouble("", error.message, error.hint)
        case OSError():
            said = Trouble("", failure(error), "See that you may read and write there, and that the disk has room.")
        case _:
            message = "The change could not be built, and the fault is Glossator’s."
            said = Trouble("", message, "Please report it, with what the terminal says.")
    return Troubles("The last change is not shown. You see the site as it was.", (said,))


def of_report(report: Report) -> Troubles:
    """Of a build that had to leave something out. What cost nothing is said in the terminal only."""
    fatal = [Trouble(one.where(), one.message) for one in report.problems if one.fatal]
    if not fatal:
        return Troubles()
    title = "One file could not be used." if len(fatal) == 1 else f"{len(fatal):,} problems: not everything is shown."
    more = [Trouble("", f"{len(fatal) - MOST:,} more: see the terminal.")] if len(fatal) > MOST else []
    return Troubles(title, (*fatal[:MOST], *more))
