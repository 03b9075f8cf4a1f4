"""How well names are resolved across articles when every mention is given: the bound of what annotating can reach.

usage: python bench/resolving.py GOLD.json ... [--errors N] [--types PER,ORG,LOC]

GOLD is a file as tools/score_clusters.py takes it. Mentions of one document are grouped by simple rules (equal string,
surname, part, acronym), then given to the resolve stage as if annotate had found them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT.parent / "shared" / "tools")]

import score_clusters  # type: ignore[import-not-found]  # noqa: E402  # a tool beside the project

from glossator.model import Analysis, ArticleId, Decisions, Digest, EntityType, Head, Mention, Name  # noqa: E402
from glossator.stages.resolve import keys, resolve  # noqa: E402

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANISATION, "LOC": EntityType.PLACE}
SYSTEM_TYPES = {kind: coarse for coarse, kind in TYPES.items()}


def analysis(document: str, gold: dict[str, Any], kept: set[str]) -> Analysis:
    """The mentions of one document, grouped as names."""
    found = [one for one in gold["mentions"] if one.get("type") in kept]
    forms = Counter(
        (gold["text"][one["start"] : one["end"]], TYPES.get(one["type"], EntityType.EVENT)) for one in found
    )
    group = link(forms)
    order = sorted(set(group.values()))
    names = []
    for chief in order:
        members = {form: count for (form, kind), count in forms.items() if group[form, kind] == chief}
        ranked = tuple(sorted(members.items(), key=lambda one: (-one[1], one[0])))
        names.append(Name(chief[0], chief[1], ranked))
    mentions = tuple(
        Mention(one["start"], one["end"], order.index(group[text, kind]))
        for one in sorted(found, key=lambda one: (one["start"], one["end"]))
        for text, kind in [(gold["text"][one["start"] : one["end"]], TYPES.get(one["type"], EntityType.EVENT))]
    )
    return Analysis(ArticleId(document), tuple(names), mentions, (), (), (), Digest(""))


Form = tuple[str, EntityType]


def link(forms: Iterable[Form]) -> dict[Form, Form]:
    """Each form with the fullest form of its document that it fits, if that is one only."""
    ordered = sorted(forms, key=lambda one: (-len(keys.words(one[0])), -len(one[0]), one))
    chief: dict[Form, Form] = {}
    for form in ordered:
        fits = [other for other in ordered if chief.get(other) == other and fit(form, other)]
        same = [
            other
            for other in fits
            if keys.key(form[0], keys.family(form[1])) == keys.key(other[0], keys.family(form[1]))
        ]
        fits = same or fits
        chief[form] = fits[0] if len(fits) == 1 else form
    return chief


def fit(short: Form, full: Form) -> bool:
    if short[1] != full[1]:
        return False
    family = keys.family(short[1])
    if keys.key(short[0], family) == keys.key(full[0], family):
        return True
    if short[1] is EntityType.PERSON:
        few, many = keys.person(short[0]), keys.person(full[0])
        return len(few) < len(many) and (few[-1] == many[-1] or few[0] == many[0]) and set(few) <= set(many)
    if short[1] is EntityType.PLACE:
        return False
    return keys.abbreviates(short[0], full[0]) or keys.is_part(short[0], full[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--types", default="PER,ORG,LOC")
    options = parser.parse_args()
    kept = set(options.types.split(","))
    for path in options.gold:
        gold = json.loads(Path(path).read_text("utf-8"))
        analyses = [analysis(document, one, kept) for document, one in sorted(gold.items())]
        heads = [Head(ArticleId(document), document) for document in gold]
        start = time.process_time()
        archive, _ = resolve(heads, analyses, Decisions(), (), ())
        seconds = time.process_time() - start
        types = {entity.id: SYSTEM_TYPES.get(entity.type, "MISC") for entity in archive.entities}
        system = {}
        for one in analyses:
            ids = archive.resolved[one.article]
            system[one.article] = {
                "mentions": [
                    {"start": m.start, "end": m.end, "entity": identity, "type": types[identity]}
                    for m in one.mentions
                    if (identity := ids[m.name]) is not None
                ]
            }
        result = score_clusters.score(gold, system, "exact", kept)
        print(score_clusters.line(Path(path).stem, result), f"| {seconds:.2f} s, {len(archive.entities)} entities")
        people = Counter(
            len({key for key in found if key.split(":")[-1]}) > 1
            for page, found in result["_err"][0].items()
            if types.get(page) == "PER"
        )
        print(f"pages of people that hold two: {people[True]} of {people.total()}")
        if options.errors:
            score_clusters.report(result, options.errors)
            print("\n".join(map(str, archive.suggestions[: options.errors])))


if __name__ == "__main__":
    main()
