"""The names whose types the settings ask for."""

from __future__ import annotations

import re

from glossator.config import AnnotateSettings
from glossator.model import EntityType, Name
from glossator.stages.annotate import well_known_places

_QUARTER = re.compile(r"^(?:North|South|East|West|Central|Latin)(?:ern)?[\s-]+(?=\w)")


def is_wanted(name: Name, settings: AnnotateSettings) -> bool:
    """True if the settings ask for names of this type; adjectives of nationality are a type of their own."""
    return name.type in settings.types and (settings.demonyms or not _is_demonym(name))


def _is_demonym(name: Name) -> bool:
    return name.type is EntityType.GROUP and all(
        all(well_known_places.is_demonym(word) for word in re.split(r"[\s-]+", _QUARTER.sub("", form)))
        for form, _ in name.forms
    )
