"""Our own themes besides the one that every archive has."""

from __future__ import annotations

from pathlib import Path

from glossator.extension_points.themes import ThemePackage

_FOLDER = Path(__file__).parent

BROADSHEET = ThemePackage(
    contract=1,
    folder=_FOLDER / "broadsheet",
    help="A newspaper of the seventies: capitals, square corners, dark green.",
)
FOLIO = ThemePackage(
    contract=1,
    folder=_FOLDER / "folio",
    help="A quarterly: large light titles, a margin for notes, a front page in ruled columns.",
)
