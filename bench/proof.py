"""Holds invented drafts with planted faults against an archive, and counts what `proof` finds and what it says wrongly.

usage: python bench/proof.py ARCHIVE [--drafts N] [--folds 0,1] [--seed N] [--list]

ARCHIVE is the folder of an archive that was built. It is changed: every tenth article is moved out of it, to
`left-out/`, because invented quotations are sentences of these. A draft has quotations and sentences of articles of one
fold, untouched but for one fault; every tenth has none. The fold of an article is a digest of its id, so that a
threshold can be chosen on some folds and reported on others.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.planted_drafts import FAULTS, Planted, leave_out, planted_drafts, read_pool  # noqa: E402  # beside this script
from glossator.cli.extensions import load_extended  # noqa: E402
from glossator.cli.options import with_installed  # noqa: E402
from glossator.model import Problem  # noqa: E402
from glossator.pipeline import ArchivePaths  # noqa: E402
from glossator.pipeline.proof.prove_drafts import Scope, prove_drafts  # noqa: E402
from glossator.pipeline.proof.read_drafts import GivenDraft  # noqa: E402
from glossator.stages.proof.findings import DraftFinding, Proof  # noqa: E402

EXPECTED = {
    **{fault: {"altered"} for fault in ("word", "drop", "negation", "splice")},
    "speaker": {"speaker"},
    "source": {"source"},
    "invented": {"absent"},
}
WRONG = frozenset({"altered", "speaker", "source", "number", "spelling", "unknown-name", "absent"})


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--drafts", type=int, default=400)
    parser.add_argument("--folds", default="0,1,2,3,4", help="folds whose articles are quoted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="print every fault that was missed, and false alarms")
    parser.add_argument("--keep", type=Path, help="folder to which the drafts are written, to look at them")
    options = parser.parse_args()
    folder = options.archive
    config = with_installed(load_extended(folder / "glossator.toml"))
    paths = ArchivePaths(folder / "content", folder / "site")
    leave_out(folder)
    folds = {int(fold) for fold in options.folds.split(",")}
    pool = read_pool(folder, paths, config, folds)
    print(f"{len(pool.quotes)} quotations, {len(pool.sentences)} sentences, {len(pool.invented)} invented")
    drafts, planted = [], {}
    for name, parts, data in planted_drafts(pool, options.drafts, options.seed):
        planted[name] = parts
        drafts.append(GivenDraft(name, data))
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / name).write_bytes(data)
    proofs = prove_drafts(paths, config, drafts, Scope())
    return report(proofs, planted, options.list)


def report(proofs: Mapping[str, Proof | Problem], planted: Mapping[str, Sequence[Planted]], listed: bool) -> int:
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for name, proof in proofs.items():
        if isinstance(proof, Problem):
            counts["unread"] += 1
            lines.append(f"{name} {proof.message}")
            continue
        for part in planted[name]:
            about = [finding for finding in proof.findings if overlaps(proof.text, part, finding)]
            if exception := judge(counts, part, about):
                findings = [(finding.kind, finding.text[:40], finding.message) for finding in about]
                lines.append(f"{exception} {name}: {part.paragraph[:300]!r} -> {findings}")
    if listed:
        print(*lines, sep="\n")
    print_table(counts)
    return 0


def judge(counts: Counter[str], part: Planted, about: Sequence[DraftFinding]) -> str:
    """Count what was said of a paragraph; return in a word what is wrong with it, if anything is."""
    wrong = [finding for finding in about if finding.kind in WRONG]
    if not part.fault:
        what = "quotation" if part.quoted else "sentence"
        unseen = part.quoted and not about
        counts[f"untouched {what}"] += 1
        counts[f"alarm {what}"] += bool(wrong)
        counts["untouched unseen"] += unseen
        counts["right speaker"] += part.said
        counts["alarm speaker"] += part.said and any(finding.kind == "speaker" for finding in wrong)
        return "ALARM" if wrong else "UNSEEN" if unseen else ""
    names = {"altered"} if part.quoted else {"spelling", "unknown-name"}
    expected = EXPECTED.get(part.fault) or {"number": {"number"}, "name": names}[part.fault]
    right = any(finding.kind in expected for finding in wrong)
    counts[f"{part.fault} planted"] += 1
    counts[f"{part.fault} found"] += bool(wrong)
    counts[f"{part.fault} right"] += right
    if part.fault == "invented":
        counts["invented called otherwise"] += not right
    return "" if right else f"MISSED {part.fault}"


def overlaps(text: str, part: Planted, finding: DraftFinding) -> bool:
    """True if a finding is about a paragraph: it lies where the draft has the paragraph's words."""
    key = re.sub(r"\W+", "", part.text)
    plain = [(at, letter) for at, letter in enumerate(text) if letter.isalnum()]
    flat = "".join(letter for _, letter in plain)
    start = flat.find(key)
    if start < 0:
        return False
    first, last = plain[start][0], plain[start + len(key) - 1][0]
    return finding.start <= last and first < finding.end


def print_table(counts: Counter[str]) -> None:
    print(f"{'fault':<12}{'planted':>8}{'found':>8}{'kind right':>12}")
    for fault in FAULTS:
        planted = counts[f"{fault} planted"]
        if planted:
            seen, right = (counts[f"{fault} {what}"] / planted for what in ("found", "right"))
            print(f"{fault:<12}{planted:>8}{seen:>8.1%}{right:>12.1%}")
    others = [fault for fault in FAULTS if fault != "speaker"]
    total = sum(counts[f"{fault} planted"] for fault in others) or 1
    for what in ("found", "right"):
        print(f"{what} without speakers: {sum(counts[f'{fault} {what}'] for fault in others) / total:.1%} of {total}")
    for what in ("quotation", "sentence"):
        print(f"false alarms on untouched {what}s: {counts[f'alarm {what}']} of {counts[f'untouched {what}']}")
    print(f"false alarms on right speakers: {counts['alarm speaker']} of {counts['right speaker']}")
    print(f"invented called anything but absent: {counts['invented called otherwise']} of {counts['invented planted']}")
    print(f"untouched quotations without a finding: {counts['untouched unseen']}; drafts not read: {counts['unread']}")


if __name__ == "__main__":
    sys.exit(main())
