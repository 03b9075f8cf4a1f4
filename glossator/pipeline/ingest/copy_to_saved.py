"""The verb `add`: copy saved files and exports to content/saved/. The originals stay."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import msgspec

from glossator.atomic_files import FileBatch
from glossator.config import PROCESSES, Config, SiteError
from glossator.content.conversions import ask_again, read_conversions, set_aside
from glossator.content.saved_files import GivenFile, find_saved, folder_entries, given_files, regular_files, saved_file
from glossator.files import Unusable, read_bytes
from glossator.incremental.memo import no_progress, run_memoised
from glossator.incremental.workers.executors import Workers
from glossator.local_pictures import SUFFIXES, page_of, places
from glossator.model import Problem, SavedFile
from glossator.pipeline.ingest.extension_formats import with_openers
from glossator.pipeline.ingest.picture_places import VaultPictures, is_free
from glossator.pipeline.stage_runs import recognise_stage, saved_file_input
from glossator.stages.extract.format_in_words import Description, described_by_name

_PICTURE = re.compile(rf"[(\[]([^()\[\]|\n]+(?:{'|'.join(map(re.escape, sorted(SUFFIXES)))}))[)\]|]", re.IGNORECASE)
"""Name of a picture beside a clipping, in Markdown's notation or in Obsidian's."""


OF_THE_ARCHIVE = "is the archive itself, or part of it: name the files or folders that are to be added"


class AddedFile(msgspec.Struct, frozen=True):
    """A file that was given to `add`, and its copy."""

    path: Path
    what: Description
    name: str
    """Path of the copy below `saved/`, whether new or not; empty if the file cannot be read as an article."""
    new: bool
    """True if the file was copied now."""
    sha256: str = ""
    """SHA-256 of the file's bytes."""


def add_files(
    paths: Sequence[Path], saved: Path, config: Config, *, any_text: bool = False
) -> tuple[tuple[AddedFile, ...], tuple[Problem, ...]]:
    """Copy files, and all files of folders, to the folder `saved`, with the pictures that lie beside them.

    A file is recognised within the limits that the settings have for an article, or is not copied.

    A file whose bytes are there already is not copied again. If the name of a file, or of one of its pictures, is
    taken, the file gets a folder of its own. Paths of the archive itself, other than those below `saved`, are problems.
    With `any_text`, texts are copied whatever the ending of their names.
    """
    there, _ = find_saved(saved)
    by_digest = {file.digest: file.path for file in reversed(there)}
    added: list[AddedFile] = []
    problems: list[Problem] = []
    pictures, folders_of_pages = VaultPictures(), cache(_folders_of_pages)
    with FileBatch() as batch:
        own = [path for path in paths if _is_of_the_archive(path, saved)]
        problems += [Problem("find", str(path), OF_THE_ARCHIVE) for path in own]
        given = list(given_files([path for path in paths if path not in own], problems))
        for (folder, file, target), found_format in _recognised(given, config, problems):
            path = folder / file.path
            has_copy = file.digest in by_digest
            description = found_format if any_text or has_copy else described_by_name(found_format, file.path)
            if not description.read or has_copy:
                added.append(AddedFile(path, description, by_digest.get(file.digest, ""), False, file.digest))
                continue
            vault = pictures if target else None
            companions = _companions(path, file, folder, vault, folders_of_pages)
            names = {source: source.relative_to(folder) for source in (path, *companions)}
            free = all(_is_free(saved / target / name, source, batch) for source, name in names.items())
            below = target if free else f"{target}/{file.digest[:8]}".lstrip("/")
            for source, name in names.items():
                try:
                    batch.replace(saved / below / name, read_bytes(source))
                except Unusable as error:
                    problems.append(Problem("find", str(source), str(error)))
            by_digest[file.digest] = (Path(below) / file.path).as_posix()
            added.append(AddedFile(path, description, by_digest[file.digest], True, file.digest))
    return tuple(added), tuple(problems)


def _recognised(
    given: Sequence[GivenFile], config: Config, problems: list[Problem]
) -> Iterator[tuple[GivenFile, Description]]:
    """Yield the files with what each was recognised as; those that cannot be recognised are problems."""
    openers = config.extensions.openers
    items, unusable = with_openers([saved_file_input(folder, file) for folder, file, _ in given], openers)
    problems += unusable
    nouns = {form.name: form.noun for form in openers.formats()[0]} if openers.packages else {}
    with Workers(replace(config.build, executor=PROCESSES)) as workers:
        results = sorted(run_memoised(None, workers, recognise_stage(), items, no_progress), key=lambda run: run.index)
    for file, item, result in zip(given, items, results, strict=True):
        if item.opener:
            yield file, Description(item.opener, nouns[item.opener], True)
        elif isinstance(result.value, Problem):
            problems.append(result.value)
        else:
            yield file, result.value


