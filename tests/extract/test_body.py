from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from lxml import etree
from lxml.html import HtmlElement

from glossator.stages.extract.html.choice import choose_reading
from glossator.stages.extract.html.choice.choose_reading import JudgedPassages, choose, is_unsure, likelier
from glossator.stages.extract.html.choice.judge_readings import judges
from glossator.stages.extract.html.choice.likely_passages import expected, likeliest, likely_text
from glossator.stages.extract.html.choice.page_outline import Hints, outline
from glossator.stages.extract.html.choice.readability_scores import article
from glossator.stages.extract.html.choice.reconcile_readings import reconcile
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.text_comparison import agreement, wording

SENTENCES = (
    "The harbour board of the town met on Tuesday, and it spoke for hours about the new lock and what it would cost.",
    "Nobody on the quay expected the vote to be so close, least of all the fishermen, who had come in great numbers.",
    "An engineer from the capital showed drawings, answered questions, and promised a second report before the winter.",
    "The mayor, who had wanted the lock for years, said little, and left by the back door when the count was read out.",
    "Work is to begin in spring, once the ice has gone, and it will take no less than three years, the board says.",
    "Until then the old lock stays, with its wooden gates, its hand winches, and its keeper, who is eighty years old.",
)
MENU = "<nav><ul><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
FOOT = "<footer><p>The Harbour Post, 1 Quay Street. All rights reserved, and no copies without asking us.</p></footer>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def tree(content: str) -> HtmlElement:
    page = opened(f"<html><head><title>A new lock</title></head><body>{MENU}{content}{FOOT}</body></html>")
    assert page is not None
    return page


def text(content: str) -> list[str]:
    return choose(tree(content)).text.splitlines()


def scored(content: str) -> list[str]:
    """What our own scorer takes, whatever the extractor says."""
    page = outline(tree(content))
    return [page.passages[number].text for number in article(page, [])]


def test_article_is_found_and_what_is_around_it_is_not() -> None:
    content = f"<div class='article'><h1>A new lock</h1>{paragraphs(*SENTENCES)}</div>"
    assert list(SENTENCES) == text(content)


@pytest.mark.parametrize("name", ["comment-list", "Comment-List", "COMMENT_LIST"])
def test_comments_are_not_the_article_however_their_name_is_written(name: str) -> None:
    comments = f"<div class='{name}'>{paragraphs(*(f'{line} So says a reader.' for line in SENTENCES))}</div>"
    content = f"<div class='article'><h1>A new lock</h1>{paragraphs(*SENTENCES)}</div>{comments}"
    assert ["A new lock", *SENTENCES] == scored(content)


@pytest.mark.parametrize("end", ["", "x"])
def test_repeated_words_count_as_often_as_both_texts_have_them(end: str) -> None:
    once, twice = (wording(f"{' '.join(SENTENCES[:1] * times)} {end}").runs for times in (1, 2))
    both = sum((once & twice).values())
    assert 2 * both / (once.total() + twice.total()) == agreement(once, twice) == agreement(twice, once)


def test_article_in_parts_beside_each_other_is_found_whole() -> None:
    parts = "".join(
        f"<div class='wrap'><div class='chunk'>{paragraphs(*SENTENCES[start : start + 2])}</div></div>"
        "<div class='ad-slot'><a href='/buy'>Buy a boat today</a></div>"
        for start in (0, 2, 4)
    )
    assert list(SENTENCES) == text(f"<div class='page'>{parts}</div>")


def test_teasers_between_paragraphs_are_left_out() -> None:
    teaser = (
        "<div class='teaser-list'><ul>" + "<li><a href='/x'>Ten boats that you must see</a></li>" * 4 + "</ul></div>"
    )
    content = f"<article>{paragraphs(*SENTENCES[:3])}{teaser}{paragraphs(*SENTENCES[3:])}</article>"
    assert list(SENTENCES) == text(content)


