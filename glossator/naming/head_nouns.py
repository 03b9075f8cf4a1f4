"""The nouns with which texts say what a thing is, by the type of entity that they tell. All in lower case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from glossator.model import EntityType
from glossator.naming.lexicon import GENERIC_HEADS
from glossator.naming.normalise import singular
from glossator.word_lists import word_lists

RELATIVES = frozenset("wife husband father mother son daughter brother sister".split())

OFFICES = frozenset("president chancellor premier senator governor ambassador archbishop cardinal commissioner".split())
"""Offices whose name is the title of their holder."""

DIGNITIES = frozenset(
    """mayor king queen prince princess emperor pope sultan emir judge general colonel admiral bishop
    professor""".split()
)
"""Further nouns that describe a person by themselves as a title."""

TITLED_ROLES = frozenset(
    """chairman chairwoman chief director editor lawyer leader manager minister officer reporter spokesman
    spokeswoman""".split()
)
"""Roles that stand as a title before a name, too."""

SPEAKING_ROLES = TITLED_ROLES | frozenset(
    """spokesperson head official founder member analyst economist owner man woman""".split()
)
"""People who speak for a body or judge one; none of them is a body."""

BUILDINGS = frozenset(
    "airport arena avenue boulevard cathedral monastery mosque palace square stadium synagogue".split()
)
"""Kinds of place that people build: a name that ends so is no person's."""

FIRMS = frozenset("company firm group airline carrier carmaker".split())
"""Nouns for a firm whatever its name."""

MAKERS = FIRMS | frozenset("brand developer distributor label maker manufacturer producer retailer startup".split())
"""Nouns for what makes or sells a product, and is not the product."""

OF_CLAUSES = word_lists("naming")["of_clauses"]
"""Nouns of speech, thought and act, by which an apposition sums up its clause."""

WITHOUT_CLAUSES = frozenset(
    (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP, EntityType.PRODUCT)
)
"""Types of what is nobody's words, thought or act."""

HEADS_BY_TYPE: Mapping[EntityType, frozenset[str]] = {
    EntityType.PERSON: RELATIVES | OFFICES | DIGNITIES | SPEAKING_ROLES | word_lists("naming")["people"],
    EntityType.PLACE: BUILDINGS | word_lists("naming")["places"],
    EntityType.WORK: word_lists("naming")["works"],
    EntityType.EVENT: word_lists("naming")["events"],
    EntityType.LAW: frozenset(
        """accord act agreement amendment bill code constitution convention deal decree directive framework guideline
        law legislation licence license measure norm ordinance pact policy programme program protocol provision
        regulation regime rule standard statute treaty""".split()
    ),
    EntityType.GROUP: frozenset(
        """caste clan community denomination ethnicity faction faith generation group minority movement nation people
        religion sect tribe""".split()
    ),
    EntityType.PRODUCT: word_lists("naming")["products"],
    EntityType.ORGANISATION: GENERIC_HEADS | FIRMS | word_lists("naming")["organisations"],
}
"""Head nouns that tell a type; some tell several."""

TYPES_BY_HEAD: Mapping[str, frozenset[EntityType]] = {
    head: frozenset(kind for kind, heads in HEADS_BY_TYPE.items() if head in heads)
    for head in sorted(frozenset().union(*HEADS_BY_TYPE.values()))
}

ALIKE = frozenset({EntityType.ORGANISATION, EntityType.PRODUCT, EntityType.WORK})
"""Types between which the texts themselves change: a magazine and its publisher, an app and its maker."""

DEFINITION = re.compile(
    r"(?<!\S)(?:is|was|are|were|became|becomes|remains)\s(?:(?:also|currently|now|still|\w+ly|for\s\w+)\s)?"
    r"(?P<article>an?|another|the|one\sof|[A-Z]\w*[’']s?)\s(?P<phrase>[^.;:]*)"
)
"""A verb and a determiner behind the subject of a sentence that says what the subject is."""


def contradicts(head: str, kind: EntityType) -> bool:
    """True if a head noun is known to tell other types than this one, or what no thing of this type is."""
    noun = head.lower()
    if (kind is EntityType.PRODUCT and noun in MAKERS) or (kind in WITHOUT_CLAUSES and singular(noun) in OF_CLAUSES):
        return True
    types = TYPES_BY_HEAD.get(noun)
    if types is None or kind in types:
        return False
    return not (kind in ALIKE and types & ALIKE)


_HEAD_NOUN = re.compile(
    r"(?<![\w’'-])[\w’'-]++(?=$|[,.;:]|\s(?:of|at|for|with|in|from|on|to|by|and|who|which|that|where|whose|based|called|named"
    r"|the|an?|it|he|she|they|his|her|its|their|\w+ed\sby)\b)"
)


def head_noun(words: str) -> str:
    """Return the noun that a phrase turns on: the word before its first preposition or at its end."""
    noun = _HEAD_NOUN.search(words)
    return noun.group() if noun else ""


_WORDS = re.compile(r"[\w’'-]+")
COPULAS = frozenset("is are was were be been being".split())
LINKS = frozenset(
    "and or but who which that whose where when while because although though if after before since so as with".split()
)
"""Words that join clauses."""
PHRASE_ENDS = frozenset(
    """about against among at based between by called during for from had has have in including into named of on over
    than then through to under within without""".split()
).union(COPULAS, LINKS)
"""Words before which the first noun phrase of a descriptor ends."""

NO_TYPES: frozenset[EntityType] = frozenset()


def types_told(phrase: str) -> frozenset[EntityType]:
    """Return the types that the noun of a phrase tells."""
    return types_of_noun(type_noun(phrase))


def type_noun(phrase: str) -> str:
    """Return the last noun of the first noun phrase of those that tell a type, in lower case; empty if none does.

    A village southwest of the town is a village, an outdoor brand making tents is a brand.
    """
    noun = ""
    for word in _WORDS.findall(phrase.lower()):
        if word in PHRASE_ENDS:
            break
        noun = word if types_of_noun(word) else noun
    return noun


def types_of_noun(word: str) -> frozenset[EntityType]:
    """Return the types that a noun tells, in singular or plural or after a hyphen; none for any other word."""
    forms = (word, word.rpartition("-")[2], word.removesuffix("s"))
    return next((TYPES_BY_HEAD[form] for form in forms if form in TYPES_BY_HEAD), NO_TYPES)
