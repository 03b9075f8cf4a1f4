"""Lines above a text that say who wrote it, when and where: `Source: ...`, `By ...`, datelines of agencies."""

from __future__ import annotations

import re

from glossator.addresses import web_address
from glossator.stages.extract.metadata.date_parsing import find_day, without_days
from glossator.word_lists import lines

_FIELD = {key: field for field, (keys,) in lines("header_keys").items() for key in keys.split()}
HEADER_LINE = re.compile(r"(?P<key>[^\W\d_][\w -]{1,18}?)(?::[ \t]+|：[ \t]*)(?P<value>\S.*)")
_UNSPACED_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|(?=.*[\u3400-\u9fff])[\u3400-\u9fff々ヶ\u3040-\u30ff]{2,8}")
_PARTICLES = frozenset("de del der den di la le van von zu al bin da dos ter y".split())
_ROLE = re.compile(
    r"\b(?:staff|reporter|correspondent|editor|writer|press|news|bureau|desk|redaktion|redacción)\b", re.IGNORECASE
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ]"
_NAME = rf"{_CAPITAL}[\w'’-]*\.?(?: {_CAPITAL}[\w.'’-]*){{1,3}}"
"""Each word has a capital, so that no word between two names is one."""
_ARABIC = r"[\u0621-\u064a]{2,}(?: [\u0621-\u064a]{2,}){1,3}"
_CHINESE = r"(?!\S*(?:报道|報道|报导|報導))[\u3400-\u9fff]{2,4}"
_JAPANESE = r"[\u3400-\u9fff々ヶ\u3040-\u30ff]{2,8}"
_REPORTERS = r"(?:本报|本報|新华社|新華社|中新社|中新网|本刊|见习|特约|首席|驻[\u3400-\u9fff]{2,4}?)"
BYLINE = re.compile(
    r"(?:(?i:(?:story |words |text |reported |written )?by|von|por|par)(?:\s*+:)?\s++(?P<names>[^\W\d_a-z].{2,120})"
    r"|(?P<named>[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3}),"
    r" (?i:(?:[\w ]+ )?(?:reporter|correspondent|editor|writer|columnist|корреспондент|обозреватель|muhabir))"
    r"|(?i:автор(?:ы|\ текста)?|текст|подготовил(?:а|и)?|записал(?:а)?|беседовал(?:а)?|yazan|yazar|haber|metin"
    rf"|muhabir|hazırlayan|röportaj)\s*[:/–—-]\s*(?P<labelled>{_NAME}(?:(?:, | и | ve ){_NAME})*)"
    rf"|(?i:(?:специальный )?корреспондент)\s+(?P<russian>{_NAME})"
    rf"|(?:بقلم|(?:كتبه?|كتبت|كتابة|إعداد|اعداد|تقرير|تحقيق|الكاتبة?)(?=\s*[:/-]))(?:\s*+[:/-])?\s*+"
    rf"(?P<arabic>{_ARABIC}(?:\s?، ?{_ARABIC})*)"
    rf"|(?:{_REPORTERS}{{1,3}}(?:记者|記者)[:：／/ ]*+|(?:记者|記者|作者|撰文|文)[:：／/ ]++)"
    rf"(?P<unspaced>{_CHINESE}(?:[、 ]{_CHINESE})*)(?: [\u3400-\u9fff]{{0,4}}(?:报道|報道|报导|報導))?"
    r"|(?:(?:取材|写真)[・･／/])?(?:文|執筆者?|著者|筆者|構成|ライター)(?:[・･／/](?:写真|構成))?"
    rf"[・･=＝:：／/ ]\s?(?P<japanese>{_JAPANESE}(?: [\u3400-\u9fff々\u3040-\u30ff]{{1,4}})?(?:、{_JAPANESE})*)"
    r"|(?P<signed>[\u3400-\u9fff々]{2,4} ?[\u3400-\u9fff々\u3040-\u30ff]{1,4}) ?記者)\Z"
)
"""A byline. Without a colon, only words that nothing but a name follows are taken for one."""
_KINDS = ("names", "named", "labelled", "russian", "arabic", "unspaced", "japanese", "signed")
_AGENCY = re.compile(
    r"[（(]?[^。！？]{0,30}?[（(]\s?(?:[\u3400-\u9fff]{2,4})??(?:记者|記者)[:： ]?"
    rf"(?P<names>{_CHINESE}(?:[、 ]{_CHINESE}){{0,4}})\s?[)）]"
)
"""Beginning of the text of a Chinese agency, with the names of its reporters."""
_AFTER_DAY = re.compile(r"[\s,،]*+(?:(?:г\.|года)\s*+)?(?:[（(][^()（）]{1,40}[)）])?[\s,،:]*+")
"""The agency, or nothing, behind the day of a dateline."""
_LONGEST_DATELINE = 90


