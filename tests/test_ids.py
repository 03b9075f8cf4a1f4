"""Ids that were given out stay with whom they were given to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossator.model import EntityType, PublishedId
from glossator.stages.resolve.entities.ids import Bearer, assign

BEARERS = st.lists(
    st.builds(
        Bearer,
        name=st.sampled_from(["Congress", "congress", "Bergen", "John Smith"]),
        type=st.sampled_from([EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE]),
        aliases=st.just(()),
        renamed=st.just(False),
        mentions=st.integers(1, 4),
        first=st.sampled_from("abcdef"),
        telling=st.sampled_from(["", "Japan", "senator"]),
    ),
    max_size=6,
    unique_by=lambda bearer: (bearer.name, bearer.type, bearer.first),
)


@given(BEARERS)
def test_the_second_build_gives_every_namesake_the_id_that_the_first_gave(bearers: list[Bearer]) -> None:
    ids, _ = assign(bearers, ())
    published = [PublishedId(one, bearer.name, bearer.type) for one, bearer in zip(ids, bearers, strict=True)]

    assert (ids, ()) == assign(bearers, published)
