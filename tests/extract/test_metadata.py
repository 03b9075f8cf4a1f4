"""What is known of an article besides its text, and where each piece of it was found."""

from __future__ import annotations

import json

import pytest

from glossator.config import ExtractSettings
from glossator.stages.extract.html.facts.metadata import Metadata, read_metadata
from glossator.stages.extract.html.parse.parse_page import opened

HEADLINE = "Harbour board votes for a second lock"
TAGS = ["Lock", "8f507083-bac4-423a-9015-2eb31e1bce50", "sections/coast", "_commerce", "18153161", "Race/Ethnicity"]
TEXT = f"<p>{'The harbour board of the town met on Tuesday to vote on the new lock. ' * 4}</p>"


def metadata(head: str = "", body: str = "", address: str = "", lang: str = "en") -> Metadata:
    text = f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    tree = opened(text)
    assert tree is not None
    return read_metadata(tree, text, address)


def article(byline: str, head: str = "") -> Metadata:
    return metadata(head, f"<article><h1>{HEADLINE}</h1>{byline}{TEXT}</article>")


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in values.items())


# ---- title ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Quay Gazette",
        f"The Quay Gazette: {HEADLINE}",
        f"{HEADLINE} — Quay Gazette",
    ],
)
def test_title_is_without_the_sites_name(title: str) -> None:
    assert HEADLINE == metadata(f"<title>{title}</title>{meta(og_site_name='The Quay Gazette')}").title


def test_title_is_cut_at_the_name_that_stands_in_the_address() -> None:
    head = f'<title>{HEADLINE} - Quay Gazette</title><link rel="canonical" href="https://www.quaygazette.example/a/1">'
    assert HEADLINE == metadata(head).title


def test_title_is_cut_at_the_possessive_of_the_name_in_the_address() -> None:
    link = '<link rel="canonical" href="https://forum.quay9.example/t/1">'
    assert HEADLINE == metadata(f"<title>{HEADLINE} - Quay9's Forum</title>{link}").title


def test_title_with_a_dash_of_its_own_stays_whole() -> None:
    assert "A second lock - at last" == metadata("<title>A second lock - at last</title>").title


@pytest.mark.parametrize(
    "title",
    ["GLP-1 drugs are used in the harbour", "COVID-19 returns to the port", "Keeping the lock: a day with Quay crews"],
)
def test_title_is_not_cut_at_a_dash_within_a_word_or_at_a_colon(title: str) -> None:
    assert title == metadata(f"<title>{title}</title>" + meta(og_site_name="GLP"), "<h1>Another heading</h1>").title
    assert title == metadata(f"<title>{title}</title>" + meta(og_site_name="Quay"), "").title


def test_name_of_the_site_in_title_and_heading_is_no_part_of_the_title() -> None:
    title = f"{HEADLINE} | Quay"
    assert HEADLINE == metadata(meta(og_title=title, og_site_name="Quay"), f"<h1>{title}</h1>").title


def test_heading_of_one_word_whose_letters_stand_in_the_title_does_not_replace_it() -> None:
    head = f"<title>{HEADLINE}</title>{meta(og_title=HEADLINE)}{meta(twitter_title=HEADLINE)}"
    assert HEADLINE == metadata(head, f"<h1>Vote</h1>{TEXT}").title
    section = f"<title>Locks - Quay</title>{meta(og_title='Locks - Quay', og_site_name='Quay')}"
    assert "Locks" == metadata(section, f"<h1>Locks</h1>{TEXT}").title


def test_title_on_which_all_declarations_agree_stands_against_a_heading_in_nearly_its_words() -> None:
    head = f"<title>{HEADLINE}</title>{meta(og_title=HEADLINE)}{meta(twitter_title=HEADLINE)}"
    heading = HEADLINE.replace("second", "secnd")
    assert HEADLINE == metadata(head, f"<h1>{heading}</h1>{TEXT}").title


def test_name_of_the_site_in_the_title_element_gives_way_to_the_heading() -> None:
    head = "<title>Quaygazette</title>"
    assert HEADLINE == metadata(head, f"<h1>{HEADLINE}</h1>{TEXT}", "https://quaygazette.example/lock").title


def test_heading_above_the_posts_own_is_not_the_title() -> None:
    head = f"<title>Ada's Quay Blog: {HEADLINE}</title>" + meta(og_title=HEADLINE)
    assert HEADLINE == metadata(head, f"<h1>Ada's Quay Blog</h1><h3>{HEADLINE}</h3>{TEXT}").title


def test_title_that_readers_see_goes_before_one_for_searching() -> None:
    head = f"<title>Lock vote: all you need to know</title>{meta(og_title='New lock vote by board')}"
    assert HEADLINE == metadata(head, f"<h1>{HEADLINE}</h1>").title


def test_title_on_which_most_agree_is_taken() -> None:
    head = f"<title>{HEADLINE}</title>{meta(og_title=HEADLINE)}{linked({'@type': 'NewsArticle', 'headline': 'Lock'})}"
    found = metadata(head, f"<h1>{HEADLINE}</h1>")
    assert HEADLINE == found.title


def test_site_in_the_first_heading_is_not_the_title() -> None:
    head = f"<title>{HEADLINE} | Quay Gazette</title>{meta(og_title=HEADLINE)}"
    assert HEADLINE == metadata(head, f"<h1>Quay Gazette</h1><h2>{HEADLINE}</h2>").title


def test_heading_of_a_breadcrumb_is_not_the_title() -> None:
    head = linked({"@type": "NewsArticle", "headline": HEADLINE})
    assert HEADLINE == metadata(head, f"<nav><h1>Lock vote: board says yes</h1></nav><h2>{HEADLINE}</h2>").title


