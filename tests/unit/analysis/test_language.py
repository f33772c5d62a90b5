import pytest

from analysis.language import base_code, detect, family


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("de-AT", "de"),
        ("PT_br", "pt"),
        (" nb ", "no"),
        ("zh-Hant-TW", "zh"),
        ("sh", "sr"),
        ("und", ""),
        ("english", ""),
        ("", ""),
    ],
)
def test_a_code_is_known_without_its_region_and_script(declared, code):
    assert base_code(declared) == code


def test_one_declared_language_wins_over_what_the_letters_say():
    assert detect("Wahlen in Deutschland", "", ["fr"]) == "fr"


def test_a_language_declared_in_two_ways_is_one():
    assert detect("Wahlen", "", ["fr-FR", "fr"]) == "fr"


def test_of_several_declared_languages_the_likeliest_is_taken():
    text = "Die Bundesregierung erkennt die Ergebnisse nicht an."
    assert detect("Wahlen", text, ["fr", "de", "it"]) == "de"


def test_declared_languages_that_nobody_reads_tell_nothing():
    assert detect("Die Regierung erkennt die Wahlen nicht an", "", ["xx", "yy"]) == "de"


@pytest.mark.parametrize("declared", [[], ["und"], [""]])
def test_without_a_declared_language_the_letters_decide(declared):
    assert detect("Ministerstwo nie uznaje wyników wyborów", "", declared) == "pl"


@pytest.mark.parametrize(("title", "text"), [("", ""), ("2024", " – 12.3 %")])
def test_a_text_without_letters_has_no_language(title, text):
    assert detect(title, text, []) is None


@pytest.mark.parametrize(
    ("language", "kin"),
    [
        ("hr", {"hr", "bs", "sr"}),
        ("sv", {"sv", "da", "no"}),
        ("cs", {"cs", "sk"}),
        ("mk", {"mk", "bg"}),
        ("be", {"be", "uk", "ru"}),
        ("ms", {"ms", "id"}),
        ("pl", {"pl"}),
        ("xx", {"xx"}),
    ],
)
def test_near_languages_are_read_together(language, kin):
    assert set(family(language)) == kin


def test_a_language_comes_before_its_kin():
    assert family("sr")[0] == "sr"


def test_a_text_without_a_language_has_no_kin():
    assert family(None) == ()
