"""What readers find marked: invented texts, because a rule that hangs on a real one is no rule."""

from __future__ import annotations

import pickle
from itertools import chain, product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.config import DEFAULT_MODEL, NUMPY, AnnotateSettings
from glossator.model import Analysis, ArticleId, Block, EntityType, Mention, Name, Text
from glossator.stages.annotate import (
    MissingModel,
    annotate,
    demonyms,
    nothing_found,
    plain_text,
    rematch,
)
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.descriptors.ages import children
from glossator.stages.annotate.descriptors.lists_of_names import evidence_of_lists
from glossator.stages.annotate.mentions.credits import without_credits
from glossator.stages.annotate.mentions.propagate import propagate
from glossator.stages.annotate.mentions.repair import repair
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.models.pipelines import Pipeline, _loaded, runs
from glossator.stages.annotate.prose import USUAL, is_all_capitals, usual_small_words
from glossator.stages.annotate.sentence_bounds import sentences
from tests.sweeps import examples

DEFAULTS = AnnotateSettings()
PERSON, ORGANISATION, PLACE, GROUP = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
)

HARBOUR = """Harbour deal divides Lisbon

Joana Ferreira, a marine biologist at the University of Porto, said on Monday that the Harbour Protection Act had come too
late. "We have lost nine tenths of the seagrass in a single decade," Ferreira said.

The company behind the terminal, Atlantic Dredging Ltd, rejected the criticism. Atlantic Dredging said it had paid US$40
million into a fund that the European Maritime Safety Agency (EMSA) watches over.

The United States and Portugal signed the contract in May. The US insisted on Chinese suppliers, Ferreira said."""


def spans_of(content: str, *names: tuple[str, EntityType]) -> list[Span]:
    """The first occurrence of each name."""
    return [Span(content.index(name), content.index(name) + len(name), kind) for name, kind in names]


def linked(content: str, *names: tuple[str, EntityType], settings: AnnotateSettings = DEFAULTS) -> dict[str, list[str]]:
    """For each name of a text, the words that were marked for it; the spans given stand for the model's."""
    text = plain_text(content)
    found, mentions = link(text, propagate(text, spans_of(content, *names)), settings)
    return {
        name.form: [content[m.start : m.end] for m in mentions if m.name == index] for index, name in enumerate(found)
    }


def edges(content: str, name: str, kind: EntityType) -> list[str]:
    return [content[span.start : span.end] for span in repair(content, spans_of(content, (name, kind)))]


def test_an_amount_is_no_name() -> None:
    assert [] == edges("They paid US$40 million.", "US$", EntityType.PLACE)
    assert [] == edges("The lamp is rated IPX7 by its maker.", "IPX7", EntityType.PRODUCT)
    assert ["GPT-4"] == edges("They asked GPT-4 about it.", "GPT-4", EntityType.PRODUCT)


def test_what_has_half_a_pair_of_brackets_is_no_name() -> None:
    assert [] == edges("It is [Harbour Board] of Tollan.", "Harbour Board] of", EntityType.ORGANISATION)
    whole = "Harbour Board (Tollan)"
    assert [whole] == edges(f"It is {whole} now.", whole, EntityType.ORGANISATION)


def test_a_short_role_before_one_word_is_a_first_name_though_the_text_has_the_word() -> None:
    content = "The grant came late, Grant Weller said to the keeper, and Lighthouse-keeper Weller nodded."
    assert ["Grant Weller"] == edges(content, "Grant Weller", PERSON)
    content = "Every shipbuilder knew Shipbuilder Weller."
    assert ["Weller"] == edges(content, "Shipbuilder Weller", PERSON)


def test_a_long_list_of_names_is_no_headline_whose_capitals_tell_nothing() -> None:
    cast = ["Karla Tvedt", "Sabina Orlova", "Anselm Skerry", "Pedro Vogelsang", "Estefan Kellero", "Pablo Lehmanno"]
    marked = {name.form for name in analysed(f"Reparto: {', '.join(cast * 3)}", language="es").names}
    assert {*cast} <= marked


def test_a_first_name_that_ends_as_roles_do_belongs_to_the_name_behind_it() -> None:
    content = "Weller came. Later, in Velm, Victor Weller spoke."
    spans = propagate(plain_text(content), spans_of(content, ("Weller", PERSON)))
    assert ["Weller", "Victor Weller"] == [content[span.start : span.end] for span in spans]