def test_kicker_before_the_headline_is_no_part_of_it() -> None:
    head = meta(og_title=HEADLINE) + linked({"@type": "NewsArticle", "headline": f"Harbour: {HEADLINE}"})
    assert HEADLINE == metadata(head, f"<h1><span>Harbour</span> {HEADLINE}</h1>").title


def test_kicker_on_which_heading_and_shared_title_agree_stays() -> None:
    head = meta(og_title=f"Harbour / {HEADLINE}") + linked({"@type": "NewsArticle", "headline": HEADLINE})
    assert f"Harbour / {HEADLINE}" == metadata(head, f"<h1><span>Harbour</span> {HEADLINE}</h1>").title


def test_title_without_entities_that_were_escaped_twice() -> None:
    assert "Lock & quay" == metadata(meta(og_title="Lock &amp;amp; quay")).title
    assert "Lock & quay" == metadata(meta(og_title="Lock &amp;amp;#x26; quay")).title


def test_heading_goes_before_a_title_element_that_a_program_repeats() -> None:
    copied = f"{HEADLINE} in 2026 - Quay"
    head = f"<title>{copied}</title>{meta(og_title=copied, og_site_name='Quay')}"
    head += linked({"@type": "Article", "headline": copied})
    assert "The harbour board votes" == metadata(head, f"<h1>The harbour board votes</h1>{TEXT}").title


def test_heading_of_a_page_written_by_hand_goes_before_its_title_element() -> None:
    assert HEADLINE == metadata(f"<title>{HEADLINE} (Ada Marsh)</title>", f"<h1>{HEADLINE}</h1>{TEXT}").title
    title = "How the lock is built"
    assert title == metadata(f"<title>{title}</title>", f"<h1>Hi, I am the lock keeper</h1>{TEXT}").title
    assert HEADLINE == metadata("<title>Quay notes</title>", f"<h1>{HEADLINE}</h1>{TEXT}").title


def test_title_that_was_cut_off_is_completed_from_the_heading() -> None:
    cut = HEADLINE.removesuffix("lock") + "lo"
    assert HEADLINE == metadata(f"<title>{cut} | Quay</title>", f"<h1>{HEADLINE}</h1>{TEXT}").title
    dots = HEADLINE.removesuffix(" lock") + "…"
    assert HEADLINE == metadata(meta(og_title=dots) + meta(twitter_title=dots), f"<h1>{HEADLINE}</h1>{TEXT}").title


def test_title_in_capitals_gives_way_to_one_in_the_usual_letters() -> None:
    head = f"<title>{HEADLINE}</title>{meta(og_title=HEADLINE)}"
    assert HEADLINE == metadata(head, f"<h1>{HEADLINE.upper()} TODAY</h1>{TEXT}").title


def test_only_heading_of_the_first_level_is_the_title_whatever_is_said_for_searching() -> None:
    head = f"<title>Port tips | Quay</title>{meta(og_title='Port tips', og_site_name='Quay')}"
    assert HEADLINE == metadata(head, f"<h1>{HEADLINE}</h1>{TEXT}").title
    assert "Port tips" == metadata(head, f"<h1>{HEADLINE}</h1><h1>What it costs this year</h1>{TEXT}").title


def test_only_heading_of_the_first_level_is_not_the_title_if_a_lower_one_is() -> None:
    head = f"<title>{HEADLINE} - Quay</title>{meta(og_title=HEADLINE)}"
    asks = "<header><h1>Subscribe to our weekly letter</h1></header>"
    assert HEADLINE == metadata(head, f"{asks}<h2>{HEADLINE}</h2>{TEXT}").title


def test_article_before_a_title_is_no_kicker() -> None:
    head = f"<title>{HEADLINE}</title>{meta(og_title=HEADLINE)}"
    assert f"The {HEADLINE}" == metadata(head, f"<h1>The {HEADLINE}</h1><h2></h2>{TEXT}").title


# ---- authors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Marsh", ("Ada Marsh",)),
        (
            [{"@type": "Person", "name": "Ada Marsh"}, {"@type": "Person", "name": "Tom Reed"}],
            ("Ada Marsh", "Tom Reed"),
        ),
        ({"name": "Ada Marsh, Tom Reed & Ines Vale"}, ("Ada Marsh", "Tom Reed", "Ines Vale")),
        ({"name": ["By Ada Marsh and Tom Reed"]}, ("Ada Marsh", "Tom Reed")),
        ({"@type": "Person", "givenName": "Ada", "familyName": "Marsh"}, ("Ada Marsh",)),
        ("Ada Marsh, Harbour Correspondent, PhD", ("Ada Marsh",)),
        ("https://quay.example/authors/marsh", ()),
        ("marsh@quay.example", ()),
        ("admin", ()),
        ([["Ada Marsh"], {"name": {"name": "Tom Reed"}}, 5, None], ("Ada Marsh", "Tom Reed")),
    ],
)
def test_authors_of_structured_data_are_a_list_of_names(author: object, names: tuple[str, ...]) -> None:
    assert names == article("", linked({"@type": "Article", "headline": HEADLINE, "author": author})).authors


def test_author_in_a_graph_is_found_by_its_reference() -> None:
    person = {"@type": "Person", "@id": "#ada", "name": "Ada Marsh", "url": "https://quay.example/ada"}
    graph = [{"@type": "Article", "headline": HEADLINE, "author": {"@id": "#ada"}}, person]
    assert ("Ada Marsh",) == article("", linked({"@graph": graph})).authors


