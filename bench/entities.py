"""Scores annotate and resolve on texts with gold entities, and says how much of the cost is the recogniser's.

usage: python bench/entities.py [GOLD.json ...] [--data FOLDER] [--types PER,ORG,LOC] [--errors N] [--model NAME]

Needs a data folder that is not part of the repository, because the texts are the work of others. Without GOLD it takes
the files of `data/entities` there that have texts, and the article in `data/seed`. `tools/score_clusters.py` there
scores exact spans. The texts go through files in a temporary folder, as a user's would. The cost is the CPU time of
annotate beside that of its recogniser alone, measured in turn for each batch.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.data import add_option, require, scorer  # noqa: E402 (the project must be on the path first)
from glossator.incremental.workers.executors import limit_blas_threads  # noqa: E402

limit_blas_threads()  # before anything loads numpy

import spacy  # noqa: E402

from glossator.config import DEFAULT_MODEL, AnnotateSettings  # noqa: E402
from glossator.model import Analysis, ArticleHead, ArticleId, Decisions, Text  # noqa: E402
from glossator.stages.annotate import annotate, plain_text, rematch  # noqa: E402
from glossator.stages.annotate.models.pipelines import FINDERS, load_recogniser  # noqa: E402
from tests.whole_archive import names_from_others, resolve  # noqa: E402

COARSE = {"person": "PER", "organisation": "ORG", "place": "LOC"}
GOLD = ("dwie_dev", "aida_testa", "newsfair_v2", "reuters128")
BATCH = 16
Texts = Sequence[tuple[ArticleId, Text, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    add_option(parser)
    parser.add_argument("--types")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--model")
    options = parser.parse_args()
    settings = AnnotateSettings((("en", options.model),)) if options.model else AnnotateSettings()
    require(options.data / "tools" / "score_clusters.py")
    for path in options.gold or [require(options.data / "data" / "entities" / f"{name}.json") for name in GOLD]:
        gold = json.loads(path.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            texts = read(write(gold, Path(folder)))
        analyses, cost = annotated(texts, settings)
        score(path.stem, gold, system(texts, analyses, settings), options)
        print(cost)
    if not options.gold:
        seed(settings, require(options.data / "data" / "seed"))


def write(gold: dict[str, Any], folder: Path) -> Path:
    for name, document in gold.items():
        (folder / f"{name}.txt").write_bytes(document["text"].encode("utf-8"))
    return folder


def read(folder: Path) -> Texts:
    files = sorted(folder.glob("*.txt"))
    return [(ArticleId(file.stem), plain_text(file.read_bytes().decode("utf-8")), "en") for file in files]


def annotated(texts: Texts, settings: AnnotateSettings) -> tuple[tuple[Analysis, ...], str]:
    """Annotate the texts; return the analyses, and a line about their cost."""
    named = dict(settings.models).get("en", DEFAULT_MODEL)
    nlp = load_recogniser() if named == DEFAULT_MODEL else spacy.load(named)
    nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in FINDERS])
    annotate([(ArticleId("first"), plain_text("Ada Brandt, a judge, left Lisbon."), "en")], settings)
    analyses: list[Analysis] = []
    recogniser_seconds = annotate_seconds = 0.0
    for first in range(0, len(texts), BATCH):
        batch = texts[first : first + BATCH]
        begun = time.process_time()
        for _ in nlp.pipe([text.content for _, text, _ in batch], batch_size=BATCH):
            pass
        between = time.process_time()
        analyses += annotate(batch, settings)
        recogniser_seconds += between - begun
        annotate_seconds += time.process_time() - between
    cost = f"  annotate {annotate_seconds:.2f} CPU s, its recogniser alone {recogniser_seconds:.2f}"
    return tuple(analyses), f"{cost}: {annotate_seconds / recogniser_seconds:.2f} times"


def system(texts: Texts, analyses: tuple[Analysis, ...], settings: AnnotateSettings) -> dict[str, Any]:
    """Resolve the names; return the mentions of each text with their entities, as the scorer reads them."""
    shared_names, by_id = names_from_others(analyses), {article: text for article, text, _ in texts}
    analyses = tuple(
        rematch(analysis, by_id[analysis.article], (shared_names.get(analysis.article, ()),), (), settings)
        for analysis in analyses
    )
    heads = [ArticleHead(analysis.article, analysis.article) for analysis in analyses]
    archive, _ = resolve(heads, analyses, Decisions(), (), ())
    types = {entity.id: entity.type for entity in archive.entities}
    return {
        analysis.article: {
            "mentions": [
                {"start": m.start, "end": m.end, "entity": entity, "type": COARSE.get(types[entity], "MISC")}
                for m in analysis.mentions
                if (entity := archive.resolved[analysis.article][m.name])
            ]
        }
        for analysis in analyses
    }


def score(name: str, gold: dict[str, Any], pages: dict[str, Any], options: argparse.Namespace) -> None:
    judge = scorer(options.data)
    wanted = [set(options.types.split(","))] if options.types else [{"PER", "ORG", "LOC"}, None]
    for types in wanted:
        result = judge.score(gold, pages, "exact", types)
        print(
            judge.line(f"{name} {'all' if types is None else '+'.join(sorted(types))}", result), on_wrong_page(result)
        )
        if options.errors:
            judge.report(result, options.errors)


def on_wrong_page(result: dict[str, Any]) -> str:
    """Return the share of mentions that are on a page mostly of another entity."""
    pages = result["_err"][0].values()
    wrong = sum(found.total() - max(found.values()) for found in pages)
    return f"| on another's page {100 * wrong / max(1, sum(found.total() for found in pages)):.2f} %"


def seed(settings: AnnotateSettings, folder: Path) -> None:
    """Count the mentions in the body of the seed article whose span, type and coreference are those of the gold."""
    kinds = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LAW": "law"}
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    text = (folder / "saudi-press.txt").read_text("utf-8")
    start, end = gold["body"]
    analysis = annotate([(ArticleId("seed"), plain_text(text[start:end]), "en")], settings)[0]
    at = {(m.start + start, m.end + start): m.name for m in analysis.mentions}
    right, claimed = 0, set()
    for entity in gold["entities"]:
        spans = [tuple(span) for span in entity["spans"]]
        claimed.update(spans)
        if entity["kind"] == "must":
            names = [at[span] for span in spans if span in at]
            good = [name for name in names if analysis.names[name].type == kinds[entity["type"]]]
            best = max(good, key=good.count, default=None)
            right += good.count(best) if best is not None else 0
            for span in spans:
                if span not in at or at[span] != best:
                    print("  missed:", text[span[0] : span[1]], span, name_of(analysis, at.get(span)))
    print(f"seed: {right} of 75 mentions that must be found")
    for span, name in at.items():
        if span not in claimed:
            print("  beyond the gold:", text[slice(*span)], span, name_of(analysis, name))


def name_of(analysis: Analysis, name: int | None) -> str:
    return "-" if name is None else f"{analysis.names[name].form} ({analysis.names[name].type})"


if __name__ == "__main__":
    main()
