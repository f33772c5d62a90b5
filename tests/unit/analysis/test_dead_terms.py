"""Terms that might as well not be there are named, with what makes them so."""

from __future__ import annotations

import pytest

from analysis.keywords import Death, dead_terms
from domain.reading import HitKind
from domain.topic import Keyword
from tests.unit.analysis.topics import a_topic

STRONG, WEAK, TRAP = HitKind.STRONG, HitKind.WEAK, HitKind.TRAP


def a_keyword(term, line, *, kind=STRONG, language="de", **options):
    return Keyword(term=term, kind=kind, language=language, line=line, **options)


def dead_among(*keywords):
    """The lines of dead terms, why they are dead, and the lines of what makes them so."""
    return [
        (dead.keyword.line, dead.death, dead.by.line if dead.by else None)
        for dead in dead_terms([a_topic(*keywords)])
    ]


@pytest.mark.parametrize(
    ("wide", "narrow", "language"),
    [
        ("Wahl*", "Wahlkampf", "de"),
        ("Wahl*", "Wahlkampf*", "de"),
        ("*wahl*", "Wahlkampf*", "de"),
        ("*wahl", "Bundestagswahl", "de"),
        ("Wahl", "WAHL", "de"),
        ("Präsident", "Praesident", "de"),
        ("élection", "election", "fr"),
        ("Wahl*", "freie Wahl", "de"),
        ("freie Wahl*", "freie-Wahlen", "de"),
        ('"freie Wahl"~5', "freie Wahl", "de"),
        ('"freie Wahl"~5', '"Wahl freie"~3', "de"),
        ("Wahlen", "„Wahlen“", "de"),
        ("ceni", "=CENI", "fr"),
        ("選挙", "総選挙", "ja"),
        ("انتخابات", "الانتخابات", "ar"),
    ],
)
def test_a_term_that_another_covers_is_dead(wide, narrow, language):
    keywords = (a_keyword(wide, 1, language=language), a_keyword(narrow, 2, language=language))
    assert dead_among(*keywords) == [(2, Death.COVERED, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wahl", "Wahlkampf"),
        ("Wahlkampf*", "Wahltag*"),
        ("*wahl", "Wahlkampf*"),
        ('"freie Wahl"~3', '"Wahl faire"~9'),
        ("=CENI", "=SENI"),
    ],
)
def test_terms_that_each_find_something_of_their_own_live(one, other):
    assert dead_among(a_keyword(one, 1, language="fr"), a_keyword(other, 2, language="fr")) == []


def test_of_two_that_are_the_same_once_folded_the_first_stays():
    assert dead_among(a_keyword("Wahl", 1), a_keyword("WAHL", 2)) == [(2, Death.COVERED, 1)]


@pytest.mark.parametrize(
    "different",
    [
        {"kind": WEAK},
        {"language": "en"},
    ],
)
def test_another_kind_or_language_covers_nothing(different):
    assert dead_among(a_keyword("Wahl*", 1, **different), a_keyword("Wahlkampf", 2)) == []


@pytest.mark.parametrize("stricter", [{"only_title": True}, {"only_lead": True}, {"beside": True}])
def test_what_asks_for_more_covers_nothing(stricter):
    assert dead_among(a_keyword("Wahl*", 1, **stricter), a_keyword("Wahlkampf", 2)) == []


def test_what_weighs_less_covers_nothing():
    heavy = a_keyword("Wahlkampf", 2, weight=3.0)
    assert dead_among(a_keyword("Wahl*", 1), heavy) == []


def test_a_term_that_a_trap_hides_wherever_it_stands_is_dead():
    keywords = a_keyword("gewählt", 1), a_keyword("gewählt*", 2, kind=TRAP)
    assert dead_among(*keywords) == [(1, Death.TRAPPED, 2)]


def test_a_term_that_a_trap_hides_in_one_of_its_forms_lives():
    assert dead_among(a_keyword("gewählt*", 1), a_keyword("gewählt", 2, kind=TRAP)) == []


def test_a_trap_that_hides_less_covers_no_wider_one():
    wide = a_keyword('"gewählt Rat Wahlen"~9', 1, kind=TRAP)
    assert dead_among(wide, a_keyword('"gewählt Rat"~9', 2, kind=TRAP)) == []


def test_a_term_in_letters_that_no_text_is_written_with_is_never_found():
    loose_accent = "=e\N{COMBINING ACUTE ACCENT}lu"
    assert dead_among(a_keyword(loose_accent, 1, language="fr")) == [(1, Death.NEVER, None)]
