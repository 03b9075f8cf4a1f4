"""The nouns with which texts introduce people and organisations, and nouns that say nothing."""

from __future__ import annotations

from glossator.naming import heads
from glossator.naming.lexicon import COURTESY_TITLES
from glossator.stages.annotate.lexicon.words import HEADS

VAGUE = heads.RELATIVES | frozenset(
    """day week month year time today yesterday tomorrow morning evening
    night weekend midweek hour way name place position side part case result term word phrase expression concept title
    friend colleague partner""".split()
)
"""Heads that say nothing alone."""

ALONE = heads.RELATIVES | {"friend", "colleague", "partner"}
"""Vague heads that say something with a complement: "wife of the president"."""

COURTESIES = frozenset(title.title() + point for title in COURTESY_TITLES - {"professor"} for point in ("", "."))
"""Words between a title and a name that belong to neither; Professor is an office by itself."""

OFFICES = frozenset(map(str.title, heads.OFFICES | heads.DIGNITIES))
"""Titles that describe a person by themselves."""

ENTERPRISES = (
    *"""agency airline alliance association authority bank base blog body brand brewer broadcaster builder bureau
    business carrier center centre chain channel charity church club coalition company conglomerate consortium
    consultancy cooperative corporation council daily dealer developer distributor enterprise exchange fair
    federation festival firm forum foundation front fund giant group holding hospital house initiative institute
    institution insurer lab label laboratory league lender library lobby magazine maker mall manufacturer market
    militia ministry mosque movement museum network newspaper office operator orchestra organisation
    organization outfit outlet paper parent parliament party platform portal producer programme project provider
    publisher rebels regulator restaurant retailer school service site society start-up startup station store
    studio subsidiary supermarket supplier tank tannery team theater theatre trust union unit university utility
    watchdog website weekly""".split(),
)
"""Last words of nouns that precede an organisation's name and describe it; carmaker ends in maker."""

SPEAKERS = heads.SPEAKING_ROLES | heads.RELATIVES | {"president"}
"""Heads that are people, so no organisation is introduced by them."""

BODIES = frozenset(
    [
        *HEADS.lower().split("|"),
        *"""company team government firm army country city nation state family
    memoir show film book album song product article report""".split(),
    ]
)
"""Heads that are no person."""
