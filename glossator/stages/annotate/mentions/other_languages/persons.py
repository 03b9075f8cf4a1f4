"""Names of persons that their form tells: after a given name, or after an office or a form of address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from anyascii import anyascii

from glossator.model import EntityType
from glossator.naming.languages import CYRILLIC
from glossator.naming.lexicon import COURTESY_TITLES
from glossator.naming.name_lists import bits, packaged_lists
from glossator.naming.normalise import CACHED_WORDS
from glossator.stages.annotate.mentions.other_languages.german_nouns import kind_noun
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.models.classify.tables import packaged
from glossator.word_lists import word_lists

OFFICES = {
    "de": r"Herrn?|Frau|Dr\.|Prof\.",
    "es": r"president[ea]|ministr[oa]|alcald(?:e|esa)|directora?|portavoz|senadora?|diputad[oa]|profesora?|doctora?|"
    r"escritora?|jueza?|fiscal|secretari[oa]|gobernadora?",
    "fr": r"présidente?|ministre|maire|direct(?:eur|rice)|porte-parole|sénat(?:eur|rice)|députée?|professeure?|"
    r"écrivaine?|juge|général|secrétaire|M\.|Mme",
    "ru": r"президент\w?|(?:премьер-)?министр\w?|губернатор\w?|мэр\w?|депутат\w?|директор\w?|режисс[её]р\w?|"
    r"писател[ьяю]|профессор\w?|генерал\w?|журналист\w{0,2}|тренер\w?|историк\w?",
    "tr": r"\w*[Bb]aşkanı|\w*[Bb]akanı|\w*[Mm]üdürü|[Ss]özcüsü|Prof\.|Dr\.|[Yy]azar|[Yy]önetmen|[Ss]ayın",
}
"""Words that stand before the name of a person, by language, as patterns; German ones besides `kind_noun`."""
COURTESIES = frozenset("M. Mme Sayın sayın".split())
"""Words among them that say nothing of the person; in German, nouns tell who somebody is."""

CHINESE_OFFICES = (
    "总统|主席|总理|部长|市长|省长|校长|院长|教授|导演|作家|记者|博士|经理|"
    "董事长|主任|书记|发言人|大使|馆长|船长|站长|会长|厨师|店主"
)
CHINESE_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "习"
)
NO_GIVEN = "说表在和与对于将是的指称也就已从向被因为会到出强调认访问等及则又再都还要曾宣谈发今昨明日上下介绍告诉有不了"
"""Characters that follow a name more often than they are part of one."""

ARABIC_GIVEN = frozenset(
    """محمد أحمد محمود علي حسن حسين عمر خالد يوسف إبراهيم مصطفى سعيد سامي فاطمة مريم ليلى سارة هدى زينب
    جمال كريم طارق ياسر وليد عادل ماجد فيصل سلمان رامي هشام عمرو""".split()
)

RUSSIAN_GIVEN = word_lists("annotate")["russian_given"]

FORMS_OF_ADDRESS = frozenset(map(str.title, COURTESY_TITLES - {"dame", "lady", "lord", "madam", "sir"})).union(
    "Herrn M Madame Monsieur".split()
)
"""Words before a name that are no part of it, in any language; Lady and the like begin names of singers and works."""

NO_NAMES = FORMS_OF_ADDRESS | frozenset("Abu Anfang Ben Don Doña Ende Mitte Nur San Santa Sankt".split())
"""Words that stand before names or months, or are names elsewhere, and are taken for given names."""


ARABIC = frozenset({"ar", "fa", "ur"})

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĞİŁŃŇŐŘŚŞŠŤŮŰŹŻŽА-ЯЁІЇЄҐ"
_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f])+"
_NAME = rf"[{_CAPITAL}]{_LETTERS}(?:[-’'][{_CAPITAL}]{_LETTERS})*"
_PARTICLE = r"(?:von der|von den|van der|van den|de la|de los|von|van|de|del|di|da|dos|du|la|le|al|el|bin|zu)"
_FIRST = re.compile(rf"(?<![\w.@/-]){_NAME}(?![\w@-])")
_REST = re.compile(rf"( {_NAME}| [{_CAPITAL}]\.)??((?: {_PARTICLE})? {_NAME})(?![\w@-])(?! [{_CAPITAL}])")
"""A middle name or initial, and a surname that no other capitalised word follows."""
_INITIALS = re.compile(rf"(?<![\w.])[{_CAPITAL}]\. ?(?:[{_CAPITAL}]\. ?)?{_NAME}(?![\w@-])")
_LAST_WORD = re.compile(r"(?<![\w‑-])([\w‑-]+) $")
_REACH = 40
"""Characters before a name in which an office is looked for."""


_HAN_FULL = re.compile(rf"(?:{CHINESE_OFFICES})([{CHINESE_SURNAMES}][^\W\d_{NO_GIVEN}]{{1,2}})")
_HAN_DOTTED = re.compile(
    rf"(?:{CHINESE_OFFICES})([\u4e00-\u9fff]{{1,5}}(?:·[\u4e00-\u9fff]{{1,6}}?)+)(?=[{NO_GIVEN}，。、：；！？（）“”]|$)"
)
"""A foreign name whose parts a dot separates: 唐纳德·特朗普."""
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]+")


def persons(content: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the persons in a stretch of text that a given name or an office before their name tells."""
    spans: Iterator[tuple[int, int]]
    if language == "zh":
        forms = (_HAN_FULL, _HAN_DOTTED)
        spans = (match.span(1) for form in forms for match in form.finditer(content, start, end))
    elif language in ARABIC:
        spans = _arabic(content, start, end)
    else:
        spans = _alphabetic(content, start, end, language)
    yield from (Span(left, right, EntityType.PERSON) for left, right in spans)


