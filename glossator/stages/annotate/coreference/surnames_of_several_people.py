"""Surnames that several people of an article bear: which of them each mention means."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import EntityType, Text
from glossator.stages.annotate.coreference.aliases import Form, Groups
from glossator.stages.annotate.mentions.spans import Span


def bearers_meant(
    text: Text, spans: Sequence[Span], forms: Mapping[str, Form], home: Groups
) -> Iterator[tuple[int, str]]:
    """Yield for a surname of several people the only one whom the paragraph mentioned before, or else the main one."""
    full = [form for form in forms.values() if form.type is EntityType.PERSON and len(form.words) > 1]
    bearers: dict[str, list[Form]] = defaultdict(list)
    for form in full:
        for word in dict.fromkeys(form.words):
            bearers[word].append(form)
    times = Counter(home.of(text.content[span.start : span.end]) for span in spans)
    starts = [block.start for block in text.blocks]
    inside: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        inside[bisect_right(starts, span.start) - 1].append(span)
    for index, block in enumerate(text.blocks):
        met: list[str] = []
        for span in inside[index]:
            if span.start >= block.end:
                continue
            form = forms[text.content[span.start : span.end]]
            if form.type is EntityType.PERSON and len(form.words) == 1:
                candidates = dict.fromkeys(home.of(one.text) for one in bearers[form.words[0]])
                near = [one for one in candidates if one in met]
                if len(candidates) > 1 and len(near) != 1:
                    near = _main_bearer(form, list(candidates), forms, times)
                if len(candidates) > 1 and near:
                    yield span.start, near[0]
            else:
                met.append(home.of(form.text))


def _main_bearer(
    surname: Form, bearers: Sequence[str], forms: Mapping[str, Form], times: Mapping[str, int]
) -> list[str]:
    """Return the bearer of a surname whom a text is about: introduced before the others and before the surname alone.

    No other bearer is mentioned as often in full. Otherwise nobody is meant for certain.
    """
    first, *others = sorted(bearers, key=lambda one: forms[one].first)
    introduced = forms[first].first < surname.first and times[first] > max(times[one] for one in others)
    return [first] if introduced else []
