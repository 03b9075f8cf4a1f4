"""Findings about drafts -> reports: for programs, for a terminal, as Markdown, and as a page."""

from collections.abc import Callable, Mapping

from glossator.proof_reports.as_data import ArticleAddresses, json_report, proof_data
from glossator.proof_reports.as_page import html_report
from glossator.proof_reports.as_text import markdown_report, one_line, text_report
from glossator.stages.proof.findings import Proof

REPORTS: Mapping[str, Callable[[Mapping[str, Proof], ArticleAddresses], str]] = {
    "text": lambda proofs, _: text_report(proofs),
    "json": json_report,
    "html": html_report,
    "markdown": markdown_report,
}
"""Name of a format -> its report; proofs are by the name of the draft."""

__all__ = [
    "REPORTS",
    "ArticleAddresses",
    "html_report",
    "json_report",
    "markdown_report",
    "one_line",
    "proof_data",
    "text_report",
]
