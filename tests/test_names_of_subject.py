"""Which names an article is about, so that they are marked although nothing is known of them."""

from __future__ import annotations

import re

from glossator.model import Analysis, ArticleId, Digest, EntityType, Mention, Name, Quote
from glossator.stages.annotate.prose import plain_text
from glossator.stages.plan.parts.names_of_subject import names_of_subject

PADDING = "The gulls were loud and the boats were out. " * 20


def subjects(content: str, *forms: str, title: str = "", speaker: str = "") -> set[str]:
    """The forms that an article is about, if every occurrence of each is a mention."""
    mentions = [
        Mention(match.start(), match.end(), at)
        for at, form in enumerate(forms)
        for match in re.finditer(re.escape(form), content)
    ]
    counts = [sum(mention.name == at for mention in mentions) for at in range(len(forms))]
    names = tuple(Name(form, EntityType.PRODUCT, ((form, counts[at]),)) for at, form in enumerate(forms))
    quotes = (Quote(0, 1, "No,", forms.index(speaker)),) if speaker else ()
    mentions.sort(key=lambda mention: mention.start)
    analysis = Analysis(ArticleId("a"), names, tuple(mentions), (), (), quotes, Digest(""))
    about = names_of_subject(title, plain_text(content), analysis, range(len(forms)))
    return {forms[at] for at in about}


def test_a_name_of_the_beginning_of_the_title_or_named_three_times_is_the_subject() -> None:
    content = f"Velm sank. {PADDING} Oriel came. Lund, Lund and Lund saw Berg, and Berg saw Reach."
    assert {"Velm", "Oriel", "Lund"} == subjects(
        content, "Velm", "Oriel", "Lund", "Berg", "Reach", title="Oriel leaves"
    )


def test_a_name_that_is_a_part_of_a_word_of_the_title_is_not_the_subject() -> None:
    assert set() == subjects(f"{PADDING} Lund came.", "Lund", title="Lundgren leaves")


def test_who_is_quoted_is_marked() -> None:
    assert {"Lund"} == subjects(f"{PADDING} “No,” said Lund.", "Lund", speaker="Lund")


def test_a_phrase_that_the_text_writes_small_as_often_is_no_subject() -> None:
    content = "Contract Tests find faults. Write contract tests first. The Tide Book says so."
    assert {"Tide Book"} == subjects(content, "Contract Tests", "Tide Book")
