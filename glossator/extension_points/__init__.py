"""The contract with extensions: what a package gives Glossator through an entry point, and what it is given.

An entry point of the group `glossator.openers` names an `Opener`, one of `glossator.exports` an `Export`, of
`glossator.checks` a `Check`, of `glossator.commands` a `Command`, of `glossator.executors` an `Executor`, and of
`glossator.themes` a `ThemePackage`. Each is in the module of this package that has the group's name, with all values
that the extension is given or returns; nothing else of Glossator is promised.
docs/pages/extending.md describes the contract for people.
"""

from __future__ import annotations

CONTRACTS = (1, 2)
"""Versions of the contract that this program keeps: the second only adds to the first.

Within a version, fields with a default may be added.
"""
GROUPS = {
    "openers": "Opener",
    "exports": "Export",
    "checks": "Check",
    "commands": "Command",
    "executors": "Executor",
    "themes": "ThemePackage",
}
"""Group of entry points, without `glossator.` -> class of what they name, in the module that has the group's name."""
