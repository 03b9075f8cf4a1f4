"""A page of the site's own: `text.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.model import Html
from glossator.views.common import Frame


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of the site's own: `content/pages/*.md`."""

    frame: Frame
    body: Html
