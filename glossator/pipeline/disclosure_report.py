"""The archive -> what its site makes public, what is kept back and why, and what a public repository would show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glossator import frontmatter, rights
from glossator.addresses import host
from glossator.content import decisions, lock_files
from glossator.content.article_files import stated_rights
from glossator.content.article_store import ArticleStore
from glossator.content.topic_ids import read_topic_ids
from glossator.files import Unusable, read_text
from glossator.model import Disclosure, KeptBack, PublishedId
from glossator.pipeline.find_names import Decided
from glossator.pipeline.ingest.article_images import PictureCheck


def disclosure(
    content: Path, store: ArticleStore, decided: Decided, published: Iterable[PublishedId], pictures: PictureCheck
) -> Disclosure:
    """Return the disclosure of an archive in the folder `content`.

    `published` are the ids in the lock, `pictures` the pictures as they were checked.
    """
    kept_back = [*_articles(store), *_texts(content, "pages"), *_texts(content, "entities")]
    private = decided.decisions.private
    in_repository = {text.file for text in kept_back}
    in_repository |= {
        f"saved/{stored.conversion.file}" for stored in store.kept if stored.head.rights != "full" and stored.conversion
    }
    in_repository |= set(_with_private_names(content, private, published))
    in_repository |= set(pictures.described)
    whole = [stored.head for stored in store.kept if stored.head.rights == "full"]
    sources = [head for head in whole if head.source]
    return Disclosure(
        whole=len(whole),
        sourced=len(sources),
        publications=len({head.site or host(head.source or "") for head in sources}),
        kept_back=tuple(sorted(kept_back, key=lambda text: text.file)),
        private_names=tuple(sorted(private)),
        repository=tuple(sorted(path for path in in_repository if (content / path).exists())),
    )


def _articles(store: ArticleStore) -> Iterator[KeptBack]:
    """Yield the articles that are kept back, wholly or in part, or that cannot be read."""
    for stored in store.kept:
        if stored.head.rights != "full":
            yield KeptBack(f"articles/{stored.file}", stored.head.rights, stored.withheld)
    for name, record in store.looked.items():
        if record.kept is None and record.problems:
            yield KeptBack(f"articles/{name}", "private", record.problems[0].message)


def _with_private_names(content: Path, private: Iterable[str], published: Iterable[PublishedId]) -> Iterator[str]:
    """Yield the files of the content that have private names or their ids, besides the texts."""
    names = {name.casefold() for name in private}
    if names:
        yield decisions.FILE
    ids = {known.id for known in published if known.name.casefold() in names or known.id in names}
    if ids:
        yield lock_files.ENTITIES
    if ids.intersection(read_topic_ids(content)):
        yield lock_files.TOPICS


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
