"""Page -> bytes: the only package that knows Jinja2.

A template is given `page` and `site` and may ask nothing else; a name that neither has is an error with file and line.
"""

from __future__ import annotations

from glossator.stages.render.environment import ENGLISH, environment
from glossator.stages.render.templates import TEMPLATES, TemplateFault, render, template_digests

__all__ = ["ENGLISH", "TEMPLATES", "TemplateFault", "environment", "render", "template_digests"]