def test_line_at_the_end_that_leads_to_another_article_goes_though_it_is_a_paragraph_like_the_others() -> None:
    line = "<p>See also: <a href='/gulls'>Five gulls that you must see this summer</a></p>"
    assert SENTENCES[-1] == text(f"<article><h1>A new lock</h1>{paragraphs(*SENTENCES)}{line}</article>")[-1]


def test_long_comments_do_not_stand_in_for_a_short_article() -> None:
    comments = "".join(
        f"<li class='comment'><p>I was there, friends, and {number} of us heard it: nobody asked, nobody cared, and "
        "nobody will pay for any of this in the end, as always in this town of ours.</p></li>"
        for number in range(30)
    )
    content = f"<article>{paragraphs(*SENTENCES)}</article><section id='comments'><ul>{comments}</ul></section>"
    assert list(SENTENCES) == text(content)


def test_rows_of_a_table_of_data_stay_in_the_text() -> None:
    rows = "".join(f"<tr><td>Gate {number}</td><td>{number} metres</td><td>oak</td></tr>" for number in range(1, 12))
    content = f"<article>{paragraphs(*SENTENCES[:3])}<table>{rows}</table>{paragraphs(*SENTENCES[3:])}</article>"
    assert {"Gate 7", "7 metres", "oak"} <= set(text(content))


def test_hidden_text_is_left_out() -> None:
    hidden = (
        "<div style='display: none'><p>Sign up, log in, and read on: this is what only robots ever see here.</p></div>"
    )
    assert list(SENTENCES) == text(f"<article>{paragraphs(*SENTENCES)}{hidden}</article>")


def test_page_that_a_script_would_have_shown_has_its_text() -> None:
    assert list(SENTENCES) == text(f"<div style='visibility: hidden'><article>{paragraphs(*SENTENCES)}</article></div>")


def test_two_line_breaks_part_paragraphs() -> None:
    assert list(SENTENCES) == text(f"<div class='story'>{'<br><br>'.join(SENTENCES)}</div>")


def test_page_without_text_has_no_article() -> None:
    page = opened("<html><body><img src='a.png'></body></html>")
    assert page is not None
    assert not choose(page).text


def test_stated_text_is_taken_where_the_page_shows_none() -> None:
    stated = " ".join(SENTENCES)
    page = opened("<html><body><div id='app'></div></body></html>")
    assert page is not None
    assert stated == choose(page, Hints(stated=stated)).text


def comments() -> HtmlElement:
    """Return a page of which it is hard to say whether the notice or what readers wrote is the article."""
    written = "".join(f"<div class='comment'><p>{sentence}</p></div>" for sentence in SENTENCES * 6)
    return tree(f"<article><p>{SENTENCES[0]}</p></article><div class='comments'>{written}</div>")


def judged(
    chances: Sequence[float], chosen: Sequence[int], *, agree: bool = False, content: str = "", kind: str = "article"
) -> list[str]:
    """Return the lines of the text of a page, by the chances of its passages between menu and foot."""
    page = outline(tree(content or paragraphs(*SENTENCES)))
    before = next(number for number, passage in enumerate(page.passages) if passage.text == SENTENCES[0])
    after = len(page.passages) - before - len(chances)
    whole = [0.1] * before + list(chances) + [0.1] * after
    joined = [before + number for number in chosen]
    numbers = likely_text(page, joined, whole, kind, agree=agree)
    return [page.passages[number].text for number in numbers]


@pytest.mark.parametrize("gone", [0, 5])
def test_passage_at_an_end_goes_if_it_is_unlikely_to_be_the_articles(gone: int) -> None:
    chances = [0.9] * 6
    chances[gone] = 0.2
    assert [line for number, line in enumerate(SENTENCES) if number != gone] == judged(chances, range(6), agree=True)


def test_prose_at_an_end_stays_sooner_than_a_call() -> None:
    assert list(SENTENCES) == judged([*[0.9] * 5, 0.3], range(6), agree=True)
    called = paragraphs(*SENTENCES, "Back to the quay")
    assert list(SENTENCES) == judged([*[0.9] * 6, 0.3], range(7), agree=True, content=called)


