"""Posts of threads: who wrote each, and when, told by what varies from post to post."""

from __future__ import annotations

import re

import pytest

from glossator.config import ExtractSettings
from glossator.model import Extracted
from glossator.stages.extract.html import read
from glossator.stages.extract.html.choice.blocks.posts import StatedOpening, head_posts
from glossator.stages.extract.html.choice.blocks.text_blocks import text_blocks
from glossator.stages.extract.html.form.regular_tree import regular
from glossator.stages.extract.html.parse.parse_page import opened
from tests.extract.test_kinds import POSTS
from tests.extracted import whole

HEAD = """<title>Bench plane chatters | Forum of joiners</title><meta name="generator" content="XenForo">
<link rel="canonical" href="https://forum.example/threads/bench-plane-chatters.311/">
<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Bench plane chatters"}</script>"""
JOINED = {"rivet_marten": "Mar 3, 2011", "Oda Quill": "Jan 9, 2020", "plank": "Feb 1, 2007"}
PLACES = {"rivet_marten": "Lower Tarn", "Oda Quill": "Old Quay", "plank": "Lower Tarn"}


def converted(body: str) -> Extracted:
    data = f"<html lang='en'><head>{HEAD}</head><body><h1>Bench plane chatters</h1>{body}</body></html>".encode()
    return read(whole(data, "page.html", "html"), ExtractSettings())


def post(number: int, beside: str = "", tag: str = "article") -> str:
    name, day, text = POSTS[number]
    return (
        f"<{tag} class='message'><div class='message-cell'>{beside}<b class='author-name'><a href='/members/{name}'>{name}</a></b>"
        f"</div><div class='message-head'>{day} #{number + 1}</div><div class='message-text'><p>{text}</p></div></{tag}>"
    )


def sections(found: Extracted) -> list[tuple[str, str]]:
    """Return the headings of the posts with the texts below."""
    parts = (part.partition("\n") for part in re.split(r"^## ", found.markdown, flags=re.MULTILINE)[1:])
    return [(heading.strip(), " ".join(text.split())) for heading, _, text in parts]


EXPECTED = [(f"{name}, {day}", text) for name, day, text in POSTS]


def test_day_of_joining_and_place_are_taken_for_neither_day_nor_author_of_a_post() -> None:
    beside = (
        f"<p class='author-place'><a href='https://maps.example/{PLACES[name]}'>{PLACES[name]}</a></p>"
        f"<p class='author-since'>Joined: <time>{JOINED[name]}</time></p>"
        for name, _, _ in POSTS
    )
    posts = "".join(post(number, text) for number, text in enumerate(beside))
    assert EXPECTED == sections(converted(f"<div class='posts'>{posts}</div>"))


@pytest.mark.parametrize("preview", ["preview", "message-text"])
def test_opening_post_with_a_frame_of_its_own_stands_once_and_below_its_author(preview: str) -> None:
    replies = "".join(f"<li class='reply'>{post(number, tag='div')}</li>" for number in range(1, len(POSTS)))
    found = converted(
        f"<div class='{preview}'><p>{POSTS[0][2]}</p></div><section class='opening'>{post(0, tag='div')}</section>"
        f"<h2 class='replies-head'>Replies</h2><ol class='replies'>{replies}</ol>"
    )
    assert 1 == found.markdown.count(POSTS[0][2])
    assert EXPECTED == sections(found)


def test_author_of_the_first_post_is_that_of_a_thread_which_declares_none() -> None:
    found = converted(f"<div class='posts'>{''.join(map(post, range(len(POSTS))))}</div>")
    assert ("rivet_marten",) == found.authors


def test_name_that_a_page_cuts_off_is_no_author() -> None:
    posts = "".join(map(post, range(len(POSTS)))).replace("rivet_marten</a>", "rivet_mar...</a>")
    assert () == converted(f"<div class='posts'>{posts}</div>").authors


def test_fields_of_a_profile_are_no_text_of_a_post() -> None:
    beside = "<dl class='facts'><dt>Messages</dt><dd>41</dd><dt>Bench</dt><dd>Beech, two metres</dd></dl>"
    found = converted(f"<div class='posts'>{''.join(post(number, beside) for number in range(len(POSTS)))}</div>")
    assert "Beech" not in found.markdown
    assert EXPECTED == sections(found)


def test_list_in_a_post_stays_a_list() -> None:
    posts = [post(number) for number in range(len(POSTS))]
    text = "<p>Try these, one after the other, before you buy another iron:</p><ul><li>a tighter lever cap</li><li>wax</li></ul>"
    posts[2] = posts[2].replace(f"<p>{POSTS[2][2]}</p>", f"<p>{POSTS[2][2]}</p>{text}")
    found = converted(f"<div class='posts'>{''.join(posts)}</div>")
    assert "-   a tighter lever cap" in found.markdown


