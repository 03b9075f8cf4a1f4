"""Settings: frozen values, one slice for each stage that has any, so that no stage sees another's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, get_args
from urllib.parse import urlsplit

from glossator.errors import UserError
from glossator.model import EntityType, PrivateNames, Problem, Rights

SETTINGS_FILE = "glossator.toml"
DEFAULT_MODEL = "glossator"
ALL_TYPES = tuple(EntityType)
PROCESSES, DASK = "processes", "dask"
NUMPY, BLIS = "numpy", "blis"
MARKDOWN, JSON, LLMS, API = "markdown", "json", "llms", "api"
SITE_DATA = (MARKDOWN, JSON, LLMS, API)
"""Files for programs that a site may have besides its pages."""
MEGABYTE = 1_000_000
THEMES = "themes"
"""Folder beside the settings that holds themes, and the group of those that are installed."""
THEME_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class SiteError(UserError):
    """Wrong set-up: the build cannot start. Shown as a sentence and a hint, without a traceback."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


class AnotherBuild(SiteError):
    """Another build of the archive is running: its stored results allow one user at a time."""


FROM_DECISIONS = {"file": "entities.toml"}
"""Mark of a setting that a build takes from the decisions; glossator.toml may not have it."""
ONE_OF = "one_of"
"""Key in the metadata of a setting: its values, or those of its items if it is a list."""


ALSO = "also"
"""Key in the metadata of a setting: texts that it may have besides values of its kind."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    title: str = "My archive"
    description: str = "Saved articles, and everyone they speak of."
    language: str = "en"
    url: str = ""
    """Address at which the site is published, with a final slash."""
    rights: str = field(default="full", metadata={ONE_OF: get_args(Rights)})
    """Rights of articles that have a source and state no rights."""
    indexed: bool = True
    """True if search engines may list the site."""
    touch: str = field(default="card", metadata={ONE_OF: ("card", "follow")})
    """Effect of a first touch of a name: `card` shows the card, `follow` opens the entity's page."""
    highlights: bool | str = field(default=False, metadata={ALSO: ("all",)})
    """True if the site shows the highlights and notes that its owner made in the preview; `all` for imported ones."""
    theme: str = ""
    """Name of a theme: of a folder in `themes/` beside the settings, or of an installed one; empty for ours alone."""
    accent: str = ""
    """The accent as #rrggbb, or two of them: by day and by night; empty for that of the theme."""
    data: tuple[str, ...] = field(default=(), metadata={ONE_OF: SITE_DATA})
    """Files for programs besides the pages, of SITE_DATA."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule for extracting the pages of one publication, if the general rules fail on them."""

    domain: str
    """Host, or a domain of hosts."""
    keep: tuple[str, ...] = ()
    """CSS selectors of the elements that are the article; empty to let the program find them."""
    drop: tuple[str, ...] = ()
    """CSS selectors of elements that are never part of the article."""
    lines: tuple[str, ...] = ()
    """Lines at the edges of a text that are never part of the article."""


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    languages: tuple[str, ...] = ()
    """Languages of the archive, to help the guess if a page does not name its language; empty for any."""
    rules: tuple[SiteRule, ...] = ()
    """Rules, sorted by domain."""