@pytest.mark.parametrize(
    "byline",
    [
        "By Ada Marsh and Tom Reed",
        "Von Ada Marsh und Tom Reed",
        "Par Ada Marsh et Tom Reed",
        "Por Ada Marsh y Tom Reed",
        "Por Ada Marsh e Tom Reed",
        "Di Ada Marsh e Tom Reed",
        "Door Ada Marsh en Tom Reed",
        "Av Ada Marsh och Tom Reed",
        "Af Ada Marsh og Tom Reed",
        "Przez Ada Marsh i Tom Reed",
        "Yazan: Ada Marsh ve Tom Reed",
        "Written by Ada Marsh, Tom Reed",
    ],
)
def test_byline_below_the_headline_is_read_in_many_languages(byline: str) -> None:
    found = article(f"<p>{byline}</p>")
    assert ("Ada Marsh", "Tom Reed") == found.authors
    assert "visible text" == dict(found.origins)["authors"]


def test_first_name_that_is_a_particle_elsewhere_is_part_of_the_name() -> None:
    assert ("Ada Marsh", "Ben Reed") == article("<p>By Ada Marsh and Ben Reed</p>").authors


def test_name_below_a_label_is_the_author() -> None:
    below = "<p>A vote.</p>" * 70 + "<dl><dt>Written by</dt><dd>Ada Marsh</dd></dl>"
    assert ("Ada Marsh",) == article(below).authors


def test_byline_is_without_its_date_role_and_reading_time() -> None:
    byline = "<div class='byline'><b>Ada Marsh</b><i>Harbour editor</i><span>March 5, 2024</span> 4 min read</div>"
    assert ("Ada Marsh",) == article(byline).authors


@pytest.mark.parametrize("line", ["March 5, 2024", "5 min read", "Read more", "Follow us", "Updated 5 March 2024"])
def test_line_that_names_nobody_gives_no_author(line: str) -> None:
    assert () == article(f"<div class='author'>{line}</div>").authors


def test_korean_reporter_is_named_without_the_title() -> None:
    assert ("신현주",) == article("", '<meta name="author" content="신현주 기자">').authors


def test_site_is_the_author_only_where_nobody_else_is_named() -> None:
    site = {"@type": "Organization", "name": "Quay Gazette"}
    head = linked({"@type": "Article", "headline": HEADLINE, "author": site, "publisher": site})
    assert ("Ada Marsh",) == article("<a rel='author' href='/authors/ada'>Ada Marsh</a>", head).authors
    assert ("Quay Gazette",) == article("", head).authors


def test_credit_whose_initials_are_the_sites_address_is_the_site() -> None:
    head = '<link rel="canonical" href="https://www.qg.example/lock"><meta name="author" content="Quay Gazette">'
    assert ("Ada Marsh",) == article("<p>By Ada Marsh</p>", head).authors


def test_agency_is_the_author_where_the_page_credits_it() -> None:
    assert ("Harbour Press Agency",) == article("", '<meta name="author" content="Harbour Press Agency">').authors


def test_authors_of_comments_and_teasers_are_not_the_articles() -> None:
    comment = "<div class='comments'><span class='comment-author'>Tom Reed</span></div>"
    teaser = "<aside><a rel='author' href='/authors/ines'>Ines Vale</a></aside>"
    assert () == metadata("", f"<article><h1>{HEADLINE}</h1>{TEXT}</article>{comment}{teaser}").authors


def test_account_gives_way_to_the_name_that_readers_see() -> None:
    for declared in ("amarsh", "AdaM"):
        assert ("Ada Marsh",) == article("<p>By Ada Marsh</p>", meta(author=declared)).authors


def test_all_authors_are_named_if_a_page_also_names_the_first_alone() -> None:
    head = meta(**{"dc.creator": "Ada Marsh"}) + meta(**{"citation.authors": ""})
    head += '<meta name="citation_authors" content="Ada Marsh; Ben Dale">'
    assert ("Ada Marsh", "Ben Dale") == article("", head).authors


def test_signature_below_the_text_names_the_author() -> None:
    assert ("Ada Marsh",) == article(f"{TEXT * 3}<h3>Written by Ada Marsh</h3>").authors


def test_team_is_the_author_where_an_element_marks_it() -> None:
    assert ("Lockside Staff",) == article('<p class="authorName">Lockside Staff</p>').authors


@pytest.mark.parametrize("line", ["HARBOUR NEWS", "Foto: Ada Marsh", '<span class="sr-only">Ada Marsh</span>'])
def test_kicker_photographer_or_hidden_text_gives_no_author(line: str) -> None:
    assert () == article(f"<div>{line}</div>").authors


def test_words_that_the_page_also_writes_small_are_no_name() -> None:
    assert () == article("<p>Harbour Board</p><p>The harbour was closed, and so the board met in the hall.</p>").authors


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By</p><div><a href='/people/1'>Ada Marsh</a></div><i>|</i><b>Harbour News</b>",
        "<h6>Article Authors</h6><p><span>Ada Marsh</span></p>",
        "<aside class='sidebar'><dt>Author(s)</dt><dd>Ada Marsh</dd></aside>",
        "<ul><li>Von: <span><a>Ada Marsh</a></span></li><li>Übersetzung: <a>Tom Reed</a></li></ul>",
        "<p>Interview by <a>Ada Marsh</a></p><p>by Tom Reed</p>",
        "<div class='author'>5 March 2024 · Ada Marsh on behalf of <a>the lock group</a></div>",
        "<p>By Ada Marsh for The Quay Gazette</p>",
    ],
)
def test_name_after_a_label_beside_the_headline_is_the_author(byline: str) -> None:
    assert ("Ada Marsh",) == article(byline).authors


def test_single_name_or_team_is_the_author_after_a_label() -> None:
    assert ("Ines",) == article("<b>Written by</b> <span>Ines</span> <span>- Product marketer</span>").authors
    assert ("Lockside Team",) == article("<p>By <a>Lockside Team</a></p>").authors


