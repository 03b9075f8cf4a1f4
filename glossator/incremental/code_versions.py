"""Digests of the code that does the work, for keys: Glossator's source, and the versions of libraries and models.

The names of the libraries are listed here and not in the stages, so that a build that finds nothing changed need not
load the stages.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from glossator.config import AnnotateSettings, FileOpeners
from glossator.model import Digest
from glossator.text import digest

PACKAGE = Path(__file__).parent.parent

SHARED_DATA = ("data/collation", "data/known", "data/places", "data/words")
"""Folders of the data that the modules of several stages read."""
SHARED_MODULES = (
    "model",
    "errors",
    "text",
    "inverse_frequency",
    "addresses",
    "slugs",
    "site_paths",
    "config",
    "frontmatter",
    "markup",
    "pipeline/stage_runs",
    "pipeline/stage_work",
    "word_lists",
    *SHARED_DATA,
)
"""Modules that every stage builds on, and data."""
SHARED_LIBRARIES = ("anyascii", "courlan", "markdown", "msgspec", "nh3", "pyyaml")
EXTRACT_LIBRARIES = (
    "babel",
    "beautifulsoup4",
    "brotli",
    "charset-normalizer",
    "cssselect",
    "htmldate",
    "justext",
    "lxml",
    "markdown-it-py",
    "mathml-to-latex",
    "mdit-py-plugins",
    "numpy",
    "py3langid",
    "trafilatura",
    "webencodings",
)
ANNOTATE_LIBRARIES = ("babel", "spacy", "thinc", "blis", "numpy")
RENDER_LIBRARIES = ("babel", "jinja2", "latex2mathml", "markupsafe", "pygments")
SEARCH_LIBRARIES = ("cbor2", "lxml", "pagefind", "pagefind-bin")


_VERSION = re.compile(r"^Version:(.+)$", re.MULTILINE)


@cache
def code_digest(modules: tuple[str, ...], distributions: tuple[str, ...]) -> Digest:
    """Return a digest of the source of modules, those that all stages share included, and of the libraries' versions.

    `modules` are paths below the package without `.py`; an empty one stands for the whole package. `distributions` are
    names of packages besides SHARED_LIBRARIES.
    """
    paths = tuple(f"{module}{end}" for module in (*modules, *SHARED_MODULES) if module for end in ("/", ".py"))
    sources = (f"{path} {source}" for path, source in _sources().items() if "" in modules or path.startswith(paths))
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return digest(version, *sources, *(f"{name} {_version(name)}" for name in (*distributions, *SHARED_LIBRARIES)))


@cache
def _sources() -> Mapping[str, Digest]:
    """Return the digest of each source file, list and file of shared data, by path below the package, sorted."""
    found: dict[str, str] = {}
    for folder, _, names in os.walk(PACKAGE):  # of hundreds of files, a Path is half the cost
        below = folder[len(str(PACKAGE)) + 1 :].replace(os.sep, "/")
        sources = [name for name in names if name.endswith((".py", ".toml")) or below in SHARED_DATA]
        found |= {f"{below}/{name}".lstrip("/"): f"{folder}/{name}" for name in sources}
    return {path: digest(Path(file).read_bytes()) for path, file in sorted(found.items())}


def extract_code(openers: FileOpeners, _: object) -> Digest:
    """Return a digest of everything that extracts articles with the openers, besides its settings."""
    modules = ("stages/extract", "local_pictures", "link_list_metadata", *openers.modules)
    code = code_digest(modules, (*EXTRACT_LIBRARIES, *openers.libraries))
    return digest(code, _packaged("data/readings"), _packaged("data/code"))


def annotate_code(settings: AnnotateSettings) -> Digest:
    """Return a digest of everything that finds names: code, libraries and models, those of the settings included."""
    return digest(rematch_code(settings), *requirements(settings), _packaged("data/names"))


def rematch_code(_: object) -> Digest:
    """Return a digest of everything that searches for known names, which needs no model."""
    return code_digest(("stages/annotate", "naming"), ())


def packaged_stamp() -> Digest:
    """Return a digest of sizes and times of what the package carries: enough to see that nobody replaced it."""
    stamps = ((file, file.stat()) for file in _data_files("data"))
    return digest(*(f"{file.relative_to(PACKAGE)} {status.st_size} {status.st_mtime_ns}" for file, status in stamps))


@cache
def _packaged(folder: str) -> Digest:
    """Return a digest of what the package carries in a folder: models, or what it has learned."""
    # Most processors have instructions for SHA-256, and the models are eleven megabytes.
    digests = ((file, sha256(file.read_bytes()).hexdigest()) for file in _data_files(folder))
    return digest(*(f"{file.relative_to(PACKAGE).as_posix()} {whole}" for file, whole in digests))


def _data_files(folder: str) -> list[Path]:
    return sorted(path for path in (PACKAGE / folder).rglob("*") if path.is_file())


def requirements(settings: AnnotateSettings) -> tuple[str, ...]:
    """Return name and version of every library and pipeline that finds names."""
    libraries = (f"{name} {_version(name)}" for name in ANNOTATE_LIBRARIES)
    models = (f"{language} {model} {_version(model)}" for language, model in settings.models if model)
    return (*libraries, *models)


@cache
def _version(name: str) -> str:
    """Return the installed version of a distribution; for a pipeline in a folder, the digest of its `meta.json`."""
    meta = Path(name) / "meta.json"
    try:
        text = metadata.distribution(name).read_text("METADATA") or ""
    except (metadata.PackageNotFoundError, ValueError):
        return digest(meta.read_bytes()) if meta.is_file() else "missing"
    # To read the metadata as an e-mail, as `metadata.version` does, is slower.
    stated = _VERSION.search(text)
    return stated[1].strip() if stated else metadata.version(name)
