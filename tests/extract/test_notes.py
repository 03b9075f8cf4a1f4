"""Notes of saved pages, by the programs that write them: a mark where the text refers to a note, and the note below."""

from __future__ import annotations

import pytest

from glossator.config import ExtractSettings
from tests.extracted import extract

_TEXT = "The mill stood by the river until the flood, when the walls gave way.{0} It was built anew.{1}"
_NOTES = ("See the ledger of the town, page four.", "The second ledger, by another hand.")
_FIELDS = "https://courier.example/fields"
_FORMS = {
    "Word, with anchors": (
        '<a style="mso-footnote-id:ftn{0}" href="#_ftn{0}" name="_ftnref{0}"><span>[{0}]</span></a>',
        '<div id="ftn{0}"><p class="MsoFootnoteText"><a href="#_ftnref{0}" name="_ftn{0}">[{0}]</a> {1}</p></div>',
    ),
    "Word, its anchors lost and the links back absolute": (
        '<a href="#_ftn{0}">[{0}]</a>',
        f'<p><a href="{_FIELDS}#_ftnref{{0}}">[{{0}}]</a> {{1}}</p>',
    ),
    "bold raised numbers at the end, without a heading": (
        "<strong><sup>{0}</sup></strong>",
        "<p><strong><sup>{0}</sup></strong>{1}</p>",
    ),
    "hidden elements that a mark names": (
        '<sup><button data-definition="note-{0}">{0}</button></sup>',
        '<aside id="note-{0}" hidden><p>{1}</p></aside>',
    ),
    "hidden elements that name themselves": (
        '<a href="#" data-note="n{0}">{0}</a>',
        '<aside style="display:none" data-definition="n{0}">{1}</aside>',
    ),
    "links to hidden elements": (
        '<a href="#n{0}">{0}</a>',
        '<aside hidden><div id="n{0}">{1}</div></aside>',
    ),
    "an attribute of the mark": ('<sup data-definition="{1}">{0}</sup>', ""),
}


@pytest.mark.parametrize(("mark", "note"), _FORMS.values(), ids=_FORMS)
def test_note_is_a_note_and_its_mark_leads_to_it(mark: str, note: str) -> None:
    marks = (mark.format(number, text) for number, text in enumerate(_NOTES, 1))
    below = "".join(note.format(number, text) for number, text in enumerate(_NOTES, 1))
    others = "".join(f"<p>The surveyors measured field {n}, and wrote what they saw into it.</p>" for n in range(9))
    page = (
        f"<html><head><title>Fields</title></head><body><article>{others}<p>{_TEXT.format(*marks)}</p>{others}{below}"
    )
    (article,) = extract(f"{page}</article></body></html>".encode(), "page.html", ExtractSettings()).articles
    assert _TEXT.format("[^1]", "[^2]") in article.markdown
    assert article.markdown.endswith("\n\n[^1]: {}\n\n[^2]: {}\n".format(*_NOTES))