def test_passage_between_others_goes_only_if_it_is_most_unlikely() -> None:
    assert list(SENTENCES) == judged([0.9, 0.9, 0.4, 0.9, 0.9, 0.9], range(6), agree=True)
    assert [*SENTENCES[:2], *SENTENCES[3:]] == judged([0.9, 0.9, 0.2, 0.9, 0.9, 0.9], range(6), agree=True)


def test_more_than_a_box_does_not_go() -> None:
    assert list(SENTENCES) == judged([0.1, 0.1, 0.9, 0.9, 0.9, 0.9], range(6), agree=True)


def test_where_the_first_two_readings_agree_a_passage_is_added_if_it_is_sure_and_a_heading_sooner() -> None:
    chances = [0.9, 0.9, 0.8, 0.95, 0.9, 0.9]
    assert [*SENTENCES[:2], *SENTENCES[3:]] == judged(chances, [0, 1, 4, 5], agree=True)
    assert list(SENTENCES) == judged(chances, [0, 1, 4, 5])
    headed = paragraphs(*SENTENCES[:2]) + "<h2>The lock of old</h2>" + paragraphs(*SENTENCES[2:])
    lines = judged([0.9, 0.9, 0.8, *[0.9] * 4], [0, 1, 3, 4, 5, 6], agree=True, content=headed)
    assert [*SENTENCES[:2], "The lock of old", *SENTENCES[2:]] == lines


def test_code_is_no_box() -> None:
    content = paragraphs(*SENTENCES) + "<pre>lock --open</pre>"
    assert [*SENTENCES, "lock --open"] == judged([*[0.9] * 6, 0.1], range(7), agree=True, content=content)


def test_passage_is_not_added_unseen_or_a_second_time() -> None:
    content = paragraphs(*SENTENCES, SENTENCES[2]) + f"<div style='display:none'>{paragraphs(SENTENCES[5])}</div>"
    assert list(SENTENCES) == judged([0.9] * 8, [0, 1, 3, 4, 5], agree=True, content=content)
    unseen = paragraphs(*SENTENCES[:5]) + f"<div style='display:none'>{paragraphs(SENTENCES[5])}</div>"
    assert list(SENTENCES[:5]) == judged([0.9] * 6, range(5), agree=True, content=unseen)


def test_question_is_added_with_its_answer() -> None:
    asked = paragraphs(*SENTENCES[:5], "When does the lock open?", SENTENCES[5])
    lines = judged([*[0.9] * 5, 0.3, 0.9], range(5), agree=True, content=asked)
    assert [*SENTENCES[:5], "When does the lock open?", SENTENCES[5]] == lines


def test_heading_of_the_first_section_stays_as_prose_does() -> None:
    headed = paragraphs(SENTENCES[0]) + "<h2>The lock of old</h2>" + paragraphs(*SENTENCES[1:])
    assert ["The lock of old", *SENTENCES[1:]] == judged([0.1, 0.3, *[0.9] * 5], range(7), agree=True, content=headed)


@pytest.mark.parametrize("name", ["judged", "scored", "extracted"])
def test_reading_that_a_person_chose_is_taken(name: str) -> None:
    choice = choose(comments(), Hints(chosen=name))
    assert (name, choice.readings[name].text) == (choice.name, choice.text)


@pytest.mark.parametrize(
    ("earlier", "nearest"),
    [("joined", "judged"), ("extended", "judged"), ("precise", "extracted"), ("compared", "extracted")],
)
def test_reading_that_is_made_no_more_leads_to_the_nearest(earlier: str, nearest: str) -> None:
    assert nearest == choose(comments(), Hints(chosen=earlier)).name


def test_passages_that_neither_reading_has_are_added_if_they_are_likely_to_belong_to_the_article() -> None:
    assert list(SENTENCES) == judged([0.9] * 6, [0])


