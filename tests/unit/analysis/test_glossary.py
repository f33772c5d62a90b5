from itertools import pairwise

import pytest

from analysis.fold import fold
from analysis.glossary import meanings


def named(text, language):
    return [name for _, name in meanings(fold(text, None).text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("observers of the election", "en"),
        ("Beobachter der Wahl", "de"),
        ("наблюдатели на выборах", "ru"),
        ("مراقبو الانتخابات", "ar"),
        ("監視団は選挙", "ja"),
        ("선거 참관단은", "ko"),
        ("παρατηρητές των εκλογών", "el"),
        ("დამკვირვებლები არჩევნებზე", "ka"),
    ],
)
def test_a_meaning_is_the_same_in_every_language(text, language):
    assert sorted(named(text, language)) == ["election", "observer"]


def test_a_meaning_has_the_place_of_its_word():
    assert list(meanings("the free election", "en")) == [(4, "free"), (9, "election")]


def test_of_two_beginnings_the_longer_one_counts():
    assert named("the presidential race", "en") == ["president"]


def test_a_short_beginning_must_be_the_whole_word():
    assert named("der Rat sah Ratten", "de") == ["council"]


def test_a_language_that_is_missing_has_the_words_of_all():
    assert named("democratia, observatio", "la") == ["democracy", "observer"]


def test_meanings_come_in_the_order_of_the_text():
    found = [at for at, _ in meanings("wahl, krieg, frieden, wahlbeobachter", "de")]
    assert all(one < other for one, other in pairwise(found))
