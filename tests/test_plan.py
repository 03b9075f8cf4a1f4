"""What the pages say of the archive: when it was spoken of."""

from __future__ import annotations

from glossator.stages.plan.catalogue import timeline


def test_a_timeline_has_every_month_and_leads_to_those_that_have_articles() -> None:
    found = timeline([("2024-11-30", 2), ("2025-01-01", 1), ("2024-11-02", 3)], lambda month: f"articles.html#m{month}")
    assert [("2024-11", 5, "articles.html#m2024-11"), ("2024-12", 0, ""), ("2025-01", 1, "articles.html#m2025-01")] == [
        (bar.label, bar.count, bar.href) for bar in found
    ]


def test_a_long_timeline_is_drawn_in_years() -> None:
    found = timeline([("2019-05-01", 1), ("2019-06-01", 1), ("2023-06-01", 4)])
    assert [("2019", 2), ("2020", 0), ("2021", 0), ("2022", 0), ("2023", 4)] == [
        (bar.label, bar.count) for bar in found
    ]


def test_what_has_no_date_has_no_timeline() -> None:
    assert () == timeline([])
