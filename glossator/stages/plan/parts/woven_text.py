"""The text of an article as its page shows it, with marks: woven again only if what it is made of differs.

A decision about a name changes thousands of cards and not one text, and parsing Markdown is a fifth of a page's cost.
In what is kept entities are numbers, because a name that is decided gives the entity another id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from glossator import markup, site_paths
from glossator.markup import Mark
from glossator.model import IN_TEXT, ArticleHead, ArticleId, Digest, EntityId, Html, Mention, SitePath, Text
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    entities_of,
    group,
    links,
    shortened,
    whole_sentences,
)
from glossator.stages.plan.catalogue.private_names import public_head
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.parts.cards import is_told_of
from glossator.stages.plan.parts.names_of_subject import SURE, names_of_subject
from glossator.text import bare_words, digest

Targets = tuple[tuple[EntityId, str], ...]
"""Id and address of each entity of an article, in the order of its names."""


class WovenText(msgspec.Struct, frozen=True, array_like=True):
    """Text of an article as HTML, and the mentions in the text; entities are numbers."""

    inputs: Digest
    """Digest of everything that the rest is made of."""
    body: Html
    words: int
    standfirst: str
    """The description of the article, or empty if the text begins with it."""
    mentions: dict[int, int]
    """Number of mentions of each entity, in the order of the first ones."""
    firsts: dict[int, str]
    """Address within the page of the paragraph that mentions an entity first."""


class LinkedText(msgspec.Struct, frozen=True):
    """The text of a page, and the entities that it mentions."""

    woven: WovenText
    targets: Targets

    @property
    def body(self) -> Html:
        """The text with its marks."""
        return markup.link_marks(self.woven.body, self.targets)

    @property
    def mentions(self) -> dict[EntityId, int]:
        """Number of mentions of each entity, in the order of the first ones."""
        return {self.targets[number][0]: count for number, count in self.woven.mentions.items()}

    @property
    def firsts(self) -> dict[EntityId, str]:
        """Address within the page of the paragraph that mentions an entity first."""
        return {self.targets[number][0]: href for number, href in self.woven.firsts.items()}


def text_of_page(
    catalogue: Catalogue,
    planned: PlannedPage,
    readings: Mapping[ArticleId, OpenedArticle],
    former: WovenText | None = None,
) -> LinkedText:
    """Return the text of a page: `former`, as the last build wove it, or one that is made of the article in `readings`.

    An article whose `former` text holds is not opened.
    """
    article, path = ArticleId(planned.subject), planned.path
    marked = planned.kind == "article" and article not in catalogue.content.bare
    profiles = [catalogue.profiles[key] for key in entities_of(catalogue, article)] if marked else []
    targets = tuple((profile.id, _target(profile, path)) for profile in profiles)
    numbers = {profile.id: number for number, profile in enumerate(profiles)}
    names = [None if key is None else numbers[key] for key in catalogue.content.resolved[article]] if marked else []
    kinds = [(profile.type, is_told_of(catalogue, profile), profile.is_certain) for profile in profiles]
    head = head_of(catalogue, planned)
    description = head.description or ""
    archived = links(catalogue, article, path)
    placed = (each for each in catalogue.content.highlights.get(article, ()) if each.source != IN_TEXT)
    highlights = tuple((highlight.start, highlight.end) for highlight in placed)
    text_digest = group(catalogue, "texts", article).content.text_digests[article]
    colours = catalogue.content.listings.get(article, {})
    inputs = digest(
        text_digest, msgspec.msgpack.encode((names, kinds, head.title, description, archived, highlights, colours))
    )
    if former and former.inputs == inputs:
        return LinkedText(former, targets)
    reading = readings[article]
    analysis, text = reading.analysis, reading.text
    mentions = [
        (mention, number)
        for mention in (analysis.mentions if marked else ())
        if (number := names[mention.name]) is not None
    ]
    subject = names_of_subject(head.title, text, analysis, names) if marked else frozenset()
    marks = (
        Mark(mention.start, mention.end, str(at), kind, "", bare=not has_words)
        for mention, at in mentions
        for kind, has_words, is_certain in (kinds[at],)
        if has_words or (at in subject and (is_certain or analysis.names[mention.name].certainty >= SURE))
    )
    woven = WovenText(
        inputs,
        markup.weave(reading.article.markdown, tuple(marks), archived, highlights, colours),
        len(text.content.split()),
        _standfirst(description, text.content),
        dict(Counter(number for _, number in mentions)),
        _firsts(text, mentions),
    )
    return LinkedText(woven, targets)


def head_of(catalogue: Catalogue, planned: PlannedPage) -> ArticleHead:
    """Return the head of the article, or of the version of one, that a page shows, without private names."""
    article = ArticleId(planned.subject)
    if planned.kind == "article":
        head = catalogue.heads[article]
    else:
        versions = catalogue.content.versions[catalogue.newest[article]]
        head = next(version for version in versions if version.id == article)
    return public_head(head, catalogue.settings.private_names)


def _target(entity: Profile, path: SitePath) -> str:
    """Return the address of an entity's page, or of its entry on the page at `path`."""
    return site_paths.relative(site_paths.entity_path(entity.id), path) if entity.page else f"#g-{entity.id}"


def _standfirst(description: str, content: str) -> str:
    beginning = bare_words(content[: 2 * len(description)])
    repeats = beginning.startswith(bare_words(description.rstrip("….")) or " ")
    return "" if repeats else shortened(whole_sentences(description))


def _firsts(text: Text, mentions: Iterable[tuple[Mention, int]]) -> dict[int, str]:
    firsts: dict[int, str] = {}
    blocks = iter(text.blocks)
    block = next(blocks, None)
    for mention, number in mentions:
        while block and block.end <= mention.start:
            block = next(blocks, None)
        if block and block.anchor and block.kind != "heading":
            firsts.setdefault(number, f"#{block.anchor}")
    return firsts
