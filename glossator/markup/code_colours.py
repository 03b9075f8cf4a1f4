"""Listings of code -> the colours of their words, by Pygments.

Loaded only where work can be ended, because patterns of lexers may take very long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from pygments.lexer import Future, Lexer, RegexLexerMeta
from pygments.lexers import find_lexer_class_by_name, get_all_lexers
from pygments.token import Comment, Generic, Keyword, Name, Number, String, _TokenType

from glossator.markup.listings import Colours, listing_key
from glossator.word_lists import lexer_names

POSSESSIVE = (
    r"(\\\\|\\[0-7]+|\\.|[^'\\])*",  # Bash, $'...'
    r"(?:.|(?<=\\)\n)*",  # C and its family, // comments
    r"(?:\w|[^\x00-\x7f])*",  # PHP, names
    r"(\\\\|\\!|[^!])*",  # Perl, s!...!...!
    r'(\\\\|\\"|[^"])*',  # Scala, "..."
)
"""Loops of lexers that may divide a text in ever more ways, each of which is tried before the lexer gives up. Made
possessive, they read each listing as before, except for one that is broken off within such a loop."""

_GROUPS = (
    (Comment, "code-comment"),
    (Generic.Deleted, "code-deleted"),
    (Generic.Inserted, "code-string"),
    (Keyword, "code-keyword"),
    (Name.Attribute, "code-name"),
    (Name.Class, "code-name"),
    (Name.Decorator, "code-name"),
    (Name.Function, "code-name"),
    (Name.Tag, "code-keyword"),
    (Number, "code-number"),
    (String, "code-string"),
)
"""Classes of the tokens that have a colour."""


def _compiled(_: type, pattern: Any, flags: int, state: str) -> Any:  # noqa: ARG001 -- Pygments' arguments
    text = pattern.get() if isinstance(pattern, Future) else pattern
    for loop in POSSESSIVE:
        text = text.replace(loop, f"{loop}+")
    return re.compile(text, flags).match


# One lexer calls others, so that a lexer of our own would not be enough.
RegexLexerMeta._process_regex = _compiled  # noqa: SLF001 -- the tests see it if Pygments no longer calls this


def colours_of(listings: Iterable[tuple[str, str]]) -> Colours:
    """Return the colours of listings, given by language and code, whose language has a lexer."""
    lexers = ((language, code, lexer_of(language)) for language, code in listings)
    return {
        listing_key(language, code): html
        for language, code, lexer in lexers
        if lexer and (html := "".join(_classed(lexer, code)))
    }


def _classed(lexer: Lexer, code: str) -> Iterator[str]:
    pairs = [(_class_of(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(code)]
    if "".join(text for _, text in pairs) != code:
        return
    for name, group in groupby(pairs, key=lambda pair: pair[0]):
        text = escape("".join(text for _, text in group), quote=False)
        yield f'<span class="{name}">{text}</span>' if name and text.strip() else text


@cache
def lexer_of(language: str) -> Lexer | None:
    """Return the lexer of a language by any of its names; None if it has none, or one that nobody has checked."""
    name = _names().get(language.lower())
    # A lexer of Markdown would choose lexers by names in the listing.
    return find_lexer_class_by_name(name)(handlecodeblocks=False) if name else None


@cache
def _names() -> dict[str, str]:
    """Return the name by which a lexer of the list is found, by each of its names in small letters."""
    every = (aliases for _, aliases, _, _ in get_all_lexers(plugins=False))
    return {alias.lower(): aliases[0] for aliases in every if lexer_names() & set(aliases) for alias in aliases}


@cache
def _class_of(kind: _TokenType) -> str:
    return next((name for group, name in _GROUPS if kind in group), "")
