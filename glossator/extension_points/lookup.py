"""The one look-up of extensions: ours from a table, those of other packages from their entry points.

A clone of the repository is not installed, and so has no entry points: a test holds the table equal to those that
`pyproject.toml` states. Other packages' are read only if nothing of ours has the name that is asked for, or if all are
asked for. No extension is imported before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from glossator import __version__
from glossator.config import SiteError
from glossator.errors import UserError
from glossator.extension_points import CONTRACTS, GROUPS

OWN: Mapping[str, Mapping[str, str]] = {
    "openers": {},
    "exports": {
        "sqlite": "glossator.extensions.exports.databases:SQLITE",
        "datasette": "glossator.extensions.exports.databases:DATASETTE",
        "openrefine": "glossator.extensions.openrefine.names:OPENREFINE",
        "jsonld": "glossator.extensions.exports.web_annotations:JSONLD",
        "csl": "glossator.extensions.exports.bibliography:CSL",
        "ris": "glossator.extensions.exports.bibliography:RIS",
        "bibtex": "glossator.extensions.exports.bibtex:BIBTEX",
        "epub": "glossator.extensions.exports.epub:EPUB",
        "vault": "glossator.extensions.exports.vault:VAULT",
        "okf": "glossator.extensions.exports.okf:OKF",
        "labelstudio": "glossator.extensions.exports.annotations:LABEL_STUDIO",
        "conll": "glossator.extensions.exports.annotations:CONLL",
        "spacy": "glossator.extensions.exports.training:SPACY",
        "page": "glossator.extensions.exports.single_page:PAGE",
    },
    "checks": {},
    "commands": {
        "mcp": "glossator.extensions.mcp.command:MCP",
        "entity.reconciled": "glossator.extensions.openrefine.command:RECONCILED",
    },
    "executors": {"dask": "glossator.extensions.dask_cluster:DASK_CLUSTER"},
}
"""Group -> name -> `module:attribute` of what we give ourselves."""
OURS = "glossator"
INSTALLED_WITH = MappingProxyType(
    {"dask": "glossator[cluster]", "distributed": "glossator[cluster]", "mcp": "glossator[mcp]"}
)
"""Module of a library -> what to install, if that is not the module's name."""
LONGEST_REASON = 200

Value = TypeVar("Value")


class Extension(NamedTuple):
    """Something that a package adds, as its entry point names it."""

    group: str
    name: str
    target: str
    """`module:attribute`."""
    package: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} of {self.package} {self.version}"


class UnusableExtension(SiteError):
    """Extension that cannot be used. The message says as a sentence which, and why; the hint says what to do."""


def own(group: str) -> dict[str, Extension]:
    """Return what we add ourselves to a group, by name."""
    return {name: Extension(group, name, target, OURS, __version__) for name, target in OWN[group].items()}


def installed(group: str) -> Iterator[Extension]:
    """Yield what other installed packages add to a group, in the order of their names."""
    from importlib import metadata  # noqa: PLC0415 -- most commands ask for nothing of others

    for point in sorted(metadata.entry_points(group=f"glossator.{group}"), key=lambda point: (point.name, point.value)):
        if point.dist and point.dist.name != OURS:
            yield Extension(group, point.name, point.value, point.dist.name, point.dist.version)


def available(group: str) -> dict[str, Extension]:
    """Return all extensions of a group, by name: ours first, and of others the first with a name."""
    extensions = own(group)
    for extension in installed(group):
        extensions.setdefault(extension.name, extension)
    return extensions


def find(group: str, name: str) -> Extension | None:
    """Return the extension with a name, or None. Other packages are looked at only if none of ours has the name."""
    return own(group).get(name) or available(group).get(name)


def all_extensions() -> Iterator[tuple[Extension, bool]]:
    """Yield every extension, and whether it is taken: another may have its name."""
    for group in GROUPS:
        taken = available(group)
        for extension in (*own(group).values(), *installed(group)):
            yield extension, taken[extension.name] == extension


def load(extension: Extension, kind: type[Value]) -> Value:
    """Import an extension. Raises UnusableExtension if it does not import, or keeps another contract."""
    module, _, attribute = extension.target.partition(":")
    try:
        value: object = attrgetter(attribute)(import_module(module))
    except (Exception, SystemExit) as error:
        raise _unusable(extension, *_reason(extension, error)) from error
    if not isinstance(value, kind):
        reason = f"{extension.target} is no {kind.__name__} of glossator.extension_points"
        raise _unusable(extension, reason, _remedy(extension))
    contract = getattr(value, "contract", None)
    if contract not in CONTRACTS:
        kept = ", ".join(map(str, sorted(CONTRACTS)))
        reason = f"it was written for version {contract} of the contract, and this program keeps {kept}"
        raise _unusable(extension, reason, _remedy(extension))
    return value


def _unusable(extension: Extension, reason: str, hint: str) -> UnusableExtension:
    return UnusableExtension(f"The extension {extension} ({extension.group}) cannot be used: {reason}.", hint)


@contextmanager
def guarded(extension: Extension) -> Iterator[None]:
    """Let an extension work; whatever it raises becomes UnusableExtension, but for what a person can remedy."""
    try:
        yield
    except UserError:
        raise
    except (Exception, SystemExit) as error:
        raise failed(extension, error) from error


def failed(extension: Extension, error: BaseException) -> UnusableExtension:
    """Return the error of a person who uses an extension that raised another one."""
    return _unusable(extension, f"it failed ({_in_words(error)})", _remedy(extension))


def _in_words(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_REASON].rstrip(": ")


def _reason(extension: Extension, error: BaseException) -> tuple[str, str]:
    """Return why an extension does not import, and what to do."""
    missing = error.name if isinstance(error, ModuleNotFoundError) and error.name else ""
    top = missing.partition(".")[0]
    if top == OURS and extension.package == OURS:
        return "it is no part of this installation", "Install all: python -m pip install --force-reinstall glossator"
    if missing and top != OURS:
        return f"{top} is not installed", f'Install it: python -m pip install "{INSTALLED_WITH.get(top, top)}"'
    return f"it does not import ({_in_words(error)})", _remedy(extension)


def _remedy(extension: Extension) -> str:
    if extension.package == OURS:
        return "Please report it."
    return f"Install a version that fits, or remove it: python -m pip uninstall {extension.package}"
