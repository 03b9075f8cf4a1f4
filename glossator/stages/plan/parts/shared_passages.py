"""Views of passages that several articles have; "first" is the first here, by the days that they state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from glossator.model import ArticleHead, ArticleId, SharedPassage, SharedPassages, SitePath
from glossator.stages.plan.catalogue import Catalogue, article_link
from glossator.stages.plan.parts.excerpts import QuotedWords
from glossator.views import ChangedPiece, MostlyShared, QuotationSpread, SharedSign, SharedWith

MOST = 0.6
"""Share of an article's text that is most of it."""
SHORTEST = 6
"""Equal words of a passage that has a sign."""
OTHERS = 5
"""Articles that a sign names."""
QUOTED = 0.8
"""Share of a quotation that a passage holds which has the quotation."""
UNDATED = "9"
"""Sorts behind every day."""


def signs(
    catalogue: Catalogue, article: ArticleId, page: tuple[SitePath, str], content: str, mostly: MostlyShared | None
) -> tuple[SharedSign, ...]:
    """Return the signs beside the paragraphs that others have, too; `page` is the path of the page and its body.

    An article that is `mostly` another one has signs only where it differs. `content` is its text.
    """
    row, (path, body) = catalogue.content.shared.get(article), page
    by_anchor: dict[str, dict[ArticleId, SharedPassage]] = defaultdict(dict)
    for passage in row.passages if row else ():
        if passage.anchor and passage.equal >= SHORTEST and not (mostly and not passage.differences):
            by_anchor[passage.anchor].setdefault(passage.other, passage)
    beside = []
    for anchor, passages in by_anchor.items():
        at = _end_of_block(body, anchor)
        if at is not None:
            order = sorted(passages.values(), key=lambda passage: _order(catalogue, passage.other))
            first = _first(catalogue, (article, *passages))
            others = (
                replace(_shared_with(catalogue, passage, path, content), is_first=passage.other == first)
                for passage in order[:OTHERS]
            )
            beside.append(SharedSign(at, tuple(others), len(order[OTHERS:])))
    return tuple(sorted(beside, key=lambda sign: sign.at))


def mostly_shared(catalogue: Catalogue, article: ArticleId, path: SitePath) -> MostlyShared | None:
    """Return the article that has most of the text of another, the earliest of several; None if none has."""
    row = catalogue.content.shared.get(article)
    most = [other for other, share in _shares(row).items() if share >= MOST] if row else []
    if row is None or not most:
        return None
    first = min(most, key=lambda other: _order(catalogue, other))
    return MostlyShared(article_link(catalogue, first, path), row.agency or _agency(catalogue, first), len(most) - 1)


def quotation_spread(
    catalogue: Catalogue, article: ArticleId, quotation: QuotedWords, path: SitePath
) -> QuotationSpread | None:
    """Return where else a quotation of an article stands; None if nowhere."""
    row = catalogue.content.shared.get(article)
    others: dict[ArticleId, bool] = {}
    for passage in row.passages if row else ():
        start, end = max(passage.start, quotation.start), min(passage.end, quotation.end)
        if end - start >= QUOTED * (quotation.end - quotation.start):
            differs = any(gap.start <= end and gap.end >= start for gap in passage.differences)
            others[passage.other] = others.get(passage.other, False) or differs
    if not others:
        return None
    first = _first(catalogue, (article, *others))
    return QuotationSpread(article_link(catalogue, first, path) if first else None, len(others), sum(others.values()))


def independent_texts(catalogue: Catalogue, articles: Collection[ArticleId]) -> int:
    """Return the number of articles most of whose text is not that of earlier ones among them."""
    return len(articles) - len(copies(catalogue.content.shared, catalogue.heads, articles))


