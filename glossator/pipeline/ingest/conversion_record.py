"""The record of conversions: removed articles stay away, rights are inherited, old addresses redirect.

An article whose file a person renamed is recognised by the saved file that its front matter names, or by its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator import addresses, slugs
from glossator.content.article_store import ArticleFileRecord, ArticleStore, StoredArticle
from glossator.content.conversions import (
    Conversions,
    ConvertedEntry,
    EntryKey,
    Renames,
    address_digest,
    key_of,
    read_conversions,
    with_store,
)
from glossator.model import ArticleId, Extracted, Problem, Rights, SavedFile
from glossator.pipeline.ingest.write_articles import ReadFiles, WrittenArticles, duplicate_notice
from glossator.rights import in_inbox, strictest_of


class ConversionRecord(msgspec.Struct, frozen=True):
    """The record of conversions as it was stored, and as it is now that the articles were looked at."""

    stored: Mapping[EntryKey, ConvertedEntry]
    now: Mapping[EntryKey, ConvertedEntry]
    by_sha: Mapping[str, tuple[ConvertedEntry, ...]] = msgspec.field(default_factory=dict)
    """Entries by the SHA-256 of their saved file."""
    stored_renames: Renames = msgspec.field(default_factory=dict)
    """Renames of articles as they were stored."""

    def of(self, article: Extracted) -> ConvertedEntry | None:
        """Return what became of an article before, also if its saved file has another name now."""
        conversion = article.conversion
        same = (row for row in self.by_sha.get(conversion.sha256, ()) if row.entry == conversion.entry)
        return self.now.get(EntryKey(conversion.file, conversion.entry)) or next(same, None)


def read_record(content: Path, store: ArticleStore) -> tuple[ConversionRecord, tuple[Problem, ...]]:
    """Read the record; return a notice for each deleted article whose saved file is still there. Raises SiteError."""
    stored, renames = read_conversions(content)
    now = with_store(stored, store)
    by_sha: dict[str, list[ConvertedEntry]] = defaultdict(list)
    for row in now.values():
        by_sha[row.sha256].append(row)
    removed = [row for key, row in now.items() if row.fate == "removed" and stored[key].fate == "article"]
    record = ConversionRecord(stored, now, {sha256: tuple(rows) for sha256, rows in by_sha.items()}, renames)
    return record, tuple(_removal(row) for row in removed if (content / "saved" / row.file).exists())


def _removal(row: ConvertedEntry) -> Problem:
    named = f"{row.entry}: " if row.entry else ""
    text = (
        f"{named}articles/{row.article} was deleted, and no other is made of this file; "
        "delete the file, too, or ask for the article with convert --again"
    )
    return Problem("convert", row.file, text, fatal=False)


def is_settled(file: SavedFile, record: ConversionRecord) -> bool:
    """True if nothing is to be made of a file without articles, because each was removed or is a copy."""
    rows = record.by_sha.get(file.digest, ())
    return bool(rows) and all(row.fate != "wanted" for row in rows)


def told_of_files_set_aside(files: Iterable[SavedFile], record: ConversionRecord) -> list[Problem]:
    """Return a notice of the files that a person set aside, if there are any."""
    number = sum(any(row.fate == "aside" for row in record.by_sha.get(file.digest, ())) for file in files)
    if not number:
        return []
    text = f"{number:,} file{' is' if number == 1 else 's are'} set aside: `glossator convert --set-aside` lists them"
    return [Problem("convert", "", text, fatal=False)]


def copies(file: SavedFile, record: ConversionRecord, store: ArticleStore) -> list[Problem]:
    """Return a notice for each article of a settled file that is a copy of one which is there."""
    there = {Path(stored.file).name for stored in store.kept}
    return [
        duplicate_notice(row.file, f"has the same {row.shared} as articles/{row.article}", row.entry)
        for row in record.by_sha.get(file.digest, ())
        if row.fate == "copy" and row.file == file.path and Path(row.article).name in there
    ]


def unsettled(read: ReadFiles, record: ConversionRecord, store: ArticleStore) -> ReadFiles:
    """Return what is to be written: without articles that were removed, or passed over as copies and unchanged.

    An article of the `store` that no longer names its saved file is left alone, too.
    """
    present = {key_of(stored) for stored in store.kept if stored.conversion}
    articles: list[Extracted] = []
    problems: list[Problem] = []
    wanted: set[EntryKey] = set()
    for article in read.articles:
        row, key = record.of(article), EntryKey(article.conversion.file, article.conversion.entry)
        changed = row is not None and row.sha256 != article.conversion.sha256
        if row and row.fate == "removed":
            if changed:
                text = "changed, but its article was deleted and stays away; ask for it with convert --again"
                problems.append(Problem("convert", key.file, f"{key.entry} {text}".strip(), fatal=False))
        elif row and row.fate == "article" and row.key not in present:
            continue
        elif not row or row.fate != "copy" or changed:
            articles.append(article)
            if row and row.fate == "wanted":
                wanted.add(key)
    copied = frozenset(addresses.canonical(row.source) for row in record.now.values() if row.source)
    problems = [*read.problems, *problems]
    return msgspec.structs.replace(
        read, articles=tuple(articles), problems=tuple(problems), wanted=wanted, copied=copied
    )


def with_inherited_rights(read: ReadFiles, record: ConversionRecord, store: ArticleStore) -> ReadFiles:
    """Give each article the strictest rights of all articles that have its address, and of its own past."""
    by_address = _rights_by_address(read.articles, record, store)
    articles: list[Extracted] = []
    problems: list[Problem] = []
    for article in read.articles:
        row = record.of(article)
        known = by_address.get(address_digest(addresses.canonical(article.source or "")))
        inherited = [rights for rights in (known and known.rights, row and row.rights) if rights]
        strictest = strictest_of((article.rights, *inherited))
        if strictest != article.rights:
            why = "as before"
            if known and known.rights == strictest:
                why = f"like {known.origin}, which has the same address"
            text = f"its article has `rights: {strictest}`, {why}; to publish more, edit the article"
            file, entry = article.conversion.file, article.conversion.entry
            problems.append(Problem("convert", file, f"{entry}: {text}" if entry else text, fatal=False))
        articles.append(msgspec.structs.replace(article, rights=strictest))
    return msgspec.structs.replace(read, articles=tuple(articles), problems=(*read.problems, *problems))


class _KnownRights(NamedTuple):
    rights: Rights
    origin: str
    """The article that has them, for messages."""


def _rights_by_address(
    extracted: Iterable[Extracted], record: ConversionRecord, store: ArticleStore
) -> dict[str, _KnownRights]:
    """Return the strictest rights of each address of which not all is public, by its digest.

    What is private by its place says nothing of the address: the page may be public already.
    """
    by_address: dict[str, _KnownRights] = {}

    def add(address: str, rights: Rights, origin: str) -> None:
        last = by_address.get(address)
        if address and rights != "full" and (last is None or last.rights != strictest_of((last.rights, rights))):
            by_address[address] = _KnownRights(rights, origin)

    for stored in store.kept:
        if stored.own != "full" and not (stored.conversion and in_inbox(stored.conversion.file)):
            add(address_digest(stored.article_links.address), stored.own, f"articles/{stored.file}")
    for row in record.now.values():
        if not in_inbox(row.file):
            add(row.address, row.rights, "an article that was deleted")
    for article in extracted:
        if article.rights != "full" and not in_inbox(article.conversion.file):
            address = addresses.canonical(article.source or "")
            add(address_digest(address), article.rights, f"saved/{article.conversion.file}")
    return by_address


def settle(record: ConversionRecord, read: ReadFiles, written: WrittenArticles, store: ArticleStore) -> Conversions:
    """Return the record of what became of every article.

    `read` is all that the saved files hold, `written` what was made of it, `store` the articles that are there now.
    """
    now = dict(record.now)
    for article in read.articles:
        key = EntryKey(article.conversion.file, article.conversion.entry)
        if key in now:
            now[key] = msgspec.structs.replace(now[key], sha256=article.conversion.sha256)
    now |= {row.key: row for row in written.copies}
    now = with_store(now, store) if written.written else now
    there = {(row.sha256, row.entry) for row in now.values() if row.fate == "article"}
    read_at_last = {row.file for row in now.values() if row.fate == "article"}
    return {
        key: row
        for key, row in now.items()
        if (row.fate != "wanted" or (row.sha256, row.entry) not in there)
        and (row.article or row.file not in read_at_last)
    }


def with_renamed(
    record: ConversionRecord, last_read: Mapping[str, ArticleFileRecord], store: ArticleStore
) -> dict[ArticleId, ArticleId]:
    """Return the renames of the `record`, and those since the last build; ids that are in use again are left out.

    `last_read` are the files as the last build read them. An article that is private, or was when its file had the old
    name, leaves no trace.
    """
    renamed = dict(record.stored_renames)
    renames = (*_by_conversion(record.stored, store), *_by_text(last_read, store))
    if not (renamed or renames):  # as in nearly every build: then nobody asks for the ids of all files
        return {}
    present = {slugs.article_id(Path(file).stem) for file in store.looked}
    for old, new in renames:
        if old not in present and old != new:
            renamed = {former: new if now == old else now for former, now in renamed.items()}
            renamed[old] = new
    return {old: new for old, new in sorted(renamed.items()) if old not in present}


def _by_conversion(recorded: Conversions, store: ArticleStore) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield former and present id of the articles whose saved file had an article of another name."""
    for stored in _public(store.kept):
        row = recorded.get(key_of(stored)) if stored.conversion else None
        if row and row.fate == "article" and row.article != stored.file and row.rights != "private":
            yield slugs.article_id(Path(row.article).stem), stored.head.id


def _by_text(last_read: Mapping[str, ArticleFileRecord], store: ArticleStore) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield former and present id of the articles that are new and have the text of an article that is gone."""
    gone = [record.kept for file, record in last_read.items() if file not in store.looked and record.kept]
    if not gone:
        return
    unknown = _by_digest(stored for stored in store.kept if stored.file not in last_read)
    for text, old in _by_digest(gone).items():
        article = unknown.get(text)
        if old and article:  # a text that several articles have tells nothing
            yield from ((old.head.id, new.head.id) for new in _public([article]) if old.own != "private")


def _by_digest(articles: Iterable[StoredArticle]) -> dict[str, StoredArticle | None]:
    """Return each article by the digest of its text; None for a text that several have."""
    by_digest: dict[str, StoredArticle | None] = {}
    for article in articles:
        by_digest[article.text] = None if article.text in by_digest else article
    return by_digest


def _public(articles: Iterable[StoredArticle]) -> Iterator[StoredArticle]:
    return (article for article in articles if article.own != "private")
