"""Names and ids -> stable slugs, paths below the site, relative links."""

from __future__ import annotations

import hashlib
import re
from unicodedata import normalize
from urllib.parse import urlsplit

from anyascii import anyascii

from glossator.model import ArticleId, EntityId, EntityType, SitePath

LONGEST_SLUG = 80
"""Code points of a slug: suffixes still fit into the 255 bytes of a file name, and addresses stay readable."""
LONGEST_BEGINNING = 100
"""Letters of the name of a file for the beginning of names, before a digest."""

RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul", "once", *(f"com{i}" for i in range(1, 10)), "date", "source"}
)
"""Names with a meaning of their own: an index page of ours, a device of Windows."""

HOME = SitePath("index.html")
ARTICLES = SitePath("articles/index.html")
SOURCES = SitePath("articles/source.html")
TAGS = SitePath("tags/index.html")
AUTHORS = SitePath("authors/index.html")
TOPICS = SitePath("topics/index.html")
DAYS = SitePath("days/index.html")
TIES = SitePath("ties/index.html")
MAP = SitePath("map/index.html")
ENTITIES = SitePath("entities/index.html")
SEARCH = SitePath("search.html")
ABOUT = SitePath("about.html")
NOT_FOUND = SitePath("404.html")
FEED = SitePath("feed.xml")
SITEMAP = SitePath("sitemap.xml")
ROBOTS = SitePath("robots.txt")
SEARCH_DESCRIPTION = SitePath("opensearch.xml")
LLMS = SitePath("llms.txt")
API_FOLDER = "api/1/"
"""Folder of the read API: the number is that of its schema."""
API = SitePath(f"{API_FOLDER}index.json")
ICON = SitePath("static/favicon.svg")
NO_SOURCE = "unknown-source"
"""Anchor of the articles whose publication is not known."""
INDEX = "pagefind"
"""Folder of the search index."""
OUR_FOLDERS = frozenset(
    {"api", "articles", "dates", "entities", "images", "names", INDEX, "sitemaps", "sources", "static", "tags", "types"}
)
"""Folders of the site in which a person's own pages would meet ours."""

WIKI = "wiki:"
"""Beginning of the address of a link that names what it leads to."""

_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*(?::\d+)?(?:/[\w!$%&'()*+,./:;=@~-]*)?(?:\?[\w!$%&'()*+,./:;=@~-]+)?", re.ASCII
)
"""A web address as nearly all are: nothing in it has to be left out or written otherwise."""
_CLEAN_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?!www\.)(?![a-z0-9.-]*xn--)([a-z0-9][a-z0-9.-]*)(?!/\.\.)((?:/[\w!,.:=~-]+)*)/?", re.ASCII
)
"""A web address that needs no cleaning: its host without `www.`, and its path without a slash at the end."""
_USERINFO = re.compile(r"(https?://)[^\s/?#()\[\]<>\"']*@", re.IGNORECASE)


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters, digits and single hyphens; a digest if nothing else is left of it."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name.replace("'", "").replace("’", "")).lower()).strip("-")
    if len(words) > LONGEST_SLUG:
        words = words[:LONGEST_SLUG].rsplit("-", 1)[0]
    if not words:
        return "x-" + short_digest(name)
    return words + "-" + short_digest(name) if words in RESERVED else words


def source_anchor(publication: str) -> str:
    """Return the anchor of a publication in the list of sources; those of `A & B` and `A / B` differ, unlike slugs."""
    if not publication:
        return NO_SOURCE
    plain = slug(publication)
    return (
        plain
        if plain != NO_SOURCE and plain.replace("-", " ") == publication.casefold()
        else f"{plain}-{short_digest(publication)}"
    )


