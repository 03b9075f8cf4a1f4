"""Disclosure: the texts and names that a site makes public or keeps back, and all that would still tell of them.

A public repository shows more than the site: files of articles that are kept back, and ids of private names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec
from markupsafe import escape

from glossator import frontmatter, rights
from glossator.addresses import host
from glossator.content import decisions, highlights, lock_files
from glossator.content.article_files import stated_rights
from glossator.content.article_store import ArticleStore
from glossator.content.conversions import read_conversions
from glossator.content.own_texts import read_notes
from glossator.content.published_ids import read_topic_ids
from glossator.files import Unusable, read_bytes, read_text
from glossator.model import Decisions, Disclosure, Entity, EntityType, KeptBack, PrivateNames, Problem, PublishedId
from glossator.naming.private_names import has_whole_name, is_part_of, is_surname_of, names_private, resembled_by
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.ingest.article_images import PictureCheck
from glossator.pipeline.review.kept_back_names import files_with_kept_back_names, names_held


def disclosure(
    content: Path, store: ArticleStore, decided: Decided, archive: FoundEntities, pictures: PictureCheck
) -> Disclosure:
    """Return the disclosure of an archive in the folder `content`; `pictures` are those that were checked."""
    kept_back = _kept_back(content, store)
    private = archive.decisions.private
    in_repository = {*disclosing_files(content, store, private, archive.published), *pictures.described}
    in_repository |= set(files_with_kept_back_names(content, store, decided, {*archive.unmatched.values()}))
    whole = [stored for stored in store.kept if stored.head.rights == "full"]
    sources = [stored.head for stored in whole if stored.head.source]
    return Disclosure(
        whole=len(whole),
        sourced=len(sources),
        unsourced=tuple(f"articles/{stored.file}" for stored in whole if stored.conversion and not stored.head.source),
        publications=len({head.site or host(head.source or "") for head in sources}),
        kept_back=tuple(sorted(kept_back, key=lambda text: text.file)),
        private_names=tuple(sorted(private)),
        repository=tuple(sorted(path for path in in_repository if (content / path).exists())),
    )


def disclosing_files(
    content: Path, store: ArticleStore, private: Iterable[str], published: Iterable[PublishedId]
) -> set[str]:
    """Return the files of the folder `content`, pictures aside, that tell of what the site keeps back.

    They are named whether they exist or not. `private` are the private names, `published` the ids in the lock.
    """
    saved = (stored.conversion.file for stored in store.kept if stored.head.rights != "full" and stored.conversion)
    return {
        *(text.file for text in _kept_back(content, store)),
        *(f"saved/{file}" for file in saved),
        *_with_private_names(content, private, published),
        *(path.relative_to(content).as_posix() for path in (content / highlights.FOLDER).rglob("*.json")),
    }


def _kept_back(content: Path, store: ArticleStore) -> Iterator[KeptBack]:
    """Yield the pages and notes that are kept back, and the articles that are, wholly or in part, or cannot be read."""
    yield from (*_texts(content, "pages"), *_texts(content, "entities"))
    for stored in store.kept:
        if stored.head.rights != "full":
            yield KeptBack(f"articles/{stored.file}", stored.head.rights, stored.withheld)
    for name, record in store.looked.items():
        if record.kept is None and record.problems:
            yield KeptBack(f"articles/{name}", "private", record.problems[0].message)


def _with_private_names(content: Path, private: Iterable[str], published: Iterable[PublishedId]) -> Iterator[str]:
    """Yield the files of the content, besides texts, that have private names or their ids, or name private articles."""
    names = {name.casefold() for name in private}
    if names:
        yield decisions.FILE
        notes = read_notes(content / "entities", whole=True)[0]
        yield from (f"entities/{note.slug}.md" for note in notes if note.name.casefold() in names)
    ids = {entity.id for entity in published if entity.name.casefold() in names or entity.id in names}
    if ids:
        yield lock_files.ENTITIES_LOCK
    if ids & read_topic_ids(content).keys():
        yield lock_files.TOPICS_LOCK
    if any(row.rights == "private" for row in read_conversions(content)[0].values()):
        yield lock_files.ARTICLES_LOCK


def _texts(content: Path, folder: str) -> Iterator[KeptBack]:
    """Yield the pages or notes that are kept back."""
    for path in sorted((content / folder).glob("*.md")):
        try:
            text = read_text(path)
            if not rights.may_state(text):
                continue
            fields, body = frontmatter.split(text)
        except (Unusable, frontmatter.FrontMatterError):
            continue  # reported, and shown nowhere
        stated = stated_rights(text, fields, body)
        if stated.rights != "full":  # a page or note is published whole or not at all
            yield KeptBack(f"{folder}/{path.name}", "private", stated.reason)


def private_remains(entities: Iterable[Entity], private: PrivateNames) -> Iterator[Problem]:
    """Yield a problem for each undecided entity that has the name or surname of a private person."""
    for entity in entities if private else ():
        name = next((name for form in entity.forms if (name := resembled_by(form, private))), "")
        if name and entity.origin == "machine":
            yield Problem(
                "resolve",
                decisions.FILE,
                f"“{entity.name}” is shown, and “{name}” is private. If they are the same, run: "
                f'glossator entity private "{entity.name}". If not: glossator entity confirm "{entity.name}".',
                fatal=False,
            )


def with_revealing(problems: Iterable[Problem], private: PrivateNames) -> Iterator[Problem]:
    """Yield problems, those that name somebody private marked as such."""
    for problem in problems:
        named = names_private(problem.message, private)
        yield msgspec.structs.replace(problem, reveals=True) if named else problem


def loses_a_name(private: PrivateNames, old: Path, new: Path) -> bool:
    """True if an old file of the site has a private name or surname, which the new one, the second, has not."""
    if not private:
        return False
    names = PrivateNames(tuple(str(escape(name)) for whole in private.whole for name in (whole, *whole.split()[-1:])))
    try:
        was, now = (read_bytes(path).decode("utf-8", "replace") for path in (old, new))
    except Unusable:
        return True
    return has_whole_name(was, names) and not has_whole_name(now, names)


def whole_names(entities: Iterable[Entity], private: str) -> list[str]:
    """Return the names of the undecided entities that have the whole name of a private person."""
    whole = PrivateNames((private,))
    return [
        entity.name
        for entity in entities
        if entity.origin == "machine" and entity.name != private and has_whole_name(entity.name, whole)
    ]


def without_kept_back(archive: FoundEntities, store: ArticleStore, private: PrivateNames) -> tuple[PublishedId, ...]:
    """Return the ids that are given out, without those of names that nothing public has any more.

    These are parts of private names, and names in text that is kept back. An id whose article was deleted stays, so
    that a name that returns has its address again.
    """
    unused = [entity for entity in archive.published if entity.id not in archive.article_counts]
    dropped = {entity.id for entity in unused if entity.type is EntityType.PERSON and is_part_of(entity.name, private)}
    dropped |= {entity.id for entity in unused if has_whole_name(entity.name, private)}
    dropped |= {entity.id for entity in unused if is_surname_of(entity.name, private)}
    dropped -= {entity.id for entity in unused if entity.name in private.whole}  # a decision may name it by its id
    if unused:
        names = {entity.id: _names_of(entity, archive.decisions) for entity in unused}
        held = names_held(store.folder.parent, store, chain.from_iterable(names.values()), archive.namespace)
        dropped |= {key for key, several in names.items() if not held.isdisjoint(several)}
    return tuple(entity for entity in archive.published if entity.id not in dropped)


def _names_of(entity: PublishedId, given: Decisions) -> set[str]:
    """Return the names that an id tells: its own, that of which it was made, and those that decisions turn into it."""
    called = {entity.name.casefold(), str(entity.id)}
    former = [old for old, new in given.rename if new.casefold() in called]
    former += chain.from_iterable(names for survivor, names in given.merge if survivor.casefold() in called)
    former += [split.name for split in given.splits if split.entity.casefold() in called]
    return {entity.name, entity.id.replace("-", " "), *former}
