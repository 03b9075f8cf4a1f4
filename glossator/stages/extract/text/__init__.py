"""Plain-text copies of articles: the text that a person copies out of a page, and plain notes.

No markup tells the lines apart, so their words and positions must: the article's body is the stretch with the most
prose, the title is the headline before the body, and what a page has around its article is recognised by words or
position. A text without any remains of a page is left whole.
"""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from pathlib import PurePosixPath

from glossator.config import ExtractSettings
from glossator.model import Conversion, Extracted
from glossator.stages.extract.days import find_day
from glossator.stages.extract.decode import decode
from glossator.stages.extract.language import guess_language
from glossator.stages.extract.part import Part
from glossator.stages.extract.rights import stated_rights
from glossator.stages.extract.text.bodytext import body_markdown
from glossator.stages.extract.text.lines import units
from glossator.stages.extract.text.roles import assign
from glossator.stages.extract.unreadable import Unreadable
from glossator.urls import web_address

READER = "text 4"

LARGEST = 10_000_000
"""Characters: ten times a long novel."""
MOST_LINES = 50_000

_HEADER_KEYS = {
    "title": "title headline subject titel betreff título titulo asunto заголовок başlık 标题 標題 タイトル العنوان",
    "source": "url source link address permalink quelle fuente ссылка адрес bağlantı 链接 網址 网址 リンク الرابط",
    "published": "date published publication-date datum fecha posted pubdate дата дата-публикации tarih 日期 发布时间"
    " 日付 公開日 掲載日 التاريخ تاريخ-النشر",
    "authors": "author authors by byline autor autores creator автор авторы yazar 作者 著者 الكاتب",
    "site": "site publication publisher website newspaper sitename medium издание источник kaynak yayın 来源 來源"
    " 媒体 掲載紙 المصدر",
    "saved": "saved accessed retrieved downloaded clipped archived created",
    "language": "language lang sprache idioma",
    "tags": "tags keywords",
    "description": "description summary excerpt abstract",
    "sender": "from von de",
    "": "to cc an para reply-to message-id section length word-count",
}
_FIELD = {key: field for field, keys in _HEADER_KEYS.items() for key in keys.split()}
_HEADER_LINE = re.compile(r"(?P<key>[^\W\d_][\w -]{1,18}?)(?::[ \t]+|：[ \t]*)(?P<value>\S.*)")
_UNSPACED_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|(?=.*[\u3400-\u9fff])[\u3400-\u9fff々ヶ\u3040-\u30ff]{2,8}")
_PARTICLES = frozenset("de del der den di la le van von zu al bin da dos ter y".split())
_ROLE = re.compile(
    r"\b(?:staff|reporter|correspondent|editor|writer|press|news|bureau|desk|redaktion|redacción)\b", re.IGNORECASE
)


def read(part: Part, settings: ExtractSettings) -> Extracted:
    """Read the article in a plain text. Raises Unreadable if the text holds no article, or far more than one."""
    whole = decode(part.data)
    if len(whole) > LARGEST or whole.count("\n") > MOST_LINES:
        raise Unreadable(
            f"The file has more than {LARGEST:,} characters or {MOST_LINES:,} lines; save its parts apart."
        )
    header, text = _header(whole)
    # Without a header, `stated_rights` still looks for front matter that was not recognised.
    stated, unclear = stated_rights(part, whole, _header_fields(whole) if header else {})
    text_units = units(text)
    if not text_units:
        raise Unreadable("The file has no text below its header lines; save the article again.")
    parts = assign(text_units, header.get("title"), PurePosixPath(part.entry or part.file.path).stem)
    markdown = body_markdown(parts.body) or body_markdown([unit for unit in text_units if unit.text != parts.title])
    if not markdown:
        raise Unreadable("The file has a title and no text below it; save the article again.")
    visible = {
        "site": parts.site,
        "published": parts.published,
        "saved": parts.saved,
        "description": parts.description,
        "authors": parts.byline,
    }
    values = {name: value for name, value in (visible | header).items() if value}
    origins = {name: "header lines" if name in header else "visible text" for name in values}
    origins["title"] = parts.title_origin
    if "language" not in values and (language := guess_language(markdown, settings.languages)):
        values["language"], origins["language"] = language, "guess"
    if not (authors := _names(values.get("authors", ""))):
        origins.pop("authors", None)
    return Extracted(
        title=parts.title,
        markdown=markdown,
        conversion=Conversion(part.file.path, part.file.sha256, "text", READER, tuple(sorted(origins.items()))),
        source=values.get("source"),
        site=values.get("site"),
        authors=authors,
        published=values.get("published"),
        saved=values.get("saved"),
        language=values.get("language"),
        description=values.get("description"),
        tags=tuple(tag for item in re.split(r"[,;]", values.get("tags", "")) if (tag := item.strip(" #"))),
        rights=stated.rights,
        unclear=unclear,
    )


def _may_be_named(word: str) -> bool:
    """True if a word begins as names do: with a capital, or with a letter of a script that has none."""
    return word[:1].isalpha() and not word[:1].islower()


def _header_fields(text: str) -> dict[str, object]:
    """Return every header line of a text whose header is recognised, as key and value."""
    lines = takewhile(bool, map(_HEADER_LINE.fullmatch, map(str.strip, text.lstrip("\n").split("\n"))))
    return {line["key"]: line["value"] for line in lines if line}


def _header(text: str) -> tuple[dict[str, str], str]:
    """Split off header lines such as `Title: ...`, which some tools write above the text."""
    lines = text.lstrip("\n").split("\n")
    header_lines = list(takewhile(bool, map(_HEADER_LINE.fullmatch, map(str.strip, lines))))
    known = [
        (field, line["value"]) for line in header_lines if line and (field := _FIELD.get(_key(line["key"]))) is not None
    ]
    if len(known) < 2 or len(known) < len(header_lines) / 2:
        return {}, text
    fields = {field: _checked(field, value) for field, value in reversed(known)}
    if fields.pop("sender", "") and "published" in fields:
        # The date of a mailed article is that of the mail; the article is older.
        fields["saved"] = fields.pop("published")
    rest = dropwhile(lambda line: not re.search(r"\w", line), lines[len(header_lines) :])
    return {field: value for field, value in fields.items() if field and value}, "\n".join(rest)


def _key(name: str) -> str:
    return name.lower().replace(" ", "-")


def _checked(field: str, value: str) -> str:
    """Return the value of a header line in our notation; empty if the field cannot hold it."""
    if field in ("published", "saved"):
        return find_day(value) or ""
    if field == "source":
        return web_address(value)
    return value if field != "language" or re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value) else ""


def _names(byline: str) -> tuple[str, ...]:
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
