"""The page of an address that leads nowhere: `not-found.html`."""

from __future__ import annotations

from glossator.views.common import Frame
from glossator.views.template_value import TemplateValue


class NotFoundPage(TemplateValue, frozen=True):
    frame: Frame
