"""The page at the old address of an entity: `redirect.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.views.common import EntityLink, Frame


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """A redirect from the address of an entity that was renamed or merged."""

    frame: Frame
    target: EntityLink
