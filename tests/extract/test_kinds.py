"""Pages that are no articles: threads of forums, documentation, listings."""

from __future__ import annotations

import pytest

from glossator.config import ExtractSettings
from glossator.content.article_files import compose
from glossator.model import Extracted
from glossator.stages.extract.html import read
from glossator.stages.extract.html.choice.page_outline import outline
from glossator.stages.extract.html.choice.shared_chances import of_places
from glossator.stages.extract.html.parse.parse_page import opened
from tests.extracted import whole

POSTS = (
    ("rivet_marten", "May 11, 2024", "My bench plane chatters whatever I do. The iron is sharp, and the sole is flat."),
    (
        "Oda Quill",
        "May 12, 2024",
        "Is the chip breaker seated all the way down? Mine was not, and it did the same thing.",
    ),
    (
        "plank",
        "May 12, 2024",
        "Check the frog, too. If it sits behind the mouth, the iron has nothing to rest on, and it sings.",
    ),
    (
        "rivet_marten",
        "May 14, 2024",
        "It was the frog, thank you both. I moved it by a hair, and the shavings come off whole.",
    ),
    (
        "Oda Quill",
        "May 15, 2024",
        "Good to hear. Wax the sole as well, it makes more of a difference than one would think.",
    ),
)
QUAY = "The harbour board of the town met on Tuesday, and it spoke for hours about the new lock, and nobody left early."


def converted(body: str, head: str = "<title>A page</title>") -> Extracted:
    data = f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode()
    return read(whole(data, "page.html", "html"), ExtractSettings())


def thread(tag: str = "article") -> Extracted:
    posts = "".join(
        f'<{tag} class="message message--post"><div class="message-user"><h4 class="message-name">'
        f'<a class="username" href="/members/{name}">{name}</a></h4></div><div class="message-main">'
        f'<time class="message-date">{day}</time><div class="message-body"><p>{text}</p></div>'
        f'<div class="message-actions"><a href="#">Like</a> <a href="#">Reply</a></div></div></{tag}>'
        for name, day, text in POSTS
    )
    holder = "ol" if tag == "li" else "div"
    return converted(
        f'<nav class="p-nav"><a href="/forums/">Forums</a> <a href="/members/">Members</a></nav><div class="p-body">'
        f"<h1>Bench plane chatters</h1><{holder} class='block-body thread-posts'>{posts}</{holder}></div>",
        "<title>Bench plane chatters | Forum of joiners</title><meta name='generator' content='XenForo'>"
        "<link rel='canonical' href='https://forum.example/threads/bench-plane-chatters.311/'>"
        '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Bench plane chatters"}</script>',
    )


@pytest.mark.parametrize("tag", ["article", "div", "li"])
def test_thread_has_each_post_below_its_author_and_day(tag: str) -> None:
    found = thread(tag)
    assert "thread" == found.conversion.kind
    sections = [(f"{name}, {day}", text) for name, day, text in POSTS]
    assert sections == [
        (lines[0], lines[-1]) for part in found.markdown.split("## ")[1:] if (lines := part.strip().splitlines())
    ]


def test_author_of_a_post_is_named_without_the_rank_beside_the_name() -> None:
    posts = "".join(
        f"<div class='message'><div class='member'><b class='username'>{name}</b><i>Old hand</i></div>"
        f"<time>{day}</time><p>{text}</p></div>"
        for name, day, text in POSTS
    )
    page = converted(
        f"<h1>Bench plane chatters</h1><div class='thread-posts'>{posts}</div>",
        "<title>Bench plane chatters | Forum of joiners</title><meta name='generator' content='XenForo'>"
        "<link rel='canonical' href='https://forum.example/threads/bench-plane-chatters.311/'>"
        '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Bench plane"}</script>',
    )
    assert "## plank, May 12, 2024" in page.markdown


STATED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (STATED.format('{"@type": "QAPage", "mainEntity": {"@type": "Question", "name": "A lock?"}}'), "thread"),
        (STATED.format('{"@graph": [{"@type": "WebPage"}, {"@type": "DiscussionForumPosting"}]}'), "thread"),
        (STATED.format('{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "A lock?"}]}'), ""),
        (STATED.format('{"@type": "NewsArticle", "mentions": {"@type": "DiscussionForumPosting"}}'), ""),
        (STATED.format('[{"@type": "DiscussionForumPosting"}, {"@type": "DiscussionForumPosting"}]'), ""),
    ],
)
def test_page_is_a_thread_if_it_is_about_one_discussion(head: str, kind: str) -> None:
    page = converted(
        f"<article><h1>A new lock</h1>{f'<p>{QUAY}</p>' * 4}</article>", f"<title>A new lock</title>{head}"
    )
    assert kind == page.conversion.kind


