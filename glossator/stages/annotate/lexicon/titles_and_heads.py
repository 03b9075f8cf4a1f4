"""Words that tell the type of a name: titles, heads of organisations' names, words that are never a name."""

from __future__ import annotations

import re

from glossator.naming.head_nouns import DIGNITIES, OFFICES, TITLED_ROLES
from glossator.naming.lexicon import COURTESY_TITLES, ORGANISATION_HEADS, WRITTEN_LEGAL_FORMS

TITLES = frozenset(
    map(str.title, (COURTESY_TITLES - {"lady", "lord", "madam"}) | OFFICES | DIGNITIES | TITLED_ROLES)
) | frozenset(
    """Rev Reverend Hon Vice-President Prime Foreign Interior Defense Defence Finance Sen Sens Representative
    Rep Reps Congressman Congresswoman Gov Secretary Justice Gen Col Captain Capt Major Maj Lieutenant Lt
    Sergeant Sgt Adm Commander Cmdr Coach Rapper Singer Actor Actress Author Father Inspector Detective
    Deputy Attorney Speaker Councillor Striker Midfielder Goalkeeper Defender Trainer DJ Correspondent
    Former Ex-President Vice Economy Health Labor Labour Environment Correspondents By Democrat Republican
    MEP MP CEO Empress Sheikh Executive Chair Protector Administrator Pastor Rabbi Imam Saint Superintendent
    Sheriff Marshal Brigadier Corporal Private""".split()
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
        *"""Government State Cabinet Army Navy Force Forces Republic Kingdom City County North South East West
    New National International Federal Central World Supreme High General European Royal United First Democratic
    Holdings Holding Company Times News Post Street Road Airport Park Cup Championship Summit War Day Act Law Treaty
    Technology Technologies Systems Security Council People Press Radio Television TV""".split(),
    ]
)
"""Words that are part of many names, so that none is recognised by one of them alone."""

DAYS = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    "September|October|November|December"
)

NEVER = frozenset(
    """I He She It We They You Him Her Us Them His Its Our Their Your My Me Who Whom That This These Those There Here
    The A An And But Or If As At By For From In Of On To With Not No Yes So Then Now When Where Why How What Which
    Close Newsletter Advertisement Related Share Read More Photo Image Picture Video Updated Published Source
    Copyright Editorial Comments Subscribe UTC GMT CET CEST EST EDT PST PDT BST a.m p.m AM PM
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    God-given Internet Web Email Homepage Ph.D PhD CEO CFO COO CTO VIP ATM DNA PC TV DVD GDP GNP IPO FAQ
    MP MPs PR IT IQ AI HR ID OK DJ VP MC ET PT CT MT NO SO ON IN AND ALL NOT""".split()
)
"""Words that are no name alone."""

OPENING = re.compile(
    r"(?:The|A|An|In|On|At|By|For|From|Of|To|With|And|But|Or|If|As|When|While|After|Before|Since|Because|That|This|His|Her|"
    r"Its|Their|Our|Both|Each|Every|Some|Many|Most|No|All|Former|Also|Then|Now|However|Under|Over|According|Meanwhile|"
    r"Although|Though|Last|Next|Towards?|Despite|During|Through|Among|Between|Against|About|Without)\s+(?=\S)"
)
"""Words whose capital comes from the beginning of the sentence."""