def _alphabetic(content: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    position = start
    for first in _FIRST.finditer(content, start, end):
        before = max(start, first.start() - _REACH)
        if (
            first.start() < position
            or first.group() in NO_NAMES
            or not (is_given(first.group()) or _has_office(content, (before, first.start()), language))
        ):
            continue
        if rest := _REST.match(content, first.end(), end):
            stop = _without_genitive(content, (first.start(), rest), language)
            if stop:
                yield first.start(), stop
                position = stop
    if language in CYRILLIC:
        yield from (match.span() for match in _INITIALS.finditer(content, start, end))


def _without_genitive(content: str, name: tuple[int, re.Match[str]], language: str) -> int | None:
    """Return where a name ends; None if that is not certain. In German a noun may follow the genitive of a name.

    `name` is where the name begins, and the match of all after the given name.
    """
    start, rest = name
    if language != "de":
        return rest.end()
    stop = rest.end(1) if rest[1] and not (rest[1].endswith(".") or is_given(rest[1].strip())) else rest.end()
    owned = content[start:stop].endswith("s") and _is_there(content, content[start : stop - 1])
    if owned:
        return stop - 1
    return stop if stop == rest.end() else None


def _is_there(content: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", content) is not None


def follows_office(content: str, at: int, language: str) -> bool:
    """True if a word before an offset says what office the person has whose name follows."""
    last = content[max(0, at - _REACH) : at].split()[-1:]
    return _has_office(content, (max(0, at - _REACH), at), language) and COURTESIES.isdisjoint(last)


def _has_office(content: str, before: tuple[int, int], language: str) -> bool:
    """True if the stretch before a name ends in an office or a form of address."""
    office, noun = _office(language), _LAST_WORD.search(content, *before) if language == "de" else None
    kind = kind_noun(noun[1]) if noun else None
    return (office is not None and office.search(content, *before) is not None) or (
        kind is not None and kind.type is EntityType.PERSON
    )


@cache
def _office(language: str) -> re.Pattern[str] | None:
    words = OFFICES.get(language)
    return re.compile(rf"(?<!\w)(?:{words}) $") if words else None


@lru_cache(CACHED_WORDS)
def is_given(word: str) -> bool:
    """True if a word is a given name, and not a common word or a name of something else in English."""
    if word in NO_NAMES:
        return False
    if word in RUSSIAN_GIVEN:
        return True
    words = packaged().words
    row = words.index.row(anyascii(word).lower()) or words.index.row(word.lower())
    if not row:
        return False
    flags = int(words.flags[row])
    lists = packaged_lists().kinds(word.lower())
    other = bits("place", "calendar", "brand", "organisation", "team", "holiday", "unit")
    return bool(flags & bits("given")) and not (flags & bits("common") or (flags | lists) & other)


def _arabic(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield two given names, or a given name and a word with the article: أحمد الشرع."""
    words = list(_ARABIC_WORD.finditer(content, start, end))
    at = 0
    while at + 1 < len(words):
        first, second = words[at], words[at + 1]
        named = first.group() in ARABIC_GIVEN and content[first.end() : second.start()] == " "
        if named and (second.group() in ARABIC_GIVEN or (second.group().startswith("ال") and len(second.group()) > 4)):
            yield first.start(), second.end()
            at += 1
        at += 1
