"""Whatever is typed and whatever is stored, searching goes on."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.keywords import Passage
from analysis.searching import folded, typed

anything = st.text(st.characters(codec=None), max_size=80)


@given(anything, anything)
def test_no_query_and_no_text_is_too_odd(words, text):
    assert typed(words).finds("", text, "de") in {True, False}


@given(anything)
def test_words_of_the_index_hold_no_sign_that_a_database_could_read(text):
    words = folded(Passage("", text, language="zh")).words

    assert not any(sign in word for word in words for sign in " '\"\\:*()&|!\0\n")


@given(anything)
def test_words_that_are_looked_for_hold_no_sign_that_a_database_could_read(words):
    sought = [one.word for term in typed(words).terms for wording in term for one in wording]

    assert not any(sign in word for word in sought for sign in " '\"\\:*()&|!\0\n")