def copies(
    shared: Mapping[ArticleId, SharedPassages], heads: Mapping[ArticleId, ArticleHead], among: Iterable[ArticleId]
) -> frozenset[ArticleId]:
    """Return the articles among some most of whose text is that of earlier ones among them.

    Of articles without a stated day, or of one day, the first by id counts as the earlier one.
    """
    rows = {article: row for article in among if (row := shared.get(article))}
    order = {article: _day_order(heads[article]) for article in rows}

    def share(article: ArticleId) -> float:
        others = ((passage, order.get(passage.other)) for passage in rows[article].passages)
        earlier = (passage for passage, other in others if other and other < order[article])
        return _covered(earlier) / max(1, rows[article].length)

    return frozenset(article for article in rows if share(article) >= MOST)


def copied_from(catalogue: Catalogue, article: ArticleId) -> ArticleId | None:
    """Return the earliest article that has most of an article's text and comes before it; None if none does."""
    row = catalogue.content.shared.get(article)
    most = (other for other, share in _shares(row).items() if share >= MOST) if row else ()
    first = min(most, key=lambda other: _order(catalogue, other), default=None)
    return first if first and _order(catalogue, first) < _order(catalogue, article) else None


def _shares(row: SharedPassages) -> dict[ArticleId, float]:
    """Return which part of an article's text each other one has."""
    by_other: dict[ArticleId, list[SharedPassage]] = defaultdict(list)
    for passage in row.passages:
        by_other[passage.other].append(passage)
    return {other: _covered(passages) / max(1, row.length) for other, passages in by_other.items()}


def _covered(passages: Iterable[SharedPassage]) -> int:
    """Return the characters that passages cover together; they are in the order of the text."""
    covered = end = 0
    for passage in passages:
        covered += max(0, passage.end - max(passage.start, end))
        end = max(end, passage.end)
    return covered


def _order(catalogue: Catalogue, article: ArticleId) -> tuple[str, str]:
    return _day_order(catalogue.heads[article])


def _day_order(head: ArticleHead) -> tuple[str, str]:
    return head.stated_day or UNDATED, head.id


def _first(catalogue: Catalogue, articles: Sequence[ArticleId]) -> ArticleId | None:
    """Return the article that states the earliest day; None if one states none, or two state the earliest."""
    days = sorted((catalogue.heads[article].stated_day, article) for article in articles)
    return days[0][1] if days[0][0] and days[0][0] != days[1][0] else None


def _agency(catalogue: Catalogue, article: ArticleId) -> str:
    row = catalogue.content.shared.get(article)
    return row.agency if row else ""


def _shared_with(catalogue: Catalogue, passage: SharedPassage, path: SitePath, content: str) -> SharedWith:
    link = article_link(catalogue, passage.other, path)
    return SharedWith(
        replace(link, href=f"{link.href}#{passage.there}".rstrip("#")),
        sum(max(len(content[gap.start : gap.end].split()), len(gap.there.split())) for gap in passage.differences),
        tuple(_pieces(passage, content)) if passage.differences else (),
        agency=_agency(catalogue, passage.other),
    )


def _pieces(passage: SharedPassage, content: str) -> Iterator[ChangedPiece]:
    """Yield a passage as the article has it, with the words that the other one has instead."""
    at = passage.start
    for gap in passage.differences:
        yield ChangedPiece("same", content[at : gap.start])
        if gap.end > gap.start:
            yield ChangedPiece("removed", content[gap.start : gap.end])
        if gap.there:
            yield ChangedPiece("same", " " if gap.end > gap.start else "")
            yield ChangedPiece("added", gap.there)
            yield ChangedPiece("same", "" if gap.end > gap.start else " ")
        at = gap.end
    yield ChangedPiece("same", content[at : passage.end])


def _end_of_block(body: str, anchor: str) -> int | None:
    """Return the place behind a paragraph or within an item of a list, by its id; None for any other element."""
    at = body.find(f' id="{anchor}"')
    tag = body[body.rfind("<", 0, at) + 1 : at].split(" ", maxsplit=1)[0] if at >= 0 else ""
    if tag == "p":
        return body.index("</p>", at) + len("</p>")
    if tag == "li":
        ends = [place for end in ("</li>", "<ul", "<ol", "<p") if (place := body.find(end, at)) >= 0]
        return min(ends, default=None)
    return None
