"""content/articles.lock.json: which article each saved file became, so that none is made a second time; and renames.

An article that a person deleted, and a copy that was passed over, stay away by this record. It is committed with the
content, because the memory of builds is disposable and a machine that publishes starts without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from glossator import addresses, slugs
from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.lock_files import ARTICLES_LOCK, read_lock_file
from glossator.model import ArticleId, OtherSource, Rights
from glossator.text import digest

Fate = Literal["article", "copy", "removed", "wanted", "aside"]
"""`article`: it was written; `copy`: passed over as a copy of one; `removed`: a person deleted it; `wanted`: asked for
again, by `add` or `convert --again`; `aside`: a file of which no article can be made, as a person knows."""


class EntryKey(NamedTuple):
    """Identity of an article within the saved files."""

    file: str
    """Path of the saved file below `saved/`."""
    entry: str
    """Name of the article within the saved file; empty if the file is one article."""


class ConvertedEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fate of one article of a saved file."""

    file: str
    entry: str = ""
    sha256: str
    """SHA-256 of the saved file when it was read."""
    fate: Fate
    article: str = ""
    """Path of the article's file below `articles/`; of a copy the name of the original's; empty if there was none."""
    shared: str = ""
    """Text that says what a copy has in common with its original."""
    rights: Rights = "full"
    """Rights that the article had when it was there last."""
    address: str = ""
    """Digest of the article's canonical address, if not all of it is public."""
    source: str = ""
    """Address of a copy of an article of another address, if all of both is public."""
    site: str = ""
    """Name of the publication of the copy."""

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.file, self.entry)


Conversions = Mapping[EntryKey, ConvertedEntry]
Renames = Mapping[ArticleId, ArticleId]
"""Present id by former id, of articles whose files a person renamed."""


class LockFile(msgspec.Struct, frozen=True):
    """The content of the file."""

    saved: list[ConvertedEntry]
    renamed: dict[str, str] = {}


def read_conversions(content: Path) -> tuple[dict[EntryKey, ConvertedEntry], dict[ArticleId, ArticleId]]:
    """Read the record and the renames. Raises SiteError if they cannot be read, because what was removed would return.

    A rename whose ids cannot be those of articles is left out.
    """
    lock = read_lock_file(content, ARTICLES_LOCK, LockFile, "articles that you removed may then return")
    if lock is None:
        return {}, {}
    sound = (pair for pair in lock.renamed.items() if all(slugs.article_id(name) == name for name in pair))
    return {row.key: row for row in lock.saved}, {ArticleId(old): ArticleId(new) for old, new in sound}


def write_conversions(content: Path, conversions: Conversions, renames: Renames) -> None:
    """Write the record and the renames, an article in each line."""
    rows = (msgspec.json.encode(conversions[key]) for key in sorted(conversions))
    text = b'{"saved": [\n' + b",\n".join(rows) + b"\n]"
    if renames:
        pairs = (msgspec.json.encode(old) + b": " + msgspec.json.encode(renames[old]) for old in sorted(renames))
        text += b',\n"renamed": {\n' + b",\n".join(pairs) + b"\n}"
    write_whole(content / ARTICLES_LOCK, text + b"}\n")


def with_store(conversions: Conversions, store: ArticleStore) -> dict[EntryKey, ConvertedEntry]:
    """Return the record with the articles that are there, and as removed those that are there no more.

    Copies follow their originals: to another name, and without their sources if not all of the original is public.
    """
    now = dict(conversions)
    present = set()
    of_files = {stored.file: stored for stored in store.kept if stored.conversion}
    for stored in store.kept:
        if stored.conversion:
            key = key_of(stored)
            present.add(key)
            if not _is_current(conversions.get(key), stored):  # of thousands of rows, few have to be made
                now[key] = _of_stored(stored)
    for key, row in conversions.items():
        if row.fate != "article" or key in present:
            continue
        if _is_moved(row, of_files.get(row.article)):
            del now[key]
        elif not _is_there(row, store):
            now[key] = msgspec.structs.replace(row, fate="removed")
    return now | _copies(conversions, store)


def _copies(conversions: Conversions, store: ArticleStore) -> dict[EntryKey, ConvertedEntry]:
    """Return the entries of copies that change because their originals did."""
    copies = {key: row for key, row in conversions.items() if row.fate == "copy"}
    if not copies:
        return {}
    wanted = {_name(row.article) for row in copies.values()}
    originals = {name: stored for stored in store.kept if (name := _name(stored.file)) in wanted}
    if gone := wanted - originals.keys():  # renamed, perhaps
        former = {
            key: name
            for key, row in conversions.items()
            if (name := _name(row.article)) in gone and row.fate == "article"
        }
        present = ((former.get(key_of(stored)), stored) for stored in store.kept if former and stored.conversion)
        originals |= {name: stored for name, stored in present if name}
    changed: dict[EntryKey, ConvertedEntry] = {}
    for key, row in copies.items():
        if stored := originals.get(_name(row.article)):
            public = stored.own == "full"
            changed[key] = msgspec.structs.replace(
                row,
                article=_name(stored.file),
                source=row.source if public else "",
                site=row.site if public else "",
            )
    return changed