def test_a_table_of_codes_is_not_taken_for_lines_of_capitals() -> None:
    assert not is_all_capitals("NO")
    assert is_all_capitals("NORWAY")


def test_hostile_texts_cost_no_more_than_their_length() -> None:
    """Each would take minutes if every name was held against the whole text or all names, or white space given back."""
    names = "Shipbuilder Weller. " * 30_000
    assert 30_000 == len(repair(names, [Span(at, at + 18, PERSON) for at in range(0, len(names), 20)]))
    gap = f"Ada, {' ' * 300_000}x Bo"
    named = [Name(form, PERSON, ((form, 1),), chances=(5,) * len(EntityType)) for form in ("Ada", "Bo")]
    mentions = [Mention(0, 3, 0), Mention(len(gap) - 2, len(gap), 1)]
    assert {} == evidence_of_lists(gap, named, mentions)
    listed = "Ada Bo, " * 50_000
    marked = tuple(Mention(at, at + 6, 0) for at in range(0, len(listed), 8))
    analysis = nothing_found(ArticleId("a"))
    analysis = msgspec.structs.replace(
        analysis, names=(Name("Ada Bo", ORGANISATION, (("Ada Bo", 1),)),), mentions=marked
    )
    renamed = rematch(analysis, plain_text(listed), [(("Ada Bo", PERSON),)], (), DEFAULTS)
    assert [PERSON] == [name.type for name in renamed.names]


def analysed(content: str, name: str = "a", language: str = "en") -> Analysis:
    return annotate([(ArticleId(name), plain_text(content), language)], DEFAULTS)[0]


# ---- plain text and sentences ---------------------------------------------------------------------------------------


def test_words_in_small_letters_are_counted_and_made_up_ones_fill_no_memory() -> None:
    assert {"box": 2, "the": 1} == usual_small_words(f"The Box: the box, BOX. {'x' * 40} box")
    made_up = ("".join(letters) for letters in product("abcdefghijklm", repeat=4))
    counted = usual_small_words(" ".join([*made_up, "tide tide"]))
    assert (USUAL, 2) == (len(counted), counted["tide"])


def test_a_blank_line_begins_a_new_block() -> None:
    content = "\n One line\ngoes on. \n \n\tAnother.\n"
    assert ["One line\ngoes on.", "Another."] == [content[b.start : b.end] for b in plain_text(content).blocks]


def test_an_empty_file_has_no_blocks() -> None:
    assert () == plain_text(" \n\n").blocks


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Okoro met Dr. Lindqvist.", "They spoke."],
        ["The U.S. envoy left on Jan. 4.", "Nobody noticed."],
        ["It belongs to Brook & Co. in Leeds.", "That may change."],
        ["It was sold to Brook Inc.", "The price was not given."],
        ["“It is over.”", "She left."],
        ["Is it?", "It is!", "Well…", "Perhaps."],
        ["It cost 3.5 million.", "Too much."],
    ],
)
def test_sentences_end_where_a_reader_stops(expected: list[str]) -> None:
    content = " ".join(expected)
    assert expected == [content[start:end] for start, end in sentences(plain_text(content))]


@given(st.text(alphabet='Ab. !?”"\n)Mr', max_size=80))
def test_sentences_hold_every_word_and_cross_no_block(content: str) -> None:
    text = plain_text(content)
    found = sentences(text)
    assert "".join(content.split()) == "".join("".join(content[a:b].split()) for a, b in found)
    assert all(any(block.start <= a < b <= block.end for block in text.blocks) for a, b in found)


