"""The search page: `search.html`."""

from __future__ import annotations

from glossator.views.common import Frame
from glossator.views.template_value import TemplateValue


class SearchPage(TemplateValue, frozen=True):
    frame: Frame
