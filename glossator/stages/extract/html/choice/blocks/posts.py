"""Posts of a thread: each becomes a section, whose heading says who wrote it, and when.

The texts of the posts are the elements alike that hold nearly all of the chosen text; a post is the largest element
around one text alone, so that an opening post with a frame of its own is one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice, takewhile

import msgspec
from lxml.html import HtmlElement

from glossator.stages.extract.html.choice.blocks.post_fields import author_in, authors, days
from glossator.stages.extract.html.choice.blocks.text_blocks import REPEATED, TextBlock
from glossator.stages.extract.html.parse.elements import HEADINGS, element, names_of
from glossator.stages.extract.html.parse.parse_page import TEXT_BLOCK
from glossator.stages.extract.text_comparison import Wording, run_of, wording, words

_FEWEST = 2
"""Posts of a thread."""
_MOST = 0.7
"""Share of the text that must be in elements alike for them to be the texts of the posts."""
_SIGNED = 0.6
"""Share of the posts whose author must be found for them to be posts."""
_BESIDE = 12
"""Words of a line that is no text of a post, such as a rank; with more it may be a comment."""
_SORTS = 16
"""Sorts of elements that are examined, of the innermost that hold most of the text."""
_QUOTED = 0.7
"""Share of a post that is in one quotation, as some programs write the text of each, or that stands in another."""
_ATTACHED = re.compile(r"attach", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?:^|[\s_-])sig(?:nature)?(?:$|[\s_-])", re.IGNORECASE)
_NEAR = 5
"""Elements around a block that may have the name of attachments or of a signature."""
_LAID_OUT = frozenset("table tbody thead tr td ol ul li dl dd dt".split())
_BESIDE_TEXT = "beside the text of a post"
_UNSIGNED = "…"
"""Heading of a post that says neither who wrote it nor when, so that it does not stand below another's name."""
_HEADED = "the heading of the post has it"
_TWICE = "a post has it"
_IN_POST = "in the text of a post"
_SIGNED_WITH = "signature of a post"
_HEADING = "who wrote the post, and when"


class Post(msgspec.Struct, frozen=True):
    body: HtmlElement
    author: str
    day: str

    @property
    def heading(self) -> str:
        return ", ".join(filter(None, (self.author, self.day))) or _UNSIGNED


class StatedOpening(msgspec.Struct, frozen=True):
    """The post that opens a thread, as the page states it."""

    author: str = ""
    day: str = ""
    text: str = ""
    """Beginning of the post, at least."""


NOT_STATED = StatedOpening()


class Thread(msgspec.Struct, frozen=True):
    blocks: list[TextBlock]
    """Blocks of the page with the headings of the posts."""
    posts: tuple[Post, ...]
    """Posts whose text stays; none if their authors are not found."""
    opener: str
    """Author of the first post; empty if a text stands before it, since the post is a reply then."""


def head_posts(blocks: Sequence[TextBlock], stated: StatedOpening = NOT_STATED) -> Thread:
    """Give each post a heading, in place."""
    posts, owners = _posts(blocks)
    _take_out_of_tables(posts)
    result: list[TextBlock] = []
    chosen = {tag for block in blocks if block.stays for tag in (block.tag, *block.around)}
    headings: dict[HtmlElement, TextBlock] = {}
    inside: dict[HtmlElement, list[TextBlock]] = {body: [] for body in posts}
    for block in blocks:
        body = next((tag for tag in (block.tag, *block.around) if tag in inside), None)
        if body is not None:
            if body not in chosen and posts[body].heading != _UNSIGNED:
                block.keep(_IN_POST)
            if body not in headings:
                headings[body] = _heading(posts[body])
                result.append(headings[body])
            _put_below_heading(block, posts[body])
            inside[body].append(block)
        elif not owners.isdisjoint((block.tag, *block.around)):
            _judge_beside_text(block)
        result.append(block)
    _unquote(list(inside.values()))
    _drop_copies(result, [inside[body] for body in headings if headings[body].text != _UNSIGNED])
    _drop_answered(inside.values())
    for body, heading in headings.items():
        if not any(block.stays for block in inside[body]):
            heading.drop(_TWICE)
    remaining = [body for body, heading in headings.items() if heading.stays]
    if not remaining:
        return Thread(result, (), "")
    above = _texts_above(headings[remaining[0]], result)
    opening = next((_head_opening(result, block, stated) for block in above if _is_opening(block, stated)), None)
    all_posts = (*filter(None, (opening,)), *(posts[body] for body in remaining))
    return Thread(result, all_posts, all_posts[0].author if opening or not above else "")


def _take_out_of_tables(bodies: Iterable[HtmlElement]) -> None:
    """Let the texts of posts be in no table or list, in place."""
    for around in {tag for body in bodies for tag in (body, *body.iterancestors()) if tag.tag in _LAID_OUT}:
        around.tag = "div"