def test_site_that_is_credited_beside_the_headline_is_the_author() -> None:
    site = {"@type": "Organization", "name": "Quay Gazette"}
    head = linked({"@type": "Article", "headline": HEADLINE, "author": site, "publisher": site})
    caption = "<div class='lead-caption'>Ada Marsh, Tom Reed</div>"
    elsewhere = "<div class='author-box'>Ines Vale</div>"
    credit = "<p>by <a>Quay Gazette</a></p>"
    assert ("Quay Gazette",) == article(f"{credit}{caption}", head).authors
    far = TEXT * 150
    assert ("Quay Gazette",) == article(f"{credit}{far}{elsewhere}", head).authors
    assert ("Ines Vale",) == article(f"{far}{elsewhere}", head).authors


def test_family_name_in_brackets_is_part_of_the_name() -> None:
    assert ("Ada (Vale) Marsh",) == article("<p class='author'>Ada (Vale) Marsh</p>").authors
    assert ("Ada Marsh",) == article("<p class='author'>Ada Marsh (Harbour Press)</p>").authors


def test_body_that_stands_for_something_is_not_cut_to_a_name() -> None:
    assert () == article("<p class='author'>Harbour Trust for Birds</p>").authors


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By <a href='/author/ada'>Ada Marsh</a>. Reviewed by <a href='/author/tom'>Tom Reed</a></p>",
        "<p>By <a href='/author/ada'>Ada Marsh</a></p><p>Contributions from: <a href='/author/tom'>Tom Reed</a></p>",
        "<div class='author'>Ada Marsh</div><div>Last read in May and edited by:</div><div class='author'>Tom Reed</div>",
        "<p><span>Medically reviewed</span> <b>by</b> <i>Tom Reed</i></p><p><span>Written by</span> <i>Ada Marsh</i></p>",
    ],
)
def test_who_reviewed_or_edited_an_article_is_not_its_author(byline: str) -> None:
    assert ("Ada Marsh",) == article(byline).authors


def test_what_somebody_does_is_no_second_author() -> None:
    posts = ("Head of Quays and Harbour Strategy", "Harbour Researcher, Reporter", "Quay Content Administrator")
    for post in posts:
        byline = f"<div class='author'><p class='author-name'>Ada Marsh</p><p class='author-role'>{post}</p></div>"
        assert ("Ada Marsh",) == article(byline).authors


def test_byline_in_full_goes_before_the_account_that_put_the_page_up() -> None:
    byline = "<p>By <a>Ada Marsh</a> and <a>Ben Dale</a></p>"
    assert ("Ada Marsh", "Ben Dale") == article(byline, '<meta name="author" content="Tom Reed">').authors
    assert ("Ada Marsh", "Ben Dale") == article(byline, '<meta name="author" content="Ada Marsh">').authors
    assert ("Ada Marsh",) == article("<p>By Ada</p>", '<meta name="author" content="Ada Marsh">').authors


def test_box_about_the_author_names_the_author() -> None:
    assert ("Ada Marsh",) == article(f"{TEXT * 9}<h3>About the author</h3><b>Ada Marsh</b><p>She writes.</p>").authors
    assert () == article(f"{TEXT * 9}<h3>About the author</h3><b>The Harbour Town Lock Club Feed</b>").authors


def test_authors_of_works_in_a_list_are_not_the_pages() -> None:
    works = "<li><a href='/1'>On locks</a> by Tom Reed</li><li><a href='/2'>On quays</a> by Ines Vale and Ben Dale</li>"
    assert () == article(f"<ul>{works}</ul>").authors


def test_byline_of_a_teaser_does_not_replace_the_declared_author() -> None:
    head = linked({"@type": "Article", "headline": HEADLINE, "author": "Ada Marsh"})
    teaser = "<div class='related-stories'><h3>Quay sinks</h3><p>By Tom Reed</p></div>"
    assert ("Ada Marsh",) == article(f"{'<p>A line.</p>' * 14}{teaser}", head).authors


@pytest.mark.parametrize("nobody", ["undefined", "留言", "null"])
def test_word_of_a_program_or_of_the_comments_is_no_author(nobody: str) -> None:
    assert () == article("", linked({"@type": "Article", "headline": HEADLINE, "author": nobody})).authors
    assert () == article(f"<a rel='author' href='/a'>{nobody}</a>").authors


def test_handle_with_digits_is_the_author_of_a_thread_but_not_of_an_article() -> None:
    found = article("", linked({"@type": "Article", "headline": HEADLINE, "author": "ada91"}))
    assert ("ada91",) == found.authors
    assert () == found.of_article().authors
    both = article("", linked({"@type": "Article", "headline": HEADLINE, "author": ["ada91", "Tom Reed"]}))
    assert ("Tom Reed",) == both.of_article().authors


def test_listing_has_no_authors() -> None:
    data = linked({"@type": "Article", "headline": HEADLINE, "author": "Ada Marsh", "datePublished": "2024-03-05"})
    assert ((), "2024-03-05") == (article("", data).of_listing().authors, article("", data).of_listing().published)


def test_menu_about_the_author_is_no_heading_of_a_box() -> None:
    assert () == article("<nav class='menu'><span>About the author</span><span>Download PDFs</span></nav>").authors
    assert () == article("<a href='/about'>About the author</a><a href='/pdf'>Download PDFs</a>").authors


def test_link_to_a_section_on_authors_names_nobody() -> None:
    contents = "<ul><li><a href='#author'>Author</a></li><li><a href='#license'>License</a></li></ul>"
    assert () == article(contents).authors


# ---- days ----------------------------------------------------------------------------------------------------------


