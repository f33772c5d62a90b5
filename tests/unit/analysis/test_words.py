from time import process_time

from analysis.words import words_in_a_row


def test_a_text_of_fewer_words_than_asked_for_is_left_in_a_moment():
    text = "選" * 60 + " 2024" * 10 + "." * 100
    began = process_time()
    assert words_in_a_row(120).match(text) is None
    assert process_time() - began < 1
