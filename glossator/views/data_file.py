"""A file for programs that no template makes: its content is composed whole."""

from __future__ import annotations

from glossator.views.template_value import TemplateValue


class DataFile(TemplateValue, frozen=True):
    content: str
