import pytest

from pollwatch.loading.languages import language


@pytest.mark.parametrize("code", ["en", "no", "uk", "sr", "cnr"])
def test_codes_of_languages_stay_as_they_are(code):
    assert language(code) == code


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ua", "uk"), ("jp", "ja"), ("cz", "cs"), ("gr", "el"), ("EN", "en"), ("zh_Hant", "zh")],
)
def test_countries_and_variants_are_mistakes_that_name_the_language(written, meant):
    with pytest.raises(ValueError, match=f"'{written}' is no code of a language; write '{meant}'"):
        language(written)


@pytest.mark.parametrize("written", ["german", "eng", "xx", ""])
def test_what_is_no_code_is_a_mistake_with_examples(written):
    with pytest.raises(ValueError, match="write one of two letters: en, fr, uk, ja"):
        language(written)