@dataclass(frozen=True, slots=True)
class AnnotateSettings:
    models: tuple[tuple[str, str], ...] = (("en", DEFAULT_MODEL),)
    """Languages, each with its spaCy pipeline, by name or path."""
    types: tuple[EntityType, ...] = field(default=ALL_TYPES, metadata={ONE_OF: ALL_TYPES})
    demonyms: bool = False
    """True if adjectives of nationality ("Chinese") are entities."""
    blas: str = field(default=NUMPY, metadata={ONE_OF: (NUMPY, BLIS)})
    """Library whose matrix product the pipelines use: NUMPY, or the one that comes with spaCy (BLIS)."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    newest: int = 8
    """Articles on the home page."""
    related: int = 5
    passages: int = 40
    """Articles on an entity's page that are shown with sentences."""
    private_names: PrivateNames = field(default=PrivateNames(), metadata=FROM_DECISIONS)
    """Names that nothing on the site may hold besides the articles themselves."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    workers: int = 0
    """Number of processes; 0 for one per core, 1 for none besides the build's own."""
    executor: str = PROCESSES
    """Executor of the work: PROCESSES of this machine, a Dask cluster on it (DASK), or the address of a scheduler."""
    cache_limit: int = 2000
    """Megabytes that memoised results may take up."""
    search: bool = True
    """True if the site has a search index."""
    article_seconds: int = 25
    """CPU seconds that each stage may work on one article; 0 for no limit. The slowest of 200 real pages, among them
    the 60 largest of our test data, needs 4.2 on a busy machine: annotate 4.2, extract 1.2, its page 0.7."""
    article_megabytes: int = 1000
    """Megabytes of memory that each stage may use for one article; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class InboxSettings:
    """Ways in which the preview takes pages; no build depends on them."""

    file: str = "file"
    """Form field with the page."""
    url: str = "url"
    """Form field with the address that the browser loaded it from."""
    watch: tuple[str, ...] = ()
    """Folders outside the archive whose new files the preview adds to the inbox."""


class ExtensionFormat(NamedTuple):
    """A format of saved files that an extension of another package opens."""

    name: str
    noun: str
    suffixes: tuple[str, ...]
    """Ends of names, in lower case; empty for any."""
    accepts: Callable[[bytes], bool] | None
    """first bytes of a file -> True if it is one; None if the end of its name says so."""
    code: str
    """Name and version of the package, and the digest of its sources."""


def _no_openers() -> Mapping[str, Callable[..., Any]]:
    return {}


def _no_formats() -> tuple[tuple[ExtensionFormat, ...], tuple[Problem, ...]]:
    return (), ()


@dataclass(frozen=True, slots=True)
class FileOpeners:
    """Openers of the formats that the core does not read."""

    load: Callable[[], Mapping[str, Callable[..., Any]]] = field(default=_no_openers, repr=False)
    """Returns the opener of each format. A plain function, as workers need it: the openers take long to load."""
    modules: tuple[str, ...] = ()
    """Paths of our own openers' modules below the package, without `.py`: all that is extracted depends on these."""
    libraries: tuple[str, ...] = ()
    """Names of the distributions that they need."""
    packages: tuple[str, ...] = ()
    """Name and version of each other package that has openers, and the digest of its sources."""
    formats: Callable[[], tuple[tuple[ExtensionFormat, ...], tuple[Problem, ...]]] = field(
        default=_no_formats, repr=False
    )
    """Returns the formats that these packages open, and a problem for each opener that cannot be used."""


class ClusterAccess(NamedTuple):
    """Access to other machines."""

    join: Callable[[str, int], AbstractContextManager[Any]]
    """(executor of the settings, number of this machine's processes) -> a `JoinedCluster` of the executors; raises
    SiteError if it cannot be used."""
    prepare: Callable[[], None]
    """Prepares a worker of the cluster for its next task. A plain function, as workers need it."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """Additions of a program to the core: formats of saved files, and machines to work on."""

    openers: FileOpeners = FileOpeners()
    cluster: Callable[[str], ClusterAccess] | None = field(default=None, repr=False)
    """executor of the settings -> access to its machines; raises SiteError if there is none of the name."""
    theme: Path | None = field(default=None, repr=False)
    """Folder of the theme that the settings name."""


@dataclass(frozen=True, slots=True)
class Config:
    site: SiteSettings = field(default_factory=SiteSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    annotate: AnnotateSettings = field(default_factory=AnnotateSettings)
    plan: PlanSettings = field(default_factory=PlanSettings)
    build: BuildSettings = field(default_factory=BuildSettings)
    inbox: InboxSettings = field(default_factory=InboxSettings)
    verified_by: str = ""
    """Name of the person whose decisions are recorded with their time; empty if none are recorded."""
    private: bool = False
    """True for a site that its owner alone reads, with everything that is kept back; never read from a file."""
    extensions: Extensions = Extensions()
    """Additions of the program that read the settings; never read from a file."""


def base_address(address: str) -> str:
    """Return the site's address with a final slash; an empty one stays. Raises ValueError if it is no web address."""
    parts = urlsplit(address)
    plain = not (parts.query or parts.fragment or re.search(r"[\s\"<>]", address))
    if address and not (plain and parts.scheme in ("http", "https") and parts.hostname):
        raise ValueError(address)
    return address and address.rstrip("/") + "/"


_DASK_SCHEDULER = re.compile(r"(tcp|tls|ucx|wss?)://[^\s/]+")
_EXECUTOR = re.compile(r"([a-z][a-z0-9_-]*)(://\S+)?")
"""Name of an executor, and the address that may follow it."""


def executor_name(executor: str) -> str:
    """Return the name of an executor; the address of a Dask scheduler stands for DASK. Raises ValueError for others."""
    if _DASK_SCHEDULER.fullmatch(executor):
        return DASK
    named = _EXECUTOR.fullmatch(executor)
    if named is None:
        raise ValueError(executor)
    return named[1]
