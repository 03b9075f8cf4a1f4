"""Findings as a page: the draft, and beside it what is said of each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from glossator.proof_reports.as_data import ArticleAddresses, statement
from glossator.proof_reports.as_text import summary
from glossator.stages.proof.findings import Proof


class Stretch(NamedTuple):
    """A stretch of the draft with its finding, by number; 0 for a stretch without one."""

    text: str
    number: int
    kind: str


def html_report(proofs: Mapping[str, Proof], addresses: ArticleAddresses) -> str:
    """Return a page of its own, which loads nothing and runs nothing."""
    drafts = [(name, proof, list(_stretches(proof)), summary(proof)) for name, proof in proofs.items()]
    return _template().render(drafts=drafts, link=addresses.of, statement=statement)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("glossator.proof_reports", "."), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("report.html")


def _stretches(proof: Proof) -> Iterator[Stretch]:
    """Yield the draft in stretches; of findings that overlap, the first is marked."""
    at = 0
    for number, finding in enumerate(proof.findings, 1):
        if finding.start < at:
            continue
        yield Stretch(proof.text[at : finding.start], 0, "")
        yield Stretch(proof.text[finding.start : finding.end], number, finding.kind)
        at = finding.end
    yield Stretch(proof.text[at:], 0, "")
