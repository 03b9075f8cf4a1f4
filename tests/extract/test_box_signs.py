"""Signs by which boxes are told from an article: whom they name, where they lead, and the section that they are in."""

from __future__ import annotations

from lxml.html import fromstring

from glossator.stages.extract.html.choice.box_signs import BOX_SIGNS, box_signs
from glossator.stages.extract.html.choice.page_outline import Hints, Outline, outline

NAMED, BEGINS, EMPHASISED, WITHIN_SITE, ELSEWHERE, WITHIN_PAGE, TITLED, OFTEN, SHARED, SECTION, SIZE, ASKED = range(
    BOX_SIGNS
)
HINTS = Hints(address="https://post.example/news/locks", authors=("Mara Lind",))


def page(html: str) -> Outline:
    return outline(fromstring(f"<html><body>{html}</body></html>"))


def signs(html: str, *joined: int, hints: Hints = HINTS) -> list[list[float]]:
    """Return the signs of a page's passages, of which those with these numbers are in the first readings."""
    found = page(html)
    chosen = [number in joined for number in range(len(found.passages))]
    rows = list(box_signs(found, hints, chosen, range(len(chosen))))
    assert {BOX_SIGNS} == set(map(len, rows))
    return rows


def test_name_of_an_author_is_seen_in_a_passage_and_at_its_beginning() -> None:
    html = "<p>Mara Lind is a painter.</p><p>The hill, as painted last year by Mara Lind.</p><p>Mara was not there.</p>"
    assert [(1, 1), (1, 0), (0, 0)] == [(row[NAMED], row[BEGINS]) for row in signs(html)]
    assert {-1} == {row[NAMED] for row in signs(html, hints=Hints())}, "unknown if the page names no author"


def test_links_are_told_by_where_they_lead() -> None:
    html = "".join(
        f"<p>{text}</p>"
        for text in (
            "<a href='/news/five-gulls-to-see'>Five gulls</a>",
            "<a href='https://www.post.example/a-lamp-for-the-quay'>A lamp</a>",
            "<a href='https://shop.example/lamp'>A lamp</a>",
            "<a href='#lamps'>Lamps</a>",
            "<a href='https://[shop/lamp'>Buy</a>",
            "No link.",
        )
    )
    places = [[row[sign] for sign in (WITHIN_SITE, ELSEWHERE, WITHIN_PAGE, TITLED)] for row in signs(html)]
    assert [[1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0]] == places


def test_links_to_one_place_and_emphasis_are_counted() -> None:
    html = "<p><a href='/buy'>Buy</a></p>" * 3 + "<p><strong>Lamps</strong> and more</p><p><b hidden>x</b>Plain</p>"
    rows = signs(html)
    assert [3, 3, 3, 0, 0] == [row[OFTEN] for row in rows]
    assert [0, 0, 0, 5 / 14, 0] == [row[EMPHASISED] for row in rows]


def test_address_without_end_is_read_at_once() -> None:
    for address in ("a" * 200_000, "a-" * 100_000, "https://" + "a" * 200_000):
        assert 1 == len(signs(f"<p><a href='{address}'>Lamps</a></p>"))


def test_words_are_shared_with_others_of_the_first_readings() -> None:
    html = "<p>The harbour has lamps.</p><p>Lamps of the harbour.</p><p>Harbour insurance</p><p>It was so.</p>"
    assert [1, 1, 0.5, -1] == [row[SHARED] for row in signs(html, 0, 1)]


def test_section_of_a_heading_goes_down_to_the_next_of_its_level() -> None:
    gulls = "<h2>Gulls</h2><h3>Grey</h3><p>One two</p><h3>White</h3><p>Three four</p>"
    rows = signs(f"{gulls}<h2>More</h2><p>Is it?</p><p>No</p>", 0, 1, 2)
    assert [0.5, 1, 0.25, 0, 0.75, 0, 0, 0] == [row[SECTION] for row in rows]
    assert [0] * 7 + [1] == [row[ASKED] for row in rows]
