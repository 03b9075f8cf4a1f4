"""Findings as JSON, for programs, and the addresses of passages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from glossator import site_paths
from glossator.addresses import text_fragment
from glossator.stages.proof.findings import DraftFinding, FindingKind, Place, Proof


class ArticleAddresses(msgspec.Struct, frozen=True):
    """The site and the content of an archive, as a report may point to them."""

    site: str = ""
    """Address of the site, or of its folder, with a slash at the end; empty if a report has no links."""
    content: Path | None = None
    """Folder of the content, for articles that have no page."""

    def of(self, place: Place) -> str:
        """Return the address of a passage: the article's page with a text fragment, or its file."""
        if place.page and self.site:
            page = f"{self.site}{quote(site_paths.article_path(place.id))}"
            return page if place.kept_back else f"{page}#{place.anchor}{text_fragment(place.passage.text)}"
        return (self.content / place.path).absolute().as_uri() if self.content else ""


def json_report(proofs: Mapping[str, Proof], addresses: ArticleAddresses) -> str:
    """Return the findings by draft; see docs/pages/proof.md for the fields."""
    return json.dumps(
        {name: proof_data(proof, addresses) for name, proof in proofs.items()}, ensure_ascii=False, indent=1
    )


def proof_data(proof: Proof, addresses: ArticleAddresses) -> dict[str, Any]:
    left = [number for number in proof.numbers if not number.compared]
    return {
        "text": proof.text,
        "findings": [finding_data(finding, addresses) for finding in proof.findings],
        "numbers": {
            "count": len(proof.numbers),
            "compared": len(proof.numbers) - len(left),
            "not_compared": [
                {"start": each.start, "end": each.end, "text": each.text, "line": proof.line(each.start)}
                for each in left
            ],
        },
    }


def finding_data(finding: DraftFinding, addresses: ArticleAddresses) -> dict[str, Any]:
    place = finding.place
    passage = place.passage if place else None
    return {
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "kind": finding.kind,
        "article": place.path if place else None,
        "quote": {"start": passage.start, "end": passage.end, "text": passage.text} if passage else None,
        "speaker": finding.speaker,
        "difference": [
            {
                "what": change.what,
                "draft": change.draft,
                "archive": change.archive,
                "start": change.start,
                "end": change.end,
                **({"article": change.article} if change.article else {}),
            }
            for change in finding.difference
        ],
        "confidence": finding.confidence,
        "kept_back": finding.kept_back,
        "message": finding.message,
        "statement": statement(finding),
        "title": place.title if place else None,
        "date": place.date if place else None,
        "publication": (place.publication or None) if place else None,
        "paragraph": passage.paragraph if passage else None,
        "link": (addresses.of(place) or None) if place else None,
        "draft_speaker": finding.attributed or None,
        "draft_source": finding.source or None,
        "nearest": list(finding.nearest),
    }


_STATEMENTS: Mapping[FindingKind, str] = {
    "verbatim": "Stands so",
    "altered": "Stands in other words",
    "speaker": "Said by somebody else",
    "source": "Stands in another source",
    "number": "Another number",
    "spelling": "Spelt otherwise",
    "unknown-name": "No article has this name",
    "absent": "Not in the archive",
    "disputed": "Sources differ",
}


def statement(finding: DraftFinding) -> str:
    """Return what a finding comes to, in a few words."""
    if finding.kind == "speaker" and finding.attributed:
        by = f"Said by {finding.speaker}" if finding.speaker else "Said by somebody else"
        return f"{by}, not by {finding.attributed}"
    if finding.kind == "source" and finding.place and finding.source:
        return f"From {finding.place.publication or finding.place.title}, not from {finding.source}"
    changes = [change for change in finding.difference if change.draft and change.archive]
    if finding.kind in ("number", "spelling", "disputed") and changes:
        return f"{changes[0].archive}, not {changes[0].draft}"
    return _STATEMENTS[finding.kind]
