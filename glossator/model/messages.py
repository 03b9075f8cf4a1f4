"""The words of the interface in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of the interface in a language. English has no entries: each text is found by the English one."""

    language: str = "en"
    """Language of the texts, a BCP 47 tag."""
    direction: str = "ltr"
    """Direction of the language: `ltr` or `rtl`."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Text by the English text, sorted; a text with a context has `in_context` as its key."""
    amounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Forms of a text with an amount by the English singular, sorted."""
    plural: str = "n != 1"
    """Number of the form for an amount `n`, in the notation of gettext."""

    def __hash__(self) -> int:
        """Return a hash, because environments are remembered by the words that they were made for."""
        return hash((self.language, *self.texts.items(), *self.amounts.items()))


def in_context(context: str, text: str) -> str:
    """Return the key of a text that means something only in a context, as gettext joins them."""
    return f"{context}\x04{text}" if context else text
