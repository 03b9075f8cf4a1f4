"""Markup that gets round other sanitisers comes out as text, wherever an article has it."""

from __future__ import annotations

import pytest

from tests.hostile_pages import VECTORS, mark, write
from tests.sites import Seen, build, leave_out_search, pages

FOREIGN = frozenset(
    "animate annotation-xml base embed frame iframe math mglyph mtext noembed noscript object option plaintext select "
    "selectedcontent set slot style template textarea xmp".split()
)
"""Elements that no page of ours has."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    folder = tmp_path_factory.mktemp("hostile")
    write(folder)
    with pytest.MonkeyPatch.context() as patch:
        leave_out_search(patch)
        build(folder)
    return pages(folder / "site")


def test_no_page_has_an_element_or_a_handler_that_an_article_brought(site: dict[str, Seen]) -> None:
    ours = {name for name, _ in site["404.html"].elements}
    for path, page in site.items():
        if path in ("search.html", "highlights.html"):  # these show nothing of an article before a reader asks
            continue
        assert (path, []) == (path, sorted(FOREIGN & {name for name, _ in page.elements} - ours))
        handlers = {key for _, attributes in page.elements for key in attributes if key.startswith("on")}
        assert (path, []) == (path, sorted(handlers))
        wrong = [address for address in page.addresses if address.strip().lower().startswith(("javascript", "data"))]
        assert (path, []) == (path, wrong)
        assert not [attributes for name, attributes in page.elements if name == "img" and attributes.get("src") == "x"]


@pytest.mark.parametrize("kind", ["saved", "own", "text"])
def test_every_one_of_these_articles_is_published_with_its_text(kind: str, site: dict[str, Seen]) -> None:
    texts = "".join(page.text for page in site.values())
    assert [] == [title for title in VECTORS if mark(f"{kind} {title}") not in texts]