def test_empty_name_in_an_attribute_does_not_hide_the_name_that_readers_see() -> None:
    stated = post(1).replace("<article", "<article data-author=' '")
    posts = "".join((post(0), stated, *map(post, range(2, len(POSTS)))))
    assert EXPECTED == sections(converted(f"<div class='posts'>{posts}</div>"))


def test_text_within_one_of_its_kind_is_no_thread() -> None:
    inner = f"<div class='text'><p>{POSTS[1][2]}</p><p>{POSTS[2][2]}</p></div>"
    tree = opened(
        f"<body><b class='author'><a href='/ann'>Ann Lee</a></b><div class='text'><p>No.</p>{inner}</div></body>"
    )
    assert tree is not None
    blocks = text_blocks(regular(tree))
    for block in blocks:
        block.keep("it is all of the page")
    assert (blocks, ()) == ((thread := head_posts(blocks)).blocks, thread.posts)
    assert all(block.stays for block in blocks)


def test_letter_that_stands_for_a_portrait_is_no_part_of_a_name() -> None:
    posts = "".join(
        post(number).replace(f">{POSTS[number][0]}<", f"><i>{POSTS[number][0][0]}</i> {POSTS[number][0]}<")
        for number in range(len(POSTS))
    )
    assert EXPECTED == sections(converted(f"<div class='posts'>{posts}</div>"))


def test_day_that_stands_before_each_post_is_the_day_of_the_post() -> None:
    posts = "".join(
        f"<li class='reply-header'><span>{day} #{number}</span></li><li class='reply'><a class='author' href='/u/{name}'>{name}"
        f"</a><div class='reply-content'><p>{text}</p></div></li>"
        for number, (name, day, text) in enumerate(POSTS)
    )
    assert EXPECTED == sections(converted(f"<ul class='posts'>{posts}</ul>"))


def test_pictures_attached_to_a_post_stay_and_portraits_and_signs_go() -> None:
    beside = "<img class='avatar' src='/portrait.png'><div class='attachments'><img src='/chisel.jpg'></div><img src='/like.png'>"
    found = converted(f"<div class='posts'>{''.join(post(number, beside) for number in range(3))}</div>").markdown
    assert ("chisel.jpg" in found, "portrait.png" in found, "like.png" in found) == (True, False, False)


def test_cells_of_authors_beside_the_posts_are_no_posts() -> None:
    posts = "".join(
        f"<article class='message'><div class='cell cell-user'><h4 class='author'><a href='/u/{name}'>{name}</a></h4></div>"
        f"<div class='cell cell-main'><h4 class='author'><a href='/u/{name}'>{name}</a></h4><time>{day}</time>"
        f"<div class='text'><p>{text}</p></div></div></article>"
        for name, day, text in POSTS
    )
    assert EXPECTED == sections(converted(f"<div class='posts'>{posts}</div>"))


def test_number_in_a_post_that_the_day_has_as_well_stays() -> None:
    day = POSTS[0][1]
    number = next(word for word in day.replace(",", "").split() if word.isdigit())
    posts = post(0).replace("</p></div></article>", f"</p><p>{number}</p></div></article>") + post(1) + post(2)
    assert number == sections(converted(f"<div class='posts'>{posts}</div>"))[0][1].split()[-1]


def test_editor_and_commenter_of_an_answer_are_not_its_author() -> None:
    answers = "".join(
        f"<div class='answer'><div class='prose'><p>{text}</p></div><div class='signature'><div class='user-details'>"
        f"<a href='/users/1'>Eddy Tor</a></div></div><div class='signature'><div class='user-details' itemprop='author'>"
        f"<a href='/users/{name}'>{name}</a></div></div><time>{day}</time><ul><li itemprop='comment'>"
        f"<span itemprop='author'><a href='/users/com'>Com Menter</a></span>: thanks</li></ul></div>"
        for name, day, text in POSTS
    )
    assert EXPECTED == sections(converted(f"<div class='answers'>{answers}</div>"))


def test_post_that_shows_what_it_answers_does_not_say_it() -> None:
    replies = "".join(
        post(number).replace("<article class='message'>", f"<article class='message'><p>{POSTS[number - 1][2]}</p>")
        for number in range(1, len(POSTS))
    )
    found = converted(f"<div class='posts'>{post(0)}{replies}</div>")
    assert EXPECTED == sections(found)


def test_post_that_quotes_what_it_answers_keeps_the_quotation() -> None:
    quoted = f"<div class='message-text'><blockquote><p>{POSTS[0][2]}</p></blockquote>"
    answer = post(1).replace("<div class='message-text'>", quoted)
    found = converted(f"<div class='posts'>{post(0)}{answer}{post(2)}</div>")
    assert f"> {POSTS[0][2]}" in found.markdown


