"""A vault of notes that link to each other, which Obsidian and other programs open as it is.

Saved code in them is shown, and run by no plug-in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from glossator import frontmatter
from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export
from glossator.extensions.exports.code_in_notes import without_programs

FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
"""Characters that no file system, or no wiki link, takes in a name."""
NOT_IN_LABELS = re.compile(r"[|\[\]\x00-\x1f]+")
"""Characters that end the label of a wiki link."""
LONGEST_NAME = 120


def notes(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a note for each article and each entity, in the folders `Articles` and `Entities`.

    An article's note has its Markdown, without code that a plug-in would run, and below it links to the notes of the
    entities that it mentions.
    """
    articles = _names({article.id: article.title for article in archive.articles})
    entities = _names({entity.id: entity.name for entity in archive.entities})
    by_id = archive.by_id()
    files = {f"Articles/{articles[article.id]}.md": _article(article, by_id, entities) for article in archive.articles}
    files |= {f"Entities/{entities[entity.id]}.md": _entity(entity, articles) for entity in archive.entities}
    return files


def _names(titles: Mapping[str, str]) -> dict[str, str]:
    """Return a file name for each id, no two of which differ in case alone."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for key, title in titles.items():
        name = plain = " ".join(FORBIDDEN.sub(" ", title).split())[:LONGEST_NAME].strip(". ") or key
        if name.casefold() in taken:
            name = f"{plain} ({key})"
        taken.add(name.casefold())
        names[key] = name
    return names


def _article(article: ArticleData, entities: Mapping[str, EntityData], names: Mapping[str, str]) -> bytes:
    fields = {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "site": article.site,
        "authors": list(article.authors) or None,
        "published": article.published,
        "saved": article.saved,
        "language": article.language,
        "tags": list(article.tags) or None,
    }
    kept: dict[str, object] = {name: value for name, value in fields.items() if value}
    mentioned = dict.fromkeys(mention.entity for mention in article.mentions)
    links = "".join(f"- [[Entities/{names[entity]}|{_label(entities[entity].name)}]]\n" for entity in mentioned)
    below = f"\n\n## Names in this article\n\n{links}" if links else "\n"
    return frontmatter.join(kept, f"\n{without_programs(article.markdown.strip())}{below}").encode()


def _entity(entity: EntityData, names: Mapping[str, str]) -> bytes:
    fields: dict[str, object] = {"type": entity.type, "origin": entity.origin}
    if entity.aliases:
        fields["aliases"] = list(entity.aliases)
    parts = [f"# {entity.name}"]
    if entity.note:
        parts.append(entity.note.strip())
    if entity.descriptor:
        parts.append(f"{entity.descriptor.text} ([[Articles/{names[entity.descriptor.article]}]])")
    parts.append("## Articles")
    parts.append("\n".join(f"- [[Articles/{names[article]}]]" for article in entity.articles))
    return frontmatter.join(fields, "\n" + "\n\n".join(parts) + "\n").encode()


def _label(name: str) -> str:
    return NOT_IN_LABELS.sub(" ", name)


VAULT = Export(contract=2, help="Notes that link to each other, for Obsidian", of_archive=notes)
