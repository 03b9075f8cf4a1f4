"""Pages, files and lists of the site -> their paths below the site, and relative links between them."""

from __future__ import annotations

from glossator.model import ArticleId, EntityId, EntityType, SitePath
from glossator.slugs import RESERVED, short_digest, source_anchor

LONGEST_BEGINNING = 100
"""Letters of the name of a file for the beginning of names, before a digest."""

HOME = SitePath("index.html")
ARTICLES = SitePath("articles/index.html")
SOURCES = SitePath("articles/source.html")
TAGS = SitePath("tags/index.html")
AUTHORS = SitePath("authors/index.html")
TOPICS = SitePath("topics/index.html")
DAYS = SitePath("days/index.html")
CORRECTIONS = SitePath("corrections/index.html")
TIES = SitePath("ties/index.html")
MAP = SitePath("map/index.html")
PAGES = SitePath("pages/index.html")
CHRONOLOGY = SitePath("chronology/index.html")
ENTITIES = SitePath("entities/index.html")
SEARCH = SitePath("search.html")
ABOUT = SitePath("about.html")
HIGHLIGHTS = SitePath("highlights.html")
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
INDEX = "pagefind"
"""Folder of the search index."""
OUR_FOLDERS = frozenset(
    {
        "api",
        "articles",
        "chronology",
        "connections",
        "corrections",
        "dates",
        "entities",
        "front",
        "images",
        "names",
        INDEX,
        "pages",
        "sitemaps",
        "sources",
        "static",
        "tags",
        "types",
    }
)
"""Folders of the site in which a person's own pages would meet ours."""


def article_path(article: ArticleId) -> SitePath:
    return SitePath(f"articles/{article}.html")


def entity_path(entity: EntityId) -> SitePath:
    return SitePath(f"entities/{entity}.html")


def connections_path(entity: EntityId) -> SitePath:
    """Return the path of the file with the sentences that an entity shares with others."""
    return SitePath(f"connections/{entity}.json")


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


def chronology_path(part: str) -> SitePath:
    """Return the path of the chronology of a year or month."""
    return SitePath(f"chronology/{part}.html")


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


def own_feed_path(name: str) -> SitePath:
    """Return the path of the feed of an own page, given by its name."""
    return SitePath(f"pages/{name}.xml")


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


def front_path(month: str) -> SitePath:
    """Return the path of the file from which the home page chooses in a month, such as `03`."""
    return SitePath(f"front/{month}.json")


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
