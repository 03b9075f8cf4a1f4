"""The search page: `search.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.views.common import Frame


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame
