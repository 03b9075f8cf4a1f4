"""References for programs that manage them: CSL-JSON and RIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glossator.export.documents import json_document
from glossator.extension_points.exports import ArchiveData, ArticleData, Export
from glossator.extensions.exports.person_names import People
from glossator.text import one_line


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
    yield "TI", one_line(article.title)
    for author in article.authors:
        name = people.parts(author)
        yield "AU", ", ".join(filter(None, name)) if name else one_line(author)
    for tag, value in (
        ("T2", article.site),
        ("UR", article.source),
        ("LA", article.language),
        ("AB", article.description),
    ):
        if value:
            yield tag, one_line(value)
    if article.published:
        yield "PY", article.published[:4]  # pandoc reads this alone; Zotero keeps it for records without DA
    for tag, moment in (("DA", article.published), ("Y2", article.saved)):
        if moment:
            yield tag, moment[:10].replace("-", "/")
    for keyword in article.tags:
        yield "KW", one_line(keyword)
    yield "ER", ""


CSL = Export(contract=2, help="References as CSL-JSON", of_archive=csl)
RIS = Export(contract=2, help="References as RIS", of_archive=ris)
