"""A draft and the archive -> findings and numbers, in the order of the draft."""

from __future__ import annotations

from typing import NamedTuple

from glossator.model import Analysis
from glossator.stages.proof.attribution import Publications
from glossator.stages.proof.check_names import KnownNames, check_names
from glossator.stages.proof.check_quotations import check_quotations
from glossator.stages.proof.draft import ProofDraft
from glossator.stages.proof.findings import DraftFinding, DraftNumber
from glossator.stages.proof.restatements import check_restatements
from glossator.stages.proof.sources import SearchedArchive


class Proven(NamedTuple):
    """The findings about a draft and its numbers, in the order of the draft."""

    findings: tuple[DraftFinding, ...]
    numbers: tuple[DraftNumber, ...]


def prove(
    draft: ProofDraft, analysis: Analysis, archive: SearchedArchive, publications: Publications, names: KnownNames
) -> Proven:
    """Hold a draft against the archive; `analysis` is that of the draft's text."""
    restated = list(check_restatements(draft, analysis, archive, publications))
    findings = [
        *check_quotations(draft, analysis, archive, publications),
        *check_names(draft, analysis, archive, publications, names),
        *(finding for _, findings in restated for finding in findings),
    ]
    ordered = sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind == "disputed"))
    return Proven(tuple(ordered), tuple(number for number, _ in restated))
