"""The values that templates see: one frozen class per kind of page, complete, every link already relative to the page.

A template is given `page` (one of the classes that end in `Page`), `site` (the `Site`) and nothing else; it asks the
archive nothing. Strings are text, to be escaped; `Html` is markup that was sanitised. A module holds the pages of a
family, and names their templates; `common` holds what several of them show.
"""

from glossator.views.answers import AnswerBlock, AnswerEntry, OwnText
from glossator.views.article import (
    ArticlePage,
    ArticleSpread,
    Change,
    CitingArticle,
    Comparison,
    GlossaryEntry,
    GlossaryGroup,
    KeySentence,
    LaterArticles,
    ListedFact,
    OutlineLink,
    Related,
    ShownHighlight,
    VersionLink,
)
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, ListPart, Site, Thumbnail
from glossator.views.entity import Companion, EntityPage, Introduced, Passage, PassageGroup, Quotation, SharedArticle
from glossator.views.events import EventRow, EventSentence, EventSource
from glossator.views.files import DataFile, FeedEntry, FeedPage, RobotsPage, SearchDescriptionPage, SitemapPage
from glossator.views.lineage import (
    BodyPiece,
    ChangedPiece,
    CorrectedArticle,
    Correction,
    CorrectionsPage,
    MostlyShared,
    QuotationSpread,
    SharedSign,
    SharedWith,
)
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
    ChronologyMonth,
    ChronologyPage,
    ChronologyYear,
    MapCity,
    MapCountry,
    MapPage,
    MapStep,
    PlaceMap,
    StorySentence,
    TopicMember,
    TopicPage,
    TopicsPage,
    TopicSummary,
)
from glossator.views.site_pages import (
    ArticlePassages,
    HighlightsPage,
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
    "AnswerBlock",
    "AnswerEntry",
    "AnyPage",
    "ArticleGroup",
    "ArticleIndexPage",
    "ArticleLink",
    "ArticlePage",
    "ArticlePassages",
    "ArticleSpread",
    "Bar",
    "BodyPiece",
    "Change",
    "ChangedPiece",
    "ChronologyMonth",
    "ChronologyPage",
    "ChronologyYear",
    "CitingArticle",
    "Companion",
    "Comparison",
    "CorrectedArticle",
    "Correction",
    "CorrectionsPage",
    "DataFile",
    "EntityIndexPage",
    "EntityLink",
    "EntityPage",
    "EntityRow",
    "EventRow",
    "EventSentence",
    "EventSource",
    "FeedEntry",
    "FeedPage",
    "Frame",
    "GlossaryEntry",
    "GlossaryGroup",
    "HeatCell",
    "HeatRow",
    "HighlightsPage",
    "HomePage",
    "Introduced",
    "KeySentence",
    "LaterArticles",
    "Letter",
    "Link",
    "ListOrder",
    "ListPart",
    "ListedFact",
    "MapCity",
    "MapCountry",
    "MapPage",
    "MapStep",
    "MostlyShared",
    "MovedArticlePage",
    "MovedTopicPage",
    "NotFoundPage",
    "OutlineLink",
    "OwnText",
    "Passage",
    "PassageGroup",
    "PlaceMap",
    "Prominent",
    "ProminentEntity",
    "Quotation",
    "QuotationSpread",
    "RedirectPage",
    "Related",
    "RobotsPage",
    "SearchDescriptionPage",
    "SearchPage",
    "SharedArticle",
    "SharedSign",
    "SharedWith",
    "ShownHighlight",
    "Site",
    "SitemapPage",
    "StorySentence",
    "TextPage",
    "Thumbnail",
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
    | CorrectionsPage
    | HomePage
    | TextPage
    | SearchPage
    | HighlightsPage
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
    | MapPage
    | ChronologyPage
    | DataFile
)
