"""Files staged for the next commit that tell of what the site keeps back: a look before a commit, without a build."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from glossator import frontmatter
from glossator.config import Config, SiteError
from glossator.content.article_files import stated_rights
from glossator.content.article_store import read_article_store
from glossator.content.conversions import ConvertedEntry, read_conversions
from glossator.content.decisions import FILE, read_decisions
from glossator.content.lock_files import LOCKS
from glossator.content.own_texts import read_notes
from glossator.content.published_ids import read_lock
from glossator.files import Unusable, read_bytes, read_text
from glossator.local_pictures import SUFFIXES
from glossator.output import PRIVATE
from glossator.output.staging_folder import NAME as STAGING
from glossator.picture_metadata import NotShown, published
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.context import rights_policy
from glossator.pipeline.review.disclosure import disclosing_files
from glossator.pipeline.review.kept_back_names import files_with_kept_back_names
from glossator.publish import remote
from glossator.rights import in_inbox
from glossator.temporary_folders import temporary_folder

SAVED = "saved/"
MAIL = frozenset((".eml", ".emlx", ".mbox"))
STATING = frozenset((".md", ".markdown", ".txt"))
"""Endings of saved files that may state rights at their top."""
NOTES = "entities/"


def staged_and_kept_back(content: Path, config: Config) -> list[str]:
    """Return the staged files that tell of what the site keeps back, by their paths in the repository, sorted.

    They are read as they were staged, whatever became of them in the folder. Raises SiteError if there is no
    repository, or a file on which privacy depends cannot be read.
    """
    if not remote.answer(content, "rev-parse", "--git-dir"):
        raise SiteError(f"{content} is in no Git repository: nothing is staged.")
    prefix = _git(content, "rev-parse", "--show-prefix").decode().rstrip("\n")
    paths = _listed(content, "diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d")
    staged = [path.removeprefix(prefix) for path in paths if path.startswith(prefix)]
    of_site = {path for path in paths if not path.startswith(prefix) and _is_of_kept_back_site(path)}
    tracked = set(_listed(content, "ls-files"))
    with temporary_folder("staged") as tree:
        folder = tree / prefix
        _check_out(content, tracked.intersection((*staged, FILE, *LOCKS)), tree)
        rows = _rows_by_file(content) | _rows_by_file(folder)
        made = {f"articles/{row.article}" for file in staged for row in rows.get(file, ())}
        _check_out(content, tracked & made, tree)
        decisions, _ = read_decisions(folder if FILE in tracked else content)
        store = read_article_store(folder / "articles", policy=rights_policy(config))
        disclosing = disclosing_files(folder, store, decisions.private, read_lock(folder))
        disclosing |= {file for file in staged if any(row.rights != "full" for row in rows.get(file, ()))}
        read = {f"{SAVED}{stored.conversion.file}" for stored in store.kept if stored.conversion}
        disclosing |= {file for file in staged if file not in read and _would_be_kept_back(folder / file, file, config)}
        if any(file == FILE or file.startswith(NOTES) for file in set(staged) - disclosing):
            whole = read_article_store(content / "articles", policy=rights_policy(config))
            decided = Decided(decisions, read_notes(folder / NOTES)[0])
            disclosing |= set(files_with_kept_back_names(content, whole, decided))
        named = {f"{prefix}{file}" for file in staged if file in disclosing or _has_metadata(folder / file)}
    return sorted(named | of_site)


def _git(content: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run Git in the archive, with the index of the commit for which a hook was called, if one was."""
    index = os.environ.get("GIT_INDEX_FILE")
    return remote.run(
        ["-C", str(content), *arguments], given, {"GIT_INDEX_FILE": str(Path(index).absolute())} if index else None
    )


def _listed(content: Path, *arguments: str) -> list[str]:
    """Return the paths that a command of Git lists."""
    return [path for path in _git(content, *arguments, "-z").decode("utf-8", "surrogateescape").split("\0") if path]


def _check_out(content: Path, files: Iterable[str], tree: Path) -> None:
    """Write files below `content` as they are staged into the folder `tree`, which stands for the repository."""
    names = "\0".join(files).encode("utf-8", "surrogateescape")
    _git(content, "checkout-index", "--force", "-z", "--stdin", f"--prefix={tree}/", given=names)


def _is_of_kept_back_site(path: str) -> bool:
    """True if a file is the mark of a private site, or what a build that was killed left beside a site."""
    *folders, name = path.split("/")
    return name == PRIVATE or any(folder.endswith(f"-{STAGING}") or folder == f".{STAGING}" for folder in folders)


def _rows_by_file(content: Path) -> dict[str, list[ConvertedEntry]]:
    """Return what became of each saved file, by its path below `content`."""
    rows: dict[str, list[ConvertedEntry]] = {}
    for row in read_conversions(content)[0].values():
        rows.setdefault(f"{SAVED}{row.file}", []).append(row)
    return rows


def _would_be_kept_back(path: Path, file: str, config: Config) -> bool:
    """True if a file is a saved one whose article would not be published whole, as far as can be told without a build.

    That is told by its place, the settings, its name if it is mail, and the rights that it states.
    """
    if not file.startswith(SAVED) or path.name.startswith("."):  # `.gitkeep`
        return False
    if config.site.rights != "full" or in_inbox(file.removeprefix(SAVED)) or path.suffix.lower() in MAIL:
        return True
    if path.suffix.lower() not in STATING:
        return False
    try:
        text = read_text(path)
        return stated_rights(text, *frontmatter.split(text)).rights != "full"
    except (Unusable, frontmatter.FrontMatterError):
        return True  # whether it states any cannot be read


def _has_metadata(path: Path) -> bool:
    """True if a picture has metadata that the site would not publish."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        data = read_bytes(path)
        return published(data) != data
    except (Unusable, NotShown):
        return False