# ---- boundaries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind", "expected"),
    [
        ("by the Harbour Board's staff", "the Harbour Board's", ORGANISATION, ["Harbour Board"]),
        ("Mr Okoro left", "Mr Okoro", PERSON, ["Okoro"]),
        ("Senator Ana Brandt left", "Senator Ana Brandt", PERSON, ["Ana Brandt"]),
        (
            "the Lund Institute for Coastal Studies said",
            "Lund Institute",
            ORGANISATION,
            ["Lund Institute for Coastal Studies"],
        ),
        ("sold to Brook Ltd for nothing", "Brook", ORGANISATION, ["Brook Ltd"]),
        ("Kenya - Moses Okoro", "Kenya - Moses Okoro", ORGANISATION, ["Kenya", "Moses Okoro"]),
        ("won by Otterby 2-0", "Otterby 2-0", ORGANISATION, ["Otterby"]),
        ("Otterby 4 2 0 2", "Otterby 4 2 0 2", ORGANISATION, ["Otterby"]),
        ("the Harbour Board on Friday", "Harbour Board", ORGANISATION, ["Harbour Board"]),
        ("the EU Fisheries Commissioner", "EU Fisheries", ORGANISATION, ["EU"]),
        ("Danish Prime Minister Ana Brandt left", "Danish Prime Minister Ana Brandt", PERSON, ["Ana Brandt"]),
        ("Presidents Ana Brandt and", "Presidents Ana Brandt", PERSON, ["Ana Brandt"]),
        ("a filmmaker. Filmmaker Ana Brandt left", "Filmmaker Ana Brandt", PERSON, ["Ana Brandt"]),
        ("Minister of Fisheries Ana Brandt", "Fisheries Ana Brandt", PERSON, ["Ana Brandt"]),
        ("a pro-Brandt crowd", "pro-Brandt", PERSON, ["Brandt"]),
        ("Kim Sun-Hee said", "Kim Sun", PERSON, ["Kim Sun-Hee"]),
        ("about US$40", "US", PLACE, []),
        ("and He left", "He", PERSON, []),
        ("Close", "Close", ORGANISATION, []),
        ("it runs on .NET Core", "NET Core", EntityType.PRODUCT, [".NET Core"]),
        ("Press Ctrl twice", "Ctrl", EntityType.PRODUCT, []),
        ("the paper Yerad Ve'olam said", "Yerad Ve", ORGANISATION, ["Yerad Ve'olam"]),
        ("the Wadi's mill", "Wadi", PLACE, ["Wadi"]),
        ("where Brandt’ll go", "Brandt", PERSON, ["Brandt"]),
        ("in 2020", "2020", ORGANISATION, []),
    ],
)
def test_edges_of_names_are_put_right(content: str, name: str, kind: EntityType, expected: list[str]) -> None:
    assert expected == edges(content, name, kind)


@pytest.mark.parametrize(
    ("content", "language", "age"),
    [
        ("They have a son called Bo Velm, 4.", "en", "4"),
        ("Her daughter Bo Velm, aged nine, was there.", "en", "nine"),
        ("A 12-year-old pupil Bo Velm waited.", "en", "12"),
        ("Der Schüler Bo Velm (9) wartete.", "de", "9"),
        ("Bo Velm, 34, was there.", "en", ""),
        ("Bo Velm, aged 16, was there.", "en", ""),
        ("Bo Velm, 4 km to the south, is a hill.", "en", ""),
        ("It was 3-1, 2-2 and 4-0: Bo Velm, 4, and others scored.", "en", ""),
        ("Between 10:30 and 11:15, or 20-30 minutes later, Bo Velm, aged nine, was seen.", "en", "nine"),
    ],
)
def test_an_age_beside_a_name_tells_a_child(content: str, language: str, age: str) -> None:
    start = content.index("Bo Velm")
    named = (Name("Bo Velm", PERSON, (("Bo Velm", 1),)),), (Mention(start, start + 7, 0),)
    assert [age] * bool(age) == [descriptor.text for descriptor in children(content, named, language)]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("The mill (Photo: Ada Velm/Getty Images) burned.", []),
        ("Photo by Ada Velm", []),
        ("Ada Velm/AFP via Getty Images", []),
        ("Ada Velm took a photo of the mill.", ["Ada Velm"]),
        ('Ostrow, Kai J.; Ruta, Marja (May 2017). "The weirs of Ada Velm". River Studies. 60 (3).', []),
        ("Ostrow, Kai (2003). The Life of Ada Velm. Harbour Press.", []),
        ("In Ostrow, Kai said (in 2003), Ada Velm was known.", ["Ada Velm"]),
    ],
)
def test_credits_of_pictures_and_references_name_nobody(content: str, names: list[str]) -> None:
    start = content.index("Ada Velm")
    spans = without_credits(content, [Span(start, start + 8, PERSON)])
    assert names == [content[span.start : span.end] for span in spans]


