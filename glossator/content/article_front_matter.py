"""The front matter of an article: its values, keys that are misspelt, and edits of a person.

An article that states no language has one if its letters show that it is not written in Latin ones.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glossator import frontmatter, rights
from glossator.addresses import web_address
from glossator.config import LANGUAGE_TAG
from glossator.files import Unusable, read_text
from glossator.model import ArticleHead, ArticleId, Problem
from glossator.text import one_line

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

KEYS = (
    *("title", "source", "site", "authors", "published", "saved"),
    *("language", "description", "image", "tags", "aliases"),
)
"""Keys of values that are read, besides those that state rights, in the order in which they are written."""
CONVERSION = "conversion"
"""Key of what an article was made of, and how."""
_NEIGHBOURS = frozenset({"publisher"})
"""Keys of other programs that are spelt nearly like one of ours, and mean something else."""
_ALIKE = 0.8
"""Likeness of two keys of which one is probably meant for the other: that of `titel` and `title`."""
_SAMPLE = 2000
"""Characters that are looked at: more do not change the answer."""
_SHARE = 0.5
"""Share of the letters beyond which a text is written in their script; names and quotations are often in another."""
_LANGUAGES = {
    "ARABIC": ("ar", "fa", "ps", "ug", "ur"),
    "BENGALI": ("as", "bn"),
    "CJK": ("ja", "zh"),
    "CYRILLIC": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "uk"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "GEORGIAN": ("ka",),
    "GREEK": ("el",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "THAI": ("th",),
}
"""Languages written in a script, which the names of its letters begin with."""


def read_head(
    article: ArticleId, name: str, text: str, fields: Mapping[str, object], body: str
) -> tuple[ArticleHead, list[Problem]]:
    """Return the head that the front matter gives an article, and what is wrong with its values.

    `text` is the whole file, which problems call by `name`; `fields` and `body` are its parts.
    """
    report = _Report(name, text, [])
    title = text_value(fields, "title") or first_heading(body) or article.replace("-", " ")
    language = text_value(fields, "language")
    if language and not LANGUAGE_TAG.fullmatch(language):
        report("language", language, "language tag such as en or pt-BR")
        language = ""
    head = ArticleHead(
        id=article,
        title=title,
        source=_source(fields, report),
        site=text_value(fields, "site") or None,
        authors=_list(fields, "authors"),
        published=_date(fields, "published", report),
        saved=_date(fields, "saved", report),
        language=language or unstated_language(body) or None,
        description=text_value(fields, "description") or None,
        image=web_address(text_value(fields, "image")) or None,
        tags=_list(fields, "tags"),
        aliases=_list(fields, "aliases"),
    )
    return head, report.problems


class _Report(msgspec.Struct, frozen=True):
    """Reporter of values that cannot be used: the file's name and text, and the list of problems."""

    name: str
    text: str
    problems: list[Problem]

    def __call__(self, key: str, value: str, expected: str) -> None:
        line = frontmatter.line_of(self.text, key)
        message = f'{key} "{value}" is no {expected}: it was passed over'
        self.problems.append(Problem("articles", self.name, message, line, fatal=False))


def _source(fields: Mapping[str, object], report: _Report) -> str | None:
    stated = text_value(fields, "source")
    address = web_address(stated)
    if stated and not address:
        report("source", stated, 'web address that begins with "https://"')
    return address or None


def text_value(fields: Mapping[str, object], key: str) -> str:
    """Return a value as one line of text; empty if there is none, or if it is a list or a table."""
    value = fields.get(key)
    return one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(fields: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    values = value if isinstance(value, list) else [value]
    texts = (one_line(str(item)) for item in values if isinstance(item, str | int | float))
    return tuple(dict.fromkeys(text for text in texts if text))


def _date(fields: Mapping[str, object], key: str, report: _Report) -> str | None:
    value = text_value(fields, key)
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        report(key, value, "date such as 2026-03-14")
        return None


def first_heading(body: str) -> str:
    """Return the heading of the first level with which a text begins; empty if it begins otherwise."""
    heading = re.match(r"\s*# +(.+)", body)
    return one_line(heading.group(1)) if heading else ""


def misspelt_keys(name: str, text: str, fields: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a notice for each key that is probably meant for one of ours, whether or not the front matter has that.

    `text` is the whole file, `fields` its front matter; problems call the file by `name`.
    """
    for key in fields:
        if key not in (*KEYS, CONVERSION) and key not in rights.KEYS and key not in _NEIGHBOURS:
            for near in difflib.get_close_matches(key, (*KEYS, CONVERSION), 1, _ALIKE):
                line = frontmatter.line_of(text, key)
                yield Problem("articles", name, f"{key} is not read: did you mean {near}?", line, fatal=False)


def is_edited(path: Path) -> bool:
    """True if the file exists and is not as a conversion wrote it."""
    try:
        fields, body = frontmatter.split(read_text(path))
    except Unusable:
        return path.exists()
    except frontmatter.FrontMatterError:
        return True
    conversion = fields.get(CONVERSION)
    if not isinstance(conversion, dict) or not conversion.get("file"):
        return True
    return str(conversion.get("written", "")) != fingerprint(fields, body)


def fingerprint(fields: Mapping[str, object], body: str) -> str:
    """Digest what a person may edit: every field but the conversion's own, and the body."""
    mine = {key: value for key, value in fields.items() if key != CONVERSION}
    text = json.dumps([mine, body.strip("\n")], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def unstated_language(text: str) -> str:
    """Return the likeliest language of a text that is not in Latin letters; empty for any other text.

    A site's language would be no better guess for such a text, and would be wrong about its direction. Method: Lui and
    Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012, among the languages of the script.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return ""
    letters = [letter for letter in sample if letter.isalpha()]
    others = Counter(letter for letter in letters if letter > "ʯ")  # beyond Latin letters with marks
    if others.total() <= _SHARE * len(letters):
        return ""
    scripts = Counter[str]()
    for letter, count in others.items():
        scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    script, _ = max(scripts.items(), key=lambda item: (item[1], item[0]))
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"]:
        return "ja"
    languages = _LANGUAGES.get(script, ())
    return languages[0] if len(languages) == 1 else str(_identifier(languages).classify(sample)[0]) if languages else ""


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    # Imported here because its model takes long to load, and few articles need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in languages if language in identifier.labels])
    return identifier