def test_day_of_publishing_goes_before_that_of_a_change() -> None:
    moments = {"datePublished": "2024-03-05T10:00:00+01:00", "dateModified": "2024-04-01T10:00:00+01:00"}
    found = article("", linked({"@type": "Article", "headline": HEADLINE, **moments}))
    assert "2024-03-05T10:00:00+01:00" == found.published
    byline = (
        "<p>Updated <time datetime='2024-04-01'>1 April</time></p><p><time datetime='2024-03-05'>5 March</time></p>"
    )
    assert "2024-03-05" == article(byline).published


def test_day_of_saving_is_not_that_of_publishing() -> None:
    comment = (
        "<!-- Page saved with SingleFile \n url: https://quay.example/a \n saved date: Tue Mar 05 2024 10:00:00 -->"
    )
    text = f"{comment}<html><body><article><h1>{HEADLINE}</h1>{TEXT}</article></body></html>"
    tree = opened(text)
    assert tree is not None
    found = read_metadata(tree, text)
    assert ("", "2024-03-05T10:00:00") == (found.published, found.saved)


def test_day_beside_the_headline_is_a_guess_and_one_in_the_text_is_none() -> None:
    beside, within = article("<p>5. März 2024</p>"), article(f"{TEXT * 70}<p>On 5 March 2024 the board met.</p>")
    assert ("2024-03-05", "guess") == (beside.published, dict(beside.origins)["published"])
    assert "" == within.published


@pytest.mark.parametrize(
    "line",
    [
        "<p>Open Today, March 14, 2026</p>",
        "<p>Founded on 28 February 1998</p>",
        "<table><tr><th>Founded</th><td>February 28, 1998</td></tr></table>",
        "<dl><dt>Geboren</dt><dd><time datetime='1998-02-28'>28. Februar 1998</time></dd></dl>",
    ],
)
def test_day_of_what_a_page_is_about_is_not_that_of_the_page(line: str) -> None:
    assert "" == article(line).published


def test_day_of_the_first_version_of_an_encyclopaedias_page_is_a_guess() -> None:
    head = linked({"@type": "Article", "headline": HEADLINE, "datePublished": "2001-10-29"})
    wiki = article("", f"{head}<meta name='generator' content='MediaWiki 1.34'>")
    assert ("2001-10-29", "guess") == (wiki.published, dict(wiki.origins)["published"])
    assert "json-ld" == dict(article("", head).origins)["published"]


def test_day_that_a_page_shows_goes_before_a_later_one_that_it_declares() -> None:
    head = linked({"@type": "Article", "headline": HEADLINE, "datePublished": "2025-11-20T16:02:46Z"})
    assert "2025-05-14" == article("<p class='post-date'>May 14, 2025</p>", head).published
    assert "2025-05-14" == article("<p>May 14, 2025</p>", head).published
    declared = "2025-11-20T16:02:46+00:00"
    assert declared == article("<p class='post-date'>November 19, 2025</p>", head).published, "a night's difference"
    assert declared == article("<p class='post-date'>December 3, 2025</p>", head).published, "a change"
    assert declared == article("<p>The lock of May 14, 1925 is to be seen again.</p>", head).published, "a story"


def test_only_line_that_is_a_day_is_that_of_publication_wherever_it_stands() -> None:
    assert "2024-04-08" == article(f"{TEXT * 70}<p>April 8, 2024</p>").published
    assert "" == article(f"{TEXT * 70}<p>April 8, 2024</p><p>April 9, 2024</p>").published
    assert "" == article(f"{TEXT * 70}<p>The averages are of <b>April 8, 2024</b>, as the board says.</p>").published


@pytest.mark.parametrize(
    "stated",
    [
        '<script>window.page = {"id": 7, "publishDate": "2024-03-05T10:00:00Z"};</script>',
        "<script>var page = '{&quot;datePublished&quot;:&quot;2024-03-05&quot;}'</script>",
        '<lit-timestamp publishdate="2024-03-05T17:38:06Z"></lit-timestamp>',
        '<div class="card teaser"><div class="w-published-date">March 5, 2024</div></div>',
        '<link rel="canonical" href="https://quay.example/2024/03/05/lock">',
    ],
)
def test_day_that_only_the_source_of_a_page_states_is_a_guess(stated: str) -> None:
    found = article(f"{TEXT * 70}{stated}")
    assert ("2024-03-05", "guess") == (found.published, dict(found.origins)["published"])


@pytest.mark.parametrize(
    "text",
    [
        "<p>The law was published on 5 March 2024, and the board met on 7 May 2024.</p>",
        "<p>It was published by the board.</p><p>On 5 March 2024 it came into force.</p>",
        '<script>[{"publishDate": "2024-03-05"}, {"publishDate": "2024-03-06"}]</script>',
        "<p>Copyright 2024</p>",
        '<link rel="canonical" href="https://quay.example/1989/03/05/lock">',
    ],
)
def test_day_that_the_source_states_of_something_else_is_none(text: str) -> None:
    assert "" == article(f"{TEXT * 70}{text}").published


def test_day_with_which_a_text_begins_is_that_of_publication() -> None:
    assert "2015-04-17" == article("<p>April 17, 2015 -- Imagine a lock that nobody can open.</p>").published


@pytest.mark.parametrize("line", ["Last updated on 5 March 2024.", "This page was last edited on 1 March 2026."])
def test_day_of_a_change_below_the_text_is_not_that_of_publishing(line: str) -> None:
    assert "" == article(f"{TEXT * 70}<footer><p>{line}</p></footer>").published


def test_day_behind_a_label_of_publishing_goes_before_that_of_a_review() -> None:
    dates = "<h4>Reviewed</h4><time>8 October 2020</time><h4>Published</h4><time>15 November 2018</time>"
    assert "2018-11-15" == article(f"{TEXT * 70}<div class='listing-sidebar'>{dates}</div>").published
    cards = "".join(f"<p>Published</p><p>{day} May 2024</p>" for day in (3, 4))
    assert "" == article(f"{TEXT * 70}<div class='related-posts'>{cards}</div>").published


