"""The page of an entity in a thousand articles is as light as that of one in a few."""

from __future__ import annotations

from msgspec import structs

from glossator.config import PlanSettings
from glossator.model import EntityId
from glossator.site_paths import entity_path
from glossator.stages.plan import Catalogue, Excerpt, RecordedTable, compose, record_reads
from glossator.stages.render import environment, render
from tests.sample_pages import SITE, templates
from tests.test_plan import catalogue, planned, told

KEY = EntityId("ada-brand")


def in_articles(number: int) -> Catalogue:
    """An archive of so many articles over ten years, all of which mention one person."""
    days = (f"{2015 + at % 10}-{at % 12 + 1:02d}-{at % 28 + 1:02d}" for at in range(number))
    return catalogue([told(at, day, names=["Ada Brand"]) for at, day in enumerate(days)])


def test_a_thousand_articles_make_no_entity_s_page_heavy() -> None:
    sizes = {}
    for number in (60, 1000):
        found = in_articles(number)
        mine = {path: sheet for path, sheet in planned(found).items() if path.startswith("entities/") and KEY in path}
        made = environment(templates())
        sizes[number] = len(render(made, compose(found, mine[entity_path(KEY)], {}, {}), SITE))
        assert all(len(render(made, compose(found, sheet, {}, {}), SITE)) < 100_000 for sheet in mine.values())
    assert sizes[1000] < 1.5 * sizes[60]


def test_of_a_thousand_articles_the_page_reads_the_texts_of_a_few() -> None:
    found = structs.replace(in_articles(1000), settings=PlanSettings())
    recording = record_reads(found)
    assert recording.reads is not None
    texts = RecordedTable("texts", dict.fromkeys(found.heads, Excerpt((), (), (), ())), recording.reads)
    compose(recording, planned(found)[entity_path(KEY)], {}, texts)
    assert PlanSettings().passages == sum(table == "texts" for table, _ in recording.reads)
