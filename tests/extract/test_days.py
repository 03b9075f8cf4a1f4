"""Which day a person or a program means by what it writes."""

from __future__ import annotations

import pytest

from glossator.stages.extract.metadata.date_parsing import find_day, is_date_line, iso


@pytest.mark.parametrize(
    "text",
    [
        "March 5th, 2024",
        "5 March 2024",
        "Mar. 5, 2024",
        "5. März 2024",
        "5 mars 2024",
        "5 de marzo de 2024",
        "5 de março de 2024",
        "5 marzo 2024",
        "5 maart 2024",
        "5. marts 2024",
        "5 marca 2024",
        "5 Mart 2024",
        "5 MART 2024 Salı",
        "5 марта 2024 г.",
        "5 мар. 2024",
        "5 مارس 2024",
        "٥ مارس ٢٠٢٤",
        "5 مارس/آذار 2024",
        "5 آذار 2024",
        "الثلاثاء، 5 من مارس، 2024",
        "２０２４年３月５日（火）",
        "二〇二四年三月五日",
        "令和6年3月5日",
        "令和六年三月五日",
        "民國113年3月5日",
        "2024年3月5日",
        "2024년 3월 5일",
        "2024. 3. 5.",
        "05.03.2024",
        "2024-03-05",
    ],
)
def test_day_is_read_in_many_languages(text: str) -> None:
    assert find_day(f"Published {text}") == "2024-03-05"


def test_day_in_slashes_is_read_only_where_the_language_tells_which() -> None:
    assert find_day("3/5/2024") is None
    assert find_day("3/5/2024", "en-US") == "2024-03-05"
    assert find_day("5/3/2024", "fr") == "2024-03-05"
    assert find_day("25/3/2024") == "2024-03-25"


@pytest.mark.parametrize("text", ["market 12, 2024", "31 February 2024", "v2024.13.45", "Room 12, March", "1066"])
def test_what_is_no_day_gives_none(text: str) -> None:
    assert find_day(text) is None


def test_line_with_a_day_and_its_label_says_nothing_else() -> None:
    assert is_date_line("Published on Tuesday, March 5, 2024 at 10:00 am")
    for line in (
        "Опубликовано: вторник, 5 марта 2024 года, 10:30 мск",
        "نُشر في: الثلاثاء 5 مارس 2024 الساعة 10:30",
        "آخر تحديث: ٥ مارس ٢٠٢٤",
        "发布时间：2024年3月5日 星期二 10:20 来源：江城日报",
        "2024年3月5日（火曜日）10時30分 更新",
        "Güncelleme Tarihi: 5 Mart 2024 Salı, 10:30",
        "GİRİŞ: 5 NİSAN 2024",
    ):
        assert is_date_line(line), line
    assert not is_date_line("Вера Громова, 5 марта 2024 года")
    assert not is_date_line("2024年3月5日に開かれた市場")
    assert not is_date_line("Ada Marsh spoke on 5 March 2024")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00+00:00"),
        ("2024-03-05T10:00:00.000+0100", "2024-03-05T10:00:00+01:00"),
        ("2024-03-05 10:00:00 +0100", "2024-03-05T10:00:00+01:00"),
        ("2024/03/05 10:00", "2024-03-05T10:00:00"),
        ("2024-03-05T10:00:00 EST", "2024-03-05T10:00:00"),
        ("20240305", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05T10:00:00+00:00"),
        ("Tue Mar 05 2024 10:00:00 GMT+0100 (Mitteleuropäische Normalzeit)", "2024-03-05T10:00:00+01:00"),
        ("1709632800000", "2024-03-05T10:00:00+00:00"),
        ("5 March 2024", "2024-03-05"),
        ("2024-03-05T99:99", "2024-03-05"),
        ("0000-00-00", ""),
        ("yesterday", ""),
        ("9" * 5000, ""),
    ],
)
def test_moment_keeps_its_time_zone_where_one_is_stated(text: str, moment: str) -> None:
    assert moment == iso(text)
