"""The one error that a reader raises."""

from __future__ import annotations

from glossator.errors import FileError


class Unreadable(FileError):
    """A saved file from which no article can be made. The message is a sentence: why, and what to do.

    `line` is the line of the file that is to blame, where there is one.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return self.message
