"""Pages that were saved before a script had put their text there."""

from __future__ import annotations

import pytest

from glossator.config import ExtractSettings
from glossator.model import Extracted
from tests.extracted import extract

_SAYS = "A carpenter asks how the wheel of a mill is hung so that it turns with little water."
_MENU = (
    "<nav><a href='/'>Home</a><a href='/new'>Newest</a></nav><div id=root>Sign in or join the guild of millers</div>"
)
_SCRIPTS = "<noscript>You need to enable JavaScript to run this app.</noscript>"


def article(body: str, description: str = _SAYS) -> Extracted:
    head = f"<title>The wheel</title><meta property='og:description' content='{description}'>"
    (only,) = extract(
        f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html", ExtractSettings()
    ).articles
    return only


@pytest.mark.parametrize(
    "body",
    [_MENU, _MENU + _SCRIPTS, f"{_MENU}<noscript>Please enable JavaScript to view this site.</noscript>"],
    ids=["a menu", "to run this app", "to view this site"],
)
def test_page_without_its_text_shows_what_it_says_of_itself_and_is_in_doubt(body: str) -> None:
    saved = article(body)
    assert f"> {_SAYS}\n" == saved.markdown
    assert ("unloaded", "1.00") == (saved.conversion.kind, saved.conversion.doubt)
    assert [
        "“The wheel” was saved before its text was there: open the page again, wait until it shows its text, and save it once more"
    ] == list(saved.notices)


def test_page_that_asks_for_scripts_and_says_nothing_is_in_doubt() -> None:
    assert "1.00" == article(_MENU + _SCRIPTS, description="").conversion.doubt


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (f"<article><h1>The wheel</h1><p>{_SAYS}</p></article>", _SAYS),
        ("<article><h1>The wheel</h1><p>It is hung on a beam of oak.</p></article>", _SAYS),
        ("<article><h1>The wheel</h1><p>old mill <br>a frog jumps in</p></article>", _SAYS),
        ("<main><h1>The wheel</h1><img src='/wheel.jpg' width='900'><p>The wheel in May</p></main>", _SAYS),
        ("<main><h1>The wheel</h1><ul><li>two beams</li><li>one barrel of tar</li></ul></main>", _SAYS),
        (f"<main><h1>The wheel</h1><p>old mill</p></main>{_SCRIPTS.replace('run this app', 'view the comments')}", ""),
    ],
    ids=["a short post", "one sentence", "a few words", "a picture", "a list", "comments that need a script"],
)
def test_short_text_is_a_text(body: str, description: str) -> None:
    saved = article(body, description)
    assert "" == saved.conversion.kind
    assert ">" not in saved.markdown