def want_again(paths: Sequence[Path], content: Path) -> int:
    """Ask for the articles of saved files again that were removed or passed over as copies; return their number.

    Raises SiteError for a file that is not below `content/saved/`, or a record that cannot be read.
    """
    return ask_again(content, _files_of(paths, content), copies=True)


def set_files_aside(paths: Sequence[Path], content: Path) -> None:
    """Record that no articles can be made of saved files. Raises SiteError as `want_again`, and if there are some."""
    set_aside(content, _files_of(paths, content))


def files_set_aside(content: Path) -> tuple[str, ...]:
    """Return the saved files that were set aside and did not change since. Raises SiteError."""
    aside = {row.sha256 for row in read_conversions(content)[0].values() if row.fate == "aside"}
    files, _ = find_saved(content / "saved") if aside else ((), ())
    return tuple(file.path for file in files if file.digest in aside)


def _files_of(paths: Sequence[Path], content: Path) -> list[tuple[str, str]]:
    """Return the path below `content/saved/` and the SHA-256 of each file. Raises SiteError."""
    saved = (content / "saved").resolve()
    files = []
    for path in paths:
        if not path.resolve().is_relative_to(saved):
            raise SiteError(f"{path} is not below {content / 'saved'}.", "Copy it there with `add`.")
        try:
            file = saved_file(path, path.resolve().relative_to(saved).as_posix())
        except Unusable as error:
            raise SiteError(f"{path} {error}.") from None
        files.append((file.path, str(file.digest)))
    return files


def _is_of_the_archive(path: Path, saved: Path) -> bool:
    """True if a path contains the archive of the folder `saved`, or is in its content and not below `saved`."""
    path, saved = path.resolve(), saved.resolve()
    return saved.parent.is_relative_to(path) or (path.is_relative_to(saved.parent) and not path.is_relative_to(saved))


def _is_free(target: Path, source: Path, batch: FileBatch) -> bool:
    """True if there is no file at the target, or one with the bytes of the source."""
    if target in batch:
        batch.flush()
    try:
        return not os.path.lexists(target) or read_bytes(target) == read_bytes(source)
    except Unusable:
        return False


def _companions(
    path: Path,
    file: SavedFile,
    folder: Path,
    pictures: VaultPictures | None,
    folders_of_pages: Callable[[Path], Mapping[str, Sequence[Path]]],
) -> Iterator[Path]:
    """Yield the files that belong to a page: pictures, the browser's folder, the snapshot's index.

    `pictures` finds pictures anywhere in the `folder`; None if not all of it was given. `folders_of_pages` returns the
    folders that a browser saved with the pages of a folder, by their stems.
    """
    if path.suffix.lower() in (".md", ".markdown"):
        for name in _PICTURE.findall(read_bytes(path).decode("utf-8", "replace")):
            belonging = places(path.parent, unquote(name), folder) if is_free(path.parent, unquote(name)) else ()
            paths = (_within(folder, place) for place in belonging)
            beside = next((picture for picture in paths if picture), None)
            picture = beside or (pictures and pictures.find(folder, unquote(name)))
            if picture:
                yield picture
    if file.about:
        yield folder / file.about.path
    for of_page in folders_of_pages(path.parent).get(path.stem, ()):
        yield from sorted(regular_files(of_page))


def _folders_of_pages(folder: Path) -> dict[str, list[Path]]:
    """Return the folders that a browser saved with the pages of a folder, by the stems of the pages."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for path in folder_entries(folder, "find", []):
        if (stem := page_of(path.name)) and not path.is_symlink():
            by_stem[stem].append(path)
    return by_stem


def _within(folder: Path, path: Path) -> Path | None:
    """Return the path of a file as a path below the folder; None if there is no file, or if it is outside."""
    target, parent = Path(os.path.abspath(path)), Path(os.path.abspath(folder))  # noqa: PTH100 -- without the dots, and no link followed
    try:
        inside = (
            target.is_relative_to(parent) and target.is_file() and target.resolve().is_relative_to(parent.resolve())
        )
    except OSError:  # a text that is too long for a name
        return None
    return folder / target.relative_to(parent) if inside else None