def test_word_that_heads_most_posts_and_leads_to_no_profile_is_no_name() -> None:
    posts = "".join(
        f"<div class='message'><b class='author-rank'>Rank: Old hand</b><i class='poster'>Guest</i><time>{day}</time>"
        f"<div class='text'><p>{text}</p></div></div>"
        for _, day, text in POSTS
    )
    assert "Guest" not in converted(f"<div class='posts'>{posts}</div>").markdown


def test_links_to_other_threads_are_no_posts() -> None:
    others = "".join(
        f"<li class='other'><a class='title' href='/t/{n}'>Another long title of a thread, number {n}, about planes</a>"
        f"<a class='author' href='/u/{name}'>{name}</a><time>{day}</time><i>Replies: {n}</i></li>"
        for n, (name, day, _) in enumerate(POSTS)
    )
    assert [] == sections(converted(f"<h2>Similar threads</h2><ul>{others}</ul>"))


def test_first_reply_does_not_open_a_thread_whose_question_stands_above() -> None:
    replies = "".join(map(post, range(1, len(POSTS))))
    tree = opened(f"<body><main><p>{POSTS[0][2]}</p><div class='posts'>{replies}</div></main></body>")
    assert tree is not None
    blocks = text_blocks(regular(tree))
    for block in blocks:
        block.keep("it is all of the page")
    assert "" == head_posts(blocks).opener


def test_post_of_which_nothing_is_told_does_not_stand_below_the_name_of_another() -> None:
    name, day, _ = POSTS[2]
    bare = post(2).replace(f"<a href='/members/{name}'>{name}</a>", "").replace(day, "")
    found = converted(f"<div class='posts'>{post(0)}{post(1)}{bare}{post(3)}{post(4)}</div>")
    assert ("…", POSTS[2][2]) == sections(found)[2]


def test_heading_in_a_post_is_below_that_of_the_post() -> None:
    posts = [post(number) for number in range(len(POSTS))]
    posts[1] = posts[1].replace("<p>", "<h2>Two ways</h2><p>", 1)
    found = converted(f"<div class='posts'>{''.join(posts)}</div>")
    assert "\n### Two ways\n" in found.markdown


def test_button_below_a_quotation_is_no_part_of_it_but_one_that_opens_a_text_is() -> None:
    quotation = "Plane it along the grain, and set the iron finer than you would think."
    button = "<div><a role='button' tabindex='0'>Click to expand...</a></div>"
    opener = "<div><a role='button' tabindex='0' aria-controls='answer'>How fine is fine, in your shop?</a></div>"
    first = post(0).replace("<p>", f"<blockquote><div>{quotation}</div>{button}</blockquote>{opener}<p id='answer'>", 1)
    markdown = converted(f"<div class='posts'>{first}{post(1)}{post(2)}</div>").markdown
    assert f"> {quotation}" in markdown
    assert "Click to expand" not in markdown
    assert "How fine is fine, in your shop?" in markdown


def test_opening_post_in_a_form_of_its_own_stays_below_its_author_although_a_reply_quotes_it() -> None:
    name, day, text = POSTS[0]
    quotation = f"<div class='quote'><table><tr><td><p>Posted by {name}</p><p>{text}</p></td></tr></table></div>"
    replies = [post(number) for number in range(1, len(POSTS))]
    replies[1] = replies[1].replace("<div class='message-text'>", f"<div class='message-text'>{quotation}")
    tree = opened(f"<body><ul><li class='first'>{text}</li></ul><div class='posts'>{''.join(replies)}</div></body>")
    assert tree is not None
    blocks = text_blocks(regular(tree))
    for block in blocks:
        block.keep("it is all of the page")
    thread = head_posts(blocks, StatedOpening(name, day, f"{text[:68]}..."))
    assert [f"{name}, {day}", text, f"{POSTS[1][0]}, {POSTS[1][1]}"] == [
        block.text for block in thread.blocks if block.stays
    ][:3]
    assert (name, len(POSTS)) == (thread.opener, len(thread.posts))


def test_signature_is_no_heading_and_no_text_of_a_post() -> None:
    signature = "<aside class='message-signature'><h3>There is a man with a mallet who goes mad in a shop of joiners</h3></aside>"
    within = (
        "<div class='sig'><p>We sell irons, caps and planes of all ages, and we pay the most for old ones.</p></div>"
    )
    posts = [post(number) for number in range(len(POSTS))]
    posts[1] = posts[1].replace("</article>", f"{signature}</article>")
    posts[2] = posts[2].replace("</div></article>", f"{within}</div></article>")
    found = converted(f"<div class='posts'>{''.join(posts)}</div>")
    assert EXPECTED == sections(found)
    assert "###" not in found.markdown
