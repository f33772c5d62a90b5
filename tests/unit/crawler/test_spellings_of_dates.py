"""Two spellings of days in every language that a source of the catalogue writes, and in others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract.dates import read_date
from pollwatch.loading import load

MARCH = datetime(2024, 3, 18, tzinfo=UTC)
OCTOBER = datetime(2024, 10, 5, tzinfo=UTC)
SPELLINGS = {
    "ar": ("١٨ مارس ٢٠٢٤", "5 تشرين الأول 2024"),
    "bg": ("18 март 2024 г.", "05 октомври 2024"),
    "bs": ("18. mart 2024.", "5. oktobar 2024."),
    "ca": ("18 de març de 2024", "5 d'octubre del 2024"),
    "cs": ("18. března 2024", "5. 10. 2024"),
    "da": ("18. marts 2024", "5. oktober 2024"),
    "de": ("18. März 2024", "05.10.2024"),
    "en": ("Monday, 18 March 2024", "October 5, 2024"),
    "es": ("18 de marzo de 2024", "05/10/2024"),
    "et": ("18. märts 2024", "5.10.2024"),
    "fi": ("18. maaliskuuta 2024", "5.10.2024"),
    "fr": ("lundi 18 mars 2024", "05/10/2024"),
    "he": ("18 במרץ 2024", "05.10.2024"),
    "hi": ("18 मार्च 2024", "५ अक्टूबर २०२४"),
    "hr": ("18. ožujka 2024.", "5. listopada 2024."),
    "hu": ("2024. március 18.", "2024.10.05."),
    "id": ("18 Maret 2024", "5 Oktober 2024"),
    "is": ("18. mars 2024", "5. október 2024"),
    "it": ("18 marzo 2024", "5 ottobre 2024"),
    "ja": ("令和6年3月18日", "２０２４年１０月５日"),
    "ko": ("2024년 3월 18일", "2024. 10. 5."),
    "lt": ("2024 m. kovo 18 d.", "2024-10-05"),
    "lv": ("2024. gada 18. martā", "05.10.2024."),
    "nl": ("18 maart 2024", "05-10-2024"),
    "no": ("18. mars 2024", "05.10.2024"),
    "pl": ("18 marca 2024 r.", "5 października 2024"),
    "pt": ("18 de março de 2024", "05/10/2024"),
    "ro": ("18 martie 2024", "05.10.2024"),
    "ru": ("18 марта 2024 г.", "05.10.2024"),
    "sk": ("18. marca 2024", "5. októbra 2024"),
    "sl": ("18. marec 2024", "5. 10. 2024"),
    "sq": ("18 mars 2024", "5 tetor 2024"),
    "sv": ("18 mars 2024", "den 5 oktober 2024"),
    "th": ("๑๘ มีนาคม พ.ศ. ๒๕๖๗", "5 ต.ค. 2567"),
    "uk": ("18 березня 2024 року", "5 жовтня 2024"),
    "vi": ("ngày 18 tháng 3 năm 2024", "05/10/2024"),
    "zh": ("2024年3月18日", "中華民國113年10月5日"),
    # Institutions of the catalogue have names in these, and pages that are not in it.
    "az": ("18 mart 2024", "5 oktyabr 2024"),
    "be": ("18 сакавіка 2024", "5 кастрычніка 2024"),
    "bn": ("১৮ মার্চ ২০২৪", "৫ অক্টোবর, ২০২৪"),
    "el": ("18 Μαρτίου 2024", "5 Οκτωβρίου 2024"),
    "fa": ("۲۸ اسفند ۱۴۰۲", "1403/07/14"),
    "hy": ("18 մարտի, 2024", "05.10.2024"),
    "ka": ("18 მარტი 2024", "5 ოქტომბერი, 2024"),
    "kk": ("2024 жылғы 18 наурыз", "5 қазан 2024"),
    "mk": ("18 март 2024", "5 октомври 2024"),
    "ms": ("18 Mac 2024", "5 Oktober 2024"),
    "sr": ("18. март 2024.", "5. oktobar 2024."),
    "sw": ("18 Machi 2024", "5 Oktoba 2024"),
    "tr": ("18 Mart 2024", "5 Ekim 2024"),
    "ur": ("18 مارچ 2024", "5 اکتوبر، 2024"),
    "uz": ("2024-yil 18-mart", "5 oktabr 2024"),
}


def test_the_table_holds_every_language_of_the_catalogue():
    written = {
        language
        for source in load(None, environ={}).sources
        for feed in source.feeds
        for language in feed.languages
    }

    assert written - set(SPELLINGS) == set()


@pytest.mark.parametrize("language", SPELLINGS)
def test_a_day_in_march_is_read(language: str):
    assert read_date(SPELLINGS[language][0], zone="UTC", languages=(language,)) == MARCH


@pytest.mark.parametrize("language", SPELLINGS)
def test_a_day_in_october_is_read(language: str):
    assert read_date(SPELLINGS[language][1], zone="UTC", languages=(language,)) == OCTOBER


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("18 มีนาคม 2567", "en"),
        ("18/03/2567", "lo"),
        ("1402/12/28", "ar"),
        ("30 اسفند 1402", "fa"),
        ("18 مارس 1402", "fa"),
        ("28 اسفند 2024", "fa"),
    ],
)
def test_a_day_of_a_calendar_that_the_language_does_not_use_is_not_read(text: str, language: str):
    assert read_date(text, zone="UTC", languages=(language,)) is None


def test_a_leap_day_of_the_persian_calendar_is_read():
    expected = datetime(2025, 3, 20, tzinfo=UTC)

    assert read_date("۳۰ اسفند ۱۴۰۳", zone="UTC", languages=("fa",)) == expected
