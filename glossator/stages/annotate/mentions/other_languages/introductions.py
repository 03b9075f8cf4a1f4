"""The nouns with which German texts introduce names: "die Stylistin Ada Brandt", "Orla, ein Rüstungskonzern"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from glossator.model import Descriptor, DescriptorKind, EntityType, Mention, Name, Text
from glossator.stages.annotate.mentions.other_languages.capitalised import NOUNS_HAVE_CAPITALS
from glossator.stages.annotate.mentions.other_languages.german_nouns import KindNoun, kind_noun
from glossator.stages.annotate.mentions.other_languages.persons import follows_office
from glossator.stages.annotate.mentions.other_languages.sentences import key_sentences
from glossator.stages.annotate.prose import is_in_compound

LONGEST = 100
"""Characters of an apposition."""
REACH = 120
"""Characters before a name in which the words that introduce it begin."""

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_BEFORE = re.compile(
    rf"(?:(?<!\w)(?P<article>[Dd]er|[Dd]ie|[Dd]as) )?(?P<adjectives>(?:(?<![\w‑-])[\w‑-]*[a-zß]e )*)"
    rf"(?<![\w‑-])(?P<noun>{_CAPITAL}[\w‑-]*) [„“\"»‚‘']?$"
)
_AFTER = re.compile(
    rf"[“”\"«‘’']?(?: \([^()\n]{{1,40}}\))?(?P<mark>,| [–—-]) (?:(?P<article>[a-zß]{{3,6}}) )?"
    rf"(?P<adjectives>(?:[a-zäöüß‑-]{{1,40}}e[rsnm]? ){{0,3}})(?P<noun>{_CAPITAL}[\w‑-]*)"
    r"(?P<rest>(?:[^,;.:!?()–—\n]|(?<= \d)\.(?=[ \u00a0\w])){0,101})"
)
_INDEFINITE = frozenset({"ein", "eine"})
_ARTICLES = _INDEFINITE | frozenset(
    "der die das dem den des einem einen einer eines sein seine ihr ihre seinem seiner ihrem ihrer".split()
)
_VERBS = frozenset(
    "ist sind war waren wird wurde werden wurden hat hatte haben kann soll will muss sagt sagte gibt sei".split()
)
_SMALL_END = re.compile(r"(?: [^\W\d_A-ZÄÖÜ]\w*)+$")
_NOMINATIVE = re.compile(r".*e[rs]?")


class _Introduction(NamedTuple):
    """Words that tell what a name is."""

    noun: KindNoun
    start: int
    end: int
    kind: DescriptorKind
    """A phrase if the words say enough by themselves."""

    def descriptor(self, content: str, name: int) -> Descriptor:
        return Descriptor(self.start, self.end, content[self.start : self.end], name, self.kind)


def describe(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]], language: str
) -> tuple[tuple[Name, ...], tuple[Descriptor, ...]]:
    """Return the names of a text with the types that nouns beside them tell, and what the text says of the names.

    `sentences` are the bounds of the sentences.
    """
    names, mentions = named
    mentions = [mention for mention in mentions if not is_in_compound(text.content, mention.start, mention.end)]
    if language in NOUNS_HAVE_CAPITALS:
        phrases = _introductions(text.content, (names, mentions))
        unclear = {name: phrase.start for name, phrase in phrases.items() if phrase.kind == "gloss"}
    else:
        offices = (mention for mention in reversed(mentions) if follows_office(text.content, mention.start, language))
        phrases, unclear = {}, {mention.name: mention.start for mention in offices}
    introducing = (phrase.descriptor(text.content, name) for name, phrase in phrases.items())
    descriptors = [*introducing, *key_sentences(text, mentions, sentences, unclear)]
    typed = (_typed(name, phrases[at].noun.type) if at in phrases else name for at, name in enumerate(names))
    return tuple(typed), tuple(sorted(descriptors, key=lambda descriptor: (descriptor.start, descriptor.name)))


def _typed(name: Name, kind: EntityType) -> Name:
    """Return a name with the type that a noun tells; what a list knows as a place stays one."""
    is_listed = name.type is EntityType.PLACE and not name.chances
    return name if is_listed else msgspec.structs.replace(name, type=kind, chances=())


def _introductions(content: str, named: tuple[Sequence[Name], Sequence[Mention]]) -> dict[int, _Introduction]:
    """Return the words that introduce each name, a phrase if there is one, else the first."""
    names, mentions = named
    best: dict[int, _Introduction] = {}
    for at, mention in enumerate(mentions):
        following = mentions[at + 1].start if at + 1 < len(mentions) else len(content)
        for phrase in (_after(content, mention, following, names[mention.name]), _before(content, mention)):
            earlier = best.get(mention.name)
            if phrase and (not earlier or (earlier.kind == "gloss" and phrase.kind == "phrase")):
                best[mention.name] = phrase
    return best


def _before(content: str, mention: Mention) -> _Introduction | None:
    """Return the noun before a mention; with article and adjectives if these show that it is a nominative."""
    start = max(content.rfind("\n", 0, mention.start) + 1, mention.start - REACH)
    match = _BEFORE.search(content[start : mention.start])
    noun = kind_noun(match["noun"]) if match else None
    if not match or noun is None:
        return None
    first, whole = match.start("noun"), noun.length == len(match["noun"])
    described = bool(match["article"] and (match["adjectives"] or noun.is_adjectival)) and whole
    first = match.start("article") if described else first
    says_enough = described or not (noun.is_vague or noun.is_adjectival)
    end = match.start("noun") + noun.length
    return _Introduction(noun, start + first, start + end, "phrase" if says_enough else "gloss")


def _after(content: str, mention: Mention, following: int, name: Name) -> _Introduction | None:
    """Return the apposition behind a mention; `following` is where the next mention begins."""
    match = _AFTER.match(content, mention.end)
    noun = kind_noun(match["noun"]) if match else None
    if not match or noun is None or match.end("noun") + 1 >= following > match.start("noun"):
        return None  # the noun belongs to the next of a list
    article = match["article"] or ""
    if (article and article not in _ARTICLES) or (match["mark"] != "," and article not in _INDEFINITE):
        return None
    if article not in _INDEFINITE and not name.chances and name.type is not noun.type:
        return None  # the next of a list: "Ada Brandt, Galerie am Hafen"
    adjectives = match["adjectives"].split()
    if not _ARTICLES.isdisjoint(adjectives):
        return None  # a clause: "Ada Brandt, die die Galerie leitet"
    rest = match["rest"] if len(match["rest"]) <= LONGEST else ""
    if not _VERBS.isdisjoint(rest.split()):
        return None
    rest = _SMALL_END.sub("", rest.rstrip())
    is_nominative = article in {"", *_INDEFINITE} and all(map(_NOMINATIVE.fullmatch, adjectives))
    start = match.start("adjectives") if is_nominative else match.start("noun")
    whole = noun.length == len(match["noun"])
    says_enough = whole and bool(rest or start < match.start("noun") or not noun.is_vague)
    end = match.end("noun") + len(rest) if whole else match.start("noun") + noun.length
    return _Introduction(noun, start, end, "phrase" if says_enough else "gloss")
