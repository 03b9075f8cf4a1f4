"""Page -> bytes: the only package that knows Jinja2.

A template is given `page` and `site` and may ask nothing else; a name that neither has is an error with file and line.
"""

from __future__ import annotations

from glossator.stages.render.jinja_environment import ENGLISH, environment
from glossator.stages.render.render_page import TEMPLATES, render
from glossator.stages.render.template_digests import template_digests
from glossator.stages.render.template_faults import TemplateFault

__all__ = ["ENGLISH", "TEMPLATES", "TemplateFault", "environment", "render", "template_digests"]
