"""Bylines -> the names of authors.

The languages are English, German, French, Spanish, Portuguese, Italian, Dutch, those of Scandinavia, Polish and
Turkish; names are also recognised as Chinese, Japanese and Korean pages write them.
"""

from __future__ import annotations

import re

from glossator.naming.lexicon import ORGANISATION_HEADS
from glossator.stages.extract.metadata.date_parsing import without_days
from glossator.text import bare_words
from glossator.word_lists import any_of

_DOING = any_of("bylines", "doing")
_WRITING = any_of("bylines", "writing")
_PREPOSITION = any_of("bylines", "preposition")
_AUTHOR = any_of("bylines", "author")
_BY = re.compile(rf"^\W*(?:(?:{_DOING})\b\s*)?(?:{_PREPOSITION}|{_AUTHOR})\b\s*:?\s+", re.IGNORECASE)
_BY_OTHERS = re.compile(
    r"\W*(?:(?:\w+ly )?(?:reviewed|edited|published|fact.?checked|updated|reported) by|contributions? from)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"\W*(?:(?:{_DOING}) (?:{_PREPOSITION})|(?:{_AUTHOR})(?:/(?:{_AUTHOR}))?)\W*", re.IGNORECASE)
_OF_BOX = re.compile(r"\W*(?:(?:about|meet) the (?:author|writer)|(?:author|writer)(?:['’]s)? bio)\W*", re.IGNORECASE)
"""Heading of a box about an author."""
_ANNOUNCEMENT = re.compile(
    rf"\W*(?:(?:(?:{_WRITING}) )?(?:{_PREPOSITION})|(?:(?:article|story|post) )?(?:{_AUTHOR})(?:\(\w+\))?)\W*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*(?:[;|•·\n、／]|,(?!\s*(?:Jr|Sr|II|III)\b)|\s&\s|\s/\s|/(?=[A-Z][a-z]+ )|\s[-–—]\s)\s*")
_AND = re.compile(r"\s+(?:and|with|und|mit|et|avec|y|con|e|com|og|och|med|en|met|i|oraz|ve|ile)\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]](?! [A-Z][a-z]+(?: [A-Z][a-z]+)?$)")
_FOR = re.compile(r"(\W*(?:[^\W\d_][\w.’'-]*\s+){1,3}(?P<last>[^\W\d_][\w.’'-]*)) (?:on behalf of|for)\b.*", re.DOTALL)
"""Name before the body that the person writes for."""
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者|记者)$|^(?:記者|记者|文|作者)\s*[/:：]\s*")
"""Words beside a name in Korean, Chinese and Japanese bylines."""
_ADDRESS = re.compile(r"https?:|www\.|@|©|//|\.(?:com|org|net|html?|php)\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"https?:|www\.|@|//", re.IGNORECASE)
_NOBODY = frozenset(
    """admin administrator author authors editor root user webmaster unknown anonymous none null undefined nan
    留言 评论 評論 コメント 댓글""".split()
)
"""Words that name nobody: posts, values of programs that have none, and labels of comments."""
_OTHER_WORDS = any_of("bylines", "other_words")
_ROLE = re.compile(rf"\b(?:{_OTHER_WORDS})\b", re.IGNORECASE)
"""Words of a byline that are no part of a name."""
_POST = re.compile(
    r"\b(?:coordinator|manager|director|officer|assistant|intern|marketing|department|head)\b|: ", re.IGNORECASE
)
_COLLECTIVE = re.compile(
    r"(?:the )?(?!the )(?:[A-Z0-9][\w&.'-]* ){1,4}(?:team|staff|editors|redaktion|newsroom)", re.IGNORECASE
)
"""Authors that an organisation names together: `Harbour Post Staff`."""
_PARTICLES = frozenset(
    """al bin ibn ben de del della di da do dos das du des la le el los van von vom zu zur den der het ter ten te y e af
    av d l ap ould abu i""".split()
)
_GIVEN = frozenset({"Ben"})
"""Particles that are a first name if they are written in this way."""
_LONGEST = 100
"""Characters of a credit."""
_LONGEST_LINE = 300
"""Characters of a line that contains names."""
_LONGEST_NAME = 40
_MOST_WORDS = 5
_MOST = 20
"""Authors of an article that are returned."""
_MOST_CREDITS = 50
"""Credits that are examined."""


def authors(credited: list[str]) -> tuple[str, ...]:
    """Return the names in what a page declares as its authors: any credit that is no address and no mere account."""
    names_by_key: dict[str, str] = {}
    for credit in credited[:_MOST_CREDITS]:
        for name in _parts(credit[:_LONGEST_LINE]):
            if len(name) <= _LONGEST and any(mark.isalpha() for mark in name) and not _ACCOUNT.search(name):
                names_by_key.setdefault(bare_words(name), name)
    return tuple(name for folded, name in names_by_key.items() if folded not in _NOBODY)[:_MOST]


def people(line: str, *, alone: bool = False) -> tuple[str, ...]:
    """Return the names of people in a visible line, among roles, dates and places.

    A single word is a name only if `alone` says that the line can contain nothing else.
    """
    names = map(_without_body, _parts(without_days(line[:_LONGEST_LINE])))
    return tuple(name for name in names if _is_name(name, alone=alone))


def introduced(line: str) -> tuple[str, ...]:
    """Return the names in a line that begins like `By Ada Marsh`; none for other lines."""
    if len(line) > _LONGEST or not _BY.match(line):
        return ()
    return people(line) or tuple(name for name in people(line, alone=True) if name.isupper())


def is_label(text: str) -> bool:
    """True if a text only announces an author."""
    return len(text) < _LONGEST_NAME and _LABEL.fullmatch(text) is not None


def is_by_others(line: str) -> bool:
    """True if a line names the people that reviewed, edited or published a text."""
    return _BY_OTHERS.match(line) is not None


def is_announcement(text: str) -> bool:
    """True if a text beside a headline only announces who wrote the article; `By` is enough there."""
    return len(text) < _LONGEST_NAME and _ANNOUNCEMENT.fullmatch(text) is not None


def is_heading_of_box(text: str) -> bool:
    """True if a text is the heading of a box about the author."""
    return len(text) < _LONGEST_NAME and _OF_BOX.fullmatch(text) is not None


def _without_body(part: str) -> str:
    """Turn `Ada Marsh for The Harbour Post` into `Ada Marsh`, and leave `Harbour Trust for Birds` as it is."""
    match = _FOR.fullmatch(part)
    return part if match is None or match["last"].lower() in ORGANISATION_HEADS else match[1]


def _is_collective(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _COLLECTIVE.fullmatch(text) is not None


def _is_name(text: str, *, alone: bool = False) -> bool:
    """True if a text looks like the name of a person; of a group of authors as well if `alone`."""
    if alone and _is_collective(text):
        return True
    if len(text) > _LONGEST_NAME or re.search(r"\d|[!?:…]", text) or _ADDRESS.search(text) or _ROLE.search(text):
        return False
    words = re.findall(r"[^\W_][\w.’'-]*", text)
    if not words or bare_words(text) in _NOBODY or is_label(text) or _BY.fullmatch(f"{text} "):
        return False
    if any(mark.isalpha() and not (mark.isupper() or mark.islower()) for mark in text):
        return len(text) <= _MOST_WORDS * 2 and not re.search(r"[,.、。「」]", text)  # a script without letter cases
    names = [word for word in words if word in _GIVEN or word.lower() not in _PARTICLES]
    if not names or len(words) > _MOST_WORDS or not all(word[0].isupper() for word in names):
        return False
    return len(names) > 1 or (alone and len(text) > 1)


def _is_between_names(joiner: re.Match[str]) -> bool:
    """True if an `and` separates names; not in "Work and pensions", and not in "Head of Marketing and Strategy"."""
    before, after = joiner.string[: joiner.start()], joiner.string[joiner.end() : joiner.end() + 1]
    return not after.islower() and not _POST.search(re.split(r"[,;|]", before)[-1])


def _parts(byline: str) -> list[str]:
    line = _BY.sub("", _ASIDE.sub("", " ".join(byline.split())), count=1)
    line = _AND.sub(lambda match: ";" if _is_between_names(match) else match[0], line)
    parts = [_REPORTER.sub("", _BY.sub("", part)).strip(' ,.:;-–—"“”') for part in _MARKS.split(line)]
    first, *others = [part for part in parts if part] or [""]
    if " " in first:
        # After a full name, a single word is a place, an agency or a title.
        others = [part for part in others if _is_name(part)]
    return [first, *others] if first else []
