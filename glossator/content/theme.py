"""templates/ -> a theme: templates, styles, static files, and the words of the interface in a language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from glossator.config import SiteError
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
_COMMENT = re.compile(rb"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|/\*.*?\*/""", re.DOTALL)
"""A text in a style sheet, which stays, or a comment."""
_SCRIPT_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n|^[ \t]+", re.DOTALL | re.MULTILINE)
"""A comment on lines of its own, or an indentation."""
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
    """Names of the templates that are the user's."""


def read_theme(user: Path) -> Theme:
    """Read our theme, in which a user's file replaces ours of the same name. Raises SiteError for a bad file."""
    ours, theirs = _read_folder(packaged()), _read_folder(user)
    statics = {**ours.statics, **theirs.statics}
    own_scripts = (name for name, file in ours.statics.items() if name.endswith(".js") and statics[name] == file)
    statics |= {name: _shorten_script(statics[name]) for name in own_scripts}
    for file, content in _joined({**ours.styles, **theirs.styles}).items():
        statics.setdefault(f"{file}.css", content)
    own_templates = {name: _INDENTATION.sub("", source) for name, source in ours.templates.items()}
    templates = {**own_templates, **theirs.templates}
    if any(ORIGINAL in source for source in theirs.templates.values()):
        templates |= {f"{ORIGINAL}{name}": source for name, source in own_templates.items()}
    elif PARTS in theirs.templates:  # of which our templates may need a macro that a copy of an earlier one has not
        templates[f"{ORIGINAL}{PARTS}"] = own_templates[PARTS]
    languages = sorted({*ours.catalogues, *theirs.catalogues})
    pairs = ((language, (ours.catalogues.get(language), theirs.catalogues.get(language))) for language in languages)
    catalogues = {language: tuple(content for content in pair if content is not None) for language, pair in pairs}
    return Theme(templates, statics, catalogues, frozenset(theirs.templates))


class _ThemeFiles(msgspec.Struct, frozen=True):
    """The files of a folder of templates, by name."""

    templates: dict[str, str] = msgspec.field(default_factory=dict)
    styles: dict[str, bytes] = msgspec.field(default_factory=dict)
    statics: dict[str, bytes] = msgspec.field(default_factory=dict)
    catalogues: dict[str, bytes] = msgspec.field(default_factory=dict)
    """Message catalogue by language."""


def _read_folder(folder: Path) -> _ThemeFiles:
    files = _ThemeFiles()
    for path in sorted(_paths(folder, "templates/")):
        name = path.relative_to(folder).as_posix()
        if wrong := name_problem("theme", f"templates/{name}"):
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
            raise SiteError(f"templates/{name} {error}.") from None
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
        joined[file] = joined.get(file, b"") + _shorten(styles[name])
    return joined


def _shorten(css: bytes) -> bytes:
    """Return a style sheet without comments and indentation, which every visitor would load."""
    bare = _COMMENT.sub(lambda match: match[1] or b" ", css)
    return re.sub(rb"\s*\n\s*", b"\n", bare).lstrip()


def _shorten_script(script: bytes) -> bytes:
    """Return a script of ours without comments and indentation; none of them has a text of several lines."""
    return _SCRIPT_COMMENT.sub(b"", script)


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
