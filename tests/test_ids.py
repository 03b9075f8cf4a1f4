"""Ids that were given out stay with whom they were given to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossator.model import EntityType, PublishedId
from glossator.stages.resolve.entities.published_ids_and_redirects import Identity, assign_ids

IDENTITIES = st.lists(
    st.builds(
        Identity,
        name=st.sampled_from(["Congress", "congress", "Bergen", "John Smith"]),
        type=st.sampled_from([EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE]),
        aliases=st.just(()),
        renamed=st.just(False),
        mentions=st.integers(1, 4),
        first_article=st.sampled_from("abcdef"),
        distinction=st.sampled_from(["", "Japan", "senator"]),
    ),
    max_size=6,
    unique_by=lambda identity: (identity.name, identity.type, identity.first_article),
)


@given(IDENTITIES)
def test_the_second_build_gives_every_namesake_the_id_that_the_first_gave(identities: list[Identity]) -> None:
    ids, _ = assign_ids(identities, ())
    published = [PublishedId(one, identity.name, identity.type) for one, identity in zip(ids, identities, strict=True)]

    assert (ids, ()) == assign_ids(identities, published)


def test_entities_that_are_equal_in_everything_have_different_ids() -> None:
    lund = Identity("Lund", EntityType.PERSON, (), False, 1, "a-day")
    ids, _ = assign_ids([lund] * 5, ())
    assert 5 == len(set(ids))