def test_day_of_a_teaser_is_not_the_articles() -> None:
    teaser = "<div class='related-stories'><time datetime='2023-01-01'>1 January 2023</time></div>"
    assert "" == article("<p>A quiet day.</p>" + teaser).published


# ---- address, site and the rest ------------------------------------------------------------------------------------


def test_address_is_without_what_counts_readers() -> None:
    head = '<link rel="canonical" href="https://quay.example/lock?id=7&utm_source=mail&fbclid=x">'
    assert "https://quay.example/lock?id=7" == metadata(head).source


def test_plus_sign_in_the_address_stays() -> None:
    assert (
        "https://quay.example/Night+shift"
        == metadata("<link rel='canonical' href='https://quay.example/Night+shift'>").source
    )


def test_relative_canonical_link_is_read_from_where_the_page_was_loaded() -> None:
    assert (
        "https://quay.example/lock"
        == metadata('<link rel="canonical" href="/lock">', "", "https://quay.example/x").source
    )


def test_address_of_another_site_or_of_the_home_page_is_not_the_pages() -> None:
    loaded = "https://quay.example/lock"
    assert loaded == metadata('<link rel="canonical" href="https://other.example/lock">', "", loaded).source
    assert loaded == metadata('<link rel="canonical" href="https://quay.example/">', "", loaded).source


def test_page_for_small_screens_leads_to_the_one_for_all() -> None:
    head = '<link rel="canonical" href="https://www.quay.example/lock">'
    assert "https://www.quay.example/lock" == metadata(head, "", "https://m.quay.example/lock").source


def test_canonical_link_to_a_sister_site_is_not_the_pages_address() -> None:
    head = '<link rel="canonical" href="https://sister.example/lock">' + meta(og_url="https://quay.example/lock")
    assert "https://quay.example/lock" == metadata(head).source


def test_copy_in_the_wayback_machine_has_the_originals_address() -> None:
    loaded = "https://web.archive.org/web/20240305100000/https://quay.example/lock"
    assert "https://quay.example/lock" == metadata("", "", loaded).source


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en_GB", "en-GB"),
        ("DE", "de"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("und", ""),
        ("english", ""),
        ("utf", ""),
        ("en-UK", "en-GB"),
        ("jp", "ja"),
        ("deu", "de"),
    ],
)
def test_language_is_a_bcp_47_tag(stated: str, tag: str) -> None:
    assert tag == metadata(lang=stated).language


SWAHILI = "Watoto wa kijiji walicheza kando ya bahari kwa sababu maji yalikuwa safi na jua lilikuwa kali sana. "
GERMAN = "Der Hafen war den ganzen Winter über geschlossen, und die Fischer reparierten ihre Netze auf dem Kai. "


@pytest.mark.parametrize(
    ("lang", "text", "language", "origin"),
    [
        ("en", GERMAN * 8, "de", "guess"),
        ("en-US", SWAHILI * 8, "sw", "guess"),
        ("de-AT", GERMAN * 8, "de-AT", "html element"),
        ("en", GERMAN, "en", "html element"),
        (
            "en",
            GERMAN * 6 + "The harbour was closed all winter, and the crews mended nets. " * 12,
            "en",
            "html element",
        ),
    ],
)
def test_language_that_the_whole_text_contradicts_is_overruled(
    lang: str, text: str, language: str, origin: str
) -> None:
    found = metadata(lang=lang).completed("", text, "page.html", ExtractSettings())
    assert (language, [origin]) == (found.language, [said for field, said in found.origins if field == "language"])


def test_dutch_is_not_taken_for_english_though_both_have_of_and_was() -> None:
    text = "Of de sluis open was of dicht, wist niemand. Of de boot er was, hing af van het water of van de wind. "
    assert "nl" == metadata(lang="").completed("", text * 6, "page.html", ExtractSettings()).language


def test_description_image_site_and_tags_name_their_origins() -> None:
    head = meta(og_description="A vote.", og_image="/lock.jpg", og_site_name="Quay Gazette | News of the coast")
    head += linked({"@type": "Article", "headline": HEADLINE, "keywords": "Lock, Harbour, lock"})
    found = metadata(head, "", "https://quay.example/lock")
    assert ("A vote.", "https://quay.example/lock.jpg", "Quay Gazette") == (found.description, found.image, found.site)
    assert ("Lock", "Harbour") == found.tags
    origins = dict(found.origins)
    assert ["meta", "meta", "meta", "json-ld"] == [origins[name] for name in ("description", "image", "site", "tags")]


def test_description_and_tags_are_text_for_readers() -> None:
    head = "<meta name='description' content='&lt;p&gt;The board voted on the [...]'>"
    head += linked({"@type": "Article", "headline": HEADLINE, "keywords": TAGS})
    found = metadata(head)
    assert "The board voted on the…" == found.description
    assert ("Lock", "Race/Ethnicity") == found.tags


def test_keywords_with_an_underscore_are_no_tags_and_others_of_the_page_are_read_instead() -> None:
    machine = linked({"@type": "Article", "headline": HEADLINE, "keywords": ["channel_other", "type_news"]})
    assert () == metadata(machine).tags
    assert ("Lock",) == metadata(machine + "<meta name='keywords' content='Lock, lock_2'>").tags


def test_a_tag_that_keeps_an_article_back_stays_though_it_has_an_underscore() -> None:
    assert ("do_not_publish",) == metadata("<meta name='keywords' content='lock_2, do_not_publish'>").tags


