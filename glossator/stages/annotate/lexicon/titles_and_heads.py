"""Words that tell the type of a name: titles, heads of organisations' names, words that are never a name."""

from __future__ import annotations

import re

from glossator.naming.head_nouns import DIGNITIES, OFFICES, TITLED_ROLES
from glossator.naming.lexicon import COURTESY_TITLES, ORGANISATION_HEADS, WRITTEN_LEGAL_FORMS
from glossator.word_lists import word_lists

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

DAYS = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    "September|October|November|December"
)

NEVER = word_lists("annotate")["never"]
"""Words that are no name alone."""

OPENING = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|Of|To|With|And|But|Or|If|As|When|While|After|Before|Since|Because|That|This|His|Her|"
    r"Its|Their|Our|Both|Each|Every|Some|Many|Most|No|All|Former|Also|Then|Now|However|Under|Over|According|Meanwhile|"
    r"Although|Though|Last|Next|Towards?|Despite|During|Through|Among|Between|Against|About|Without)\s+(?=\S)"
)
"""Words whose capital comes from the beginning of the sentence."""