def test_likeliest_passages_are_those_with_the_greatest_f1_to_be_expected() -> None:
    assert [0, 2] == likeliest([100, 100, 100], [0.9, 0.1, 0.8])
    assert [0, 1, 2] == likeliest([100, 100, 100], [0.4, 0.4, 0.4])
    assert [] == likeliest([5, 5], [0.0, 0.0])


def test_passages_that_outweigh_an_article_do_not_complete_it() -> None:
    body, gallery = SENTENCES * 2, [f"{number}/50 {sentence}" for number in range(3) for sentence in SENTENCES]
    chances = [0.1 if sentence in body else 0.9 for sentence in (*body, *gallery)]
    content = paragraphs(*body, *gallery)
    assert list(body) == judged([0.6] * 12 + chances[12:], range(12), content=content)
    assert gallery == judged(chances, range(12), content=content, kind="listing")


def test_items_of_a_list_go_or_stay_as_one() -> None:
    items = "".join(f"<li>{name} of the quay</li>" for name in ("Lamps", "Gulls", "Ropes"))
    content = f"{paragraphs(*SENTENCES[:3])}<ul>{items}</ul>{paragraphs(*SENTENCES[3:])}"
    likely = judged([0.9, 0.9, 0.9, 0.4, 0.9, 0.9, 0.9, 0.9, 0.9], [0, 1, 2, 6, 7, 8], content=content)
    assert ["Lamps of the quay", "Gulls of the quay", "Ropes of the quay"] == likely[3:6]
    assert list(SENTENCES) == judged([0.9, 0.9, 0.9, 0.2, 0.2, 0.6, 0.9, 0.9, 0.9], [0, 1, 2, 6, 7, 8], content=content)


def test_menu_is_no_entry_of_a_listing_unless_it_holds_most_of_them() -> None:
    content = paragraphs(*SENTENCES) + "<nav><p>Lamps</p><p>Gulls of the quay</p></nav>"
    assert list(SENTENCES) == judged([0.9] * 8, range(6), content=content, kind="listing")
    entries = f"<nav>{paragraphs(*SENTENCES)}</nav>"
    assert list(SENTENCES) == judged([0.9] * 6, range(6), content=entries, kind="listing")


def test_page_that_may_be_no_article_is_read_as_one_unless_much_more_is_expected_of_the_other_text() -> None:
    sizes, chances = [100, 100, 100], [0.9, 0.9, 0.9]
    article, listing = JudgedPassages([0], [0.9, 0.1, 0.1]), JudgedPassages([0, 1, 2], chances, "listing")
    assert [0, 1, 2] == likelier(sizes, article, listing).numbers
    assert "article" == likelier(sizes, article, listing).kind
    most = JudgedPassages([0, 1], [0.9, 0.8, 0.1])
    assert most == likelier(sizes, most, listing)
    assert is_unsure([0.6, 0.2, 0.1, 0.1])
    assert not is_unsure([0.8, 0.1, 0.1, 0.0])


def test_doubt_is_what_is_missing_to_the_f1_to_be_expected() -> None:
    assert 1 == expected([10, 30], [1, 1], [0, 1])
    assert 0.4 == expected([10, 30], [1, 1], [0])
    assert 0 == expected([10, 30], [0.4, 0.4], [])


def test_article_is_beyond_doubt_and_a_page_of_comments_is_not() -> None:
    hints = Hints("A new lock", "The harbour board voted on the new lock.")
    sure = choose(tree(f"<article><h1>A new lock</h1>{paragraphs(*SENTENCES * 4)}</article>"), hints)
    assert sure.doubt < judges().doubt
    doubtful = choose(comments(), Hints("The museum of cranes, reviewed", "Our verdict on it after two days in town."))
    assert doubtful.doubt >= judges().doubt


def test_short_page_that_is_all_article_is_beyond_doubt() -> None:
    page = opened(f"<html><body>{paragraphs(*SENTENCES[:3])}</body></html>")
    assert page is not None
    assert judges().doubt > choose(page).doubt