def test_page_is_a_thread_if_its_microdata_says_so() -> None:
    marked = "<main itemscope itemtype='https://schema.org/QAPage'><h1>A new lock</h1>"
    assert "thread" == converted(f"{marked}{f'<p>{QUAY}</p>' * 4}</main>").conversion.kind


def test_kind_is_stored_in_the_front_matter() -> None:
    assert "\n  kind: thread\n" in compose(thread())


def test_article_states_no_kind() -> None:
    found = converted(f"<article><h1>A new lock</h1>{f'<p>{QUAY}</p>' * 4}</article>")
    assert "" == found.conversion.kind


def test_page_that_has_its_text_for_readers_without_scripts_alone_is_read() -> None:
    found = converted(
        f"<section id='main'></section><noscript><div><h1>A lock</h1>{f'<p>{QUAY}</p>' * 4}</div></noscript>"
    )
    assert QUAY in found.markdown


PLANES = {
    "Smoothing plane": "For the last passes on a board that is flat already.",
    "Jack plane": "Takes the rough off, and leaves a surface for the next plane.",
    "Block plane": "Small enough for one hand, and for the ends of boards.",
    "Shoulder plane": "Trims the cheeks of a tenon to the line.",
    "Router plane": "Levels the floor of a groove, however deep.",
    "Scrub plane": "For boards that are far from flat.",
    "Rebate plane": "Cuts a step along an edge.",
    "Moulding plane": "Shapes an edge for the eye.",
}


def test_listing_keeps_its_entries() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/tools/{number}'>{name}</a></h3><p>{text}</p><span>{20 + number}.00</span></div>"
        for number, (name, text) in enumerate(PLANES.items())
    )
    found = converted(
        f"<nav><a href='/'>Home</a></nav><main><h1>Hand planes</h1><div class='product-grid'>{cards}</div></main>",
        "<title>Hand planes | Shop of tools</title><link rel='canonical' href='https://shop.example/category/planes/'>"
        '<script type="application/ld+json">{"@type": "ItemList"}</script>',
    )
    assert "listing" == found.conversion.kind
    assert all(name in found.markdown and text in found.markdown for name, text in PLANES.items())


def test_listing_has_no_authors_and_no_day_but_the_one_that_it_declares() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/tools/{number}'>{name}</a></h3><a rel='author' href='/author/ada'>Ada Marsh</a>"
        f"<time>{number + 1} March 2024</time><p>{text}</p><span>{20 + number}.00</span></div>"
        for number, (name, text) in enumerate(PLANES.items())
    )
    body = f"<main><h1>Hand planes</h1><div class='product-grid'>{cards}</div></main>"
    head = (
        "<title>Hand planes | Shop of tools</title><link rel='canonical' href='https://shop.example/category/planes/'>"
        '<script type="application/ld+json">{"@type": "ItemList"}</script>'
    )
    found = converted(body, head)
    assert ("listing", (), None) == (found.conversion.kind, found.authors, found.published)
    stated = '<meta name="author" content="Tom Reed"><meta property="article:published_time" content="2023-01-02">'
    found = converted(body, head + stated)
    assert ((), "2023-01-02") == (found.authors, found.published)


def test_documentation_keeps_its_code_and_loses_its_tree_of_contents() -> None:
    chapters = "".join(f"<li class='toctree-l1'><a href='/{number}'>Chapter {number}</a></li>" for number in range(20))
    sections = "".join(
        f"<section><h2>{name}</h2><p>{text}</p><div class='highlight-python'><pre>plane.use({number})</pre></div></section>"
        for number, (name, text) in enumerate(list(PLANES.items())[:4])
    )
    found = converted(
        f"<div class='sphinxsidebar'><ul>{chapters}</ul></div><div class='body' role='main'><h1>planes</h1>{sections}</div>",
        "<title>planes reference - planes 2.1 documentation</title><meta name='generator' content='Docutils 0.21'>"
        "<link rel='canonical' href='https://docs.example/en/latest/reference.html'>",
    )
    assert "documentation" == found.conversion.kind
    assert all(f"plane.use({number})" in found.markdown for number in range(4))
    assert "Chapter" not in found.markdown


def test_entries_of_a_listing_keep_their_prices_or_none_does() -> None:
    cards = "".join(f"<div class='card'><p>Plane {n}</p><b class='price'>$ {n}</b></div>" for n in range(4))
    tree = opened(f"<body><p>{QUAY}</p><div>{cards}</div></body>")
    assert tree is not None
    page = outline(tree)
    prices = [number for number, passage in enumerate(page.passages) if passage.text.startswith("$")]
    chances = [0.9 if number in prices[:3] else 0.5 for number in range(len(page.passages))]
    result = of_places(page, chances)
    assert [0.8] * 4 == [pytest.approx(result[number]) for number in prices]
    assert {0.5} == {round(chance, 9) for number, chance in enumerate(result) if number not in prices}