def test_description_that_only_repeats_the_title_is_passed_over() -> None:
    head = meta(og_title=HEADLINE, og_description=HEADLINE) + "<meta name='description' content='The board met again.'>"
    assert "The board met again." == metadata(head).description


def test_description_that_only_repeats_the_title_of_the_window_is_passed_over() -> None:
    title = f"{HEADLINE} | Downtown"
    assert "" == metadata(f"<title>{title}</title>" + meta(og_title=HEADLINE, og_description=title)).description


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"The lock\u2019s gate left the\u00a0quay.", "The lock’s gate left the quay."),
        (
            r"A boat \ud83d\udea2, half of one\ud83d, a bell\u0007,\u000aa file \U2019.",
            r"A boat 🚢, half of one, a bell, a file \U2019.",
        ),
    ],
)
def test_escapes_in_a_description_are_read_as_their_characters(written: str, read: str) -> None:
    assert read == metadata(meta(og_description=written)).description
    assert read == metadata(linked({"@type": "Article", "headline": HEADLINE, "description": written})).description


@pytest.mark.parametrize(
    ("title", "site"),
    [
        (f"{HEADLINE} | The Quay Gazette", "The Quay Gazette"),
        (f"Quay Gazette: {HEADLINE}", ""),
        (f"Quay Gazette - {HEADLINE}", "Quay Gazette"),
        (f"{HEADLINE} - Harbour", ""),
        (HEADLINE, ""),
    ],
)
def test_site_that_is_stated_nowhere_is_the_part_of_the_title_that_is_its_address_in_words(
    title: str, site: str
) -> None:
    link = '<link rel="canonical" href="https://www.thequaygazette.example/a/1">'
    found = metadata(f"<title>{title}</title>{link}")
    assert site == found.site
    assert "The Quay" == metadata(f"<title>{title}</title>{link}{meta(og_site_name='The Quay')}").site


def test_site_that_is_stated_nowhere_is_the_owner_of_the_copyright_if_that_is_its_address_in_words() -> None:
    address = "https://www.thequaygazette.example/a/1"
    foot = "<footer><span>©</span> 2019–2026 The Quay Gazette, a firm of Lamp Holding. All rights reserved.</footer>"
    assert "The Quay Gazette" == metadata("", f"{TEXT}{foot}", address).site
    assert not metadata("", f"{TEXT}{foot}", "https://another.example/a/1").site


def test_site_whose_address_is_its_initials_is_found_in_the_title() -> None:
    head = "<title>A new lock | Board of Quays, Locks and Gates</title>"
    assert "Board of Quays, Locks and Gates" == metadata(head, TEXT, "https://bqlg.example/a/1").site


@pytest.mark.parametrize(
    ("tail", "link", "site"),
    [
        ("Quay Docs", '<a href="/"><img src="/logo.png" alt="Quay"></a>', "Quay"),
        ("Quay", '<a href="/"></a><footer>© 2026 The Quay Foundation</footer>', "Quay"),
        ("Locks", '<a href="/">Quay</a>', ""),
        ("Quay", '<a href="/a/2">Quay</a>', ""),
    ],
)
def test_site_without_an_address_is_the_part_of_the_title_that_leads_home_or_owns_the_page(
    tail: str, link: str, site: str
) -> None:
    assert site == metadata(f"<title>{HEADLINE} | {tail}</title>", f"<header>{link}</header>{TEXT}").site


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("<p>Sur La Quay sells lamps. Ask Sur La Quay, or SURLAQUAY, in the harbour.</p>", "Sur La Quay"),
        ("<p>Read SurLaQuay.example every day.</p>", "SurLaQuay.example"),
        ("<p>write to ada@surlaquay.example, see surlaquay</p>", ""),
        ("<nav><a href='/about'>About Surlaquay</a></nav>", "Surlaquay"),
        ("<p>The town of Surlaquay opened its new reading room, and everybody came to see it on Sunday.</p>", ""),
    ],
)
def test_site_that_is_stated_nowhere_is_its_address_as_the_text_spells_it(text: str, site: str) -> None:
    assert site == metadata("", f"{TEXT}{text}", "https://www.surlaquay.example/a/1").site


def test_label_before_the_domain_is_the_site_only_if_it_is_several_words() -> None:
    text = f"{TEXT}<p>Harbour Drift is free.</p><b>Letters</b>"
    assert "Harbour Drift" == metadata("", text, "https://harbourdrift.letters.example/a/1").site
    assert "Letters" == metadata("", f"{text}<p>Shop here.</p>", "https://shop.letters.example/a/1").site


def test_main_heading_that_leads_home_is_the_site_and_not_the_title() -> None:
    banner = "<header><h1><a href='./'>An Introduction to Locks</a></h1></header>"
    found = metadata("<title>Plan of the book</title>", f"{banner}<h2>Plan of the book</h2>{TEXT}")
    assert ("Plan of the book", "An Introduction to Locks") == (found.title, found.site)
    home = metadata("<title>Harbour Days</title>", f"<h1><a href='/'>Harbour Days</a></h1>{TEXT}")
    assert "Harbour Days" == home.title


@pytest.mark.parametrize(
    ("tail", "site"),
    [(" - Lock wiki", "Lock wiki"), (" [Locks.net]", "Locks.net"), (" | Infographic", ""), (" | by Ada Marsh", "")],
)
def test_site_is_what_follows_the_headline_in_the_title_element(tail: str, site: str) -> None:
    found = metadata(f"<title>{HEADLINE}{tail}</title>", f"<h1>{HEADLINE}</h1>{TEXT}")
    assert (HEADLINE, site) == (found.title, site)
    assert site == found.site


