"""Findings of the checks of extensions; a check that fails is a finding, too."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from glossator.extension_points import lookup
from glossator.extension_points.checks import ArchiveData, BuiltSite, Check, Finding
from glossator.extension_points.lookup import Extension, UnusableExtension

GROUP = "checks"


def findings_of_extensions(site: BuiltSite, archive: ArchiveData) -> Iterator[Finding]:
    """Yield what each check finds; as advice, that one cannot be used, or failed."""
    others = lookup.installed(GROUP)
    errors = [*lookup.passed_over(GROUP, others).values()]
    for extension in lookup.available(GROUP).values():
        try:
            yield from _findings(extension, site, archive)
        except UnusableExtension as error:
            errors.append(error)
    for fault in errors:
        yield Finding("extensions", "extensions", f"{fault.message} {fault.hint}", wrong=False)


def _findings(extension: Extension, site: BuiltSite, archive: ArchiveData) -> tuple[Finding, ...]:
    """Return all findings of a check. Raises UnusableExtension if it fails, or returns anything else."""
    check = lookup.load(extension, Check)
    try:
        findings = tuple(check.find(site, archive))
        return msgspec.msgpack.decode(msgspec.msgpack.encode(findings), type=tuple[Finding, ...])
    except (Exception, SystemExit) as error:
        raise lookup.failed(extension, error) from error
