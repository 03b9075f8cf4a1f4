"""Measures the names that are marked in articles in other languages than English.

usage: python bench/languages.py [--data FOLDER] [--rules | --folds MODELS] [--fold N] [--misses LANGUAGE]

MODELS is the folder `folds/` that `python -m training.other_languages` leaves: each article is read by the model that
was tuned without its site. Without it the packaged model reads, or with `--rules` none. A name is *found* if one of its
mentions is marked exactly but for a leading article. Of the distinct marks of an article, *exact* are those that stand
on a name, *span* those that only touch one, *junk* the others. A type is *stated* if a list decided it or it has seven
tenths; *right* is of the names that are found and have one, *both* of all that must be found. *seen* are articles whose
other parts have been read while rules were written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.data import add_option, require  # noqa: E402 (the project must be on the path first)
from glossator.config import AnnotateSettings  # noqa: E402
from glossator.model import Analysis, ArticleId, Name  # noqa: E402
from glossator.naming.languages import OTHER_LETTERS  # noqa: E402
from glossator.stages.annotate import annotate, plain_text  # noqa: E402
from glossator.stages.annotate.models import pipelines  # noqa: E402
from training.data import FOLDS, Document, Gold, foreign_documents  # noqa: E402

STATED = 7
"""Tenths from which a type counts as stated."""
LATIN = "Latin letters"
RARE = frozenset({"work", "product", "event", "group"})
WORDS_BEFORE = re.compile(
    r"(?:(?:der|die|das|den|dem|des|el|la|los|las|le|les|il|lo|gli|i|o|a|os|as|de|het|the) |l['’])", re.IGNORECASE
)
"""An article before a name."""
OF_TYPES = ("all", "found", "right", "stated")
COLUMNS = ("names", "found", "exact", "span", "junk", "stated", "right", "both")


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    form: str
    type: str
    is_stated: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_option(parser)
    parser.add_argument("--rules", action="store_true", help="read without a model")
    parser.add_argument("--folds", type=Path, help="folder of the models that have not seen a fold")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="only the articles of one fold")
    parser.add_argument("--misses", metavar="LANGUAGE", help="list what is not found, or no name, in a language")
    given = parser.parse_args()
    documents = foreign_documents(require(given.data / "data" / "marks" / "lang").parents[1])
    marked: list[tuple[Document, list[Mark]]] = []
    for fold in range(FOLDS) if given.fold is None else [given.fold]:
        if given.folds:
            pipelines.OTHER_LANGUAGES = given.folds / str(fold)
            pipelines.forget()
        marked += [(held, marks(held, rules=given.rules)) for held in documents if held.fold == fold]
    print_tables(marked)
    for document, found in marked:
        if document.language == given.misses:
            print(document.name, *misses(document, found), sep="\n  ")


def marks(document: Document, *, rules: bool) -> list[Mark]:
    """Return the marks of an article, without an article before the name; those of `rules` alone if that is true."""
    settings = AnnotateSettings(models=((document.language, ""),) if rules else ())
    analysis = annotate([(ArticleId(document.name), plain_text(document.text), document.language)], settings)[0]
    return list(_marks(document.text, analysis))


def _marks(content: str, analysis: Analysis) -> Iterator[Mark]:
    for mention in analysis.mentions:
        form = content[mention.start : mention.end]
        bare = _without_article(form)
        name = analysis.names[mention.name]
        yield Mark(mention.end - len(bare), mention.end, bare, name.type.value, is_stated(name))


def is_stated(name: Name) -> bool:
    return not name.chances or max(name.chances) >= STATED


def _without_article(form: str) -> str:
    article = WORDS_BEFORE.match(form)
    return form[article.end() :] if article else form


def count(document: Document, found: Sequence[Mark]) -> Counter[str]:
    """Count the names and marks of an article."""
    n: Counter[str] = Counter()
    spans = _bare_spans(document, document.gold)
    best: dict[str, int] = defaultdict(int)
    for mark in found:
        touches = any(gold.start < mark.end and mark.start < gold.end for gold in document.gold)
        best[mark.form] = max(best[mark.form], 2 if (mark.start, mark.end) in spans else int(touches))
    for quality in best.values():
        n["marks"] += 1
        n[("junk", "span", "exact")[quality]] += 1
    for golds in _entities(document.gold).values():
        kind, exact = golds[0].types[0], _marks_of(golds, document, found)
        n.update(names=1, found=bool(exact))
        n[f"{kind}: all"] += 1
        n[f"{kind}: found"] += bool(exact)
        if exact:
            mark = Counter(exact).most_common(1)[0][0]
            right = mark.type in golds[0].types
            n[f"{kind}: right"] += right
            n[f"{kind}: stated"] += right and mark.is_stated
            n.update(stated=mark.is_stated, both=right and mark.is_stated)
    return n


def _entities(golds: Iterable[Gold]) -> Mapping[int, list[Gold]]:
    """Return the occurrences of each name that must be found."""
    entities: dict[int, list[Gold]] = defaultdict(list)
    for gold in golds:
        if gold.must:
            entities[gold.entity].append(gold)
    return entities


def _marks_of(golds: Sequence[Gold], document: Document, found: Sequence[Mark]) -> list[Mark]:
    """Return the marks that are exactly the occurrences of a name, as if they were one: form and place are left out."""
    spans = _bare_spans(document, golds)
    return [replace(mark, start=0, end=0, form="") for mark in found if (mark.start, mark.end) in spans]


def _bare_spans(document: Document, golds: Iterable[Gold]) -> set[tuple[int, int]]:
    """Return where names stand without an article before them."""
    return {(gold.end - len(_without_article(document.text[gold.start : gold.end])), gold.end) for gold in golds}


def print_tables(marked: Sequence[tuple[Document, Sequence[Mark]]]) -> None:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for document, found in marked:
        n = count(document, found)
        latin = document.language not in OTHER_LETTERS
        group = "other letters" if not latin else f"{LATIN}, seen" if document.kind == "seen" else LATIN
        for row in (document.language, group, *(["all Latin letters"] if latin else [])):
            counted[row] += n
            counted[row]["articles"] += 1
    print("articles in".ljust(22), *(column.rjust(7) for column in ("", *COLUMNS)))
    for row, n in sorted(counted.items(), key=lambda pair: (len(pair[0]) > 2, -pair[1]["names"])):
        print(row.ljust(22), str(n["articles"]).rjust(7), *(value.rjust(7) for value in _shares(n)))
    n = counted["all Latin letters"]
    print("\nof each type, in Latin letters: all, found, likeliest type right, and stated")
    for kind in sorted({name.partition(":")[0] for name in n if ":" in name}):
        print(kind.ljust(14), *(str(n[f"{kind}: {column}"]).rjust(6) for column in OF_TYPES))
    rare = [sum(n[f"{kind}: {column}"] for kind in RARE) for column in OF_TYPES]
    print("the rare ones ", *(str(number).rjust(6) for number in rare))


def _shares(n: Counter[str]) -> Iterator[str]:
    yield str(n["names"])
    wholes = ("names", "marks", "marks", "marks", "found", "stated", "names")
    for part, whole in zip(("found", "exact", "span", "junk", "stated", "both", "both"), wholes, strict=True):
        yield f"{100 * n[part] / n[whole]:.1f}" if n[whole] else "-"


def misses(document: Document, found: Sequence[Mark]) -> Iterator[str]:
    """Yield what is not found, or has a wrong type or none, and the marks that are no name."""
    for golds in _entities(document.gold).values():
        types = Counter(mark.type if mark.is_stated else "none" for mark in _marks_of(golds, document, found))
        form = document.text[golds[0].start : golds[0].end]
        if not types or types.most_common(1)[0][0] not in golds[0].types:
            fault = f"typed {dict(types)}" if types else "missed"
            yield f"{fault}: {form} ({'/'.join(golds[0].types)})"
    spans = [(gold.start, gold.end) for gold in document.gold]
    for mark in {mark.form: mark for mark in found}.values():
        touched = [document.text[start:end] for start, end in spans if start < mark.end and mark.start < end]
        if mark.form not in touched:
            quality = f"span of {touched[0]}" if touched else "junk"
            yield f"{quality}: {mark.form} ({mark.type if mark.is_stated else 'no type'})"


if __name__ == "__main__":
    main()
