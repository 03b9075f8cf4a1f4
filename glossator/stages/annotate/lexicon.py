"""Words by which the rules read a text: of grammar, of doing and speaking, and those that tell the type of a name."""

from __future__ import annotations

import re

from glossator.dates import MONTHS, WEEKDAYS
from glossator.naming.head_nouns import DIGNITIES, OFFICES, TITLED_ROLES
from glossator.naming.lexicon import (
    COURTESY_TITLES,
    EMBEDDING_WORDS,
    ORGANISATION_HEADS,
    STOP_WORDS,
    UNINITIALLED,
    WRITTEN_LEGAL_FORMS,
)
from glossator.word_lists import word_lists

FUNCTION_WORDS = STOP_WORDS | EMBEDDING_WORDS | UNINITIALLED | word_lists("annotate")["function_words"]
"""Words with which no descriptor ends."""
PREPOSITIONS = (EMBEDDING_WORDS - {"and", "de", "des"}) | word_lists("annotate")["prepositions"]

CONJUNCTIONS = frozenset("after as before since than until".split())
"""Prepositions that are conjunctions, too: a subject may follow."""
PRESENT = word_lists("annotate")["verbs_present"]
"""Verbs in the present by which a text tells what a thing is for or what somebody does."""

PAST = word_lists("annotate")["verbs_past"]
"""Verbs in the past by which a text tells what somebody did."""
INVERTED = tuple(sorted(word_lists("annotate")["verbs_of_speech"]))
"""Verbs of speech that also stand before their subject after a quotation."""

VERBS = tuple(sorted({*INVERTED, *word_lists("annotate")["verbs_of_address"]}))
"""Verbs of speech after their subject."""

BASES = tuple(sorted(word_lists("annotate")["verbs_of_speech_after_to"]))
"""Verbs of speech after "to": she went on to accuse."""

SPOKESMEN = r"(?:spokes\w+|statement|representatives?|officials?|press\soffice|report|study|survey)"
"""Nouns whose words are those of the body that they belong to, as a pattern."""

TITLES = (
    frozenset(map(str.title, (COURTESY_TITLES - {"lady", "lord", "madam"}) | OFFICES | DIGNITIES | TITLED_ROLES))
    | word_lists("annotate")["titles"]
)
"""Words before a person's name that are no part of it; Lady and Lord begin names too, such as those of singers."""

ROLE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ive", "ant", "ent")
"""Endings of long words for roles."""

HEADS = "|".join(sorted(map(str.title, ORGANISATION_HEADS)))
"""Nouns by which an organisation's name is recognised, as the alternatives of a pattern."""

LEGAL_FORM_PATTERN = "|".join(WRITTEN_LEGAL_FORMS)
"""Legal forms as the alternatives of a pattern."""

GENERIC = frozenset(
    [
        *HEADS.split("|"),
        *word_lists("annotate")["generic"],
    ]
)
"""Words that are part of many names, so that none is recognised by one of them alone."""

DAYS = "|".join((*WEEKDAYS, *MONTHS))
"""Names of days and months, as alternatives of a pattern."""

NEVER = word_lists("annotate")["never"]
"""Words that are no name alone."""

OPENING = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|Of|To|With|And|But|Or|If|As|When|While|After|Before|Since|Because|That|This|His|Her|"
    r"Its|Their|Our|Both|Each|Every|Some|Many|Most|No|All|Former|Also|Then|Now|However|Under|Over|According|Meanwhile|"
    r"Although|Though|Last|Next|Towards?|Despite|During|Through|Among|Between|Against|About|Without)\s+(?=\S)"
)
"""Words whose capital comes from the beginning of the sentence."""
