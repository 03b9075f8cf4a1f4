"""Quotations of other programs -> their places in a text.

Only letters and digits are compared, so that white space, dashes, quotation marks, accents that are written apart and
words divided at the ends of lines do not count: other programs lose or change all of these.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import msgspec

from glossator.markup.quote_selectors import CERTAIN, words_in

LONG = 24
"""Letters of a quotation that may begin or end within a word: fewer could be the beginning of another word."""
TOUCHING = 12
"""Letters around a place that have to agree and touch it, if it is not the only one, and by which it has to be better
than any other."""


_APOSTROPHES = "\u02bb\u02bc\u02bd"
"""Letters that stand for apostrophes."""


CERTAIN_LETTERS = 14
"""Letters of fewer words that are as certain as `CERTAIN` words; without, 2 of 100 real quotations are lost."""
FARTHEST = 300
"""Characters around a passage that are compared."""


class Letters(msgspec.Struct, frozen=True):
    """The letters and digits of a text, folded, and the offset of each."""

    folded: str
    offsets: tuple[int, ...]
    content: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.offsets[first], self.offsets[last] + 1


def letters_of(content: str) -> Letters:
    folded = [_fold(character) for character in content]
    return Letters("".join(folded), tuple(at for at, run in enumerate(folded) for _ in run), content)


def find_quotation(text: Letters, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int] | None:
    """Return the bounds of a quotation in a text; None if it is not there, or nobody can be certain of the place."""
    run, before, after = ("".join(map(_fold, part)) for part in (exact, prefix[-FARTHEST:], suffix[:FARTHEST]))
    places = [place for place in _places(text.folded, run) if len(run) >= LONG or _is_whole(text, place, len(run))]
    touching = sorted((_touching(text.folded, place, len(run), before, after), place) for place in places)
    if not touching:
        return None
    agreeing, best = touching[-1]
    rival = touching[-2][0] if len(touching) > 1 else 0
    alone = len(touching) == 1 and (words_in(exact) >= CERTAIN or len(run) >= CERTAIN_LETTERS)
    if not alone and agreeing < rival + TOUCHING:
        return None
    start, end = _whole_words(text, *text.span(best, best + len(run) - 1))
    return start - _signs(exact, text.content[:start][::-1]), end + _signs(exact[::-1], text.content[end:])


def _signs(edge: str, beside: str) -> int:
    """Return how many signs beside a place belong to a quotation that begins with an `edge`, such as its marks."""
    wanted = [sign for sign in takewhile(lambda sign: not sign.isalnum(), edge) if not sign.isspace()]
    return sum(1 for _ in takewhile(lambda sign: sign in wanted or _is_mark(sign), beside[: len(wanted)]))


def _is_mark(sign: str) -> bool:
    """True if a sign is a quotation mark or a bracket, which programs exchange for one another."""
    return sign in "\"'" or unicodedata.category(sign) in ("Pi", "Pf", "Ps", "Pe")


def _places(text: str, run: str) -> Iterator[int]:
    at = text.find(run) if run else -1
    while at >= 0:
        yield at
        at = text.find(run, at + 1)


def _is_whole(text: Letters, place: int, length: int) -> bool:
    """True if a run of letters begins and ends with words of the text."""
    start, end = text.span(place, place + length - 1)
    return (start, end) == _whole_words(text, start, end)


def _whole_words(text: Letters, start: int, end: int) -> tuple[int, int]:
    """Return bounds widened to whole words, in writings that have spaces."""
    content = text.content
    while start and _joins(content[start - 1], content[start]):
        start -= 1
    while end < len(content) and _joins(content[end - 1], content[end]):
        end += 1
    return start, end


def _joins(left: str, right: str) -> bool:
    """True if two characters are of one word."""
    return words_in(left + right) == 1 and all(
        _fold(character) or unicodedata.combining(character) for character in left + right
    )


def _touching(text: str, place: int, length: int, before: str, after: str) -> int:
    """Return the number of letters around a place that agree with a prefix and a suffix and touch the place."""
    left = text[max(0, place - len(before)) : place]
    right = text[place + length : place + length + len(after)]
    return _common(left[::-1], before[::-1]) + _common(right, after)


def _common(left: str, right: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


@lru_cache(maxsize=20_000)
def _fold(character: str) -> str:
    """Return the letters and digits that a character stands for, without case and accents."""
    signs = unicodedata.normalize("NFKD", character).casefold()
    return "".join(sign for sign in signs if sign.isalnum() and sign not in _APOSTROPHES)
