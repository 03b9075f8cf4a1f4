"""TOML that a person, or somebody else, wrote -> plain values. Whatever is wrong with it is a sentence."""

from __future__ import annotations

import re
import tomllib
from typing import Any

LONGEST_NUMBER = 128
"""Bits. No setting needs more, and Python refuses to print thousands of digits."""


def parse(text: str) -> dict[str, Any]:
    """Return the tables of a TOML file. Raises ValueError, which says as the rest of a sentence what is wrong."""
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        if twice := re.fullmatch(r"Cannot (?:overwrite a value|declare .* twice) \(at line (\d+), .*", str(error)):
            repeated = text.splitlines()[int(twice[1]) - 1].partition("=")[0].strip()
            raise ValueError(f"{repeated} stands twice, the second time in line {twice[1]}") from None
        if invalid := re.fullmatch(r"Invalid value \(at line (\d+), .*", str(error)):
            expected = "a text in quotes, a number, a list in brackets, true or false"
            raise ValueError(f"the value in line {invalid[1]} is not {expected}") from None
        raise
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
