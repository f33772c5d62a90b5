import pytest

from analysis.figures import figures, is_calendar_word


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on 3 February 2025", "en"),
        ("on February 3rd, 2025", "en"),
        ("am 3. Februar 2025", "de"),
        ("am 3.2.2025", "de"),
        ("el 3 de febrero de 2025", "es"),
        ("3 lutego 2025 r.", "pl"),
        ("3 лютого 2025 року", "uk"),
        ("3 Φεβρουαρίου 2025", "el"),
        ("٣ فبراير ٢٠٢٥", "ar"),
        ("2025年2月3日", "ja"),
        ("2025년 2월 3일", "ko"),
        ("2025. február 3.", "hu"),
        ("३ फ़रवरी २०२५", "hi"),
        ("2025-02-03", None),
    ],
)
def test_a_day_is_the_same_however_it_is_written(text, language):
    assert figures(text, language) == (("2025",), ((2, 3),))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("46.300 applications", ("46300",)),
        ("46,300 or 46 300", ("46300", "46300")),
        ("10,43,000 voters", ("1043000",)),
        ("6,5 or 6.5", ("6.5", "6.5")),
        ("at 15:00, 15.00 or 3 p.m.", ("15", "15", "15")),
        ("007", ("7",)),
        ("0", ("0",)),
        ("９", ("9",)),
    ],
)
def test_a_number_is_what_it_is_worth(text, numbers):
    assert figures(text, "en").numbers == numbers


def test_what_is_no_day_of_the_calendar_is_none():
    assert figures("45 May, 2024-13-41", "en").days == ()


def test_a_number_may_be_too_long_to_count_with():
    assert figures("9" * 9000, "en").numbers == ("9" * 9000,)


def test_a_month_of_two_letters_is_one():
    assert figures("७ मई", "hi").days == ((5, 7),)


def test_a_language_that_nobody_knows_is_read_as_english():
    assert figures("3 May", "xx").days == ((5, 3),)


@pytest.mark.parametrize(("word", "language"), [("juni", "de"), ("lundi", "fr"), ("june", "de")])
def test_months_and_days_of_the_week_are_known_in_the_language_and_in_english(word, language):
    assert is_calendar_word(word, language)


def test_other_words_are_in_no_calendar():
    assert not is_calendar_word("ministry", "en")
