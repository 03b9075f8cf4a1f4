"""Lines above a text with a key: `Source: ...`, `Date: ...`, in the words of many languages."""

from __future__ import annotations

import re

from glossator.addresses import web_address
from glossator.stages.extract.metadata.date_parsing import find_day

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
HEADER_LINE = re.compile(r"(?P<key>[^\W\d_][\w -]{1,18}?)(?::[ \t]+|：[ \t]*)(?P<value>\S.*)")


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
