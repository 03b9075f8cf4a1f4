"""Regular expressions of the package and of the lexers that it uses, and texts that each of them finds hard.

A hard text repeats what a part of the pattern may repeat, and ends in characters that no pattern expects, so that every
way to divide it is tried.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import resource
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FunctionType
from typing import Any, NamedTuple

from pygments.lexer import Lexer, RegexLexerMeta

from glossator.markup.code_colours import lexer_of
from glossator.word_lists import lexer_names

PACKAGE = "glossator"
FUNCTIONS = frozenset("compile match search fullmatch sub subn split findall finditer".split())
FEWEST = 2000
"""Patterns of the package and of lexers, at least: they have over 500 and over 1,600."""
UNEXPECTED = "\x01!"
USUAL = "a1 _\n-.,:;<>[](){}/\\\"'`*#=&|é"
"""Characters that are tried besides those that the pattern names."""
MOST_MEMBERS = 20
"""Members of a class whose characters are tried: those of some lexers have all letters of the world."""
MOST_BODIES = 40
"""Texts that are tried for each part that repeats."""
REPETITIONS = 28
"""An exponential pattern takes 2^28 steps."""
SLOW = 0.5
"""CPU seconds that nothing else than an exponential pattern takes for so short a text."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_ATOMS = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)


class Found(NamedTuple):
    """A pattern, and where the package compiles it."""

    module: str
    line: int
    pattern: re.Pattern[Any]
    anchored: bool = False
    """True if it is matched at places of a text only, and not searched for."""

    @property
    def where(self) -> str:
        return f"{self.module}:{self.line}"


def patterns() -> list[Found]:
    """Return every pattern that a module compiles when it is imported, or that stands in a call within it."""
    found: dict[tuple[Any, int], Found] = {}
    original = re._compile  # type: ignore[attr-defined]

    def compiled(pattern: Any, flags: int) -> Any:
        made = original(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__"))
        if module.partition(".")[0] == PACKAGE:
            found.setdefault((made.pattern, made.flags), Found(module, frame.f_lineno, made))
        return made

    re._compile = compiled  # type: ignore[attr-defined]
    try:
        for name in _modules():
            module = importlib.import_module(name)
            for line, made in _in_calls(Path(str(module.__file__)), vars(module)):
                found.setdefault((made.pattern, made.flags), Found(name, line, made))
    finally:
        re._compile = original  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda one: (one.module, one.line))


def _modules() -> Iterator[str]:
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.name.endswith("__main__"):
            yield module.name


