"""A file for programs that no template makes: its content is composed whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataFile:
    content: str
