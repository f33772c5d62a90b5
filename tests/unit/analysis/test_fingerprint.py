from datetime import timedelta

import pytest

from analysis.fingerprint import VERSION, fingerprint, marks
from tests.unit.analysis.test_translations import ENGLISH, FRENCH
from tests.unit.analysis.texts import DAY, STATEMENT, a_text

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


def shared(one, other):
    return set(marks(one)) & set(marks(other))


def test_the_page_around_a_text_does_not_change_the_mark():
    page = f"<p>Home &gt; News</p><p>{TEXT}</p>"
    assert fingerprint(page) == fingerprint(TEXT)


@pytest.mark.parametrize(
    "text",
    [
        STATEMENT.replace("outcome", "result"),
        f"{STATEMENT} The ambassador was summoned at noon.",
        f"The text follows. {STATEMENT}",
        f"<div>{STATEMENT}</div>",
    ],
)
def test_texts_that_are_alike_share_a_mark(text):
    assert shared(a_text(), a_text(text, canonical_url="https://economy.example/2"))


def test_other_texts_share_no_mark():
    other = "This week the minister visited a school in Vienna and opened a conference on grain."
    assert not shared(a_text(), a_text(other, language="de"))


def test_a_translation_shares_a_mark_with_its_text():
    assert shared(a_text(ENGLISH), a_text(FRENCH, language="fr"))


@pytest.mark.parametrize("days", [-4, 4])
def test_a_translation_of_the_same_days_shares_a_mark(days):
    later = DAY + timedelta(days=days)
    assert shared(a_text(ENGLISH), a_text(FRENCH, language="fr", published_at=later))


@pytest.mark.parametrize(
    "changes",
    [{"published_at": DAY + timedelta(days=40)}, {"published_at": None}, {"language": None}],
)
def test_a_translation_of_another_time_or_of_none_shares_no_mark(changes):
    assert not shared(a_text(ENGLISH), a_text(FRENCH, **{"language": "fr"} | changes))


def test_a_text_without_words_has_no_marks():
    assert marks(a_text("")) == ()


def test_marks_fit_a_column_of_eight_bytes():
    assert all(-(2**63) <= mark < 2**63 for mark in marks(a_text()))


def test_marks_are_the_same_on_every_machine():
    first, second, *_ = marks(a_text("The ministry does not recognise it."))
    assert (first, second) == (-8669612333936013059, -8551314717383561743)