def _name(file: str) -> str:
    return file.rpartition("/")[2]


def other_sources(conversions: Conversions) -> dict[ArticleId, tuple[OtherSource, ...]]:
    """Return the other publications of each article, in the order of their addresses, each address once."""
    by_article: dict[ArticleId, dict[str, OtherSource]] = {}
    for row in conversions.values():
        if row.fate == "copy" and row.source:
            sources = by_article.setdefault(slugs.article_id(Path(row.article).stem), {})
            other = OtherSource(row.source, row.site)
            key = addresses.canonical(row.source)
            sources[key] = min(sources.get(key, other), other, key=lambda source: (source.address, source.site))
    return {article: tuple(sources[key] for key in sorted(sources)) for article, sources in sorted(by_article.items())}


def _is_current(row: ConvertedEntry | None, stored: StoredArticle) -> bool:
    """True if a row says what it would say of an article that is there, of which all is public."""
    if row is None or row.fate != "article" or stored.own != "full" or row.rights != "full" or row.address:
        return False
    return row.article == stored.file and stored.conversion is not None and row.sha256 == stored.conversion.sha256


def key_of(stored: StoredArticle) -> EntryKey:
    """Return the identity of an article that was converted."""
    assert stored.conversion, "an article of a person's own has no saved file"
    return EntryKey(stored.conversion.file, stored.conversion.entry)


def ask_again(content: Path, files: Iterable[tuple[str, str]], *, copies: bool) -> int:
    """Record that the removed articles of saved files are wanted again; return their number.

    `files` are paths below `saved/`, each with its SHA-256. With `copies`, what was passed over as a copy is wanted,
    too; else only if the original is gone. Raises SiteError if the record cannot be read.
    """
    record, renames = read_conversions(content)
    asked = set(files)
    paths, digests = {path for path, _ in asked}, {sha256 for _, sha256 in asked}
    there = {path.name for path in (content / "articles").rglob("*.md")}
    wanted = {
        key: msgspec.structs.replace(row, fate="wanted")
        for key, row in record.items()
        if (key.file in paths or row.sha256 in digests)
        and (Path(row.article).name not in there or row.fate == "removed" or (copies and row.fate == "copy"))
    }
    if wanted:
        write_conversions(content, record | wanted, renames)
    return len(wanted)


def set_aside(content: Path, files: Iterable[tuple[str, str]]) -> None:
    """Record that no articles can be made of saved files, which stay as they are until they change.

    `files` are paths below `saved/`, each with its SHA-256. Raises SiteError if there is an article of one, or if the
    record cannot be read.
    """
    record, renames = read_conversions(content)
    asked = dict(files)
    for row in record.values():
        if (row.file in asked or row.sha256 in asked.values()) and row.fate not in ("aside", "wanted"):
            raise SiteError(
                f"saved/{row.file} is not set aside, because its article was articles/{row.article}.",
                "Delete that file instead, if you do not want the article: no other is made of it.",
            )
    rows = {
        EntryKey(file, ""): ConvertedEntry(file=file, sha256=sha256, fate="aside") for file, sha256 in asked.items()
    }
    write_conversions(content, record | rows, renames)


def address_digest(canonical: str) -> str:
    """Return the digest of a canonical address: the record must not name what is private."""
    return digest("address", canonical)[:16] if canonical else ""


def _is_moved(row: ConvertedEntry, stored: StoredArticle | None) -> bool:
    """True if an article names another saved file than a row of it does, with the same bytes."""
    conversion = stored.conversion if stored else None
    return conversion is not None and (conversion.sha256, conversion.entry) == (row.sha256, row.entry)


def _is_there(row: ConvertedEntry, store: ArticleStore) -> bool:
    """True if the file of an article exists, although it cannot be read or no longer names its saved file.

    In a folder that may not be entered every file is taken to exist.
    """
    try:
        return row.file in store.blocked or bool((store.folder / row.article).lstat())
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False


def _of_stored(stored: StoredArticle) -> ConvertedEntry:
    assert stored.conversion
    rights = stored.own
    return ConvertedEntry(
        file=stored.conversion.file,
        entry=stored.conversion.entry,
        sha256=stored.conversion.sha256,
        fate="article",
        article=stored.file,
        rights=rights,
        address=address_digest(stored.article_links.address) if rights != "full" else "",
    )
