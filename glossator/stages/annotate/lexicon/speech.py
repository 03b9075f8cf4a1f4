"""The verbs by which texts attribute words to somebody."""

from __future__ import annotations

_PLAIN = """
    add accept acknowledge admit advise affirm agree allege announce answer argue assert boast caution claim comment
    complain concede conclude confirm contend continue declare describe elaborate emphasise emphasize exclaim explain
    express highlight insist interject joke lament murmur mutter note observe opine point post predict pronounce
    quip reason recall recommend recount reflect remark remember repeat reply report respond reveal share shout state
    stress suggest summarise summarize testify tweet warn whisper wonder yell ask"""
_TRANSITIVE = "accuse call criticise criticize condemn denounce describe inform praise promise remind tell urge vow"
_IRREGULAR = """
    said says wrote writes told tells replied replies cried cries began begins thought thinks"""
_PAST = {"admit": "admitted", "quip": "quipped", "reply": "replied", "tell": "told", "cry": "cried"}


def _past(verb: str) -> str:
    return _PAST.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")


def _third(verb: str) -> str:
    return f"{verb}es" if verb.endswith(("ss", "sh", "ch")) else f"{verb}s"


def _forms(verbs: str) -> tuple[str, ...]:
    return tuple(form for verb in verbs.split() for form in (_past(verb), _third(verb)))


VERBS = tuple(sorted({*_forms(_PLAIN), *_forms(_TRANSITIVE), *_IRREGULAR.split()}))
"""Verbs of speech after their subject."""

INVERTED = tuple(sorted({*_forms(_PLAIN), *_IRREGULAR.split()} - {"told", "tells"}))
"""Verbs that stand before their subject after a quotation; a name after the others is their object."""

BASES = tuple(sorted({*_PLAIN.split(), *_TRANSITIVE.split(), "say", "write"}))
"""Verbs of speech after "to": she went on to accuse."""

SPOKESMEN = r"(?:spokes\w+|statement|representatives?|officials?|press\soffice|report|study|survey)"
"""Nouns whose words are those of the body that they belong to, as a pattern."""