def test_a_legal_form_alone_is_no_name() -> None:
    assert () == without_credits("an LLC is", [Span(3, 6, ORGANISATION)])


# ---- linking --------------------------------------------------------------------------------------------------------


def test_a_surname_is_the_one_full_name_that_has_it() -> None:
    content = "Ana Brandt spoke. Brandt was brief. Later Ana left."
    assert {"Ana Brandt": ["Ana Brandt", "Brandt", "Ana"]} == linked(content, ("Ana Brandt", PERSON))


def test_a_surname_may_come_first() -> None:
    assert {"Deng Wei": ["Deng Wei", "Deng"]} == linked("Deng Wei spoke. But Deng was brief.", ("Deng Wei", PERSON))


def test_a_surname_of_two_people_belongs_to_neither() -> None:
    content = "Ana Brandt met Otto Brandt.\n\nBrandt was brief."
    expected = {"Ana Brandt": ["Ana Brandt"], "Otto Brandt": ["Otto Brandt"], "Brandt": ["Brandt"]}
    assert expected == linked(content, ("Ana Brandt", PERSON), ("Otto Brandt", PERSON))


def test_a_surname_of_two_people_is_the_one_whom_the_paragraph_names() -> None:
    content = "Ana Brandt met Otto Brandt.\n\nThen Otto Brandt left. Later Brandt wrote."
    found = linked(content, ("Ana Brandt", PERSON), ("Otto Brandt", PERSON))
    assert ["Otto Brandt", "Otto Brandt", "Brandt"] == found["Otto Brandt"]


def test_a_surname_of_two_people_is_the_one_who_is_named_in_full_so_far() -> None:
    content = "Ana Brandt spoke.\n\nBrandt was brief.\n\nShe is no relation of Otto Brandt, the pilot."
    found = linked(content, ("Ana Brandt", PERSON), ("Otto Brandt", PERSON))
    assert {"Ana Brandt": ["Ana Brandt", "Brandt"], "Otto Brandt": ["Otto Brandt"]} == found


def test_a_surname_of_two_people_is_the_one_whom_the_text_is_about() -> None:
    content = "Ana Brandt spoke.\n\nAna Brandt is the sister of Otto Brandt.\n\nBrandt was brief."
    found = linked(content, ("Ana Brandt", PERSON), ("Otto Brandt", PERSON))
    assert ["Ana Brandt", "Ana Brandt", "Brandt"] == found["Ana Brandt"]


def test_a_name_made_of_two_names_is_the_one_that_it_ends_with() -> None:
    content = "Skerry Compass helps. Compass is fast, and Skerry sells it."
    names = [(form, ORGANISATION) for form in ("Skerry Compass", "Compass", "Skerry")]
    assert {"Skerry Compass": ["Skerry Compass", "Compass"], "Skerry": ["Skerry"]} == linked(content, *names)


def test_a_slogan_with_the_name_of_a_firm_is_no_name_of_the_firm() -> None:
    content = "The One Skerry Mills plan is new. Skerry Mills likes it."
    names = [(form, ORGANISATION) for form in ("One Skerry Mills", "Skerry Mills")]
    assert {"One Skerry Mills": ["One Skerry Mills"], "Skerry Mills": ["Skerry Mills"]} == linked(content, *names)


@pytest.mark.parametrize(("whole", "joined"), [("Tollan Analytics Platform", True), ("Tollan Pro", False)])
def test_a_product_has_the_name_of_its_maker_only_if_the_rest_says_what_it_is(whole: str, joined: bool) -> None:
    found = linked(
        f"The {whole} is fast. So Tollan is liked.", (whole, EntityType.PRODUCT), ("Tollan", EntityType.PRODUCT)
    )
    assert joined == (found == {whole: [whole, "Tollan"]})


def test_an_acronym_is_the_name_whose_initials_it_has() -> None:
    content = "The Lund Harbour Board (LHB) met. Later the LHB closed."
    assert {"Lund Harbour Board": ["Lund Harbour Board", "LHB", "LHB"]} == linked(
        content, ("Lund Harbour Board", ORGANISATION), ("LHB", ORGANISATION)
    )


def test_a_firm_is_what_it_is_officially_known_as() -> None:
    content = "In May Brookline, officially known as Leeds Brookline Dredging Co Ltd, closed."
    names = (("Brookline", ORGANISATION), ("Leeds Brookline Dredging Co Ltd", ORGANISATION))
    assert ["Leeds Brookline Dredging Co Ltd"] == list(linked(content, *names))