def _texts_above(heading: TextBlock, blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the texts before the first post: the opening one is there if it is no element like the others."""
    above = takewhile(lambda block: block is not heading, blocks)
    return [block for block in above if block.stays and len(block.tokens) > _BESIDE and block.tag.tag not in HEADINGS]


def _is_opening(block: TextBlock, stated: StatedOpening) -> bool:
    """True if a text begins with the words that the page states, and is long enough to tell."""
    return bool(stated.author) and block.tokens[:_BESIDE] == words(stated.text)[:_BESIDE]


def _head_opening(blocks: list[TextBlock], block: TextBlock, stated: StatedOpening) -> Post:
    """Put a heading above the opening post, in place."""
    _take_out_of_tables([block.tag])
    post = Post(block.tag, stated.author, stated.day)
    blocks.insert(blocks.index(block), _heading(post))
    return post


def _put_below_heading(block: TextBlock, post: Post) -> None:
    """Drop what the heading of a post says, and a signature, and let the post's own headings be below it."""
    own = words(block.text.partition("#")[0])  # without the number of the post
    if own and own in map(words, (post.author, post.day, post.heading)):
        block.drop(_HEADED)
    if _has_name(block, _SIGNATURE):
        block.drop(_SIGNED_WITH)
    if block.tag.tag in ("h1", "h2"):
        block.tag.tag = "h3"


def _judge_beside_text(block: TextBlock) -> None:
    """Decide on a block of a post outside its text: pictures that are attached stay, portraits and short lines go."""
    if not block.tokens and _has_name(block, _ATTACHED):
        block.keep(_IN_POST)
    elif block.stays and (len(block.tokens) <= _BESIDE or block.tag.tag in HEADINGS or _has_name(block, _SIGNATURE)):
        block.drop(_BESIDE_TEXT)


def _has_name(block: TextBlock, name: re.Pattern[str]) -> bool:
    return any(name.search(names_of(tag)) for tag in (block.tag, *block.around[:_NEAR]))


def _posts(blocks: Sequence[TextBlock]) -> tuple[dict[HtmlElement, Post], set[HtmlElement]]:
    """Return the posts by their texts, and the elements of the posts; none if their authors are not found.

    Of several sorts of elements those are the texts by which most authors of chosen text are found, and of equals the
    innermost: beside the texts of XenForo, cells of authors have the first class.
    """
    texts_within: dict[HtmlElement, list[TextBlock]] = {}
    for block in blocks:
        # The chosen text may have taken the text of a post from a copy elsewhere.
        for tag in (block.tag, *block.around) if block.stays or block.reason == REPEATED else ():
            texts_within.setdefault(tag, []).append(block)
    best: list[tuple[list[HtmlElement], HtmlElement]] = []
    best_names: list[str] = []
    most = (0, 0)
    read = cache(author_in)
    for bodies in islice(_candidates(blocks), _SORTS):
        if (len(bodies), -len(bodies)) <= most:
            continue  # even if all were signed, they would be no better
        pairs = list(zip(_with_heads(_owners(bodies)), bodies, strict=True))
        names = authors(pairs, read)
        of_names = {run_of(words(name)) for name in names}
        signed = [texts_within.get(body, []) for name, body in zip(names, bodies, strict=True) if name]
        rank = (sum(_says_more(texts, of_names) for texts in signed), -len(bodies))
        if len(signed) >= _SIGNED * len(bodies) and rank > most:
            most, best, best_names = rank, pairs, names
    fields = zip(best, best_names, days(best), strict=True)
    return {body: Post(body, name, day) for (_, body), name, day in fields}, {tag for post, _ in best for tag in post}


def _says_more(texts: Sequence[TextBlock], names: set[int]) -> bool:
    """True if the text of a post is more than names and links, of which a list of other threads consists."""
    own = _size(block for block in texts if not block.leads_elsewhere and run_of(block.tokens) not in names)
    return own > _size(block for block in texts if block.leads_elsewhere)


def _candidates(blocks: Sequence[TextBlock]) -> Iterator[list[HtmlElement]]:
    """Yield elements alike that hold most of the text, the innermost first: all from the first to the last."""
    whole = _size(block for block in blocks if block.stays)
    held: Counter[tuple[str, str]] = Counter()
    depths: Counter[tuple[str, str]] = Counter()
    alike: dict[tuple[str, str], dict[HtmlElement, bool]] = {}
    sort_of = cache(_sort)
    for block in blocks:
        seen: set[tuple[str, str]] = set()
        for depth, tag in enumerate((block.tag, *block.around)):
            kind = sort_of(tag)
            if not kind[1] or kind in seen:
                continue
            seen.add(kind)
            own = alike.setdefault(kind, {})
            own[tag] = own.get(tag, False) or block.stays
            if block.stays:
                held[kind] += len(block.tokens)
                depths[kind] = max(depths[kind], len(block.around) - depth)
    chosen = wording("\n".join(block.text for block in blocks if block.stays))
    for kind in sorted(held, key=lambda kind: -depths[kind]):
        stays = list(alike[kind].values())
        if sum(stays) < _FEWEST or held[kind] < _MOST * whole:
            continue
        members, first = list(alike[kind])[: len(stays) - stays[::-1].index(True)], stays.index(True)
        members = members[first - 1 if first and _is_chosen(chosen, blocks, members[first - 1]) else first :]
        around = {above for member in members for above in member.iterancestors()}
        innermost = [member for member in members if member not in around]
        if len(innermost) >= _FEWEST:
            yield innermost


def _sort(tag: HtmlElement) -> tuple[str, str]:
    return tag.tag, tag.get("class", "").partition(" ")[0]


def _is_chosen(chosen: Wording, blocks: Sequence[TextBlock], member: HtmlElement) -> bool:
    """True if the chosen text has that of an element, of which it took a copy elsewhere, as of an opening post."""
    own = [block.tokens for block in blocks if block.tokens and member in (block.tag, *block.around)]
    return bool(own) and all(map(chosen.has, own))


def _owners(bodies: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the largest element around each text that holds no other."""
    held = Counter(above for body in bodies for above in body.iterancestors())
    owners = []
    for body in bodies:
        owner = body
        while (above := owner.getparent()) is not None and held[above] == 1:
            owner = above
        owners.append(owner)
    return owners


def _with_heads(owners: Sequence[HtmlElement]) -> list[list[HtmlElement]]:
    """Return each post with the element before it, if each has one alike that is no post: bbPress writes the day there.

    What stands before the first post decides: a foot of each post stands behind the last one, too.
    """
    heads = [owner.getprevious() for owner in owners]
    kinds = {None if tag is None else _sort(tag) for tag in heads}
    apart = len(kinds) == 1 and None not in kinds and not set(heads) & set(owners)
    return [[owner, *([tag] if apart else [])] for tag, owner in zip(heads, owners, strict=True)]


def _heading(post: Post) -> TextBlock:
    """Return the heading of a post, put before its text."""
    heading = element("h2", post.heading)
    heading.set(TEXT_BLOCK, "")
    post.body.addprevious(heading)
    block = TextBlock(heading, post.heading, words(post.heading), tuple(heading.iterancestors()), 0.0)
    block.keep(_HEADING)
    return block


def _unquote(posts: Sequence[Sequence[TextBlock]]) -> None:
    """Make text of the quotations that most posts consist of."""
    quotations = []
    for blocks in posts:
        held: Counter[HtmlElement] = Counter()
        for block in blocks:
            for tag in block.around if block.stays else ():
                if tag.tag == "blockquote":
                    held[tag] += len(block.tokens)
        whole = _size(block for block in blocks if block.stays)
        quotations += [quotation for quotation, size in held.items() if size >= _QUOTED * whole]
    for quotation in quotations if 2 * len(quotations) > len(posts) else ():
        quotation.tag = "div"


def _drop_copies(blocks: Sequence[TextBlock], posts: Sequence[Sequence[TextBlock]]) -> None:
    """Drop what stands outside the posts and is in the first of them, such as the opening post on top of a page.

    A later post that has it quotes it: of 213 pages, of one alone, whose opening post was lost.
    """
    own = {block.tag for post in posts for block in post}
    posted = wording("\n".join(block.text for block in chain(*posts[:1]) if not _is_quoted(block)))
    for block in blocks:
        outside = block.tag not in own and block.reason != _HEADING
        if block.stays and block.tokens and outside and posted.has(block.tokens):
            block.drop(_TWICE)


def _drop_answered(posts: Iterable[Sequence[TextBlock]]) -> None:
    """Drop the text of an earlier post on top of a later one, which shows what it answers, but for quotations.

    Another said it, and no mark tells so.
    """
    beginnings: dict[int, list[TextBlock]] = {}
    for post in posts:
        own = [block for block in post if block.stays and block.tokens and not _is_quoted(block)]
        if own and (earlier := beginnings.get(run_of(own[0].tokens))):
            text = wording("\n".join(block.text for block in earlier))
            answered = list(takewhile(partial(_is_in, text), own))
            if len(answered) < len(own) and _size(answered) >= _QUOTED * len(text.tokens):
                for block in answered:
                    block.drop(_TWICE)
                own = own[len(answered) :]
        if own:
            beginnings.setdefault(run_of(own[0].tokens), own)


def _is_quoted(block: TextBlock) -> bool:
    return any(tag.tag == "blockquote" for tag in (block.tag, *block.around))


def _is_in(text: Wording, block: TextBlock) -> bool:
    return text.has(block.tokens)


def _size(blocks: Iterable[TextBlock]) -> int:
    return sum(len(block.tokens) for block in blocks)
