"""The words of a sentence that say what its subject is: "is a", and the noun phrase behind it."""

from __future__ import annotations

import re

DEFINITION = re.compile(
    r"(?<!\S)(?:is|was|are|were|became|becomes|remains)\s(?:(?:also|currently|now|still|\w+ly|for\s\w+)\s)?"
    r"(?P<article>an?|another|the|one\sof|[A-Z]\w*[’']s?)\s(?P<phrase>[^.;:]*)"
)
"""A verb and a determiner behind the subject of a sentence that says what the subject is."""
