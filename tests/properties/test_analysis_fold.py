import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from analysis.fold import fold
from analysis.language import READ
from analysis.scripts import LOOKALIKES

LANGUAGES = st.sampled_from([None, "any", *sorted(READ)])
# Elsewhere a letter may depend on its whole word: Latin ones are put right inside Cyrillic.
LETTER_BY_LETTER = st.sampled_from([None, *sorted(READ.difference(LOOKALIKES))])

# Letters that meet: marks after letters, invisible signs, all kinds of space, several scripts.
LETTERS = "aeouyhäöÅßıłđéòýȦəΣςάЂљйёгҚӘыvorأىةہکךםกำแเ선거ㅎ總ガｶﾞեւվঁয়"
SIGNS = "\u200c\u0301\u0308\u0323\u1109\u1165\u3099 \u00a0\n-–\u00ad\u200b\"„'’.1"
OFFICIAL_TEXTS = st.text(alphabet=LETTERS + SIGNS)
TEXTS = st.text() | OFFICIAL_TEXTS


@given(text=TEXTS, language=LANGUAGES)
def test_folding_twice_is_folding_once(text, language):
    once = fold(text, language).text
    assert fold(once, language).text == once


@given(text=TEXTS, language=LANGUAGES, data=st.data())
def test_every_stretch_leads_back_into_the_original(text, language, data):
    folded = fold(text, language)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original(start, end)
    assert 0 <= first <= len(text)
    assert 0 <= last <= len(text)
    assert first <= last or start == end


@given(text=TEXTS, language=LETTER_BY_LETTER, data=st.data())
def test_a_stretch_of_whole_words_folds_again_to_itself(text, language, data):
    folded = fold(text, language)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.original(start, end)
    assert folded.text[start:end].strip() in fold(text[first:last], language).text


@given(text=TEXTS, language=LANGUAGES)
def test_white_space_never_stands_twice(text, language):
    assert "  " not in fold(text, language).text


@given(text=OFFICIAL_TEXTS, language=LANGUAGES)
def test_composed_and_decomposed_letters_fold_alike(text, language):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(composed, language).text == fold(decomposed, language).text
