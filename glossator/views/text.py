"""A page of the site's own: `text.html`."""

from __future__ import annotations

from glossator.model import Html
from glossator.views.common import Frame
from glossator.views.template_value import TemplateValue


class TextPage(TemplateValue, frozen=True):
    """A page of the site's own: `content/pages/*.md`."""

    frame: Frame
    body: Html
