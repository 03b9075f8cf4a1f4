"""How well names are found and told apart, and for how much: gold files' texts through annotate and resolve, scored.

    python bench/entities.py [GOLD.json ...] [--types PER,ORG,LOC] [--errors N] [--model NAME]

Without a file all of ../shared/data/entities that have texts, and the seed article. The scores are those of
../shared/tools/score_clusters.py; exact spans. The texts go through files in a temporary folder, as a user's would.
The cost is the processor time of annotate beside that of spaCy's own pipeline for names alone, batch by batch in turn.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from glossator.incremental.executors import one_thread  # noqa: E402 (the project must be on the path first)

one_thread()  # before anything loads numpy

import spacy  # noqa: E402

from glossator.config import DEFAULT_MODEL, AnnotateSettings  # noqa: E402
from glossator.model import Analysis, ArticleHead, ArticleId, Decisions, Text  # noqa: E402
from glossator.stages.annotate import annotate, plain_text, rematch  # noqa: E402
from glossator.stages.resolve import names_from_others, resolve  # noqa: E402

COARSE = {"person": "PER", "organisation": "ORG", "place": "LOC"}
GOLD = ("dwie_dev", "aida_testa", "newsfair_v2", "reuters128")
BATCH = 16
Texts = Sequence[tuple[ArticleId, Text, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--types")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--model")
    options = parser.parse_args()
    settings = AnnotateSettings((("en", options.model),)) if options.model else AnnotateSettings()
    for path in options.gold or [SHARED / "data" / "entities" / f"{name}.json" for name in GOLD]:
        gold = json.loads(path.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            texts = read(write(gold, Path(folder)))
        analyses, cost = annotated(texts, settings)
        score(path.stem, gold, system(texts, analyses, settings), options)
        print(cost)
    if not options.gold:
        seed(settings)


def write(gold: dict[str, Any], folder: Path) -> Path:
    for name, document in gold.items():
        (folder / f"{name}.txt").write_bytes(document["text"].encode("utf-8"))
    return folder


def read(folder: Path) -> Texts:
    files = sorted(folder.glob("*.txt"))
    return [(ArticleId(file.stem), plain_text(file.read_bytes().decode("utf-8")), "en") for file in files]


def annotated(texts: Texts, settings: AnnotateSettings) -> tuple[tuple[Analysis, ...], str]:
    """What annotate finds, and a line that says what it costs."""
    nlp = spacy.load(dict(settings.models).get("en", DEFAULT_MODEL))
    nlp.select_pipes(enable=["ner"])
    annotate([(ArticleId("first"), plain_text("Ada Brandt, a judge, left Lisbon."), "en")], settings)
    analyses: list[Analysis] = []
    stock = ours = 0.0
    for at in range(0, len(texts), BATCH):
        batch = texts[at : at + BATCH]
        begun = time.process_time()
        for _ in nlp.pipe([text.content for _, text, _ in batch], batch_size=BATCH):
            pass
        between = time.process_time()
        analyses += annotate(batch, settings)
        stock, ours = stock + between - begun, ours + time.process_time() - between
    return tuple(analyses), f"  annotate {ours:.2f} CPU s, spaCy's names alone {stock:.2f}: {ours / stock:.2f} times"


def system(texts: Texts, analyses: tuple[Analysis, ...], settings: AnnotateSettings) -> dict[str, Any]:
    """For each text the mentions with the entity that each is resolved to."""
    theirs, by_id = names_from_others(analyses), {article: text for article, text, _ in texts}
    analyses = tuple(rematch(one, by_id[one.article], (theirs.get(one.article, ()),), (), settings) for one in analyses)
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


def score(name: str, gold: dict[str, Any], found: dict[str, Any], options: argparse.Namespace) -> None:
    judge = scorer()
    wanted = [set(options.types.split(","))] if options.types else [{"PER", "ORG", "LOC"}, None]
    for types in wanted:
        result = judge.score(gold, found, "exact", types)
        print(judge.line(f"{name} {'all' if types is None else '+'.join(sorted(types))}", result), astray(result))
        if options.errors:
            judge.report(result, options.errors)


def astray(result: dict[str, Any]) -> str:
    """The share of mentions that are on a page which is mostly another entity's."""
    pages = result["_err"][0].values()
    wrong = sum(found.total() - max(found.values()) for found in pages)
    return f"| on another's page {100 * wrong / max(1, sum(found.total() for found in pages)):.2f} %"


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_clusters", SHARED / "tools" / "score_clusters.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seed(settings: AnnotateSettings) -> None:
    """Mentions of the seed article's body: span, type and company as the gold has them."""
    kinds = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LAW": "law"}
    folder = SHARED / "data" / "seed"
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
