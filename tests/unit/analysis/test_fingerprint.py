import pytest

from analysis.fingerprint import VERSION, fingerprint

TEXT = "The ministry does not recognise the so-called elections."


@pytest.mark.parametrize(
    "other",
    [
        "THE MINISTRY DOES NOT RECOGNISE THE SO-CALLED ELECTIONS",
        "The ministry does not\nrecognise the so called “elections”.",
        "The minis\u00adtry does\u00a0not recognise the so‑called elections!",
        "The ministry dóes not recognise the so-called elections",
    ],
)
def test_form_does_not_change_the_mark(other):
    assert fingerprint(other) == fingerprint(TEXT)


@pytest.mark.parametrize(
    "other",
    [
        "The ministry does recognise the so-called elections.",
        "The ministry not does recognise the so-called elections.",
        "The ministry does not recognise the so-called elections. 2",
    ],
)
def test_other_words_or_another_order_change_the_mark(other):
    assert fingerprint(other).exact != fingerprint(TEXT).exact


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), (" – ", 0), (TEXT, 9), ("外務省は選挙を認めない", 6), ("चुनाव हुआ", 2)],
)
def test_words_are_counted_and_two_characters_without_spaces_are_one(text, words):
    assert fingerprint(text).words == words


def test_a_fingerprint_carries_the_version_of_its_making():
    assert fingerprint(TEXT).version == VERSION
