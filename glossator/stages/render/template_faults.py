"""Faults of templates, as sentences with file and line."""

from __future__ import annotations

import re
import traceback

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

from glossator.errors import UserError


class TemplateFault(UserError):
    """A template that cannot be parsed or rendered. Its arguments describe it completely, so it pickles."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"templates/{self.file}, line {self.line}: {self.message}"


def fault_of(name: str, environment: Environment, error: Exception) -> TemplateFault:
    """Return the fault with the innermost line of a template that led to the error."""
    assert environment.loader is not None
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    file, line = (lines[-1].filename, lines[-1].lineno or 1) if lines else (name, 1)
    return TemplateFault(file, line, sentence(error))


def sentence(error: Exception) -> str:
    """Return a sentence with the cause of the error and its remedy."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error}. Correct the name, or write that file."
    what = (error.message if isinstance(error, TemplateError) else "") or f"{type(error).__name__}: {error}"
    what = re.sub(r"'glossator\.views\.(?:\w+\.)?(\w+) object'", r"\1", what).rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        return f"{what}. Correct the template, or delete it to use the one that comes with Glossator."
    return f"{what}. The comment at the top of the template lists what `page` and `site` hold."
