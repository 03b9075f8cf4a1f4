"""The page of an address that leads nowhere: `not-found.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.views.common import Frame


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    frame: Frame