def test_tree_stays_as_it_is() -> None:
    page = tree(f"<article>{paragraphs(*SENTENCES)}<!-- end --></article>")
    before = etree.tostring(page)
    choose(page)
    assert before == etree.tostring(page)


def test_page_on_which_the_extractor_fails_still_has_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(choose_reading, "bare_extraction", fail)
    assert list(SENTENCES) == text(f"<article>{paragraphs(*SENTENCES)}</article>")


@pytest.mark.parametrize("bound", ["_LARGE", "_MANY"])
def test_very_large_page_is_read_by_the_scorer_alone(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(choose_reading, bound, 50)
    monkeypatch.setattr(choose_reading, "bare_extraction", lambda *_, **__: asked.append(1))
    links = "<ul>" + "<li><a href='/x'>Elsewhere</a></li>" * 50 + "</ul>"
    assert list(SENTENCES) == text(f"<article>{paragraphs(*SENTENCES)}</article>{links}")
    assert [] == asked


def test_elements_within_each_other_without_end_are_read() -> None:
    page = etree.Element("html")
    inner = etree.SubElement(page, "body")
    for _ in range(3000):
        inner = etree.SubElement(inner, "div")
    for sentence in SENTENCES:
        etree.SubElement(inner, "p").text = sentence
    found = outline(page)
    assert list(SENTENCES) == [found.passages[number].text for number in article(found, [])]


def test_parts_that_came_late_stand_where_scripts_would_have_put_them() -> None:
    first = f"<article>{paragraphs(*SENTENCES[:3])}<template id='B:0'></template><p>{SENTENCES[5]}</p></article>"
    late = f"<div hidden id='S:0'><p>{SENTENCES[3]}</p><p>{SENTENCES[4]}</p></div><script>$RC('B:0', 'S:0')</script>"
    assert list(SENTENCES) == text(first + late)


def test_article_that_scripts_have_not_drawn_is_read_from_their_data() -> None:
    content = json.dumps({"title": "Lock", "contentHtml": f"<div>{paragraphs(*SENTENCES)}</div>$$ADBREAK$$"})
    script = f"<script>window.page = [{content.replace('<', chr(92) + 'u003c')}];</script>"
    assert list(SENTENCES) == text(f"<div id='root'></div>{script}<noscript>Turn scripts on.</noscript>")
    other = paragraphs(*(sentence.replace("the", "each") for sentence in SENTENCES))
    assert text(f"<article>{other}</article>") == text(f"<article>{other}</article>{script}")


def test_data_of_a_page_cost_little_whatever_they_hold() -> None:
    started = time.process_time()
    for string in ('<p>"' + chr(92) * 1 + '"' * 2 + (chr(92) + '"') * 1_000_000, json.dumps("<p>" * 100_000)):
        page = opened(f"<body><script>{string}</script></body>")
        assert page is not None
        assert "" == choose(page).text
    assert 5 > time.process_time() - started


def test_data_that_hold_no_paragraphs_leave_a_page_without_text() -> None:
    strings = ['"<p>cut', '"<p>' + chr(92) + 'x<p><p>"', '"' + chr(92) * 3 + '"<p><p><p>"', json.dumps('["<p><p><p>"]')]
    for string in strings:
        page = opened(f"<body><div id='root'></div><script>{string}</script></body>")
        assert page is not None
        assert "" == choose(page).text


def test_labels_with_their_links_and_calls_to_subscribe_are_left_out() -> None:
    label = "<p>DON\u2019T MISS</p><p><a href='/x'>Ten boats that you must see before they rot</a></p>"
    call = "<p>Sign up for our free newsletter, with all that is new on the quay, delivered every morning.</p>"
    assert list(SENTENCES) == text(
        f"<article>{paragraphs(*SENTENCES[:4])}{label}{paragraphs(*SENTENCES[4:])}{call}</article>"
    )


@pytest.mark.parametrize(
    "call",
    [
        "Have you liked what we say of the quay? <a href='/l'>Subscribe to our newsletter</a>! It costs nothing.",
        "There is more where that came from, and it is free. Have it <a href='/l'>delivered</a> straight to your inbox.",
        "Whoever loves the quay and its boats should sign up for <a href='/l'>the Harbour newsletter</a>.",
    ],
)
def test_call_to_subscribe_to_letters_in_a_later_sentence_is_left_out(call: str) -> None:
    assert list(SENTENCES) == text(f"<article>{paragraphs(*SENTENCES, call)}</article>")


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers signed up in thousands, and the paper, which few had read before, was saved by the harbour.",
        "The board follows what is new on the quay, subscribes to a newsletter of every port, and reads no inbox.",
        "Rebels of the old quay told the boys to sign up for the newsletter of their club, and half of them did.",
        "What passes the gate of the filter is sent to your inbox, and the rest is kept for a month in the hold.",
        "Who knows what goes on? Join the newsletter wars, said the mayor, in which every port has founded a paper.",
        "We would gladly sign up to our rival's newsletter, read it with our coffee, and steal what we could of it.",
        "Do you wish to know more of the quay? Subscribe to our newsletter! So the old board would write to everybody.",
        "Papers fight for readers. Subscribe to our newsletter, said <a href='/p'>a poster of the quay</a> in 1999.",
    ],
)
def test_sentence_that_speaks_of_signing_up_stays(sentence: str) -> None:
    said = re.sub("<[^>]+>", "", sentence)
    assert [*SENTENCES, said] == text(f"<article>{paragraphs(*SENTENCES, sentence)}</article>")


