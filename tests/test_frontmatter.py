"""Front matter comes back as it was written, and says what is wrong with it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.frontmatter import LARGEST, FrontMatterError, flow, join, split, split_tolerantly

TRICKY = (
    "2025-11-11",
    "2024-05-01T10:00:00",
    "1:30",
    "yes",
    "null",
    "~",
    "0x1",
    "a: b",
    "- x",
    "*a",
    "&b",
    "\n---\n",
    "<<",
    "=",
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(TRICKY)
scalars = texts | st.booleans() | st.none() | st.integers() | st.floats(allow_nan=False)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=5
)


@settings(deadline=None)
@given(st.dictionaries(texts, values, max_size=4), texts | st.just("---\na: b\n---\nx"))
def test_what_is_joined_splits_into_the_same(fields: dict[str, object], body: str) -> None:
    assert (fields, body) == split(join(fields, body))


def test_file_without_front_matter_is_all_body() -> None:
    assert ({}, "Just text.\n") == split("Just text.\n")


def test_rule_on_top_of_a_text_is_no_front_matter() -> None:
    assert ({}, "---\n\nA text below a rule.\n") == split("---\n\nA text below a rule.\n")


def test_dates_stay_text() -> None:
    assert ({"published": "2025-11-11"}, "") == split("---\npublished: 2025-11-11\n---\n")


def test_writing_keeps_order_and_letters_and_quotes_only_what_needs_it() -> None:
    fields = {"title": "Über: alles", "published": "2025-11-11", "site": "Die Zeitung", "number": "12"}
    expected = "---\ntitle: 'Über: alles'\npublished: 2025-11-11\nsite: Die Zeitung\nnumber: '12'\n---\nText.\n"

    assert expected == join(fields, "Text.\n")


def test_long_lines_are_not_wrapped() -> None:
    assert 4 == join({"description": "word and " * 50 + "end"}, "").count("\n") + 1


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("---\ntitle: a\nsite: b: c\n---\n", 3, "single quotes"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "`title` stands there twice"),
        ("---\nnested:\n  one: 1\n  one: 2\n---\n", 4, "`one` stands there twice"),
        ("---\na: &x [1]\nb: *x\n---\n", 2, "anchors"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "tags"),
        ("---\n- one\n- two\n---\n", 2, "no list of fields"),
        ("---\n2024: x\n---\n", 2, "is no text"),
        ("---\ntitle: a\n", 1, "three hyphens"),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", 2, "too deeply"),
        ("---\na: " + "x" * LARGEST + "\n---\n", 1, "64 kB"),
    ],
)
def test_mistake_is_named_with_its_line(source: str, line: int, words: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split(source)

    assert line == caught.value.line
    assert words in caught.value.message


def test_error_travels_between_processes() -> None:
    error = pickle.loads(pickle.dumps(FrontMatterError(3, "what to do")))

    assert (3, "what to do") == (error.line, error.message)


def test_tolerant_reading_takes_colons_and_backslashes_as_they_are() -> None:
    source = '---\ntitle: A tale: of two\npath: "C:\\docs\\new"\nauthor:\n  - "[[Jane Doe]]"\ntags: [a, "b, c"]\nempty:\n---\nBody\n'
    expected = {
        "title": "A tale: of two",
        "path": "C:\\docs\\new",
        "author": ["[[Jane Doe]]"],
        "tags": ["a", "b, c"],
        "empty": None,
    }

    assert (expected, "Body\n") == split_tolerantly(source)


@pytest.mark.parametrize(
    "text",
    ["plain", 'a "quoted" \\ word', "- # : {x} [y] & *z", "\x7f\x85\u2028\ufeff\ufffe", "😀 é", "2024-01-01", ""],
)
def test_values_on_one_line_are_read_back(text: str) -> None:
    fields: dict[str, object] = {"a": text, "b": [text, "x"], "c": [{"d": text}], "e": {"f": text}, "g": True}
    lines = "".join(f"{name}: {flow(value)}\n" for name, value in fields.items())
    assert (fields, "Body.\n") == split(f"---\n{lines}---\nBody.\n")
