"""Names that many bear: kinds of body (Ministry), and bodies of which every country has one (Foreign Ministry)."""

from __future__ import annotations

from glossator.naming.lexicon import GENERIC_HEADS, NATIONAL_BODY_WORDS
from glossator.naming.normalise import words

UN_BODY = ("security", "council")
"""Words of the body of the United Nations that most texts mean without saying so."""


def is_generic(form: str) -> bool:
    """True if a name says only what kind of body it is: Commission, United States Army."""
    return all(word in GENERIC_HEADS for word in words(form))


def is_national_body(form: str) -> bool:
    """True if every country may have a body of this name: Foreign Ministry. The Security Council is that of all."""
    return words(form) != UN_BODY and all(word in NATIONAL_BODY_WORDS for word in words(form))


def is_kind_of_body(form: str) -> bool:
    """True if a name says what kind of body it is, and not of which every country has one: Agency, but Parliament."""
    return is_generic(form) and not is_national_body(form)
