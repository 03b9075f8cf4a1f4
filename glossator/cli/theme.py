"""`theme`: themes that there are, the files of ours, and a new one to begin with."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossator.cli.entity import content_options
from glossator.cli.examples import with_examples
from glossator.cli.extensions import theme_folder, theme_names
from glossator.cli.json_output import json_option, print_json
from glossator.cli.options import SuggestingGroup
from glossator.config import SETTINGS_FILE, THEME_NAME, THEMES, SiteError
from glossator.files import read_text

if TYPE_CHECKING:
    from glossator.cli.options import ArchiveOptions

SHOWN_SUFFIXES = frozenset({".html", ".xml", ".txt", ".css", ".js", ".po", ".pot", ".svg"})
_BLOCK = re.compile(r"{%-? *block (\w+)")
NEW_FILES = {
    "styles/95-{name}.css": """\
/* Our style sheets come first, so only what differs stands here. `glossator theme show static/theme.css` has every
   property. Fields, lines and quiet text are mixed from paper and ink, and these two are tinted by the accent. */
:root {{
  --accent: light-dark(#135c3a, #8fd3ab); /* by day, by night */
}}
""",
    "base.html": """\
{{% extends "glossator/base.html" %}}

{{# `glossator theme list` has the blocks of each template; super() prints what ours has there. #}}
{{% block footer %}}
{{{{ super() }}}}
  <p class="imprint">Set in the theme {name}.</p>
{{% endblock %}}
""",
}
"""Files of a new theme."""


class _ThemeCommands(SuggestingGroup):
    """Commands about themes, each with examples."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        return command and with_examples(command, f"theme {cmd_name}")


@click.group(cls=_ThemeCommands)
def theme() -> None:
    """List themes and templates, print one of ours, or begin a theme of your own.

    A theme is a folder in themes/ beside the settings, or an installed package; `theme = "NAME"` in [site] chooses it.
    """


@theme.command("list")
@content_options
@json_option
def list_themes(options: ArchiveOptions, as_json: bool) -> None:
    """List the themes that there are, and our templates with their blocks."""
    from glossator.content.theme import packaged
    from glossator.read_config import load

    chosen = load(options.config).site.theme
    themes = {name: _about(options.config, name) for name in theme_names(options.config)}
    blocks = {path.name: _BLOCK.findall(read_text(path)) for path in sorted(packaged().glob("*.html"))}
    if as_json:
        print_json({"themes": themes, "chosen": chosen, "templates": blocks})
        return
    click.echo('Themes, of which theme = "NAME" in [site] of the settings chooses one; without it, Glossator\'s own:')
    for name, about in themes.items():
        click.echo(f"  {name}{' (chosen)' if name == chosen else ''}: {about}")
    click.echo("Templates with their blocks; `glossator theme show TEMPLATE` prints one:")
    for name, own in blocks.items():
        click.echo(f"  {name}: {', '.join(own) or 'macros'}")


def _about(settings: Path, name: str) -> str:
    """Return where a theme is from, with its sentence if it has one."""
    from glossator.extension_points.lookup import UnusableExtension, find, load
    from glossator.extension_points.themes import ThemePackage

    extension = find(THEMES, name)
    if (settings.parent / THEMES / name).is_dir() or extension is None:
        return f"{THEMES}/{name}"
    try:
        return f"{extension.package} {extension.version}. {load(extension, ThemePackage).help}".strip()
    except UnusableExtension as error:
        return f"{error.message} {error.hint}"


@theme.command()
@click.argument("file", metavar="TEMPLATE")
@click.option("--theme", "name", help="Of this theme instead of ours.")
@content_options
def show(options: ArchiveOptions, file: str, name: str | None) -> None:
    """Print a template of ours, or another file of the theme such as styles/10-base.css or static/theme.css.

    Redirect it into templates/ to change it. A template that extends ours keeps more of later versions.
    """
    from glossator.content.theme import packaged

    folder = theme_folder(options.config, name) if name else packaged()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in SHOWN_SUFFIXES}
    path = files.get(file.removeprefix("templates/"))
    if path is None:
        near = difflib.get_close_matches(file, files, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise SiteError(f"The theme has no file {file}.", f"{hint}There are: {', '.join(sorted(files))}.")
    click.echo(read_text(path), nl=False)


@theme.command()
@click.argument("name")
@content_options
@json_option
def new(options: ArchiveOptions, name: str, as_json: bool) -> None:
    """Begin a theme in themes/NAME beside the settings: a style sheet with one colour, and a layout to extend."""
    if not THEME_NAME.fullmatch(name):
        raise SiteError(f'"{name}" is no name of a theme.', "Write letters, digits, - and _, such as harbour.")
    folder = options.config.parent / THEMES / name
    if folder.exists():
        raise SiteError(f"{folder} is there already.", "Choose another name, or delete it.")
    files: dict[str, Any] = {path.format(name=name): text.format(name=name) for path, text in NEW_FILES.items()}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    if as_json:
        print_json({"theme": name, "files": [folder / path for path in files]})
        return
    click.echo(f"{folder} is a theme now: {', '.join(files)}. To use it, write below [site] in {SETTINGS_FILE}:")
    click.echo(f'  theme = "{name}"')
