"""Tables of words by the part that they play in names. All in lower case, but for acronyms."""

from __future__ import annotations

from glossator.word_lists import word_lists

WRITTEN_LEGAL_FORMS = (
    "AB AG AS ASA Bhd BV Co Company Corp Corporation GmbH Inc Incorporated KG Limited LLC LLP Ltd NV Oy Oyj PLC Plc "
    "plc PTE Pte Pty SA SAS SE SPA SpA SRL Srl".split()
)
"""Legal forms at the end of a firm's name, as texts write them."""

LEGAL_FORMS = frozenset(map(str.lower, WRITTEN_LEGAL_FORMS))

FIRM_WORDS = LEGAL_FORMS | {"group", "holding", "holdings"}
"""Words that a firm may leave out at the end of its name."""

COURTESY_TITLES = frozenset(
    """dame dott dr frau herr lady lord madam miss mlle mme mr mrs ms mx prof professor senor senora señor señora signor
    signora sir sr sra""".split()
)
"""Words before a person's name that are no part of it."""

PARTICLES = frozenset(
    "al af bin da dal de del della den der di do dos du el ibn la le les van vom von y zu zum zur".split()
)
"""Words of a surname that are left out as often as not."""

HYPHENATED_PARTICLES = ("al", "el", "ibn", "bin")
"""Arabic particles that a hyphen joins to the next word."""

EMBEDDING_WORDS = frozenset({"against", "and", "at", "de", "des", "for", "in", "of", "on", "with"})
"""Words after which a name contains another name: "Council of Europe"."""

BRANCH_PREPOSITIONS = frozenset({"at", "in"})
"""Prepositions before the place of a branch, which is not the whole: "Al Qaeda in Iraq"."""

CONFUSED_WITH_OF = frozenset({"for", "on"})
"""Prepositions written instead of "of" as often as not: Organization for (of) Security and Cooperation in Europe."""

UNINITIALLED = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "des"})
"""Words whose initials an acronym may leave out."""

ORGANISATION_HEADS = word_lists("naming")["organisation_heads"]
"""Nouns by which an organisation's name is recognised in a text."""

GENERIC_HEADS = ORGANISATION_HEADS | frozenset(
    "army cabinet coalition community company conference convention embassy force forces front government justice "
    "military movement navy opposition state states team treasury tribunal united".split()
)
"""Kinds of body: a name made of these words alone is borne by many bodies."""

NATIONAL_BODY_WORDS = word_lists("naming")["national_body_words"]
"""Words that make up the names of bodies of which every country has one, such as a foreign ministry."""

EVERYDAY = word_lists("naming")["everyday_acronyms"]
"""Acronyms of everyday use in any text: what they stand for in one article is not what they stand for in another."""

TIERS = word_lists("naming")["tiers"]
"""Words for the tiers in which products are sold."""

CALLED_AFTER_TOWNS = frozenset("district heights island islands strip".split())
"""Kinds of place that are often called after a town beside or around them."""

LANDFORMS = CALLED_AFTER_TOWNS | frozenset("desert mountains ocean peninsula province region river sea".split())
"""Kinds of place that a name may leave out because nothing of another kind is likely to bear the name."""

DIRECTIONS = frozenset("the north south east west central inner outer upper lower".split())
"""Words that name no place without a kind of place."""

STOP_WORDS = frozenset("and for from her his its our the their this that who with was were has had not".split())
"""Words of more than two letters that say nothing about a person."""