def short_digest(text: str) -> str:
    """Return eight hexadecimal digits, the beginning of the text's digest."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def article_id(stem: str) -> ArticleId:
    """Return the id of the article in a file of this name, without `.md`."""
    return ArticleId(slug(stem))


def article_path(article: ArticleId) -> SitePath:
    return SitePath(f"articles/{article}.html")


def entity_path(entity: EntityId) -> SitePath:
    return SitePath(f"entities/{entity}.html")


def picture_path(name: str) -> SitePath:
    """Return the path of a picture stored beside the articles."""
    return SitePath(f"images/{name}")


def type_index_path(kind: EntityType) -> SitePath:
    """Return the path of the index of one type; `type-` keeps it apart from an entity of that name."""
    return SitePath(f"types/{kind}.html")


def articles_path(part: str = "") -> SitePath:
    """Return the path of the articles by date, or of their part of one year, month or day."""
    return SitePath(f"dates/{part}.html") if part else ARTICLES


def source_path(publication: str, part: str = "") -> SitePath:
    """Return the path of the articles of one publication, or of a part of them; only if the list of sources is cut."""
    return SitePath(f"sources/{source_anchor(publication)}{part and f'/{part}'}.html")


def tag_path(key: str, part: str = "") -> SitePath:
    """Return the path of the articles with a tag, given by its key, or of a part of them; without key of all tags."""
    if not key:
        return TAGS
    return SitePath(f"tags/{source_anchor(key)}{part and f'/{part}'}.html")


def authors_path(part: str = "") -> SitePath:
    """Return the path of the list of authors, A to Z, or of those that begin with `part`."""
    if not part:
        return AUTHORS
    return SitePath(f"author-names/{_beginning_file(part)}.html")


def author_path(key: str, part: str = "") -> SitePath:
    """Return the path of the articles of an author, given by key, or of a part of them."""
    return SitePath(f"authors/{source_anchor(key)}{part and f'/{part}'}.html")


def days_path(part: str = "") -> SitePath:
    """Return the path of the articles by day of the year, or of those of one month (`03`) or day (`03-14`)."""
    return SitePath(f"days/{part}.html") if part else DAYS


def topic_path(topic: str, part: str = "") -> SitePath:
    """Return the path of a topic, given by its id, or of a part of its articles."""
    return SitePath(f"topics/{topic}{part and f'/{part}'}.html")


def names_path(kind: EntityType | None, part: str = "") -> SitePath:
    """Return the path of the entities of one type or of all, A to Z, or of those that begin with `part`."""
    if not part:
        return type_index_path(kind) if kind else ENTITIES
    file = _beginning_file(part)
    return SitePath(f"types/{kind}/{file}.html" if kind else f"names/{file}.html")


def _beginning_file(part: str) -> str:
    """Return the name of a file for the beginning of names; a letter that is not ASCII is written as its number."""
    if part in RESERVED:
        return f"{part}_"
    file = "".join(letter if letter.isascii() else f"~{ord(letter):x}" for letter in part)
    return file if len(file) <= LONGEST_BEGINNING else f"{file[:LONGEST_BEGINNING]}-{short_digest(part)}"


def appearances_path(entity: EntityId, part: str) -> SitePath:
    """Return the path of the articles that mention an entity, or of their part of one year, month or day."""
    return SitePath(f"entities/{entity}/{part}.html")


def entity_feed_path(entity: EntityId) -> SitePath:
    return SitePath(f"entities/{entity}.xml")


def source_feed_path(publication: str) -> SitePath:
    """Return the path of the feed of a publication, given in lower case."""
    return SitePath(f"sources/{source_anchor(publication)}.xml")


def tag_feed_path(tag: str) -> SitePath:
    """Return the path of the feed of a tag, given in lower case."""
    return SitePath(f"tags/{source_anchor(tag)}.xml")


def sitemap_path(part: str = "") -> SitePath:
    """Return the path of the sitemap, or of that of the pages whose paths begin with `part`."""
    return SitePath(f"sitemaps/{part.replace('/', '_')}.xml") if part else SITEMAP


def data_path(page: SitePath, suffix: str) -> SitePath:
    """Return the path of the file with the data of a page; `suffix` is that of its format, such as `json`."""
    return SitePath(f"{page.removesuffix('.html')}.{suffix}")


def api_path(kind: str, part: str = "") -> SitePath:
    """Return the path of a list of the read API, such as `articles`, or of a part of the list."""
    file = f"{part}_" if part in RESERVED else part
    return SitePath(f"{API_FOLDER}{kind}/{file}.json" if part else f"{API_FOLDER}{kind}.json")


def without_userinfo(text: str) -> str:
    """Return a text whose web addresses have no name and password."""
    return _USERINFO.sub(r"\1", text) if "@" in text else text


def root(page: SitePath) -> str:
    """Return the relative path from a page to the top of the site: empty, or ending in a slash."""
    return "../" * page.count("/")


def target(href: str, page: SitePath) -> SitePath:
    """Return the path that a link from a page leads to, without its fragment: the inverse of `relative`."""
    steps = page.split("/")[:-1]
    for step in href.partition("#")[0].split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return SitePath("/".join(steps))


def relative(target: SitePath, page: SitePath) -> str:
    """Return the link from one page to another."""
    folder, _, name = target.rpartition("/")
    if folder == page.rpartition("/")[0]:  # most links, and half the work
        return name
    *here, _ = page.split("/")
    *there, file = target.split("/")
    shared = 0
    for mine, other in zip(here, there, strict=False):
        if mine != other:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join((*there[shared:], file))


def web_address(address: str | None) -> str:
    """Return the address if it is safe for readers to follow (http or https, with a host), else an empty string.

    A name and password before the host are left out, because they are somebody's.
    """
    if address and _PLAIN_ADDRESS.fullmatch(address):
        return address
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def host(address: str) -> str:
    """Return the host of a web address without `www.`; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def canonical(address: str) -> str:
    """Return a key under which spellings of an address are equal: no scheme, `www.`, fragment, tracking parameters."""
    if clean := _CLEAN_ADDRESS.fullmatch(address):
        return f"{clean[1]}{clean[2]}"
    # Imported here because it loads a network library, a tenth of a second; most archives have clean addresses alone.
    from courlan import normalize_url  # noqa: PLC0415

    try:
        cleaned = normalize_url(address) if address else ""
        parts = urlsplit(cleaned)
    except ValueError:
        return address
    return f"{host(cleaned)}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def name_key(written: str) -> str:
    """Return a key under which two ways to write the name of a note are equal: no case, heading or suffix counts."""
    name = re.sub(r"^(?:\.{0,2}/)+|\.md$", "", written.partition("#")[0].strip(), flags=re.IGNORECASE)
    return normalize("NFC", " ".join(name.split())).casefold()


def fold_headline(headline: str) -> str:
    """Return a key under which two copies of a headline are equal: letters and digits only, without regard to case."""
    return " ".join(re.findall(r"\w+", headline.casefold()))