def test_peoples_in_one_and_many_are_one_name_and_nationalities_none() -> None:
    content = "Sami herders and Samis met Danish fishermen."
    names = (("Sami", GROUP), ("Samis", GROUP), ("Danish", GROUP))
    assert ["Samis"] == list(linked(content, *names))
    assert ["Samis", "Danish"] == list(linked(content, *names, settings=AnnotateSettings(demonyms=True)))


def test_only_the_types_asked_for_are_kept() -> None:
    only = AnnotateSettings(types=(PLACE,))
    assert ["Kenya"] == list(linked("Ana Brandt is in Kenya.", ("Ana Brandt", PERSON), settings=only))


def test_overlooked_names_are_marked_but_not_inside_words_or_addresses() -> None:
    content = "Otterby won. The Otterbyers of Otterby read otterby.com, Otterby.com and @Otterby."
    assert {"Otterby": ["Otterby", "Otterby"]} == linked(content, ("Otterby", ORGANISATION))


def test_names_of_the_prose_are_marked_in_a_line_of_capitals() -> None:
    assert {"Otterby": ["OTTERBY", "Otterby"]} == linked(
        "OTTERBY WINS AGAIN\n\nIn May Otterby won.", ("Otterby", ORGANISATION)
    )


def test_code_and_headlines_of_other_articles_hold_no_mentions() -> None:
    content = "Otterby won. Otterby lost. Otterby drew."
    text = Text(content, (Block(0, 12, "paragraph", ""), Block(13, 26, "code", ""), Block(27, 40, "related", "")))
    assert [Span(0, 7, ORGANISATION)] == list(propagate(text, [Span(0, 7, ORGANISATION)]))


@pytest.mark.parametrize("word", ["Chinese", "Americans", "French", "Kenyan", "Israeli", "Turkish"])
def test_nationalities_are_told(word: str) -> None:
    assert demonyms.is_demonym(word)


@pytest.mark.parametrize("word", ["Kazakhs", "Uygur", "Muslims", "Republicans", "Catholic"])
def test_peoples_faiths_and_parties_are_no_nationalities(word: str) -> None:
    assert not demonyms.is_demonym(word)


# ---- the stage ------------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_an_article_in_a_language_without_a_pipeline_has_sentences_and_names() -> None:
    found = analysed("Ana Brandt mora em Lisboa. Fim.", language="pt-BR")
    assert [("Ana Brandt", (("Ana Brandt", 1),)), ("Lisbon", (("Lisboa", 1),))] == [
        (name.form, name.forms) for name in found.names
    ]
    assert ((0, 26), (27, 31)) == found.sentences


def test_a_missing_model_is_said_in_a_sentence_with_the_command_that_installs_it() -> None:
    with pytest.raises(MissingModel) as caught:
        annotate([(ArticleId("a"), plain_text("Text."), "en")], AnnotateSettings(models=(("en", "xx_not_there"),)))
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(caught.value) == str(again)
    assert str(again).endswith("python -m spacy download xx_not_there")


@pytest.mark.model
def test_an_article_says_whom_it_speaks_of() -> None:
    found = analysed(HARBOUR)
    names = {name.form: (name.type, sum(count for _, count in name.forms)) for name in found.names}
    assert (PERSON, 3) == names["Joana Ferreira"]
    assert (ORGANISATION, 1) == names["University of Porto"]
    assert (ORGANISATION, 2) == names["Atlantic Dredging Ltd"]
    assert (PLACE, 1) == names["United States"] == names["US"], "one entity only for the archive"
    assert not {"Chinese", "Monday", "May", "US$40"} & set(names)


@pytest.mark.model
def test_a_name_is_as_certain_as_its_likeliest_mention_after_a_second_search_too() -> None:
    text, found = plain_text(HARBOUR), analysed(HARBOUR)
    again = rematch(found, text, [(("seagrass", EntityType.PRODUCT),)], (), AnnotateSettings())
    certain = {name.form: name.certainty for name in found.names}
    assert 9 <= certain["Joana Ferreira"]
    assert all(4 <= certainty <= 10 for certainty in certain.values())
    assert certain == {name.form: name.certainty for name in again.names if name.form != "seagrass"}