def _in_calls(path: Path, names: dict[str, Any]) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """Yield the patterns in calls of `re`, if they are constant or made of constants of the module."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=attr), args=[first, *_]) if (
                attr in FUNCTIONS
            ):
                flags = [word.value for word in call.keywords if word.arg == "flags"] or call.args[1:]
                try:
                    pattern = _value(first, names)
                    flag = next((value for node in flags if isinstance(value := _value(node, names), re.RegexFlag)), 0)
                    yield call.lineno, re.compile(pattern, flag)
                except (NameError, TypeError, re.error):
                    continue  # made of what only a call knows


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), dict(names))


def lexer_patterns() -> list[Found]:
    """Return every pattern of the lexers by which listings have colours, as they are compiled there, each once.

    Raises AssertionError for a lexer that chooses others by a name in the listing.
    """
    lexers: list[type[Lexer]] = [type(lexer_of(name)) for name in sorted(lexer_names())]
    assert type(None) not in lexers, "a language of the list has no lexer"
    found: dict[tuple[Any, int], Found] = {}
    for kind in lexers:  # grows meanwhile
        compiled = getattr(kind(), "_tokens", {}) if isinstance(kind, RegexLexerMeta) else {}
        rules = [rule for state in compiled.values() for rule in state]
        attributes = [value for base in kind.__mro__ for name, value in vars(base).items() if name != "analyse_text"]
        for pattern in [*(match.__self__ for match, _, _ in rules), *attributes]:
            if isinstance(pattern, re.Pattern):
                found.setdefault(
                    (pattern.pattern, pattern.flags), Found(f"lexer {kind.name}", 0, pattern, anchored=True)
                )
        within = {other for value in [*(action for _, action, _ in rules), *attributes] for other in _lexers_in(value)}
        lexers += sorted(within - set(lexers), key=str)
    return list(found.values())


def _lexers_in(value: Any) -> Iterator[type[Lexer]]:
    """Yield the lexers that an attribute or the action of a rule names."""
    if isinstance(value, type):
        if issubclass(value, Lexer) and value.__module__ != Lexer.__module__:
            yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _lexers_in(part)
    elif isinstance(value, FunctionType):
        names = set(value.__code__.co_names)
        assert not {name for name in names if name.startswith("get_lexer")} or "handlecodeblocks" in names, value
        yield from _lexers_in([vars(sys.modules[value.__module__]).get(name) for name in names])
        yield from _lexers_in([cell.cell_contents for cell in value.__closure__ or ()])


class HardTexts:
    """Texts that repeat what a pattern may repeat. State: the characters that tell its classes apart."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.binary = isinstance(pattern.pattern, bytes)
        source = pattern.pattern.decode("latin-1") if self.binary else pattern.pattern
        flags = pattern.flags & ~re.UNICODE if self.binary else pattern.flags & ~re.LOCALE
        self.tree = parser.parse(source, flags & ~re.DEBUG)
        self.flags = flags & (re.IGNORECASE | re.DOTALL)
        atoms = list(_atoms(self.tree))
        named = {chr(value) for operator, value in atoms if operator in (codes.LITERAL, codes.NOT_LITERAL)}
        named |= {chr(end) for end in _set_members(atoms)}
        kinds: dict[tuple[bool, ...], str] = {}
        for character in (*USUAL, *sorted(named)):
            kinds.setdefault(tuple(self._matches(atom, character) for atom in atoms), character)
        self.characters = list(kinds.values())

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of a beginning and of what is to be repeated behind it."""
        seen: set[tuple[str, str]] = set()
        pairs = [("", character) for character in self.characters]
        for before, body in _repeats(self.tree, []):
            prefix = "".join(self._example(node) for node in before)
            bodies = list(islice(self._bodies(body), MOST_BODIES))
            pairs += [(prefix, text) for text in (*bodies, *self.characters)]
            pairs += [("", text) for text in bodies]
        for pair in pairs:
            if pair[1] and pair not in seen:
                seen.add(pair)
                yield pair

    def search(self, found: Found, text: str) -> None:
        """Let a pattern search a text, and compare it with the whole text."""
        subject: Any = text.encode("latin-1", "replace") if self.binary else text
        found.pattern.match(subject)
        if not found.anchored:
            found.pattern.search(subject)
            found.pattern.fullmatch(subject)

    def _matches(self, atom: tuple[Any, Any], character: str) -> bool:
        operator, value = atom
        if operator is codes.LITERAL:
            return chr(value) == character
        if operator is codes.NOT_LITERAL:
            return chr(value) != character
        if operator is codes.ANY:
            return bool(self.flags & re.DOTALL) or character != "\n"
        matched = any(_in_set(member, character) for member in value if member[0] is not codes.NEGATE)
        return matched != (value[0][0] is codes.NEGATE)

    def _choices(self, atom: tuple[Any, Any]) -> list[str]:
        if atom[0] is codes.LITERAL:
            return [chr(atom[1])]
        return [character for character in self.characters if self._matches(atom, character)] or ["a"]

    def _example(self, node: tuple[Any, Any]) -> str:
        return next(iter(self._texts(node)), "")

    def _bodies(self, body: Any) -> Iterator[str]:
        """Yield texts that a part matches: one by each choice within it, with the first of all other choices."""
        examples = [self._example(node) for node in body]
        yield "".join(examples)
        for place, node in enumerate(body):
            for text in self._texts(node):
                yield "".join([*examples[:place], text, *examples[place + 1 :]])

    def _texts(self, node: tuple[Any, Any]) -> Iterator[str]:
        operator, value = node
        if operator in _ATOMS:
            yield from self._choices(node)
        elif operator is codes.BRANCH:
            for branch in value[1]:
                yield from self._bodies(branch)
        elif operator is codes.SUBPATTERN:
            yield from self._bodies(value[3])
        elif operator is codes.ATOMIC_GROUP:
            yield from self._bodies(value)
        elif operator in _REPEATS:
            least, _, body = value
            for text in self._bodies(body):
                yield text * max(least, 1)
            if least == 0:
                yield ""


def _in_set(member: tuple[Any, Any], character: str) -> bool:
    operator, value = member
    if operator is codes.LITERAL:
        return chr(value) == character
    if operator is codes.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    kind = {
        codes.CATEGORY_DIGIT: r"\d",
        codes.CATEGORY_NOT_DIGIT: r"\D",
        codes.CATEGORY_SPACE: r"\s",
        codes.CATEGORY_NOT_SPACE: r"\S",
        codes.CATEGORY_WORD: r"\w",
        codes.CATEGORY_NOT_WORD: r"\W",
    }[value]
    return bool(re.fullmatch(kind, character))


def _set_members(atoms: list[tuple[Any, Any]]) -> Iterator[int]:
    for operator, members in atoms:
        for member in members[:MOST_MEMBERS] if operator is codes.IN else ():
            if member[0] is codes.LITERAL:
                yield member[1]
            elif member[0] is codes.RANGE:
                yield member[1][0]


def _parts(node: tuple[Any, Any]) -> list[Any]:
    operator, value = node
    if operator is codes.BRANCH:
        return list(value[1])
    if operator is codes.SUBPATTERN:
        return [value[3]]
    if operator is codes.ATOMIC_GROUP:
        return [value]
    if operator in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    if operator is codes.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return [value[2]] if operator in _REPEATS else []


def _atoms(tree: Any) -> Iterator[tuple[Any, Any]]:
    for node in tree:
        if node[0] in _ATOMS:
            yield node
        for part in _parts(node):
            yield from _atoms(part)


def _repeats(tree: Any, before: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Yield each part that may repeat, with all that precedes it."""
    for place, node in enumerate(tree):
        preceding = [*before, *tree[:place]]
        if node[0] in _REPEATS and node[1][1] > 1:
            yield preceding, node[1][2]
        for part in _parts(node):
            yield from _repeats(part, preceding)


class TooSlow(Exception):
    """End of a search that took too long."""


def exponential(found: Found) -> tuple[str, str] | None:
    """Return the beginning, and the text whose repetition makes a pattern exponential; None if nothing does."""
    texts = HardTexts(found.pattern)
    for beginning, repeated in texts:
        text = beginning + repeated * REPETITIONS + UNEXPECTED
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
            texts.search(found, text)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except TooSlow:
            return beginning, repeated
    return None


def _stop(*_: object) -> None:
    raise TooSlow


def main() -> None:
    """Name each exponential pattern of the package, with the text that shows it."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    signal.signal(signal.SIGVTALRM, _stop)
    every = [*patterns(), *lexer_patterns()]
    assert len(every) > FEWEST, "patterns were not found"
    shown = ((found, exponential(found)) for found in every)
    sys.exit("\n".join(f"{found.where}: {text[0]!r}, then {text[1]!r} repeated" for found, text in shown if text) or 0)


if __name__ == "__main__":
    main()
