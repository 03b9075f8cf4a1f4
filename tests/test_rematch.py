"""Names that a person confirmed are marked wherever they stand, whatever the model made of them."""

from glossator.config import AnnotateSettings
from glossator.model import Analysis, ArticleId, Digest, EntityType, Mention, Name, Text
from glossator.stages.annotate import plain_text, rematch

SETTINGS = AnnotateSettings()
PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE


def analysis(text: Text, *mentions: tuple[str, EntityType]) -> Analysis:
    """What a model found: each form where it first stands."""
    names = tuple(Name(form, kind, ((form, 1),)) for form, kind in mentions)
    starts = [text.content.index(form) for form, _ in mentions]
    spans = tuple(
        Mention(start, start + len(name.form), number)
        for number, (start, name) in enumerate(zip(starts, names, strict=True))
    )
    return Analysis(ArticleId("a"), names, spans, (), (), (), Digest(""))


def seen(text: Text, found: Analysis) -> list[tuple[str, str, EntityType]]:
    """Each mention with the form and the type of its name."""
    pairs = ((text.content[one.start : one.end], found.names[one.name]) for one in found.mentions)
    return [(form, name.form, name.type) for form, name in pairs]


def test_a_name_that_the_model_missed_is_marked_and_its_surname_follows() -> None:
    text = plain_text("Ilse Marrend left.\n\nThe board thanked Marrend.")

    found = rematch(analysis(text), text, [(("Ilse Marrend", PERSON),)], (), SETTINGS)

    assert [("Ilse Marrend", "Ilse Marrend", PERSON), ("Marrend", "Ilse Marrend", PERSON)] == seen(text, found)


def test_half_a_name_becomes_the_whole() -> None:
    text = plain_text("Then Edmund Carrow spoke.")

    found = rematch(analysis(text, ("Carrow", PLACE)), text, [(("Edmund Carrow", PERSON),)], (), SETTINGS)

    assert [("Edmund Carrow", "Edmund Carrow", PERSON)] == seen(text, found)


def test_a_confirmed_type_replaces_the_guess() -> None:
    text = plain_text("They wrote to Northgate Foundry.")

    found = rematch(
        analysis(text, ("Northgate Foundry", PERSON)), text, [(("Northgate Foundry", ORGANISATION),)], (), SETTINGS
    )

    assert [("Northgate Foundry", "Northgate Foundry", ORGANISATION)] == seen(text, found)


def test_a_mention_that_reaches_further_is_left_as_it_is() -> None:
    text = plain_text("The Lyr Valley Trust met.")
    before = analysis(text, ("Lyr Valley Trust", ORGANISATION))

    found = rematch(before, text, [(("Lyr", PLACE),)], (), SETTINGS)

    assert before.mentions == found.mentions


def test_only_whole_words_count() -> None:
    text = plain_text("The Lyrics of Ulyr.")

    assert () == rematch(analysis(text), text, [(("Lyr", PLACE),)], (), SETTINGS).mentions
