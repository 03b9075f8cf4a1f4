"""Whose words a quotation is said to be: a speaker that the text does not plainly name is none."""

from __future__ import annotations

import pytest

from glossator.config import AnnotateSettings
from glossator.model import EntityType
from glossator.stages.annotate import plain_text
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.mentions.spans import Span, without_overlap
from glossator.stages.annotate.quotes import quotes
from glossator.stages.annotate.sentence_bounds import sentences

NAMES = {
    "Marta Lindqvist": EntityType.PERSON,
    "Lindqvist": EntityType.PERSON,
    "Jonas Aber": EntityType.PERSON,
    "Ida Aber": EntityType.PERSON,
    "Aber": EntityType.PERSON,
    "Harbour Board": EntityType.ORGANISATION,
    "Ravnsborg": EntityType.PLACE,
}
WORDS = "the quay will not hold another winter"


def speakers(content: str) -> list[tuple[str | None, str]]:
    """Speaker and attributing words of each quotation of a text."""
    text = plain_text(content)
    found = (
        Span(start, start + len(name), kind)
        for name, kind in NAMES.items()
        for start in range(len(content))
        if content.startswith(name, start)
    )
    named = link(text, without_overlap(found), AnnotateSettings())
    told = quotes(text, named, sentences(text))
    return [(None if one.name is None else named[0][one.name].form, one.attribution) for one in told]


@pytest.mark.parametrize(
    ("content", "speaker", "attribution"),
    [
        (f"“{WORDS},” said Marta Lindqvist on Monday.", "Marta Lindqvist", "said Marta Lindqvist on Monday."),
        (f"“{WORDS},” Marta Lindqvist told the council.", "Marta Lindqvist", "Marta Lindqvist told the council."),
        (f"Marta Lindqvist, the mayor, warned: “{WORDS}.”", "Marta Lindqvist", "Marta Lindqvist, the mayor, warned"),
        (f"“{WORDS},” explains Ravnsborg Team Leader Marta Lindqvist.", "Marta Lindqvist", ""),
        (f"“{WORDS},” said a spokesman for the Harbour Board.", "Harbour Board", ""),
        (f"“{WORDS},” said the Harbour Board's chief, Jonas Aber.", "Jonas Aber", ""),
        (f"“{WORDS},” said Harbour Board spokesman Jonas Aber.", "Jonas Aber", ""),
        (f"According to Jonas Aber, “{WORDS}.”", "Jonas Aber", "According to Jonas Aber"),
    ],
)
def test_the_speaker_is_whom_the_text_plainly_names(content: str, speaker: str, attribution: str) -> None:
    ((found, words),) = speakers(content)
    assert speaker == found
    assert words.startswith(attribution)
    assert words


@pytest.mark.parametrize(
    "content",
    [
        f"“{WORDS},” said Jonas Aber's spokesman.",
        f"“{WORDS},” said a lawyer for Jonas Aber.",
        f"The council urged Jonas Aber to leave, saying “{WORDS}.”",
        f"A friend of Jonas Aber said: “{WORDS}.”",
        f"“{WORDS}, and Lindqvist knows it,” said Marta Lindqvist.",
        f"“{WORDS},” the mayor told Jonas Aber.",
        f"“{WORDS},” said Jonas Aber and Marta Lindqvist.",
        f"Jonas Aber said that his mother, who warned of it, called out “{WORDS}.”",
    ],
)
def test_where_the_speaker_is_doubtful_there_is_none(content: str) -> None:
    assert [None] == [found for found, _ in speakers(content)]


SHE, HE = "“The quay is lost to the sea,” she said.", "“The quay is lost to the sea,” he said."


