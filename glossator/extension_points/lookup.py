"""The one look-up of extensions: ours from a table, those of other packages from their entry points.

A clone of the repository is not installed, and so has no entry points: a test holds the table equal to those that
`pyproject.toml` states. Other packages' are read only if nothing of ours has the name that is asked for, or if all are
asked for. No extension is imported before it is used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from glossator import __version__
from glossator.config import SiteError
from glossator.extension_points import CONTRACTS
from glossator.extension_points.own_extensions import OWN
from glossator.text import error_in_words

OURS = "glossator"
_INSTALLED_WITH = {"mcp": "glossator[mcp]"}
"""Module of a library -> what to install, if that is not the module's name."""

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
        return f"{self.name} ({self.group}) of {self.package} {self.version}"


class UnusableExtension(SiteError):
    """Extension that cannot be used. The message says as a sentence which, and why; the hint says what to do."""


def own(group: str) -> dict[str, Extension]:
    """Return what we add ourselves to a group, by name."""
    return {name: Extension(group, name, target, OURS, __version__) for name, target in OWN[group].items()}


def installed(group: str) -> list[Extension]:
    """Return what other installed packages add to a group, in the order of the packages' names.

    `python -m` looks for packages in the current folder, too, which may be an archive of a stranger: it counts for
    nothing here.
    """
    from importlib import metadata  # noqa: PLC0415 -- most commands ask for nothing of others

    extensions = (
        Extension(group, point.name, point.value, point.dist.name, point.dist.version)
        for point in metadata.entry_points(group=f"glossator.{group}")
        if point.dist and point.dist.name != OURS and Path(str(point.dist.locate_file(""))).resolve() != Path.cwd()
    )
    return sorted(extensions, key=lambda extension: (extension.package, extension.name))


def available(group: str) -> dict[str, Extension]:
    """Return all extensions of a group, by name: ours first, and of others the first with a name."""
    return _by_name(group, installed(group))


def passed_over(group: str, others: Collection[Extension]) -> dict[Extension, UnusableExtension]:
    """Return an error for each of the extensions of other packages whose name another has, which counts."""
    counting = _by_name(group, others)
    return {
        extension: unusable(extension, f"{counting[extension.name].package} has one of this name")
        for extension in others
        if counting[extension.name] != extension
    }


def _by_name(group: str, others: Iterable[Extension]) -> dict[str, Extension]:
    extensions = own(group)
    for extension in others:
        extensions.setdefault(extension.name, extension)
    return extensions


def find(group: str, name: str) -> Extension | None:
    """Return the extension with a name, or None. Other packages are looked at only if none of ours has the name."""
    return own(group).get(name) or available(group).get(name)


def load(extension: Extension, kind: type[Value]) -> Value:
    """Import an extension. Raises UnusableExtension if it does not import, or does not keep the contract."""
    module, _, attribute = extension.target.partition(":")
    try:
        value: object = attrgetter(attribute)(import_module(module))
    except (Exception, SystemExit) as error:
        raise not_imported(extension, error) from error
    if not isinstance(value, kind):
        raise unusable(extension, f"{extension.target} is no {kind.__name__} of glossator.extension_points")
    contract = getattr(value, "contract", None)
    if contract not in CONTRACTS:
        kept = ", ".join(map(str, CONTRACTS))
        raise unusable(
            extension, f"it was written for version {contract} of the contract, and this program keeps {kept}"
        )
    for name, hint in get_type_hints(kind).items():
        if not _has_type(getattr(value, name), hint):
            raise unusable(extension, f"the field {name} of {extension.target} has a value of a wrong type")
    return value


def _has_type(value: object, hint: Any) -> bool:
    """True if a value has the type of a field: a class, a function, a tuple of one class, or one of several."""
    if isinstance(hint, UnionType):
        return any(_has_type(value, kind) for kind in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(isinstance(item, get_args(hint)[0]) for item in value)
    return isinstance(value, get_origin(hint) or hint)


def unusable(extension: Extension, reason: str, hint: str = "") -> UnusableExtension:
    """Return the error that an extension cannot be used; without a hint, it is to install another version."""
    if not hint and extension.package == OURS:
        hint = "Please report it."
    hint = hint or f"Install another version, or remove it: python -m pip uninstall {extension.package}"
    return UnusableExtension(f"The extension {extension} cannot be used: {reason}.", hint)


def failed(extension: Extension, error: BaseException) -> UnusableExtension:
    """Return the error that an extension raised another one, which is none of ours."""
    return unusable(extension, f"it failed ({error_in_words(error)})")


@contextmanager
def guarded(extension: Extension) -> Iterator[None]:
    """Let an extension work. What it raises becomes UnusableExtension, unless it is an error that a person can mend."""
    try:
        yield
    except SiteError:
        raise
    except (Exception, SystemExit) as error:
        raise failed(extension, error) from error


def not_imported(extension: Extension, error: BaseException) -> UnusableExtension:
    """Return the error that an extension, or a library that it needs, does not import, with what to install."""
    missing = error.name if isinstance(error, ModuleNotFoundError) and error.name else ""
    library = missing.partition(".")[0]
    if library == OURS and extension.package == OURS:
        hint = "Install all of Glossator: python -m pip install --force-reinstall glossator"
        return unusable(extension, "it is not installed", hint)
    if library and library != OURS and library != extension.target.partition(".")[0]:
        what = _INSTALLED_WITH.get(library, library)
        return unusable(extension, f"{library} is not installed", f'Install it: python -m pip install "{what}"')
    return unusable(extension, f"it does not import ({error_in_words(error)})")
