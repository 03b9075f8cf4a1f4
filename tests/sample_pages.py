"""One invented page of every kind, and a folder of them as a browser would be served."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, structs
from PIL import Image

from glossator.content.theme import read_theme
from glossator.model import COLUMNS, EntityType, Html
from glossator.model.questions import Find
from glossator.stages.render import environment, render
from glossator.translate import translate_statics
from glossator.views import (
    AnswerBlock,
    AnswerEntry,
    AnyPage,
    ArticleGroup,
    ArticleIndexPage,
    ArticleLink,
    ArticlePage,
    ArticleSpread,
    Bar,
    ChangedPiece,
    ChronologyMonth,
    ChronologyPage,
    ChronologyYear,
    CitingArticle,
    Companion,
    CorrectedArticle,
    Correction,
    CorrectionsPage,
    EntityIndexPage,
    EntityLink,
    EntityPage,
    EntityRow,
    EventRow,
    EventSentence,
    EventSource,
    Frame,
    GlossaryEntry,
    GlossaryGroup,
    HeatCell,
    HeatRow,
    HighlightsPage,
    HomePage,
    Introduced,
    KeySentence,
    LaterArticles,
    Letter,
    Link,
    ListedFact,
    ListOrder,
    ListPart,
    MapCity,
    MapCountry,
    MapPage,
    MapStep,
    MostlyShared,
    MovedArticlePage,
    MovedTopicPage,
    NotFoundPage,
    OutlineLink,
    OwnText,
    Passage,
    PassageGroup,
    PlaceMap,
    Prominent,
    ProminentEntity,
    Quotation,
    QuotationSpread,
    RedirectPage,
    Related,
    SearchPage,
    SharedArticle,
    SharedSign,
    SharedWith,
    Site,
    StorySentence,
    TextPage,
    Thumbnail,
    TopicMember,
    TopicPage,
    TopicsPage,
    TopicSummary,
    TypeTab,
    VersionLink,
)

THEME = Path(__file__).resolve().parent.parent / "templates"
SITE = Site(
    "The Velm Papers", "Four years of reporting on the harbour at Velm, kept and annotated.", "en", "", public=True
)

PEOPLE = (
    ("ilse-marant", "Ilse Marant", "the port authority’s chief engineer since 2019", ("Marant", "Dr Marant")),
    ("tomas-okafor", "Tomas Okafor", "a marine biologist at the University of Velm", ("Okafor",)),
    ("brigid-marant", "Brigid Marant", "a councillor for the Lower Quay ward", ("Cllr Marant",)),
)
ORGANISATIONS = (
    ("velm-port-authority", "Velm Port Authority", "the body that has run the harbour since 1921", ("VPA", "the Port")),
    ("oriel-dredging", "Oriel Dredging", "", ("Oriel",)),
    ("coastal-audit-office", "Coastal Audit Office", "", ("CAO",)),
)
PLACES = (
    ("velm", "Velm", "", ()),
    ("lower-quay", "Lower Quay", "", ()),
    ("saltmarsh-reach", "Saltmarsh Reach", "", ()),
)
OTHERS = (
    (EntityType.GROUP, ("velmers", "Velmers", "", ())),
    (
        EntityType.LAW,
        ("harbour-works-act", "Harbour Works Act", "which obliges ports to publish soundings", ("the Act",)),
    ),
    (EntityType.WORK, ("the-silt-ledger", "The Silt Ledger", "", ())),
    (EntityType.EVENT, ("spring-tide-inquiry", "Spring Tide Inquiry", "", ("the inquiry",))),
    (EntityType.PRODUCT, ("kestrel-9", "Kestrel 9", "a dredger’s survey drone", ())),
)
TYPED = (
    *((EntityType.PERSON, each) for each in PEOPLE),
    *((EntityType.ORGANISATION, each) for each in ORGANISATIONS),
    *((EntityType.PLACE, each) for each in PLACES),
    *OTHERS,
)
ABOUT = ("ilse-marant", "tomas-okafor", "velm-port-authority")
"""Entities that the article is about."""
NAMES = {each[0]: (kind, each[1]) for kind, each in TYPED}


def mark(entity: str, text: str, more: str = "") -> str:
    return (
        f'<a class="mark{more and " part"}"{more} data-type="{NAMES[entity][0]}" data-entity="{entity}"'
        f' href="../entities/{entity}.html">{text}</a>'
    )


def sign(entities: str, *forms: str) -> str:
    first, *others = entities.split()
    href = f"#g-{first}" if others else f"../entities/{first}.html"
    return (
        f'<a class="mark sign" data-type="{NAMES[first][0]}" data-entity="{entities}" href="{href}"'
        f' data-form="{"&#10;".join(forms)}" aria-label="{", ".join(forms)}"></a>'
    )


ORIGINAL = (
    '<a href="https://courier.example/vote" class="original" title="original at courier.example"'
    ' aria-label="original at courier.example"'
    ' rel="noopener noreferrer nofollow"></a>'
)
BODY = Html(
    f"""<p id="p1">The silt came back before the report did. By the second week of October the channel off
{mark("lower-quay", "Lower Quay")} was two metres shallower than the chart allowed, and {mark("ilse-marant", "Ilse Marant")},
who had signed the chart, asked the {mark("velm-port-authority", "Velm Port Authority")} to close it.</p>
<p id="p2">It did not. Minutes seen by this paper show that the board heard her for eleven minutes and then turned to a
contract with {mark("oriel-dredging", "Oriel Dredging")} worth <strong>4.2 million</strong>. “We were told the depth was a
matter of opinion,” said {mark("tomas-okafor", "Tomas Okafor")}, who sat at the back of the room. “It is a matter of
string and a <em>lead weight</em>.”</p>
<aside class="quoted-headline"><p><a href="a-vote-at-low-water.html">A vote at low water</a></p></aside>
<h2 id="h1">What the soundings said</h2>
<p id="p3">The {mark("harbour-works-act", "Harbour Works Act")} obliges every port to publish what it measures. The figures
for {mark("velm", "Velm")} stop in June, three weeks before the survey drone, a {mark("kestrel-9", "Kestrel 9")}, was sent
back to its maker; <code>soundings.csv</code> has not changed since. The
<a href="https://audit.example/velm" rel="noopener noreferrer nofollow">published audit</a> does not say why.<sup
id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
<table><thead><tr><th>Month</th><th>Inner channel</th><th>Outer channel</th><th>Swinging basin</th><th>Remark</th></tr></thead>
<tbody><tr><td>April</td><td>8.4 m</td><td>9.1 m</td><td>7.7 m</td><td>Before the spring tide</td></tr>
<tr><td>May</td><td>8.1 m</td><td>9.0 m</td><td>7.2 m</td><td>Two vessels waited for water</td></tr>
<tr><td>June</td><td>7.3 m</td><td>8.8 m</td><td>6.1 m</td><td>The last that was published</td></tr></tbody></table>
<p id="p4">Asked about the gap, {mark("brigid-marant", "Brigid Marant")}, no relation of the engineer, pointed to the
{mark("spring-tide-inquiry", "Spring Tide Inquiry")} and to a passage of {mark("the-silt-ledger", "The Silt Ledger")}:</p>
<blockquote id="p5"><p>A harbour is a promise about depth. {mark("velmers", "Velmers")} have kept it for four hundred years with
shovels; it took a computer to break it.</p></blockquote>
<p id="p6"><a class="image" href="https://pictures.example/quay.jpg">The dredger at {"the quay"}, October</a></p>
<p id="p7"><em>The dredger waits for the tide. Photograph: harbour office</em></p>
<p id="p8">The {mark("coastal-audit-office", "Coastal")}{mark("coastal-audit-office", " <em>Audit</em> Office", ' tabindex="-1"')}
will report in the spring. Until then the pilots take the long way, past {mark("saltmarsh-reach", "Saltmarsh Reach")}, and
count on the moon, of which <a href="https://moon.example/" rel="noopener noreferrer nofollow">something that
Marant wrote</a>{sign("ilse-marant", "Marant")} tells, and the <a
href="https://sky.example/" rel="noopener noreferrer nofollow">calendar by Tomas Okafor for Velm</a>{sign("tomas-okafor velm", "Tomas Okafor", "Velm")}.</p>
<ul><li id="p9">Closed since 14 October: the inner channel.</li><li id="p10">Open at high water: the swinging basin.</li></ul>
<p id="p11">Of this the paper had warned in <a class="archived" href="a-vote-at-low-water.html">its summer
issue</a>{ORIGINAL}, as had <a class="archived" href="a-vote-at-low-water.html">a letter by Tomas
Okafor</a>{sign("tomas-okafor", "Tomas Okafor")}{ORIGINAL}.</p>
<div class="footnote"><hr><ol><li id="fn:1"><p>The audit’s annex B was not part of the copy that was published.
<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>"""
)


def article_link(number: int = 0, up: str = "") -> ArticleLink:
    titles = (
        (
            "The channel that was not closed",
            "published",
            "The Velm Courier",
            "A board heard a warning for eleven minutes.",
        ),
        ("A vote at low water", "published", "The Velm Courier", "Councillors split over a dredging contract."),
        ("What lives in the silt", "saved", "Tideline", ""),
        ("Soundings, and who may read them", "published", "Harbour Review", "The law says all; the port says later."),
    )
    title, kind, site, description = titles[number % len(titles)]
    name = title.lower().replace(",", "").replace(" ", "-")
    day = f"2025-{11 - number % 9:02d}-{14 - number % 7:02d}"
    return ArticleLink(title, f"{up}{name}.html", day, kind, site, description, "")


def entity_link(entity: str, up: str = "../entities/") -> EntityLink:
    kind, name = NAMES[entity]
    return EntityLink(entity, name, kind, f"{up}{entity}.html")


def sentence_about(name: str) -> KeySentence | None:
    if name != "lower-quay":
        return None
    return KeySentence("The Lower Quay was closed to carts for a year.", article_link(2))


def entry(kind: EntityType, entity: tuple[str, str, str, tuple[str, ...]]) -> GlossaryEntry:
    name, text, descriptor, aliases = entity
    note = "<p>Counts eels at <strong>low water</strong>, and has done so since 2003.</p>"
    return GlossaryEntry(
        id=name,
        name=text,
        type=kind,
        href=f"../entities/{name}.html",
        descriptor=descriptor,
        year="2019" if name == "ilse-marant" else "",
        listed=ListedFact("City in Norway", "GeoNames", "https://www.geonames.org/1") if name == "velm" else None,
        sentence=sentence_about(name),
        note=Html(note if name == "tomas-okafor" else ""),
        aliases=aliases,
        origin="person" if name in ("ilse-marant", "tomas-okafor") else "machine",
        first="#p1",
        mentions=1 if kind == EntityType.PLACE or name == "ilse-marant" else 3,
        spread=ArticleSpread(3, False, "2024", "2025", (entity_link("lower-quay"), entity_link("oriel-dredging")))
        if name == "velm"
        else None,
    )


def article_page() -> ArticlePage:
    about = tuple(entry(kind, entity) for kind, entity in TYPED if entity[0] in ABOUT)
    groups = tuple(
        GlossaryGroup(
            kind, tuple(entry(each, entity) for each, entity in TYPED if each == kind and entity[0] not in ABOUT)
        )
        for kind in EntityType
    )
    return ArticlePage(
        frame=Frame(
            "The channel that was not closed",
            "A board heard its engineer’s warning for eleven minutes, and then signed the contract.",
            "../",
            "articles",
            canonical="https://courier.example/2025/11/channel",
            indexed=False,
        ),
        standfirst="A board heard its engineer’s warning for eleven minutes, and then signed the contract.",
        language="en",
        direction="ltr",
        source="https://courier.example/2025/11/channel",
        source_name="The Velm Courier",
        site_href="source.html#the-velm-courier",
        authors=("Renske Aldous", "Paul Idris"),
        by=(Link("Renske Aldous", "../authors/renske-aldous.html"), Link("Paul Idris", "")),
        published="2025-11-11",
        published_guessed=True,
        unloaded=False,
        saved="2025-11-14T09:30:00+00:00",
        minutes=4,
        tags=(Link("harbour", "../tags/harbour.html"), Link("dredging", "")),
        body=BODY,
        glossary=(GlossaryGroup(None, about), *groups),
        later=LaterArticles(entity_link("tomas-okafor"), 3, "2026-02-14"),
        related=(
            Related(article_link(1), (entity_link("oriel-dredging"), entity_link("brigid-marant"))),
            Related(article_link(3), tuple(map(entity_link, ("harbour-works-act", "velm", "ilse-marant")))),
        ),
        also=(
            Related(
                structs.replace(article_link(2), date_kind="guess"),
                topic=Link("Dredging, channel and harbour", "../topics/dredging-channel-harbour.html"),
            ),
        ),
        topic=Link("Dredging, channel and harbour", "../topics/dredging-channel-harbour.html"),
        before=event_rows()[:1],
        since=event_rows()[1:],
        cited_by=(
            CitingArticle(
                article_link(2), "The warning had been in the minutes all along.", f"{article_link(2).href}#p4"
            ),
        ),
        newer=article_link(3),
        older=article_link(1),
        versions=(VersionLink("2025-11-12", "channel-2025-11-12.html", compared=True),),
        newest=None,
        outline=(OutlineLink("What the soundings said", "#p3", 0), OutlineLink("In June", "#p4", 1)),
        also_in=(Link("The Oriel Gazette", "https://gazette.example/channel"),),
        shared=(SharedSign(BODY.index("</p>") + len("</p>"), tuple(map(shared_with, range(2))), 3),),
        mostly=MostlyShared(article_link(1), "Reuters", 2),
        copy_of="articles/a-vote-at-low-water.html",
        correction=correction(),
    )


def shared_with(number: int) -> SharedWith:
    pieces = (
        ChangedPiece("same", "was closed in "),
        ChangedPiece("removed", "October"),
        ChangedPiece("same", " "),
        ChangedPiece("added", "November"),
    )
    return SharedWith(article_link(number + 1), number, pieces if number else (), not number, "dpa" if number else "")


def correction(up: str = "") -> Correction:
    return Correction(False, f"{up}channel-2025-11-12.html#changes", "2025-11-12")


def corrections_page() -> CorrectionsPage:
    up = "../articles/"
    withdrawn = structs.replace(correction(up), withdrawn=True, saved="")
    articles = (
        CorrectedArticle(article_link(0, up), correction(up)),
        CorrectedArticle(article_link(1, up), withdrawn),
    )
    orders = tuple(ListOrder(name, f"{name}.html") for name in ("date", "corrected"))
    return CorrectionsPage(Frame("Corrected articles", "", "../", "articles"), orders, articles)


def bars(noun_href: str) -> tuple[Bar, ...]:
    counts = (2, 0, 5, 1, 3, 8, 4, 0, 0, 6, 11, 7, 3, 9, 2, 4)
    months = [f"{2024 + (7 + n) // 12}-{(7 + n) % 12 + 1:02d}" for n in range(len(counts))]
    return tuple(Bar(month, n, f"{noun_href}#{month}" if n else "") for month, n in zip(months, counts, strict=True))


def event_rows() -> tuple[EventRow, ...]:
    said = "Ilse Marant opened the lock of Velm on 4 March 2024 with a speech of two words."
    gazette, tide = (
        EventSource("A lock", "../articles/velm.html#:~:text=Ilse", "The Gazette"),
        EventSource("Le sas", "../articles/sas.html", ""),
    )
    opened = EventSentence(said, "", (gazette, tide)), EventSentence("Ilse Marant a ouvert le sas.", "fr", (tide,))
    ahead = EventSentence("Ilse Marant will close it in May 2031.", "", (gazette,))
    return (
        EventRow("2024-03-04", "2024-03-06", True, "", opened, 1),
        EventRow("2031-05", "", False, "2024-03-06", (ahead,), 0, folded=True),
    )


def entity_page() -> EntityPage:
    articles = [article_link(n, "../articles/") for n in range(4)]
    sentence = Passage(
        "By the second week of October ",
        "Ilse Marant",
        ", who had signed the chart, asked for it.",
        "../articles/x.html#p1",
    )
    return EntityPage(
        frame=Frame("Ilse Marant", "the port authority’s chief engineer since 2019", "../", "entities"),
        id="ilse-marant",
        name="Ilse Marant",
        type=EntityType.PERSON,
        origin="person",
        aliases=(("Marant", 12), ("Dr Marant", 3)),
        introduced=Introduced(
            "the port authority’s chief engineer since 2019",
            "",
            "Ilse Marant, the port authority’s chief engineer since 2019, asked for it to be closed.",
            articles[1],
        ),
        lead=(KeySentence("Ilse Marant led the survey of the channel.", articles[2]),),
        events=event_rows(),
        chronology="../chronology/index.html?name=Ilse%20Marant",
        connections="index.html?a=ilse-marant",
        note=Html("<p>Kept the harbour’s tide book before the <strong>2019</strong> reform.</p>"),
        listed=None,
        bearers=(),
        links=(Link("Harbour office", "https://velm.example/marant"),),
        mentions=31,
        articles=7,
        independent=5,
        first="2024-08-02",
        last="2025-11-11",
        timeline=bars("../articles/index.html"),
        passages=(
            PassageGroup(
                articles[0],
                (sentence, Passage("“It is a matter of string,” ", "Marant", " said.", "../articles/x.html#p2")),
                3,
            ),
            PassageGroup(
                articles[2],
                (Passage("The samples were taken by ", "Dr Marant", "’s own survey boat.", "../articles/y.html#p4"),),
                0,
            ),
        ),
        more=(articles[3],),
        years=(),
        map=None,
        companions=(
            Companion(
                entity_link("velm-port-authority", ""),
                (
                    SharedArticle(
                        articles[0], "Ilse Marant asked the Velm Port Authority to close it.", "../articles/x.html#p1"
                    ),
                    SharedArticle(articles[1], "", "../articles/y.html"),
                ),
                5,
            ),
            Companion(entity_link("tomas-okafor", ""), (SharedArticle(articles[2], "", "../articles/y.html"),), 2),
        ),
        quotations=tuple(
            Quotation(
                f"The depth is not a matter of opinion{'!' * number}",
                "said Okafor in March",
                articles[1],
                "../articles/y.html#p2",
                QuotationSpread(articles[0] if number else None, 3, number) if number < 2 else None,
                correction("../articles/") if number == 2 else None,
            )
            for number in range(6)
        ),
    )


def crowded_entity_page() -> EntityPage:
    """Of an entity in so many articles that they stand on pages by year."""
    years = tuple(ListPart(year, f"m{year}", n, f"lower-quay/{year}.html") for year, n in (("2025", 4), ("", 3)))
    whole = structs.replace(entity_page(), id="lower-quay", name="Lower Quay", type=EntityType.PLACE)
    return structs.replace(
        whole,
        frame=Frame("Lower Quay", "", "../", "entities"),
        aliases=(),
        introduced=None,
        more=(),
        years=years,
        map=PlaceMap("-100 -100 200 200", 0.8, "M0 0l9 9z", "M20 20l30 9-9 30z", 5.5, 6.5, is_point=True, radius=3.5),
    )


def annotated_entity_page() -> EntityPage:
    """Of the name that the article has most: its later articles are read here."""
    frame = Frame("Tomas Okafor", "", "../", "entities")
    return structs.replace(entity_page(), frame=frame, id="tomas-okafor", name="Tomas Okafor", aliases=())


def entity_index_page(kind: EntityType | None = None) -> EntityIndexPage:
    listed = sorted((entity for entity in TYPED if kind in (None, entity[0])), key=lambda each: each[1][1])
    rows: dict[str, list[EntityRow]] = {}
    for number, (_, (name, text, descriptor, aliases)) in enumerate(listed):
        row = EntityRow(
            entity_link(name, "../entities/"),
            number + 1,
            3 * number + 2,
            "2024-08-02",
            f"2025-{number % 9 + 1:02d}-11",
            descriptor,
            aliases,
        )
        rows.setdefault(text[0], []).append(row)
    return EntityIndexPage(
        frame=Frame(
            "Names" if kind is None else "People",
            "Everyone and everything the archive speaks of.",
            "../",
            "entities",
        ),
        type=kind,
        tabs=(
            TypeTab(None, len(TYPED), "index.html", kind is None),
            *(TypeTab(each, 3, f"../types/{each}.html", kind == each) for each in EntityType),
        ),
        trail=(),
        beside=(),
        parts=(),
        foremost=(),
        letters=tuple(Letter(letter, tuple(entries)) for letter, entries in sorted(rows.items())),
        count=len(listed),
    )


def entity_contents_page() -> EntityIndexPage:
    """The table of contents of a list that is too long for one page."""
    whole = entity_index_page(EntityType.PERSON)
    return structs.replace(
        whole,
        parts=(ListPart("B", "part-b", 310, "person/b.html"), ListPart("I", "part-i", 40, "person/i.html")),
        foremost=tuple(row for letter in whole.letters for row in letter.rows),
        letters=(),
    )


def entity_part_page() -> EntityIndexPage:
    """A part of such a list."""
    whole = entity_index_page(EntityType.PERSON)
    return structs.replace(
        whole,
        frame=Frame("People: Br", "", "../../", "entities"),
        tabs=tuple(structs.replace(tab, count=0) for tab in whole.tabs),
        trail=(Link("People, A to Z", "../person.html"), Link("B", "b.html")),
        beside=(Link("Br", ""), Link("Bu", "bu.html")),
        letters=whole.letters[:2],
        count=2,
    )


def article_index_page(grouped_by: str = "date") -> ArticleIndexPage:
    articles = [article_link(number) for number in range(4)]
    if grouped_by == "date":
        groups = tuple(ArticleGroup(each.date[:7], f"d{each.date[:7]}", (each,)) for each in articles)
        groups = (*groups, ArticleGroup("", "undated", (structs.replace(articles[0], date="", date_kind=""),)))
    else:
        groups = (
            ArticleGroup("The Velm Courier", "the-velm-courier", tuple(articles[:2])),
            ArticleGroup("Tideline", "tideline", (articles[2],)),
            ArticleGroup("", "unknown", (articles[3],)),
        )
    title = f"Articles by {grouped_by}"
    section = {"date": "articles", "day": "days", "source": "sources", "author": "authors", "tag": "tags"}[grouped_by]
    return ArticleIndexPage(
        frame=Frame(title, "", "../", section),
        entity=None,
        grouped_by=grouped_by,
        orders=orders(),
        trail=(),
        newer=None,
        older=None,
        heat=(),
        parts=(),
        beginnings=(),
        within=(),
        newest=(),
        groups=groups,
        count=sum(len(each.articles) for each in groups),
    )


def orders() -> tuple[ListOrder, ...]:
    paths = {"date": "articles/index", "source": "articles/source", "author": "authors/index", "topic": "topics/index"}
    return tuple(ListOrder(name, f"../{path}.html") for name, path in {**paths, "tag": "tags/index"}.items())


def heat_rows(grouped_by: str) -> tuple[HeatRow, ...]:
    """Two years by month, or two months by day."""
    rows, mark = (("2025", "2024"), "m") if grouped_by == "date" else (("02", "03"), "d")
    size = 12 if grouped_by == "date" else 29
    return tuple(
        HeatRow(
            row,
            f"{mark}{row}",
            40,
            f"../dates/{row}.html",
            tuple(
                HeatCell(f"{row}-{n:02}", f"{mark}{row}-{n:02}", n % 6, n % 6, f"{row}.html#{n}" if n % 6 else "")
                for n in range(1, size + 1)
            ),
        )
        for row in rows
    )


def article_contents_page(grouped_by: str = "date") -> ArticleIndexPage:
    """The table of contents of a list that is too long for one page."""
    parts: tuple[ListPart, ...] = (ListPart("", "undated", 340, "../dates/none.html"),)
    if grouped_by == "source":
        parts = (
            ListPart("The Velm Courier", "the-velm-courier", 340, "../sources/the-velm-courier.html"),
            ListPart("", "unknown-source", 7, "../sources/unknown-source.html"),
        )
    if grouped_by in ("tag", "author"):
        parts = tuple(ListPart(name, name, 12, f"{name}.html") for name in ("dredging", "harbour"))
    beginnings = (ListPart("B", "part-b", 310, "../author-names/b.html"),) if grouped_by == "author" else ()
    dated = grouped_by in ("date", "day")
    return structs.replace(
        article_index_page(grouped_by),
        heat=heat_rows(grouped_by) if dated else (),
        within=(("kind", "Article"),) if dated else (),
        parts=parts if grouped_by != "day" else (),
        beginnings=beginnings,
        newest=tuple(article_link(number) for number in range(4)) if grouped_by == "date" else (),
        groups=(),
    )


def article_part_page(entity: EntityLink | None = None) -> ArticleIndexPage:
    """A part of such a list; the articles of all, or of one entity."""
    return structs.replace(
        article_index_page(),
        frame=Frame("Ilse Marant: 2025" if entity else "Articles of 2025", "", "../../", "entities"),
        entity=entity,
        orders=() if entity else orders(),
        trail=(Link("Ilse Marant", "../ilse-marant.html"),),
        newer=Link("2026", "2026.html"),
        older=Link("2024", "2024.html"),
    )


def home_page() -> HomePage:
    prominent = tuple(
        Prominent(
            kind,
            tuple(
                ProminentEntity(entity_link(name, "entities/"), descriptor, 7)
                for of, (name, _, descriptor, _) in TYPED
                if of == kind
            ),
            f"types/{kind}.html",
        )
        for kind in (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.LAW)
    )
    sources = (("The Velm Courier", 8), ("Harbour Review", 3), ("Tideline", 2))
    return HomePage(
        frame=Frame(SITE.title, SITE.description, "", "home"),
        lead=structs.replace(article_link(0, "articles/"), thumbnail=Thumbnail("images/quay-800.webp", 800, 450)),
        beside=tuple(article_link(number, "articles/") for number in (1, 2)),
        published=(
            structs.replace(article_link(3, "articles/"), thumbnail=Thumbnail("images/eels-320.webp", 320, 200)),
        ),
        saved=(article_link(2, "articles/"),),
        news=(ProminentEntity(entity_link("tomas-okafor", "entities/"), "a marine biologist", 3),),
        topics=tuple(
            structs.replace(topic_summary("topics/", "entities/"), others=(), name=name)
            for name in ("Ilse Marant and Velm", "Eels and silt")
        ),
        prominent=prominent,
        timeline=bars("articles/index.html"),
        sources=tuple((Link(name, f"articles/source.html#{number}"), number) for name, number in sources),
        all_sources=5,
        authors=(
            (Link("Renske Aldous", "authors/renske-aldous.html"), 4),
            (Link("Paul Idris", "authors/paul-idris.html"), 2),
        ),
        all_authors=9,
        articles=13,
        entities=len(TYPED),
        places=True,
    )


def search_page() -> SearchPage:
    home = home_page()
    return SearchPage(
        frame=Frame("Search", "", "", "search"),
        prominent=home.prominent,
        topics=tuple(Link(topic.name, topic.href) for topic in home.topics),
        years=((Link("2025", "articles/index.html#m2025"), 7), (Link("2024", "dates/2024.html"), 6)),
        name="Ilse Marant",
        month="2025-11",
        phrase="Oriel Dredging",
    )


def topic_summary(up: str, entities: str) -> TopicSummary:
    others = (entity_link("lower-quay", entities), entity_link("the-silt-ledger", entities))
    name = "Ilse Marant, Oriel Dredging and Velm"
    return TopicSummary(name, f"{up}ilse-marant.html", others, 9, "2024-08-02", "2025-11-11")


def map_page() -> MapPage:
    return MapPage(
        frame=Frame("Map of the places", "", "../", "map"),
        view_box="-2840 -1680 5670 2820",
        squeeze=0.788,
        land="M0 0l900 9 0 300z",
        countries=(
            MapCountry(entity_link("velm"), 9, 3, "M300-900l300 9-9 300z", 0.5, 0.7, 0),
            MapCountry(entity_link("lower-quay"), 3, 2, "M900-900l3 9-9 3z", 710.5, -900.5, 30.5),
        ),
        territories=(MapCountry(entity_link("oriel-dredging"), 1, 1, "M600-900l3 9-9 3z", 610.5, -900.5, 0),),
        cities=(MapCity(entity_link("saltmarsh-reach"), 4, 100.5, 200.5, 40.5),),
        key=(MapStep(2, "2–4"), MapStep(3, "5–9")),
        most=4,
    )


def topics_page() -> TopicsPage:
    newest = tuple(article_link(number, "../articles/") for number in (0, 1))
    summary = structs.replace(topic_summary("", "../entities/"), newest=newest)
    return TopicsPage(Frame("Topics", "", "../", "topics"), orders(), (summary,))


def chronology_page() -> ChronologyPage:
    return ChronologyPage(
        frame=Frame("Chronology: March 2024", "", "../", "chronology"),
        label="2024-03",
        years=(),
        events=event_rows(),
        count=2,
        sentences=5,
        before=Link("2024-02", "2024-02.html"),
        after=Link("2024-04", "2024-04.html"),
    )


def chronology_index_page() -> ChronologyPage:
    months = (ChronologyMonth("2024-03", 2, "2024-03.html"), ChronologyMonth("2024", 1, "2024.html"))
    topics = (Link("Ilse Marant and Velm", "../topics/ilse-marant.html"),)
    ahead = ChronologyYear("2031", (ChronologyMonth("2031", 1, "2031.html"),))
    return ChronologyPage(
        frame=Frame("Chronology", "", "../", "chronology"),
        label="",
        years=(ChronologyYear("2024", months),),
        topics=topics,
        events=event_rows(),
        ahead=(ahead,),
        timeline=(Bar("2022", 2, "#y2022"), Bar("2023", 1, ""), Bar("2024", 3, "#y2024")),
        earlier=(Link("1912", "#y1912"),),
    )


def topic_page() -> TopicPage:
    members = tuple(TopicMember(entity_link(name), descriptor, 4) for _, (name, _, descriptor, _) in TYPED[:5])
    return TopicPage(
        frame=Frame("Dredging, channel and harbour", "", "../", "topics"),
        id="dredging-channel-harbour",
        members=members,
        near=(Link("Moles and lights", "moles-lights.html"),),
        story=tuple(
            StorySentence(f"The board was told for the {nth} time.", article_link(number, "../articles/"))
            for number, nth in enumerate(("first", "second", "third"))
        ),
        events=event_rows(),
        timeline=bars("../articles/index.html"),
        articles=(article_link(3, "../articles/"),),
        years=(ListPart("2025", "m2025", 340, "ilse-marant/2025.html"),),
        count=341,
        independent=300,
        first="2024-08-02",
        last="2025-11-11",
    )


def text_page() -> TextPage:
    body = Html(
        "<p>These articles were saved between 2022 and 2025.</p><h2>Corrections</h2><p>Write to the librarian.</p>"
    )
    return TextPage(Frame("About this archive", "", "", "about"), OwnText((body,)))


def dossier_page() -> TextPage:
    """A page of every kind of answer, as a list and as a table, and of a question without one."""
    article, entity = article_link(1, "articles/"), entity_link("ilse-marant", "entities/")
    passage = AnswerEntry(
        "a1", "articles/eels.html#p2", "It rained on the quay.", "2024-03", article, until="2024-04-02"
    )
    rows: dict[Find, AnswerEntry] = {
        "articles": AnswerEntry("a", article.href, "", article.date, article, authors=("Ada Brandt",), tags=("eels",)),
        "sentences": structs.replace(passage, names=(entity,)),
        "quotations": structs.replace(passage, entity=entity, line="said Marant"),
        "dates": structs.replace(passage, reckoned=True),
        "names": AnswerEntry("n", entity.href, "", "2024-03-01", entity=entity, line="a harbour master", articles=7),
        "highlights": structs.replace(passage, note="Is it true?"),
    }
    blocks = [
        AnswerBlock(
            f"{find}-{show}", 7, find, show, COLUMNS[find] if show == "table" else (), (row,), 900, limited=True
        )
        for find, row in rows.items()
        for show in ("list", "table")
    ]
    blocks += [AnswerBlock("copies", 7, "articles", "list", (), (rows["articles"], rows["articles"]), 2, independent=1)]
    blocks += [AnswerBlock("count", 7, "names", "count", total=12), AnswerBlock("none", 8, "dates", "list")]
    answers = (*blocks, AnswerBlock("", 9))
    return TextPage(Frame("Dossier: the quay", "", "", "pages"), OwnText((Html("<p>Prose.</p>"),) * 17, answers))


def pages() -> dict[str, AnyPage]:
    """Site path -> page: every kind, and variants that look different."""
    people = entity_index_page(EntityType.PERSON)
    return {
        "index.html": home_page(),
        "articles/the-channel-that-was-not-closed.html": article_page(),
        "articles/index.html": article_index_page(),
        "articles/source.html": article_index_page("source"),
        "entities/ilse-marant.html": entity_page(),
        "entities/tomas-okafor.html": annotated_entity_page(),
        "entities/lower-quay.html": crowded_entity_page(),
        "entities/ilse-marant/2025.html": article_part_page(entity_link("ilse-marant", "../")),
        "dates/2025/index.html": article_part_page(),
        "articles/contents.html": article_contents_page(),
        "articles/sources.html": article_contents_page("source"),
        "tags/index.html": article_contents_page("tag"),
        "authors/index.html": article_contents_page("author"),
        "days/index.html": article_contents_page("day"),
        "topics/index.html": topics_page(),
        "topics/ilse-marant.html": topic_page(),
        "chronology/2024-03.html": chronology_page(),
        "chronology/index.html": chronology_index_page(),
        "corrections/index.html": corrections_page(),
        "map/index.html": map_page(),
        "entities/index.html": entity_index_page(),
        "types/contents.html": entity_contents_page(),
        "types/person/br.html": entity_part_page(),
        "types/person.html": people,
        "entities/i-marant.html": RedirectPage(Frame("Moved", "", "../", ""), entity_link("ilse-marant", ""), None),
        "about.html": text_page(),
        "dossier.html": dossier_page(),
        "topics/i-marant.html": MovedTopicPage(
            Frame("Moved", "", "../", "topics"), Link("Ilse Marant", "ilse-marant.html")
        ),
        "articles/the-old-channel.html": MovedArticlePage(
            Frame("The channel", "", "../", "articles", indexed=False),
            ArticleLink(
                "The channel", "the-channel-that-was-not-closed.html", "2024-01-01", "published", "Tide Table", "", "de"
            ),
        ),
        "search.html": search_page(),
        "highlights.html": HighlightsPage(Frame("My highlights", "", "", "", indexed=False)),
        "404.html": NotFoundPage(Frame("Not found", "", "/", "", indexed=False)),
    }


def templates() -> dict[str, str]:
    """The theme that comes with Glossator: name -> source."""
    return {path.name: path.read_text("utf-8") for path in sorted(THEME.iterdir()) if path.is_file()}


def hostile(value: Any, text: str) -> Any:
    """The value with every text in it replaced, deeply; enumerations, sanitised markup and the way to the top stay."""
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(hostile(each, text) for each in value)
    if isinstance(value, Struct):
        fields = {each.name: getattr(value, each.name) for each in structs.fields(value)}
        return type(value)(**{name: each if name == "root" else hostile(each, text) for name, each in fields.items()})
    return value


def write(folder: Path, chosen: Mapping[str, AnyPage] | None = None, site: Site = SITE) -> Path:
    """The pages and the theme's static files, as files of a site. Returns the folder."""
    made = environment(templates(), words=site.words)
    for path, page in (pages() if chosen is None else chosen).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render(made, page, site))
    for name, size in (("quay-800.webp", (800, 450)), ("eels-320.webp", (320, 200))):
        (folder / "images").mkdir(exist_ok=True)
        Image.new("RGB", size, "teal").save(folder / "images" / name)
    for month in range(1, 13):
        (folder / "front").mkdir(exist_ok=True)
        (folder / f"front/{month:02}.json").write_text('{"days": {}, "apart": []}', "utf-8")
    for name, content in translate_statics(site.words, read_theme(THEME).statics).items():
        (folder / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "static" / name).write_bytes(content)
    return folder
