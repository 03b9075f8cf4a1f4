"""Folders -> a theme: templates, styles, static files, and the words of the interface in a language.

Ours is below, then the one that the settings name, then the archive's own `templates/`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from rcssmin import cssmin
from rjsmin import jsmin

from glossator.accent import accent_style
from glossator.config import THEMES, Config, SiteError
from glossator.content.saved_files import LOCKED, name_problem
from glossator.files import Unusable, read_bytes, read_text, scan_folder
from glossator.model import Messages, in_context
from glossator.site_paths import ROBOTS
from glossator.translate import SCRIPT, check_rule, is_english, locale_of

PACKAGE = Path(__file__).parent.parent
STYLES = "styles/"
"""Folder of style sheets that are joined, in the order of their names, into one: fewer requests for each page.

Each folder in it is joined into a style sheet of its own, such as `lists.css`, which only some pages load.
"""
STYLESHEET = "site"
"""Name of the joined style sheet, below `static/`; a user's file of this name replaces it whole."""
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
"""Indentation of our templates, none of which has preformatted text: a thirtieth of each page."""
TEMPLATE_SUFFIXES = (".html", ".xml")
PARTS = "parts.html"
ORIGINAL = "glossator/"
"""Prefix of our own templates, which a user's template of the same name can extend."""
LOCALE = "locale/"
"""Folder of message catalogues; the texts of a user's catalogue replace ours one by one."""


class Theme(msgspec.Struct, frozen=True):
    templates: Mapping[str, str]
    """Source by name."""
    statics: Mapping[str, bytes]
    """Content by path below `static/`."""
    catalogues: Mapping[str, tuple[bytes, ...]] = msgspec.field(default_factory=dict)
    """Message catalogues by language: ours, then the user's."""
    own: frozenset[str] = frozenset()
    """Names of the templates that are the user's, and those of the chosen theme."""
    notice: str = ""
    """Sentence on what was changed in the colour that the settings name."""


def read_theme(user: Path, config: Config | None = None) -> Theme:
    """Read the theme of an archive, whose own templates are in the folder `user`. Raises SiteError for a bad file.

    A file replaces that of the same name in the theme below.
    """
    config = config or Config()
    ours = _read_folder(packaged(), "templates/")
    # In a clone the archive's folder is that of ours, and nobody's own: a chosen theme stands above it.
    theirs = _ThemeFiles() if user.resolve() == packaged().resolve() else _read_folder(user, "templates/")
    chosen = (
        _read_folder(folder, f"{THEMES}/{config.site.theme}/") if (folder := config.extensions.theme) else _ThemeFiles()
    )
    statics = {**ours.statics, **chosen.statics, **theirs.statics}
    own = {name: file for name, file in ours.statics.items() if statics[name] == file}
    statics |= {name: jsmin(file) for name, file in own.items() if name.endswith(".js")}
    statics |= {name: cssmin(file) for name, file in own.items() if name.endswith(".css")}
    for file, content in _joined({**ours.styles, **chosen.styles, **theirs.styles}).items():
        statics.setdefault(f"{file}.css", content)
    notice = ""
    if config.site.accent:
        file = f"{STYLESHEET}.css"
        rule, notice = accent_style(config.site.accent, statics[file])
        statics[file] += rule
    below = {name: _INDENTATION.sub("", source) for name, source in ours.templates.items()}
    templates, named = _with_chosen(below, chosen.templates, f"{THEMES}/{config.site.theme}/", theirs.templates)
    if any(ORIGINAL in source for source in (*chosen.templates.values(), *theirs.templates.values())):
        templates |= {f"{ORIGINAL}{name}": source for name, source in below.items()}
    elif PARTS in (chosen.templates | theirs.templates):  # which may lack a macro that our templates need
        templates[f"{ORIGINAL}{PARTS}"] = below[PARTS]
    layers = (ours.catalogues, chosen.catalogues, theirs.catalogues)
    languages = sorted({language for layer in layers for language in layer})
    catalogues = {language: tuple(layer[language] for layer in layers if language in layer) for language in languages}
    return Theme(templates, statics, catalogues, named, notice)


