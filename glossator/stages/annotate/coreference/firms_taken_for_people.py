"""Firms of which a word was taken for a person: joined to the firm that the article names in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glossator.model import EntityType
from glossator.stages.annotate.coreference.aliases import FIRM, Form, Groups


def firms_taken_for_people(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a word that the model took for a person, and the only firm that has it in its name: Dahua."""
    firms = [one for one in forms.values() if one.type is EntityType.ORGANISATION and FIRM.intersection(one.words[1:])]
    people = {
        word for one in forms.values() if one.type is EntityType.PERSON and len(one.words) > 1 for word in one.words
    }
    for form in forms.values():
        if form.type is EntityType.PERSON and len(form.words) == 1 and form.words[0] not in people:
            groups = {home.of(one.text): one for one in firms if form.words[0] in one.words}
            if len(groups) == 1:
                yield form.text, next(iter(groups.values())).text
