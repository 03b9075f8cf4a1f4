"""Findings as lines for a terminal, and as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from glossator.proof_reports.as_data import ArticleAddresses
from glossator.stages.proof.findings import KINDS, DraftFinding, Proof, WordChange

LONGEST = 160
"""Characters of a quotation that are shown; what differs is always shown."""
AROUND = 40
"""Characters around a difference that are shown of a longer quotation."""

Mark = Callable[[str, str], str]
"""Words of the draft, words of the archive -> both, marked."""
Style = Callable[[str, str], str]
"""Text, kind of finding -> the text as a terminal shows it."""


def plain_mark(draft: str, archive: str) -> str:
    """Return the draft's words as removed and the archive's as added, as `git diff --word-diff` writes it."""
    return (f"[-{draft}-]" if draft else "") + (f"{{+{archive}+}}" if archive else "")


def text_report(proofs: Mapping[str, Proof], mark: Mark = plain_mark, style: Style = lambda text, _: text) -> str:
    """Return one line for each finding, and a summary of each draft."""
    return "\n".join(line for name, proof in proofs.items() for line in _lines(name, proof, mark, style))


def _lines(name: str, proof: Proof, mark: Mark, style: Style) -> Iterator[str]:
    for finding in proof.findings:
        place = f"{_printable(name)}:{proof.line(finding.start)}"
        kept = " (kept back)" if finding.kept_back else ""
        words = _printable(shown(proof.text, finding, mark), coloured=mark is not plain_mark)
        yield f"{place}: {style(finding.kind, finding.kind)}: {words}: {_printable(finding.message)}{kept}"
    yield f"{_printable(name)}: {summary(proof)}"


def summary(proof: Proof) -> str:
    """Return how many findings of each kind there are, and which numbers were compared."""
    counts = Counter(finding.kind for finding in proof.findings)
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    return "; ".join(filter(None, (kinds, _numbers(proof)))) or "nothing to check"


def _numbers(proof: Proof) -> str:
    """Return how many numbers the draft's own sentences have, and the lines of those that were not compared."""
    if not proof.numbers:
        return ""
    left = [number for number in proof.numbers if not number.compared]
    count = len(proof.numbers)
    counts = f"{count} number{'s' if count > 1 else ''}, {count - len(left)} compared, {len(left)} not"
    places = ", ".join(f"line {proof.line(number.start)} ({_printable(_flat(number.text))})" for number in left)
    return f"{counts}: {places}" if places else counts


def shown(text: str, finding: DraftFinding, mark: Mark) -> str:
    """Return the words that a finding is about, with what differs marked."""
    parts: list[str] = []
    at = finding.start
    for change in _own_changes(finding):
        parts += [
            _cut(text[at : change.start], bool(parts), tail=True),
            mark(_flat(change.draft), _flat(change.archive)),
        ]
        at = change.end
    parts.append(_cut(text[at : finding.end], bool(parts), tail=False))
    words = _flat("".join(parts)) if not finding.difference else "".join(parts)
    return f"“{words}”" if finding.kind not in ("number", "spelling", "unknown-name", "disputed") else words


def one_line(proof: Proof, finding: DraftFinding) -> str:
    """Return what is said of one place, in a line."""
    return f"{finding.kind}: {shown(proof.text, finding, plain_mark)}: {finding.message}"


def _own_changes(finding: DraftFinding) -> list[WordChange]:
    """Return the differences that lie in the finding, in the order of the draft."""
    inside = [change for change in finding.difference if change.what not in ("ellipsis", "splice")]
    return sorted(
        (change for change in inside if finding.start <= change.start <= finding.end), key=attrgetter("start")
    )


def _cut(words: str, follows: bool, *, tail: bool) -> str:
    """Return words of which the middle is left out, or those that are far from any difference."""
    flat = re.sub(r"\s+", " ", words)
    if not follows and not tail:
        return flat if len(flat) <= LONGEST else f"{flat[:LONGEST].rstrip()}…"
    if len(flat) <= 2 * AROUND:
        return flat
    if follows and tail:
        return f"{flat[:AROUND]}…{flat[-AROUND:]}"
    return f"…{flat[-AROUND:]}" if tail else f"{flat[:AROUND]}…"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _printable(text: str, coloured: bool = False) -> str:
    """Escape the characters by which a draft could reverse or hide the line; those of the colours are ours."""
    return "".join(mark if mark.isprintable() or (mark == "\x1b" and coloured) else repr(mark)[1:-1] for mark in text)


def markdown_report(proofs: Mapping[str, Proof], addresses: ArticleAddresses) -> str:
    """Return a list of the findings of each draft."""
    parts: list[str] = []
    for name, proof in proofs.items():
        parts += [f"# {_escaped(name)}", _escaped(summary(proof)) + "."]
        items = [_item(proof, finding, addresses) for finding in proof.findings]
        parts += ["\n".join(items)] if items else []
    return "\n\n".join(parts)


def _item(proof: Proof, finding: DraftFinding, addresses: ArticleAddresses) -> str:
    words = shown(
        proof.text, finding, lambda draft, archive: f"~~{draft}~~ **{archive}**" if archive else f"~~{draft}~~"
    )
    link = addresses.of(finding.place) if finding.place else ""
    kept = " (kept back)" if finding.kept_back else ""
    line = proof.line(finding.start)
    message = _escaped(finding.message)
    passage = f" [Passage]({link})" if link else ""
    return f"- **{finding.kind}**, line {line}: {_escaped(words, keep='~*')} – {message}{passage}{kept}"


def _escaped(text: str, keep: str = "") -> str:
    special = "".join(sign for sign in r"\`*_[]<>#~|!" if sign not in keep)
    return re.sub(f"([{re.escape(special)}])", r"\\\1", _flat(text))
