import pytest

from analysis.places import places, places_among


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ukraine", "en"),
        ("the Ukrainian people", "en"),
        ("die ukrainischen Behörden", "de"),
        ("na terytorium Ukrainy", "pl"),
        ("целостность Украины", "ru"),
        ("Ukrayna'nın bağımsızlığı", "tr"),
        ("της Ουκρανίας", "el"),
        ("لأوكرانيا", "ar"),
        ("באוקראינה", "he"),
        ("ウクライナの選挙", "ja"),
        ("UKRAINE", "en"),
        ("यूक्रेन में", "hi"),
    ],
)
def test_a_country_is_known_in_the_forms_of_its_name(text, language):
    assert places(text, language) == ("UA",)


def test_countries_come_in_their_order():
    assert places("Canada, Allemagne, Japon, Royaume-Uni", "fr") == ("CA", "DE", "JP", "GB")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Niger", ("NE",)),
        ("Nigeria", ("NG",)),
        ("South Sudan", ("SS",)),
        ("Guinea-Bissau and Guinea", ("GW", "GN")),
    ],
)
def test_a_name_within_another_is_told_from_it(text, codes):
    assert places(text, "en") == codes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("la libération des prisonniers", "fr"),
        ("an indication", "en"),
        ("चुनाव, प्रतिनिधियों", "hi"),
        ("", "en"),
    ],
)
def test_words_that_only_begin_like_a_name_are_none(text, language):
    assert places(text, language) == ()


def test_english_names_are_read_in_every_language():
    assert places("Embassy of Norway", "th") == ("NO",)


@pytest.mark.parametrize("language", [None, "xx", "not a code!"])
def test_a_language_that_nobody_knows_is_read_as_english(language):
    assert places("Ghana", language) == ("GH",)


def test_folded_words_need_no_capitals():
    assert places_among(("in", "zambia"), "en") == {"ZM"}
