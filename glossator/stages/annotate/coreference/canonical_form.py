"""Groups of forms -> names: each with a canonical form, a type that the settings ask for, and its mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from glossator.config import AnnotateSettings
from glossator.model import EntityType, Mention, Name
from glossator.stages.annotate import demonyms
from glossator.stages.annotate.coreference.forms import Form, Groups
from glossator.stages.annotate.mentions.spans import Span

_ORDER = {kind: number for number, kind in enumerate(EntityType)}
LinkedForms = tuple[Mapping[str, Form], Groups, Mapping[int, str]]


def names_of_groups(
    content: str, spans: Sequence[Span], settings: AnnotateSettings, linked: LinkedForms
) -> tuple[tuple[Name, ...], tuple[Mention, ...]]:
    """Return the names of an article whose types `settings` ask for, and their mentions.

    `linked` are the forms, the groups that they are joined to, and the groups of single mentions by their starts.
    """
    forms, home, nearest = linked
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    certainties: dict[str, int] = defaultdict(int)
    chances: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    grouped: list[tuple[Span, str]] = []
    for span in spans:
        form = content[span.start : span.end]
        group = nearest.get(span.start) or home.of(form)
        counts[group][form] += 1
        certainties[group] = max(certainties[group], span.certainty)
        if span.chances:
            chances[form].append(span.chances)
        grouped.append((span, group))
    names: dict[str, Name] = {}
    for group, times in counts.items():
        name = _name(forms, times)
        if is_wanted(name, settings):
            all_chances = [form_chances for form in _best_forms(forms, times) for form_chances in chances[form]]
            mean = _mean_chances(name.type, all_chances)
            names[group] = msgspec.structs.replace(name, certainty=certainties[group], chances=mean)
    index = {group: position for position, group in enumerate(names)}
    mentions = (Mention(span.start, span.end, index[group]) for span, group in grouped if group in index)
    return tuple(names.values()), tuple(mentions)


def _name(forms: Mapping[str, Form], times: Counter[str]) -> Name:
    votes: Counter[EntityType] = Counter()
    for form in _best_forms(forms, times):
        votes[forms[form].type] += times[form]
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], forms[pair[0]].first))
    kind = votes.most_common(1)[0][0]
    whole = [form for form in times if kind is not EntityType.PERSON or not _is_drawn_out(form, forms, times)]
    best = max(
        whole, key=lambda form: (not form.isupper() or len(form) < 5, len(forms[form].words), len(form), times[form])
    )
    return Name(" ".join(best.split()), kind, tuple((" ".join(f.split()), n) for f, n in ordered))


def _is_drawn_out(form: str, forms: Mapping[str, Form], times: Counter[str]) -> bool:
    """True if more words follow in a form than in a person's usual full name: the Lee Miller Archives."""
    usual = (other for other in times if times[other] > times[form] and len(forms[other].words) > 1)
    return any(forms[form].words[:-1][: len(forms[other].words)] == forms[other].words for other in usual)


def _best_forms(forms: Mapping[str, Form], times: Counter[str]) -> list[str]:
    """Return the forms of several words, which tell the type better than a surname or an acronym; all if none has."""
    return [form for form in times if len(forms[form].words) > 1] or list(times)


def _mean_chances(kind: EntityType, chances: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the mean probabilities of the types, in tenths; nothing if they favour another type than a rule chose."""
    mean = tuple(round(sum(column) / len(chances)) for column in zip(*chances, strict=True))
    return mean if mean and mean[_ORDER[kind]] == max(mean) else ()


_QUARTER = re.compile(r"^(?:North|South|East|West|Central|Latin)(?:ern)?[\s-]+(?=\w)")


def is_wanted(name: Name, settings: AnnotateSettings) -> bool:
    """True if the settings ask for names of this type; adjectives of nationality are a type of their own."""
    return name.type in settings.types and (settings.demonyms or not _is_demonym(name))


def _is_demonym(name: Name) -> bool:
    return name.type is EntityType.GROUP and all(
        all(demonyms.is_demonym(word) for word in re.split(r"[\s-]+", _QUARTER.sub("", form))) for form, _ in name.forms
    )