@pytest.mark.model
def test_an_article_introduces_and_quotes() -> None:
    found = analysed(HARBOUR)
    described = {found.names[one.name].form: one.text for one in found.descriptors}
    assert "marine biologist at the University of Porto" == described["Joana Ferreira"]
    assert [("Joana Ferreira", "We have lost nine tenths of the seagrass in a single decade")] == [
        (found.names[one.name].form, one.text) for one in found.quotes if one.name is not None
    ]
    assert all(HARBOUR[one.start : one.end] == one.text for one in found.descriptors if one.kind != "sentence")
    assert all(HARBOUR[one.start : one.end] == one.text for one in found.quotes)


WORDS = st.sampled_from(
    "Joana Ferreira Harbour Board Kenya US U.S. the said of, (EMSA) “We have lost it all today” Ltd - \n\n 2-0 Mr . The".split(
        " "
    )
)


@pytest.mark.model
@settings(max_examples=examples(30))
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_mentions_are_sorted_apart_and_inside_a_block(content: str) -> None:
    found = analysed(content)
    blocks = plain_text(content).blocks
    assert all(content[m.start : m.end].strip() for m in found.mentions)
    assert all(a.end <= b.start for a, b in zip(found.mentions, found.mentions[1:], strict=False))
    assert all(any(b.start <= m.start < m.end <= b.end for b in blocks) for m in found.mentions)
    assert len(found.mentions) == sum(count for name in found.names for _, count in name.forms)


@pytest.mark.model
def test_what_the_model_read_before_changes_no_number() -> None:
    paragraphs = HARBOUR.split("\n\n")
    expected = [numbers(_loaded.__wrapped__(DEFAULT_MODEL, "en", NUMPY), paragraph) for paragraph in paragraphs[:3]]
    pipeline = _loaded.__wrapped__(DEFAULT_MODEL, "en", NUMPY)
    for paragraph in (*paragraphs, HARBOUR):
        numbers(pipeline, paragraph)
    assert expected == [numbers(pipeline, paragraph) for paragraph in paragraphs[:3]]


def numbers(pipeline: Pipeline, content: str) -> bytes:
    """What the recogniser of names makes of a text's words, to the last bit."""
    (reading,) = pipeline._find_names((content,))
    assert reading.vectors is not None
    return reading.vectors.tobytes()


@pytest.mark.model
def test_a_change_of_one_paragraph_leaves_what_is_found_as_a_first_reading_finds_it() -> None:
    paragraphs = [HARBOUR.replace("Joana", name) for name in ("Marta", "Ines", "Rosa", "Clara", "Nora", "Ada")]
    annotate([(ArticleId("a"), plain_text("\n\n".join(paragraphs)), "en")], DEFAULTS)
    changed = "\n\n".join([*paragraphs[:3], "Bruno Keller left the Harbour Board.", *paragraphs[4:]])
    again = analysed(changed)
    _loaded.cache_clear()
    assert analysed(changed) == again


@pytest.mark.parametrize("changed", range(40))
def test_a_change_leaves_the_runs_before_it_and_most_behind_it_as_they_were(changed: int) -> None:
    texts = [f"{number} boats lay in the harbour of Velm. " * 9 for number in range(40)]
    before = list(runs(texts))
    after = list(runs([*texts[:changed], "Nobody came.", *texts[changed + 1 :]]))
    assert texts == list(chain.from_iterable(before))
    assert len(set(before) - set(after)) <= 2


@pytest.mark.model
def test_what_is_found_does_not_depend_on_the_rest_of_the_batch_or_its_order() -> None:
    parts = [(ArticleId(str(at)), plain_text(part), "en") for at, part in enumerate([HARBOUR, *HARBOUR.split("\n\n")])]
    together = annotate(parts, DEFAULTS)
    assert together == tuple(annotate([part], DEFAULTS)[0] for part in parts)
    assert together == tuple(reversed(annotate(parts[::-1], DEFAULTS)))


@pytest.mark.model
def test_the_digest_changes_with_what_is_found() -> None:
    assert analysed(HARBOUR).digest == analysed(HARBOUR).digest
    assert analysed(HARBOUR).digest != analysed(HARBOUR.replace("Joana", "Marta")).digest
