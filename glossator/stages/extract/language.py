"""The language of a text, guessed."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 4000
"""Characters to classify: more do not change the answer."""
_LIKELY = 0.5
"""Probability from which the guess is returned; a wrong language sends a text to the wrong model."""
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?![a-z])", re.ASCII | re.IGNORECASE)
_CODES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    arz ast bcl bho bxr ceb ckb cmn dsb fil frp fur gsw hak haw hsb ilo kab kok lmo mai mni mwl nan nap nds new pam pap
    pnb rue sah sat scn sco shn szl tet vec vls war wuu xmf yue zea""".split()
)
"""Languages of ISO 639-1, and those of ISO 639-3 without a code of two letters that pages are written in."""
_MEANT = {
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jp": "ja",
    "ua": "uk",
    "vn": "vi",
    "ara": "ar",
    "ces": "cs",
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "deu": "de",
    "dut": "nl",
    "ell": "el",
    "eng": "en",
    "fin": "fi",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "gre": "el",
    "heb": "he",
    "hin": "hi",
    "hun": "hu",
    "ind": "id",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nld": "nl",
    "nor": "no",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rum": "ro",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
    "vie": "vi",
    "zho": "zh",
}
"""Codes of countries, withdrawn codes and codes of three letters -> the codes that are meant."""


def language_tag(stated: str) -> str:
    """Return the BCP 47 tag in what a page states, in its usual case; empty if there is none."""
    tag = _TAG.match(stated.strip().replace("_", "-"))
    if tag is None:
        return ""
    language = _MEANT.get(tag[1].lower(), tag[1].lower())
    region = (tag[3] or "").upper().replace("UK", "GB")
    return "-".join(part for part in (language, (tag[2] or "").title(), region) if part) if language in _CODES else ""


def guess_language(text: str, languages: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 639-1 code of the likeliest language; None if no language is likely enough.

    The choice is among `languages` if any are given.

    Method: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012.
    """
    identifier = _identifier(languages)
    language, probability = identifier.classify(text[:_SAMPLE])
    return str(language) if probability >= _LIKELY else None


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = [language for language in languages if language in identifier.labels]
    if known:
        identifier.set_languages(known)
    return identifier
