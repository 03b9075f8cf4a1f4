"""References for LaTeX: BibTeX, with the fields of biblatex."""

from __future__ import annotations

import re
from collections.abc import Mapping

from glossator.extension_points.exports import ArchiveData, ArticleData, Export
from glossator.extensions.exports.person_names import People
from glossator.text import one_line

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
    return "".join(TEX.get(character, character) for character in one_line(text))


BIBTEX = Export(contract=2, help="References as BibTeX", of_archive=bibtex)