@pytest.mark.parametrize(
    ("content", "speaker"),
    [
        # The words of a chairwoman about a pilot, of whom the paragraph before speaks.
        (
            "So is the pilot, Jonas Aber.\n\nThe chairwoman spoke. “I have offered to swap surnames with him,” she said.",
            None,
        ),
        ("He urged Mr. Aber to pay the town, saying “{0}.”", None),
        ("A letter accused Jonas Aber of folly, saying “{0}.”", None),
        ("In a letter to Jonas Aber, Marta Lindqvist wrote: “{0}.”", "Marta Lindqvist"),
        ("The clerk who met Jonas Aber said: “{0}.”", None),
        ("They spoke about Jonas Aber said on Monday: “{0}.”", None),
        ("Jonas Aber, the old board complained, said “{0}.”", None),
        ("Jonas Aber, who had walked all night, said: “{0}.”", "Jonas Aber"),
        ("Jonas Aber said the council had called it “{0}.”", None),
        ("“{0},” she said, according to the Harbour Board.", None),
        (f"Marta Lindqvist left, and Jonas Aber saw her go. {SHE}", None),
        (f"Marta Lindqvist, a businesswoman, left the pier on Monday. {SHE}", "Marta Lindqvist"),
        (f"Marta Lindqvist, a businesswoman, left the pier on Monday. {HE}", None),
        ("Ms Lindqvist left the pier. In a statement she said: “{0}.”", "Lindqvist"),
        ("Ms Lindqvist left the pier. In a statement he said: “{0}.”", None),
        (f"Mr Aber left the pier with Ms Lindqvist. {HE}", "Aber"),
        (f"Jonas Aber left the pier with Marta Lindqvist. {HE}", None),
        (f"Jonas Aber left the pier. He went to the wall. {HE}", "Jonas Aber"),
        (f"Jonas Aber left the pier. The town slept. {HE}", None),
        (f"The pier was built for Jonas Aber. {HE}", None),
        (f"“No pier,” said Jonas Aber, whose sister “likes boats”. The mayor said that it was late. {HE}", None),
        ("Jonas Aber said: “The Pier That Never Slept Again.”", "no quotation"),
        ("Jonas Aber called the pier “a bad joke”.", "no quotation"),
        ("Jonas Aber opened the “Ravnsborg Pier Experience”.", "no quotation"),
        ("“It is over,” said Jonas Aber.", "Jonas Aber"),
        ("“{0},” Gov. Jonas Aber said.", "Jonas Aber"),
        ("“{0},” the report said. Jonas Aber, a clerk, said that it was late.", None),
        ("“{0},” the woman who met Jonas Aber said.", None),
        ("Jonas Aber said: “We won.”", "Jonas Aber"),
        ("The clerk who counted the votes recalled that he said “{0}.”", None),
        ("Jonas Aber was asked, “Will the quay hold another winter?” Jonas Aber answered: “{0}.”", "Jonas Aber"),
        ("He was asked, “Will the quay hold another winter?” Jonas Aber answered: it will.", None),
        ("Jonas Aber spoke. Ida Aber, the clerk, left. “{0},” Ida Aber said.", "Ida Aber"),
        ("Jonas Aber and Jonas Aber spoke. Ida Aber, the clerk, left. “{0},” Aber said.", None),
    ],
)
def test_words_are_nobodys_unless_the_form_makes_a_name_their_subject(content: str, speaker: str | None) -> None:
    told = [name for name, _ in speakers(content.format(WORDS))]
    assert speaker == (told[-1] if told else "no quotation")


def test_each_of_a_thousand_answers_is_read_by_what_stands_near_it() -> None:
    answer = f"Jonas Aber left the pier. {HE}"
    assert {"Jonas Aber"} == {name for name, _ in speakers(" ".join([answer] * 1000))}


def test_the_second_part_of_a_quotation_has_the_speaker_of_the_first() -> None:
    content = f"“{WORDS},” said Jonas Aber, “and nobody will pay for a new one.” He left."
    assert [("Jonas Aber", "said Jonas Aber")] * 2 == speakers(content)


def test_a_speaker_named_after_a_quotation_counts_before_the_one_of_the_quotation_before() -> None:
    content = f"“{WORDS},” said Marta Lindqvist. “{WORDS},” said Jonas Aber."
    assert ["Marta Lindqvist", "Jonas Aber"] == [found for found, _ in speakers(content)]


def test_a_quotation_goes_on_after_one_word() -> None:
    assert ["Jonas Aber"] == [found for found, _ in speakers(f"“Never,” said Jonas Aber. “{WORDS}.”")]


def test_he_in_another_paragraph_is_the_subject_of_the_sentence_before_or_nobody() -> None:
    said = f"“{WORDS},” he said."
    assert "Jonas Aber" == speakers(f"Jonas Aber left the council on Monday.\n\n{said}")[0][0]
    assert speakers(f"The council is led for now by the former mayor, Jonas Aber.\n\n{said}")[0][0] is None
    assert speakers(f"JONAS ABER Jonas Aber\n\n{said}")[0][0] is None


def test_a_sentence_after_a_full_stop_attributes_nothing_before_it() -> None:
    assert speakers(f"“{WORDS}.” Jonas Aber said that it was not so.")[0][0] is None
    assert "Jonas Aber" == speakers(f"“{WORDS}.” Jonas Aber said.")[0][0]


def test_a_closing_mark_opens_no_quotation() -> None:
    assert [] == speakers('They called it a wall." Jonas Aber said that it would stand another year. "')
