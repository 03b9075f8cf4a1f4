"""glossator.toml -> settings. Whatever is wrong with a setting is a sentence with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from cssselect import HTMLTranslator, SelectorError

from glossator import toml
from glossator.accent import colours_of
from glossator.config import (
    ALSO,
    DASK,
    DEFAULT_MODEL,
    FROM_DECISIONS,
    LANGUAGE_TAG,
    ONE_OF,
    PROCESSES,
    THEME_NAME,
    AnnotateSettings,
    BuildSettings,
    Config,
    ExtractSettings,
    InboxSettings,
    PlanSettings,
    SiteError,
    SiteRule,
    SiteSettings,
    base_address,
    executor_name,
)
from glossator.files import Unusable, read_optional
from glossator.model import EntityType
from glossator.text import one_line

Slice = TypeVar("Slice", SiteSettings, PlanSettings, BuildSettings, InboxSettings, AnnotateSettings)


def wrong_setting(path: Path, name: str, key: str, fault: str, hint: str) -> SiteError:
    """Return the error about a key of the table `name`, with its line in the file."""
    return _SettingsReader(path.name, read_optional(path) or "").wrong(name, key, fault, hint)


def load(path: Path) -> Config:
    """Read the settings; a file that does not exist means the defaults.

    Raises SiteError if the file cannot be read, a key is unknown or a value is of the wrong kind.
    """
    try:
        text = read_optional(path, path.parent / "content" / path.name)
    except Unusable as error:
        raise SiteError(f"{path.name} {error}.") from None
    if text is None:
        return Config()
    try:
        tables = toml.parse(text)
    except ValueError as error:
        raise SiteError(f"{path.name} is not valid TOML: {error}.", "See https://toml.io for the notation.") from None
    return _SettingsReader(path.name, text).config(tables)


@dataclass(frozen=True, slots=True)
class _SettingsReader:
    """A check of the file against the known settings. State: the file's name and text, for the messages."""

    name: str
    text: str

    def config(self, tables: Mapping[str, Any]) -> Config:
        slice_names = ("site", "extract", "language", "entities", "plan", "build", "inbox")
        self._known("", tables, slice_names)
        slices = {key: self._table("", tables, key) for key in slice_names}
        return Config(
            site=self._site(slices["site"]),
            extract=self._extract(slices["extract"]),
            annotate=self._annotate(slices["entities"], slices["language"]),
            plan=self._fill(PlanSettings, "plan", slices["plan"]),
            build=self._build(slices["build"]),
            inbox=self._inbox(slices["inbox"]),
            verified_by=self._verified_by(slices["entities"]),
        )

    def _verified_by(self, entities: Mapping[str, Any]) -> str:
        name = entities.get("verified_by", "")
        self._expect("entities", "verified_by", name, "")
        return one_line(name)

    def _site(self, table: Mapping[str, Any]) -> SiteSettings:
        site = self._fill(SiteSettings, "site", table)
        if not LANGUAGE_TAG.fullmatch(site.language):
            fault = f' = "{site.language}" is no language tag'
            raise self.wrong("site", "language", fault, "Write one such as en or pt-BR.")
        try:
            url = base_address(site.url)
        except ValueError:
            raise self.wrong(
                "site", "url", f' = "{site.url}" is no web address', 'Write it as "https://...".'
            ) from None
        if site.theme and not THEME_NAME.fullmatch(site.theme):
            hint = "Write the name of a folder in themes/, or of an installed theme; `glossator theme list` has them."
            raise self.wrong("site", "theme", f' = "{site.theme}" is no name', hint)
        if site.accent and colours_of(site.accent) is None:
            hint = 'Write one such as "#135c3a", or two, by day and by night: "#135c3a #8fd3ab".'
            raise self.wrong("site", "accent", f' = "{site.accent}" is no colour', hint)
        return replace(site, url=url, title=one_line(site.title), description=one_line(site.description))

    def _build(self, table: Mapping[str, Any]) -> BuildSettings:
        build = self._fill(BuildSettings, "build", table)
        try:
            executor_name(build.executor)
        except ValueError:
            fault = (
                f' = "{build.executor}" is neither {PROCESSES}, {DASK}, the name of another executor, nor an address'
            )
            raise self.wrong("build", "executor", fault, 'Write one such as "tcp://host:8786".') from None
        return build

    def _inbox(self, table: Mapping[str, Any]) -> InboxSettings:
        inbox = self._fill(InboxSettings, "inbox", table)
        for folder in inbox.watch:
            if not Path(folder).expanduser().is_absolute():
                raise self.wrong("inbox", "watch", f' has "{folder}"', "Write the whole path, or begin it with ~/.")
        return inbox

    def _extract(self, table: Mapping[str, Any]) -> ExtractSettings:
        self._known("extract", table, ("languages", "site"))
        languages = table.get("languages", [])
        self._expect("extract", "languages", languages, ())
        sites = self._table("extract", table, "site")
        return ExtractSettings(tuple(languages), tuple(self._rule(sites, domain) for domain in sorted(sites)))

    def _rule(self, sites: Mapping[str, Any], domain: str) -> SiteRule:
        name = f'extract.site."{domain}"'
        table = self._table("extract.site", sites, domain)
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", domain):
            raise self.wrong(name, domain, " is no domain", 'Write it as [extract.site."example.org"].')
        self._known(name, table, ("keep", "drop", "lines"))
        for key, selectors in table.items():
            self._expect(name, key, selectors, ())
            for selector in selectors if key != "lines" else ():
                try:
                    HTMLTranslator().css_to_xpath(selector)
                except SelectorError as error:
                    fault = f': "{selector}" is no CSS selector ({error})'
                    raise self.wrong(name, key, fault, 'Write one such as "article .body".') from None
        keep, drop, lines = (tuple(table.get(key, ())) for key in ("keep", "drop", "lines"))
        return SiteRule(domain.lower(), keep, drop, lines)

    def _annotate(self, entities: Mapping[str, Any], languages: Mapping[str, Any]) -> AnnotateSettings:
        self._known("entities", entities, ("types", "demonyms", "blas", "verified_by"))
        models = {"en": DEFAULT_MODEL}
        for language in languages:
            table = self._table("language", languages, language)
            self._known(f"language.{language}", table, ("model",))
            model = table.get("model", models.get(language, ""))
            self._expect(f"language.{language}", "model", model, "")
            models[language] = model
        own = {key: given for key, given in entities.items() if key != "verified_by"}
        settings = self._fill(AnnotateSettings, "entities", own)
        return replace(settings, models=tuple(sorted(models.items())), types=tuple(map(EntityType, settings.types)))

    def _fill(self, kind: Callable[..., Slice], name: str, table: Mapping[str, Any]) -> Slice:
        """Return an instance of a settings class from a table whose keys are its fields."""
        defaults = kind()
        metadata = {field.name: field.metadata for field in fields(defaults) if field.metadata != FROM_DECISIONS}
        self._known(name, table, tuple(metadata))
        for key, given in table.items():
            also = metadata[key].get(ALSO, ())
            if given in also:
                continue
            self._expect(name, key, given, getattr(defaults, key), also)
            values = metadata[key].get(ONE_OF, ())
            for item in ([given] if isinstance(given, str) else given) if values else ():
                if item not in values:
                    raise self.wrong(name, key, f': "{item}" is not known', f"Write one of {', '.join(values)}.")
        return kind(**{key: tuple(given) if isinstance(given, list) else given for key, given in table.items()})

    def _expect(self, name: str, key: str, given: object, default: object, also: Sequence[str] = ()) -> None:
        """Check that a value is of the default's kind. Raises SiteError if it is not; no number may be below zero.

        `also` are the texts that it may have besides.
        """
        match given, default:
            case (bool(), bool()) | (str(), str()):
                return
            case int(), int() if type(given) is type(default) and given >= 0:
                return
            case list(), tuple() if all(isinstance(text, str) for text in given):
                return
        wanted = {bool: "true or false", str: "a text in quotes", int: "a whole number, 0 or more"}
        kinds = [wanted.get(type(default), "a list of texts in quotes"), *(f'"{text}"' for text in also)]
        hint = f"It must be {' or '.join(kinds)}."
        raise self.wrong(name, key, f" is {given!r}", hint)

    def _table(self, name: str, tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        table = tables.get(key, {})
        if not isinstance(table, dict):
            full = f"{name}.{key}".lstrip(".")
            raise self.wrong(name, key, " is not a table", f"Write [{full}] on a line of its own, its keys below.")
        return table

    def _known(self, name: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(keys)}."
                raise self.wrong(name, key, " is not a setting", hint)

    def wrong(self, name: str, key: str, fault: str, hint: str) -> SiteError:
        """Return the error about a key of the table `name`, which is empty at the top."""
        message = f"[{name}] {key}{fault}." if name else f"{key}{fault}."
        line = self._line(name, key)
        return SiteError(f"{self.name}, line {line}: {message}" if line else f"{self.name}: {message}", hint)

    def _line(self, name: str, key: str) -> int | None:
        here = not name
        for number, line in enumerate(self.text.splitlines(), 1):
            text = line.strip()
            if name and text.startswith("["):
                here = text.startswith(f"[{name}]")
            elif here and re.match(rf"\[*{re.escape(key)}\b", text):
                return number
        return None
