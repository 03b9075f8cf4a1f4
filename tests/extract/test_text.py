"""Plain-text copies of pages and plain notes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossator.config import ExtractSettings
from glossator.frontmatter import join
from glossator.model import Extracted
from glossator.stages.extract import text
from glossator.stages.extract.opened_file import Unreadable
from tests.extracted import whole
from tests.sweeps import examples

GOLDEN = Path(__file__).parent / "golden_text"


def read(source: str, path: str = "copies/a-note.txt") -> Extracted:
    return text.read(whole(source.encode(), path, "text"), ExtractSettings())


def shown(article: Extracted) -> str:
    """What was read, as a golden file writes it."""
    names = ("title", "source", "site", "authors", "published", "saved", "language", "description", "tags")
    fields = {name: value for name in names if (value := getattr(article, name))}
    fields |= {name: list(fields[name]) for name in ("authors", "tags") if name in fields}
    fields["from"] = dict(article.conversion.origins)
    return join(fields, article.markdown)


@pytest.mark.parametrize("case", sorted(GOLDEN.glob("*.txt")), ids=lambda case: case.stem)
def test_copy_becomes_the_article_written_beside_it(case: Path) -> None:
    expected = case.with_suffix(".md").read_text("utf-8")

    assert expected == shown(text.read(whole(case.read_bytes(), case.name, "text"), ExtractSettings()))


def test_masthead_date_is_when_it_was_saved_and_never_when_it_was_published() -> None:
    article = read(
        "The Mercury\nMonday, 3 June 2024\n\nBridge closed until autumn\n\n"
        "The old bridge has been closed to all traffic, the council said.\n\nIt opens again in October.\n\nThe Mercury\n"
    )

    assert ("The Mercury", "2024-06-03", None) == (article.site, article.saved, article.published)


def test_adjoining_lines_of_an_unwrapped_text_are_paragraphs_of_their_own() -> None:
    article = read(
        "A title\n\nThe first paragraph ends here, after some words.\nThe second one stands on the next line.\n"
    )

    assert (
        "The first paragraph ends here, after some words.\n\nThe second one stands on the next line.\n"
        == article.markdown
    )


def test_note_without_a_title_is_called_after_its_file() -> None:
    article = read(
        "This note begins with a sentence that is far too long to be the title of anything at all.\n", "my-note.txt"
    )

    assert ("my note", "file name") == (article.title, dict(article.conversion.origins)["title"])
    assert article.markdown.startswith("This note begins")


def test_every_line_of_a_plain_note_is_kept() -> None:
    lines = ["Shopping", "milk", "eggs", "Call Jane about the boat.", "rope"]
    article = read("\n\n".join(lines))

    assert "Shopping" == article.title
    assert [line for line in lines[1:] if line not in article.markdown] == []


def test_text_that_looks_like_markup_stays_text() -> None:
    article = read(
        "A title\n\nThe tag <script>alert(1)</script> and *stars* and [a](javascript:x) are only text here.\n"
    )

    assert (
        "The tag &lt;script>alert(1)&lt;/script> and \\*stars\\* and \\[a\\](javascript:x) are only text here.\n"
        == article.markdown
    )


def test_file_with_header_lines_alone_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no text below"):
        read("Title: x\nURL: https://x.example/\n\n")


def test_hostile_length_is_read_in_one_pass() -> None:
    article = read("A title\n\n" + "word " * 200_000 + ".\n")

    assert 200_000 == article.markdown.count("word")


def test_long_heading_without_a_full_stop_is_no_other_article() -> None:
    headings = [
        "Why the Harbour of Port Lorne was never built in stone",
        "How the Lorne Sound ferries came to Gull Island",
    ]
    article = read(
        "The story\n\n" + "\n\n".join(f"{heading}\n\nA sentence stands here, and ends." for heading in headings)
    )

    assert [] == [heading for heading in headings if f"## {heading}" not in article.markdown]


def test_far_more_than_an_article_is_refused_with_a_reason() -> None:
    with pytest.raises(Unreadable, match="apart"):
        read("A line\n" * 60_000)


@settings(max_examples=examples(60))
@given(st.sampled_from(sorted(GOLDEN.glob("*.txt"))), st.integers(0, 900), st.binary(max_size=12))
def test_damaged_copy_is_read_or_refused(case: Path, at: int, noise: bytes) -> None:
    source = case.read_bytes()
    for damaged in (source[:at], source[:at] + noise + source[at + len(noise) :]):
        with suppress(Unreadable):
            assert text.read(whole(damaged, case.name, "text"), ExtractSettings()).markdown.strip()


BODY = {
    "ru": "Вчера жители посёлка собрались у старого моста. Они говорили о том, как его чинить, и спорили до вечера.",
    "ar": "اجتمع سكان القرية أمس عند الجسر القديم. وتحدثوا طويلا عن إصلاحه، ثم عادوا إلى بيوتهم قبل المساء.",
    "zh": "昨天，村民们聚集在老桥旁边。他们讨论了怎样修桥，一直谈到晚上，最后决定明年春天动工，费用由镇里承担。",
    "ja": "昨日、村の人たちが古い橋のそばに集まった。橋の直し方を話し合い、夕方まで議論が続いた。工事は来年の春に始まる。",
    "tr": "Dün köylüler eski köprünün yanında toplandı. Köprünün nasıl onarılacağını konuştular ve akşama kadar tartıştılar.",
}
TITLE = {
    "ru": "Старый мост закроют до осени",
    "ar": "إغلاق الجسر القديم حتى الخريف",
    "zh": "老桥将关闭到秋天",
    "ja": "古い橋は秋まで閉鎖される",
    "tr": "Eski köprü sonbahara kadar kapatılıyor",
}


@pytest.mark.parametrize(
    ("language", "lines", "authors"),
    [
        ("ru", "Автор: Вера Громова\n5 марта 2024 г.", ("Вера Громова",)),
        (
            "ru",
            "Текст: Вера Громова, Пётр Лужин\nОпубликовано: 5 марта 2024, 10:30 мск",
            ("Вера Громова", "Пётр Лужин"),
        ),
        ("ru", "Вера Громова, специальный корреспондент\nвторник, 5 марта 2024 года", ("Вера Громова",)),
        ("ar", "بقلم: سامي الحداد\nالثلاثاء 5 مارس 2024", ("سامي الحداد",)),
        ("ar", "إعداد: سامي الحداد، ليلى منصور\nنُشر في ٥ آذار ٢٠٢٤", ("سامي الحداد", "ليلى منصور")),
        ("zh", "2024年3月5日 10:20 来源：江城日报\n本报记者 林若溪 江城报道", ("林若溪",)),
        ("zh", "发布时间：2024-03-05\n文/周明远", ("周明远",)),
        ("ja", "2024年3月5日（火）10時30分 公開\n文・森川 恵", ("森川恵",)),
        ("ja", "令和6年3月5日\n森川恵記者", ("森川恵",)),
        ("tr", "Haber: Ayşe Yıldız\nYayınlanma: 5 Mart 2024 Salı, 10:30", ("Ayşe Yıldız",)),
        ("tr", "Yazan: Ayşe Yıldız ve İsmail Çelik\nGİRİŞ: 05.03.2024", ("Ayşe Yıldız", "İsmail Çelik")),
    ],
)
def test_byline_and_day_in_other_languages(language: str, lines: str, authors: tuple[str, ...]) -> None:
    article = read(f"{TITLE[language]}\n{lines}\n\n{BODY[language]}\n\n{BODY[language]}\n")

    assert (TITLE[language], authors, "2024-03-05") == (article.title, article.authors, article.published)
    assert article.markdown.startswith(BODY[language])


@pytest.mark.parametrize(
    ("language", "dateline", "authors"),
    [
        ("ru", "ЗАРЕЧЬЕ, 5 марта 2024 — ", ()),
        ("ar", "القاهرة، 5 مارس 2024 (وكالة) - ", ()),
        ("zh", "江城社北京2024年3月5日电（记者林若溪、周明远）", ("林若溪", "周明远")),
        ("tr", "İZMİR, 5 Mart 2024 (AJANS) - ", ()),
    ],
)
def test_dateline_at_the_beginning_gives_the_day_and_stays(
    language: str, dateline: str, authors: tuple[str, ...]
) -> None:
    article = read(f"{TITLE[language]}\n\n{dateline}{BODY[language]}\n\n{BODY[language]}\n")

    assert ("2024-03-05", authors) == (article.published, article.authors)
    assert article.markdown.startswith(dateline.rstrip().replace(" - ", " ")[:8])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Заголовок: Старый мост\nАвтор: Вера Громова\nДата: 5 марта 2024", "ru"),
        ("标题：Старый мост\n作者：林若溪\n日期：2024年3月5日", "zh"),
        ("Başlık: Старый мост\nYazar: Ayşe Yıldız\nTarih: 5 Mart 2024", "tr"),
    ],
)
def test_header_lines_in_other_languages(header: str, language: str) -> None:
    article = read(f"{header}\n\n{BODY[language]}\n")

    assert ("Старый мост", "2024-03-05") == (article.title, article.published)
    assert 1 == len(article.authors)


def test_day_in_the_first_sentence_is_no_dateline() -> None:
    line = "افتتحت البلدية في 5 مارس 2024 السوق الجديد - بعد عامين من العمل الطويل في المبنى القديم."
    assert read(f"{TITLE['ar']}\n\n{line}\n\n{BODY['ar']}\n").published is None


@pytest.mark.parametrize("part", ["а и ", "驻", "Ж ", "И и ", "本报", "文・", "سي ", "林、"])
def test_hostile_byline_is_read_in_one_pass(part: str) -> None:
    for label in ("Автор: ", "驻", "本报记者", "文 ", "بقلم: "):
        assert read(f"Title\n{(label + part * 600)[:590]}.x\n\n{BODY['ru']}\n").title


def test_sentence_that_begins_like_a_byline_is_text() -> None:
    for language, line in (
        ("ar", "كتب الوزير إلى سكان القرية رسالة طويلة عن الجسر القديم وعن المال."),
        ("zh", "记者林若溪昨天在现场看到，桥面已经出现裂缝。"),
        ("ru", "Корреспондент Вера Громова вчера побывала на мосту."),
    ):
        article = read(f"{TITLE[language]}\n\n{line}\n\n{BODY[language]}\n")
        assert article.markdown.startswith(line)
        assert () == article.authors