def test_text_behind_the_end_of_the_body_is_read() -> None:
    content = f"</body></html><article>{paragraphs(*SENTENCES)}</article>"
    assert list(SENTENCES) == text(content)


def test_part_that_only_the_extractor_has_stays_where_it_is_named_like_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "The ferry crews, who had come in great numbers, sang on the steps of the town hall until it was dark."
    part = f"<div class='chunk'><p>{said}</p></div>"
    whole = SimpleNamespace(text="\n".join((*SENTENCES[:3], said, *SENTENCES[3:])))
    monkeypatch.setattr(choose_reading, "article", lambda *_: [*range(2, 5), *range(6, 9)])
    monkeypatch.setattr(choose_reading, "bare_extraction", lambda *_, **__: whole)
    chunks = [f"<div class='chunk'>{paragraphs(*SENTENCES[start : start + 3])}</div>" for start in (0, 3)]
    assert [*SENTENCES[:3], said, *SENTENCES[3:]] == text(chunks[0] + part + chunks[1])
    beside = tree(chunks[0] + part.replace("chunk", "related") + chunks[1])
    first = choose_reading.first_readings(beside, outline(beside))
    assert list(SENTENCES) == [outline(beside).passages[number].text for number in first.joined]


def test_article_that_a_page_holds_twice_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = "".join(
        f"<section class='{name}'><div class='chunk'><h2>The vote</h2>{paragraphs(*SENTENCES)}</div></section>"
        for name in ("wide", "narrow")
    )
    lines = ["The vote", *SENTENCES]
    monkeypatch.setattr(choose_reading, "article", lambda *_: [*range(2, 9)])
    monkeypatch.setattr(
        choose_reading, "bare_extraction", lambda *_, **__: SimpleNamespace(text="\n".join((*lines, *lines)))
    )
    page_outline = outline(tree(copies))
    first = choose_reading.first_readings(tree(copies), page_outline)
    assert lines == [page_outline.passages[number].text for number in first.joined]


