"""The values that templates see: one frozen class per kind of page, complete, every link already relative to the page.

A template is given `page` (one of the classes that end in `Page`), `site` (the `Site`) and nothing else; it asks the
archive nothing. Strings are text, to be escaped; `Html` is markup that was sanitised. Each kind of page has a module
named after its template; `common` holds what several of them show.
"""

from glossator.views.article import (
    ArticlePage,
    ArticleSpread,
    Change,
    ChangedPiece,
    Comparison,
    GlossaryEntry,
    GlossaryGroup,
    KeySentence,
    Related,
    VersionLink,
)
from glossator.views.article_index import ArticleGroup, ArticleIndexPage, HeatCell, HeatRow, ListOrder
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, ListPart, Site
from glossator.views.data_file import DataFile
from glossator.views.entity import Companion, EntityPage, Introduced, Passage, PassageGroup, Quotation, SharedArticle
from glossator.views.entity_index import EntityIndexPage, EntityRow, Letter, TypeTab
from glossator.views.feed import FeedEntry, FeedPage
from glossator.views.home import HomePage, Prominent, ProminentEntity
from glossator.views.maps import MapCity, MapCountry, MapPage, PlaceMap
from glossator.views.not_found import NotFoundPage
from glossator.views.redirect import MovedArticlePage, MovedTopicPage, RedirectPage
from glossator.views.search import SearchPage
from glossator.views.sitemap_and_robots import RobotsPage, SearchDescriptionPage, SitemapPage
from glossator.views.text import TextPage
from glossator.views.topics import (
    DrawnEntity,
    DrawnTie,
    TieDrawing,
    TieRow,
    TiesPage,
    TopicMember,
    TopicPage,
    TopicsPage,
    TopicSummary,
)

__all__ = [
    "AnyPage",
    "ArticleGroup",
    "ArticleIndexPage",
    "ArticleLink",
    "ArticlePage",
    "ArticleSpread",
    "Bar",
    "Change",
    "ChangedPiece",
    "Companion",
    "Comparison",
    "DataFile",
    "DrawnEntity",
    "DrawnTie",
    "EntityIndexPage",
    "EntityLink",
    "EntityPage",
    "EntityRow",
    "FeedEntry",
    "FeedPage",
    "Frame",
    "GlossaryEntry",
    "GlossaryGroup",
    "HeatCell",
    "HeatRow",
    "HomePage",
    "Introduced",
    "KeySentence",
    "Letter",
    "Link",
    "ListOrder",
    "ListPart",
    "MapCity",
    "MapCountry",
    "MapPage",
    "MovedArticlePage",
    "MovedTopicPage",
    "NotFoundPage",
    "Passage",
    "PassageGroup",
    "PlaceMap",
    "Prominent",
    "ProminentEntity",
    "Quotation",
    "RedirectPage",
    "Related",
    "RobotsPage",
    "SearchDescriptionPage",
    "SearchPage",
    "SharedArticle",
    "Site",
    "SitemapPage",
    "TextPage",
    "TieDrawing",
    "TieRow",
    "TiesPage",
    "TopicMember",
    "TopicPage",
    "TopicSummary",
    "TopicsPage",
    "TypeTab",
    "VersionLink",
]

AnyPage = (
    ArticlePage
    | EntityPage
    | EntityIndexPage
    | ArticleIndexPage
    | HomePage
    | TextPage
    | SearchPage
    | NotFoundPage
    | RedirectPage
    | MovedArticlePage
    | MovedTopicPage
    | FeedPage
    | SitemapPage
    | RobotsPage
    | SearchDescriptionPage
    | TopicsPage
    | TopicPage
    | TiesPage
    | MapPage
    | DataFile
)
