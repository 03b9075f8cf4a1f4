"""Features of how a candidate is written, where it stands, how often the text has it, and what text it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from glossator.stages.annotate.models.classify.tokens import CAPITAL, DIGIT, INNER, LOWER, SIGN, UPPER
from glossator.stages.annotate.models.classify.view import Floats, View, columns, means

SHAPES = np.arange(8)
MARKS = ",.()\"'“”‘’:;-–—/@#&|•?!"
_MARK = {mark: number for number, mark in enumerate(MARKS)}
_OTHER, _LETTER, _BREAK, _SPACED = range(len(MARKS), len(MARKS) + 4)
_INSIDE = ("&", "-", ".", "/", "'", "’", ":", '"', "@")


def shapes(view: View) -> dict[str, Floats]:
    """Return the length, capitals, digits and marks of each candidate and of its neighbours."""
    count = view.last - view.first
    bits = ((np.append(view.tokens.shape, 0)[:, None] >> SHAPES) & 1).astype(np.float32)
    different = view.different()
    sizes = np.array([len(form) for form in different], np.float32)[view.form]
    single = count == 1
    short = single & (sizes <= 5) & ((np.append(view.tokens.shape, 0)[view.first] & UPPER) > 0)
    inside = np.array([[mark in form for mark in _INSIDE] for form in different]).reshape(-1, len(_INSIDE))[view.form]
    return {
        "length": columns(
            *(count == number for number in (1, 2, 3, 4)), count > 4, np.log1p(sizes), sizes <= 2, sizes == 3
        ),
        "capitals": columns(
            short,
            bits[view.first],
            bits[view.last - 1],
            bits[view.first] * single[:, None],
            means(bits)(view.first, view.last),
        ),
        "marks within": columns(inside),
        "capitals around": columns(bits[view.before()], bits[view.after()]),
    }


def marks(view: View) -> dict[str, Floats]:
    """Return the marks directly before and after each candidate, and whether a space is between."""
    text, tokens = view.tokens.text, view.tokens
    starts, of_start = np.unique(tokens.starts[view.first], return_inverse=True)
    ends, of_end = np.unique(tokens.ends[view.last - 1], return_inverse=True)
    before = _marked([text[max(0, start - 2) : start][::-1] for start in starts.tolist()])
    after = _marked([text[end : end + 2] for end in ends.tolist()])
    return {"marks around": np.hstack([before[of_start], after[of_end]])}


def _marked(sides: Sequence[str]) -> Floats:
    """Return for the two letters at the side of a candidate, nearest first, what stands there."""
    table = np.zeros((len(sides), len(MARKS) + 4), np.float32)
    for row, near in enumerate(sides):
        spaced = near[:1] == " "
        table[row, _mark(near[spaced : spaced + 1])] = 1
        table[row, _SPACED] = spaced
    return table


def _mark(letter: str) -> int:
    if letter.isalnum():
        return _LETTER
    return _MARK.get(letter, _BREAK if letter in ("", "\n") else _OTHER)


def places(view: View) -> dict[str, Floats]:
    """Return the place of each candidate in its sentence, run of capitals, paragraph and text."""
    tokens, spans, first, last = view.tokens, view.candidates, view.first, view.last
    number = tokens.paragraph[first]
    size, share, stopped = tokens.lines[number].T
    capital = np.append((tokens.shape & CAPITAL) != 0, False)
    opens = tokens.opens[first]
    short = (size <= 12) & (stopped == 0)
    whole = (spans.before == 0) & (spans.after == 0)
    return {
        "place in sentence": columns(opens, opens & (last - first == 1), capital[view.before()], capital[view.after()]),
        "place in run": columns(
            spans.before == 0,
            spans.after == 0,
            whole,
            np.minimum(spans.before, 4) / 4,
            np.minimum(spans.after, 4) / 4,
        ),
        "line": columns(
            np.log1p(size) / 4,
            share,
            share * (size > 5),
            share > 0.75,
            stopped,
            short,
            short & whole,
            (first == view.begin) & (last == view.end),
            first == view.begin,
            last == view.end,
            number == 0,
            number <= 2,
            (first - view.begin) / np.maximum(1, view.end - view.begin),
        ),
    }


def repetition(view: View) -> dict[str, Floats]:
    """Count how often the text has the same form, how much of it in prose, and its words in small letters."""
    tokens, form = view.tokens, view.form
    size = view.texts
    often = np.bincount(form, minlength=size)
    whole = np.bincount(form, (view.candidates.before == 0) & (view.candidates.after == 0), minlength=size)
    number = tokens.paragraph[view.first]
    prose = np.bincount(form, (tokens.lines[number, 1] < 0.5) & ~tokens.opens[view.first], minlength=size)
    earliest = np.full(size, 1 << 20)
    np.minimum.at(earliest, form, number)
    small = {form for form, flags in zip(tokens.forms, tokens.shape.tolist(), strict=True) if flags & LOWER}
    lower_of = {form: form.lower() in small for form in set(tokens.forms)}
    lower = np.array([lower_of[form] for form in tokens.forms], np.float32)[:, None]
    return {
        "repetition": columns(
            np.log1p(often)[form],
            (often == 1)[form],
            (whole / np.maximum(1, often))[form],
            np.log1p(whole)[form],
            np.log1p(prose)[form],
            (prose == 0)[form],
            (earliest == 0)[form],
            (earliest <= 2)[form],
        ),
        "small letters elsewhere": columns(
            lower[view.first], lower[view.last - 1], means(lower)(view.first, view.last)
        ),
    }


def kind_of_text(view: View) -> dict[str, Floats]:
    """Return what tells news, lists and documentation apart: the same row for all candidates of a text."""
    tokens, lines = view.tokens, view.tokens.lines
    size = max(1, len(tokens))
    flagged = (int(np.count_nonzero(tokens.shape & flag)) for flag in (CAPITAL, INNER, DIGIT, UPPER, SIGN))
    unknown = int(np.count_nonzero(tokens.rows == 0))
    counts = (*flagged, len(view.recognised), len(view.first), tokens.text.count("_"), unknown)
    open_lines = float(np.mean(lines[:, 2] == 0)) if len(lines) else 0.0
    length = float(np.mean(np.log1p(lines[:, 0]))) if len(lines) else 0.0
    row = np.array([np.log1p(len(tokens)), open_lines, length, *(count / size for count in counts)], np.float32)
    return {"kind of text": np.tile(row, (len(view.first), 1))}