def test_article_that_repeats_a_line_is_no_copy_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [*SENTENCES[:2], SENTENCES[0], *SENTENCES[2:]]
    content = f"<div class='body'>{paragraphs(*lines)}</div>"
    numbers = [number for number in range(2, 2 + len(lines)) if number != 4]
    found = "\n".join((*SENTENCES[:2], SENTENCES[0], SENTENCES[-1]))
    monkeypatch.setattr(choose_reading, "article", lambda *_: numbers)
    monkeypatch.setattr(choose_reading, "bare_extraction", lambda *_, **__: SimpleNamespace(text=found))
    page_outline = outline(tree(content))
    first = choose_reading.first_readings(tree(content), page_outline)
    assert set(SENTENCES) == {page_outline.passages[number].text for number in first.joined}


def test_extractor_that_finds_a_small_part_does_not_cut_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = [f"{line[:-1]}, said the {who}." for who in ("cook", "mate", "pilot") for line in SENTENCES[1:]]
    content = f"<div class='a'>{paragraphs(SENTENCES[0])}</div><div class='b'>{paragraphs(*rest)}</div>"
    monkeypatch.setattr(choose_reading, "article", lambda *_: [*range(2, 18)])
    monkeypatch.setattr(choose_reading, "bare_extraction", lambda *_, **__: SimpleNamespace(text=SENTENCES[0]))
    page_outline = outline(tree(content))
    first = choose_reading.first_readings(tree(content), page_outline)
    assert [SENTENCES[0], *rest] == [page_outline.passages[number].text for number in first.joined]


def test_scorer_leaves_out_a_line_that_is_named_a_byline() -> None:
    byline = "<p class='byline'>Ada Marsh, the harbour's own reporter</p>"
    assert list(SENTENCES) == scored(f"<article>{byline}{paragraphs(*SENTENCES)}</article>")


def test_prose_in_an_element_with_the_name_of_boilerplate_is_text_where_the_article_is_found_without_it() -> None:
    more = [sentence.replace("the ", f"the {number}th ") for number, sentence in enumerate(SENTENCES)]

    def boxed(name: str) -> str:
        return f"<div class='{name}'>{''.join(f'<div><div>{sentence}</div></div>' for sentence in more)}</div>"

    body = paragraphs(*SENTENCES)
    assert [*SENTENCES, *more] == scored(f"<article>{body}{boxed('media-box')}</article>")
    assert list(SENTENCES) == scored(f"<article>{body}{boxed('user-comments')}</article>")
    assert list(SENTENCES) == scored(f"<article>{body}{boxed('page-footer-widget')}</article>")
    linked = boxed("media-box").replace("<div><div>", "<div><div><a href='/quay'>The quay is to be paved</a> ")
    assert list(SENTENCES) == scored(f"<article>{body}{linked}</article>")


@pytest.mark.parametrize(
    ("above", "stays"),
    [
        ("<h1>A new lock</h1><div class='hero'>{}</div>", True),
        ("<div class='hero'>{}</div><h1>A new lock</h1>", False),
        ("<h1>A new lock</h1><div class='hero' hidden>{}</div>", False),
    ],
)
def test_introduction_below_the_heading_stays_though_only_the_extractor_chose_it(above: str, stays: bool) -> None:
    introduction = above.format(paragraphs(SENTENCES[0]))
    page = outline(tree(f"{introduction}<div class='chapters'>{paragraphs(*SENTENCES[1:])}</div>"))
    texts = [passage.text for passage in page.passages]
    body = [texts.index(sentence) for sentence in SENTENCES[1:]]
    chosen = reconcile(page, body, [text in SENTENCES for text in texts])
    assert stays == (texts.index(SENTENCES[0]) in chosen)


def test_introduction_that_the_text_repeats_is_a_copy() -> None:
    page = outline(
        tree(f"<div class='hero'>{paragraphs(SENTENCES[0])}</div><div class='wide'>{paragraphs(*SENTENCES)}</div>")
    )
    texts = [passage.text for passage in page.passages]
    body = [number for number, text in enumerate(texts) if text in SENTENCES][1:]
    assert body == reconcile(page, body, [text in SENTENCES for text in texts])