def _with_chosen(
    ours: Mapping[str, str], chosen: Mapping[str, str], prefix: str, theirs: Mapping[str, str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return all templates by name, and the names of those that are not ours.

    Those of the chosen theme have a prefix, so that messages name their files, and the archive's own can extend them.
    """
    stored = {f"{prefix}{name}": source for name, source in chosen.items()}
    stands = {name: f'{{% extends "{prefix}{name}" %}}' for name in chosen}
    if any(prefix in source for source in theirs.values()):
        stored |= {f"{prefix}{name}": source for name, source in ours.items() if name not in chosen}
    return {**ours, **stands, **stored, **theirs}, frozenset((*theirs, *(f"{prefix}{name}" for name in chosen)))


class _ThemeFiles(msgspec.Struct, frozen=True):
    """The files of a folder of templates, by name."""

    templates: dict[str, str] = msgspec.field(default_factory=dict)
    styles: dict[str, bytes] = msgspec.field(default_factory=dict)
    statics: dict[str, bytes] = msgspec.field(default_factory=dict)
    catalogues: dict[str, bytes] = msgspec.field(default_factory=dict)
    """Message catalogue by language."""


def _read_folder(folder: Path, shown_as: str) -> _ThemeFiles:
    """Read the files of a folder that messages call `shown_as`."""
    files = _ThemeFiles()
    for path in sorted(_paths(folder, shown_as)):
        name = path.relative_to(folder).as_posix()
        if wrong := name_problem("theme", f"{shown_as}{name}"):
            raise SiteError(f"{wrong.path} {wrong.message}.")
        try:
            if name.startswith("static/"):
                files.statics[name.removeprefix("static/")] = read_bytes(path)
            elif name.startswith(STYLES) and path.suffix == ".css":
                files.styles[name] = read_bytes(path)
            elif name.startswith(LOCALE) and path.suffix == ".po":
                files.catalogues[path.stem.lower()] = read_bytes(path)
            elif path.suffix in TEMPLATE_SUFFIXES or name == ROBOTS:
                files.templates[name] = read_text(path)
        except Unusable as error:
            raise SiteError(f"{shown_as}{name} {error}.") from None
    return files


def _paths(folder: Path, shown_as: str) -> Iterator[Path]:
    """Yield the files below a folder that are not hidden. Raises SiteError for a folder that may not be read."""
    try:
        entries = scan_folder(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        raise SiteError(f"{shown_as} {LOCKED}.") from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _paths(folder / entry.name, f"{shown_as}{entry.name}/")
        elif entry.is_file():
            yield folder / entry.name


def _joined(styles: Mapping[str, bytes]) -> dict[str, bytes]:
    """Join the parts of each style sheet; those in no folder are parts of STYLESHEET."""
    joined: dict[str, bytes] = {}
    for name in sorted(styles):
        file = name.removeprefix(STYLES).rpartition("/")[0] or STYLESHEET
        joined[file] = joined.get(file, b"") + cssmin(styles[name]) + b"\n"
    return joined


def packaged() -> Path:
    """Return the folder of our own theme: inside an installed package, or at the top of the repository."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


_PLACE = re.compile(r"%\((\w+)\)s|%%")
_LIST_TEXTS = {", ": ("standard", "middle"), " and ": ("standard", "end"), " or ": ("or", "end")}
"""Texts between the items of a list, with their pattern in the CLDR."""


def read_words(catalogues: Mapping[str, Sequence[bytes]], language: str) -> Messages | None:
    """Return the words of a language from the catalogues of a theme, by language; None if there are none.

    English needs no catalogue. Raises SiteError for a catalogue that cannot be used.
    """
    main = language.partition("-")[0].lower()
    chosen = [(tag, content) for tag in dict.fromkeys((main, language.lower())) for content in catalogues.get(tag, ())]
    if not chosen:
        return Messages(language) if is_english(language) else None
    texts: dict[str, str] = {}
    amounts: dict[str, tuple[str, ...]] = {}
    if not is_english(language):
        texts |= _between_items(language)
    rule = Messages().plural
    for tag, content in chosen:
        rule = _read(f"templates/locale/{tag}.po", content, texts, amounts)
    direction = "ltr" if is_english(language) else locale_of(language).text_direction
    return Messages(language, direction, dict(sorted(texts.items())), dict(sorted(amounts.items())), rule)


def _between_items(language: str) -> dict[str, str]:
    patterns = locale_of(language).list_patterns
    between = {text: re.sub(r"\{\d\}", "", patterns[kind][place]) for text, (kind, place) in _LIST_TEXTS.items()}
    return between | {in_context(SCRIPT, text): localised for text, localised in between.items()}


def _read(name: str, content: bytes, texts: dict[str, str], amounts: dict[str, tuple[str, ...]]) -> str:
    """Add the entries of a catalogue, and return its rule of plurals. Entries that are empty or fuzzy are left out."""
    # Imported here because an English build needs no Babel.
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalogue = read_po(io.BytesIO(content), abort_invalid=True)
        rule = catalogue.plural_expr
        check_rule(rule, catalogue.num_plurals)
    except (PoFileError, ValueError, LookupError) as error:
        raise SiteError(f"{name} is no message catalogue: {error}.", "The page on themes has an example.") from None
    for message in catalogue:
        ids, forms = _all(message.id), _all(message.string)
        if not message.id or message.fuzzy or not all(forms):
            continue
        _check(f"{name}, line {message.lineno}", ids, forms)
        key = in_context(message.context or "", ids[0])
        if len(ids) > 1:
            amounts[key] = forms
        else:
            texts[key] = forms[0]
    return rule


def _all(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a text: one, or several if it has an amount."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _check(where: str, ids: Iterable[str], forms: Iterable[str]) -> None:
    """Raise SiteError for a text that would break a page."""
    places = {place for text in ids for place in _PLACE.findall(text)}
    for form in forms:
        if wrong := re.search(r'[<>&"]', form):
            raise SiteError(
                f"{where}: a text may not hold {wrong[0]}.", "Write words, and quotation marks such as “ ”."
            )
        if unknown := {*_PLACE.findall(form)} - places or re.search("%", _PLACE.sub("", form)):
            unknown_place = f"%({min(unknown)})s" if isinstance(unknown, set) else "%"
            raise SiteError(f"{where}: the text has {unknown_place}, which the English one has not.", "Correct it.")
