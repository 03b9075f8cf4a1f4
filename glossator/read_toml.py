"""TOML that a person, or somebody else, wrote -> plain values. Whatever is wrong with it is a sentence."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_GIVES = re.compile(r"""\s*(?:[\w-]+|"[^"]*"|'[^']*')(?:\.(?:[\w-]+|"[^"]*"|'[^']*'))*\s*=""")
"""Beginning of a line that gives a key a value."""
LONGEST_NUMBER = 128
"""Bits. No setting needs more, and Python refuses to print thousands of digits."""


def parse(text: str) -> dict[str, Any]:
    """Return the tables of a TOML file. Raises ValueError, which says as the rest of a sentence what is wrong."""
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_sentence(text, str(error))) from None
    except ValueError:
        raise ValueError("a number has too many digits") from None
    waiting: list[object] = [tables]
    while waiting:
        match waiting.pop():
            case dict() as table:
                waiting += table.values()
            case list() as values:
                waiting += values
            case int() as number if number.bit_length() > LONGEST_NUMBER:
                raise ValueError("a number has too many digits")
    return tables


def _sentence(text: str, error: str) -> str:
    """Return what is wrong with a text, in the words of people where tomllib's are those of its grammar."""
    if twice := re.fullmatch(r"Cannot (?:overwrite a value|declare .* twice) \(at line (\d+), .*", error):
        repeated = text.splitlines()[int(twice[1]) - 1].partition("=")[0].strip()
        return f"{repeated} stands twice, the second time in line {twice[1]}"
    if invalid := re.fullmatch(r"Invalid value \(at line (\d+), .*", error):
        expected = "a text in quotes, a number, a list in brackets, true or false"
        return f"the value in line {invalid[1]} is not {expected}"
    if error.endswith("(at end of document)"):
        return f"what begins in line {_last_begun(text, error)} has no end"
    return error


def _last_begun(text: str, error: str) -> int:
    """Return the line of what a text that ends too early leaves open: a list or text of many lines, else the last."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    long = not error.startswith("Expected")
    return max((number for number, line in lines if not long or _GIVES.match(line)), default=1)
