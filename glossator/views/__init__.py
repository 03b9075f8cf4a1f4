"""The values that templates see: one frozen class per kind of page, complete, every link already relative to the page.

A template is given `page` (one of the classes that end in `Page`), `site` (the `Site`) and nothing else; it asks the
archive nothing. Strings are text, to be escaped; `Html` is markup that was sanitised. A module holds the
pages of a family, and names their templates; `common` holds what several of them show.
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
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, ListPart, Site
from glossator.views.entity import Companion, EntityPage, Introduced, Passage, PassageGroup, Quotation, SharedArticle
from glossator.views.files import DataFile, FeedEntry, FeedPage, RobotsPage, SearchDescriptionPage, SitemapPage
from glossator.views.lists import (
    ArticleGroup,
    ArticleIndexPage,
    EntityIndexPage,
    EntityRow,
    HeatCell,
    HeatRow,
    Letter,
    ListOrder,
    TypeTab,
)
from glossator.views.overviews import (
    ChronologyEntry,
    ChronologyMonth,
    ChronologyPage,
    ChronologyYear,
    DrawnEntity,
    DrawnTie,
    MapCity,
    MapCountry,
    MapPage,
    PlaceMap,
    TieDrawing,
    TieRow,
    TiesPage,
    TopicMember,
    TopicPage,
    TopicsPage,
    TopicSummary,
)
from glossator.views.site_pages import (
    HomePage,
    MovedArticlePage,
    MovedTopicPage,
    NotFoundPage,
    Prominent,
    ProminentEntity,
    RedirectPage,
    SearchPage,
    TextPage,
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
    "ChronologyEntry",
    "ChronologyMonth",
    "ChronologyPage",
    "ChronologyYear",
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
    | ChronologyPage
    | DataFile
)