def field_of(key: str) -> str | None:
    """Return the field of an article that the key of a header line names; empty for one of no use, None for others."""
    return _FIELD.get(key.lower().replace(" ", "-"))


def checked(field: str, value: str) -> str:
    """Return the value of a header line in our notation; empty if the field cannot hold it."""
    if field in ("published", "saved"):
        return find_day(value) or ""
    if field == "source":
        return web_address(value)
    return value if field != "language" or re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value) else ""


def names_of_byline(byline: str) -> tuple[str, ...]:
    """Return the authors in a byline, without dates, addresses and roles."""
    byline = re.split(r"\s[|•·–—]\s|<", byline)[0]
    names: list[str] = []
    for part in re.split(r"\s*[,;、،]\s*|\s+(?:and|und|y|e|et|и|ve|و|&)\s+|\s+in\s+(?=[A-Z])", byline):
        words = part.strip().split()
        if all(_UNSPACED_NAME.fullmatch(word) for word in words):
            names += words
        elif 2 <= len(words) <= 5 and all(_may_be_named(word) or word in _PARTICLES for word in words):
            name = " ".join(words)
            names.append(name.title() if name.isupper() else name)
    return tuple(dict.fromkeys(name for name in names if not find_day(name) and not _ROLE.search(name)))


def _may_be_named(word: str) -> bool:
    """True if a word begins as names do: with a capital, or with a letter of a script that has none."""
    return word[:1].isalpha() and not word[:1].islower()


def names_of_line(text: str) -> str | None:
    """Return the names in a line such as "By Jane Doe", unchanged; None for other lines."""
    if not (match := BYLINE.match(text)):
        return None
    kind = next(kind for kind in _KINDS if match[kind])
    # A Japanese surname and the name after it may be written apart, and are the name of one person.
    return match[kind].replace(" ", "") if kind in ("japanese", "signed") else match[kind]


def names_in_opening(text: str) -> str | None:
    """Return the names of reporters at the beginning of a text: 新华社北京3月5日电（记者张伟）."""
    opening = _AGENCY.match(text[:_LONGEST_DATELINE])
    return opening["names"] if opening else None


def day_of_dateline(text: str) -> str | None:
    """Return the day in the dateline at the beginning of a text: "МОСКВА, 5 марта 2024 — ..."; None without one."""
    head = re.split(r"[—–]|\s--?\s|(?<=[日社])[电電讯訊]", text[:_LONGEST_DATELINE], maxsplit=1)
    if len(head) < 2 or re.search(r"[.!?。！？]\s", re.sub(r"\b[^\W\d_]{1,4}\.", "", head[0])):
        return None
    place = re.split(r"[\d٠-٩,،(（]", head[0], maxsplit=1)[0].strip()
    is_place = 0 < len(place.split()) <= 4 and place == place.upper()
    return find_day(head[0]) if is_place and _AFTER_DAY.fullmatch(without_days(head[0]).strip()[len(place) :]) else None