def test_site_that_structured_data_name_is_taken() -> None:
    graph = {"@graph": [{"@type": "WebPage", "name": HEADLINE}, {"@type": "WebSite", "name": "The Quay"}]}
    assert "The Quay" == metadata(linked(graph), TEXT).site


def test_owner_is_the_site_if_the_link_home_says_the_same() -> None:
    foot = "<footer>© 2026 Lamp Holding, Inc. All rights reserved</footer>"
    assert "Lamp Holding" == metadata("", f"<a href='/'>Lamp Holding</a>{TEXT}{foot}").site
    assert "" == metadata("", f"<a href='/'>Home</a>{TEXT}{foot}").site


def test_name_in_small_letters_or_of_a_firm_gives_way_to_one_in_words() -> None:
    publisher = linked({"@type": "Article", "publisher": {"name": "QUAY TODAY"}})
    assert "QUAY TODAY" == metadata(meta(og_site_name="quaytoday") + publisher).site
    firm = linked({"@type": "Article", "publisher": {"name": "Quay Foundation, Inc."}})
    assert "Quaypedia" == metadata(f"<title>Lock - Quaypedia</title>{firm}", "", "https://quaypedia.example/a").site
    assert "Quay Foundation, Inc." == metadata(firm).site


def test_name_of_the_site_that_repeats_the_title_or_a_motto_is_cut_to_its_end() -> None:
    title = f"{HEADLINE} | Locks | Quay Developer"
    assert "Quay Developer" == metadata(f"<title>{title}</title>{meta(og_site_name=title)}").site
    motto = "Thoughts about locks, quays and all that floats | Quay Blog"
    assert "Quay Blog" == metadata(meta(og_site_name=motto)).site


def test_heading_is_without_what_the_sites_own_elements_put_into_it() -> None:
    assert HEADLINE == metadata("", f"<h1>{HEADLINE}<x-share>Stay organised</x-share></h1>{TEXT}").title
    marked = HEADLINE.replace("second", "<em>second</em>")
    assert HEADLINE == metadata("", f"<h1>{marked}<x-share>Stay organised</x-share></h1>{TEXT}").title
    assert HEADLINE == metadata("", f"<h1><x-title>{HEADLINE}</x-title></h1>{TEXT}").title


def test_site_is_called_by_its_name_and_not_by_its_address() -> None:
    publisher = linked({"@type": "Article", "headline": HEADLINE, "publisher": {"name": "Quay Gazette"}})
    assert "Quay Gazette" == metadata(meta(og_site_name="quay.example") + publisher).site
    assert "quay.example" == metadata(meta(og_site_name="https://www.quay.example/")).site
    assert "Quay Gazette" == metadata(meta(og_site_name="Quay Gazette |")).site


def test_day_behind_the_title_is_that_of_publishing() -> None:
    assert "2024-03-05" == metadata(f"<title>{HEADLINE} | 5 March 2024</title>").published


# ---- broken pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        f'<!--\n{{"@type": "Article", "headline": "{HEADLINE}"}}\n-->',
        f'//<![CDATA[\n{{"@type": "Article", "headline": "{HEADLINE}"}}\n//]]>',
        f'[{{"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "{HEADLINE}\n"}}, null, 5]',
        f'{{"@graph": [[{{"@type": "BlogPosting", "headline": "{HEADLINE}", "author": 5}}]]}}',
    ],
)
def test_structured_data_are_read_however_they_are_written(data: str) -> None:
    assert HEADLINE == metadata(linked(data)).title


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"@type": "Article", "author": ' + "[" * 900 + "]" * 900 + "}",
        '{"@type": "Article", "datePublished": ' + "9" * 10_000 + "}",
        '{"@type": [1, null], "headline": {"@id": ["x"]}, "author": {"name": {"name": {}}}, "keywords": {"x": 1}}',
        '{"@type": "Article", "url": 7, "image": [[[]]], "publisher": [1], "inLanguage": NaN, "@id": {"a": 1}}',
        "null",
    ],
)
def test_structured_data_of_any_shape_do_no_harm(data: str) -> None:
    found = metadata(f"<title>{HEADLINE}</title>{linked(data)}", f"<h1>{HEADLINE}</h1>{TEXT}")
    assert (HEADLINE, ()) == (found.title, found.authors)


def test_addresses_that_are_none_do_no_harm() -> None:
    head = '<link rel="canonical" href="http://[::1"><base href="http://["><meta property="og:url" content="//a:x/y">'
    assert "" == metadata(head, "", "http://[bad").source


@pytest.mark.parametrize(
    ("host", "body"),
    [
        (
            "'" * 60 + ".test",
            f"<p>{chr(39) * 59} the harbour board of the town met on Tuesday to vote on the lock.</p>",
        ),
        ("abcdef." * 10_000 + "test", TEXT * 20),
        ("quay.test", f"<p>©{f'<b>{chr(169) * 1000}</b>' * 100}</p>"),
    ],
)
def test_site_is_looked_for_in_bounded_time(host: str, body: str) -> None:
    assert "" == metadata(f'<link rel="canonical" href="https://{host}/x"><title>Lock - Vote</title>', body).site


def test_tree_stays_as_it_is() -> None:
    text = f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1>{TEXT}</body></html>"
    first, second = opened(text), opened(text)
    assert first is not None
    assert second is not None
    read_metadata(first, text)
    assert [(tag.tag, tag.text) for tag in second.iter()] == [(tag.tag, tag.text) for tag in first.iter()]


@pytest.mark.parametrize(
    "day", ["published: 3 May 1999", "<b>published</b> <i>3 May 1999</i>", "published on<br>3 May 1999"]
)
def test_day_in_running_prose_is_not_that_of_publishing(day: str) -> None:
    assert "" == article(f"{TEXT * 70}<p>The law of the mills was {day}</p>{TEXT}").published
