"""References for programs that manage them: CSL-JSON, RIS and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from glossator.export.data import ArchiveData, ArticleData
from glossator.export.documents import json_document
from glossator.extensions.exports.person_names import People

TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
"""Characters that mean something in TeX."""


def csl(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return CSL-JSON. Source: the Citation Style Language's csl-data.json 1.0."""
    people = People(archive.entities)
    references = [_csl(article, people) for article in archive.articles]
    return {"": json_document(references)}


def _csl(article: ArticleData, people: People) -> dict[str, object]:
    fields: dict[str, object | None] = {
        "id": article.id,
        "type": "webpage",
        "title": article.title,
        "container-title": article.site,
        "author": [_csl_name(author, people) for author in article.authors] or None,
        "issued": _csl_date(article.published),
        "accessed": _csl_date(article.saved),
        "URL": article.source,
        "language": article.language,
        "abstract": article.description,
        "keyword": ", ".join(article.tags) or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _csl_name(author: str, people: People) -> dict[str, str]:
    """Return an author: in parts if it is a person, so that the reference is sorted by the family name."""
    name = people.parts(author)
    return {part: text for part, text in name._asdict().items() if text} if name else {"literal": author}


def _csl_date(moment: str | None) -> dict[str, object] | None:
    return {"date-parts": [[int(part) for part in moment[:10].split("-")]]} if moment else None


def ris(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return RIS, a record for each article. Source: the RIS format as Zotero and EndNote read it."""
    people = People(archive.entities)
    records = ("".join(f"{tag}  - {value}\r\n" for tag, value in _ris(article, people)) for article in archive.articles)
    return {"": "\r\n".join(records).encode()}


def _ris(article: ArticleData, people: People) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", article.id
    yield "TI", _one_line(article.title)
    for author in article.authors:
        name = people.parts(author)
        yield "AU", ", ".join(filter(None, name)) if name else _one_line(author)
    for tag, value in (
        ("T2", article.site),
        ("UR", article.source),
        ("LA", article.language),
        ("AB", article.description),
    ):
        if value:
            yield tag, _one_line(value)
    if article.published:
        yield "PY", article.published[:4]  # pandoc reads this alone; Zotero keeps it for records without DA
    for tag, moment in (("DA", article.published), ("Y2", article.saved)):
        if moment:
            yield tag, moment[:10].replace("-", "/")
    for keyword in article.tags:
        yield "KW", _one_line(keyword)
    yield "ER", ""


def bibtex(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return BibTeX with entries of type `online`, as biblatex defines it; the keys are ids without odd characters."""
    keys: set[str] = set()
    people = People(archive.entities)
    return {"": "\n".join(_bibtex(article, keys, people) for article in archive.articles).encode()}


def _bibtex(article: ArticleData, keys: set[str], people: People) -> str:
    plain = key = re.sub(r"[^A-Za-z0-9-]", "-", article.id)
    number = 1
    while key in keys:
        number += 1
        key = f"{plain}-{number}"
    keys.add(key)
    fields = {
        "title": _tex(article.title),
        "author": " and ".join(_bibtex_name(author, people) for author in article.authors),
        "organization": _tex(article.site or ""),
        "date": (article.published or "")[:10],
        "urldate": (article.saved or "")[:10],
        "url": (article.source or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "langid": article.language or "",
        "keywords": _tex(", ".join(article.tags)),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{key},\n{''.join(lines)}}}\n"


def _bibtex_name(author: str, people: People) -> str:
    """Return an author as "Family, Suffix, Given"; what is no person stands in braces, as a whole."""
    name = people.parts(author)
    return (
        ", ".join(_tex(part) for part in (name.family, name.suffix, name.given) if part)
        if name
        else f"{{{_tex(author)}}}"
    )


def _tex(text: str) -> str:
    return "".join(TEX.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
