import pytest

from analysis.fingerprint import VERSION, fingerprint, marks
from domain.source import SourceId
from tests.unit.analysis.test_translations import ENGLISH, FRENCH
from tests.unit.analysis.texts import STATEMENT, a_text

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
    ours, theirs = marks(one), marks(other)
    return (ours.words & theirs.words) | (ours.anchors & theirs.anchors)


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
    assert not shared(a_text(), a_text(other, title="The week", language="de"))


SUMMARY = "The ministry condemns it …"


def test_texts_of_one_source_under_one_title_share_a_mark():
    elsewhere = a_text(SUMMARY, canonical_url="https://economy.example/2")
    assert shared(a_text(), elsewhere)


@pytest.mark.parametrize(
    "changes", [{"source_id": SourceId("yy_foreign")}, {"title": "Another title"}]
)
def test_texts_of_two_sources_or_titles_do_not(changes):
    assert not shared(a_text(), a_text(SUMMARY, **changes))


def test_a_title_of_two_words_is_no_mark():
    assert not shared(a_text(title="Press release"), a_text(SUMMARY, title="Press release"))


def test_a_translation_shares_a_mark_with_its_text():
    assert shared(a_text(ENGLISH), a_text(FRENCH, language="fr"))


@pytest.mark.parametrize("changes", [{"published_at": None}, {"language": None}])
def test_a_translation_that_would_not_be_told_as_one_shares_no_mark(changes):
    french = a_text(FRENCH, **{"language": "fr", "title": "Déclaration"} | changes)
    assert not shared(a_text(ENGLISH), french)


def test_a_text_without_words_has_no_near_marks():
    nothing = marks(a_text(""))
    assert (nothing.words, nothing.anchors) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "url",
    ["http://m.economy.example/1/", "https://economy.example/1?print=1"],
)
def test_all_views_of_a_page_share_the_mark_of_their_document(url):
    assert marks(a_text(canonical_url=url)).document == marks(a_text()).document


def test_a_page_and_the_same_in_another_language_share_the_mark_of_their_document():
    here, there = (f"https://economy.example/{language}/press/1" for language in ("en", "fr"))
    assert marks(a_text(canonical_url=here)).document == marks(a_text(canonical_url=there)).document


@pytest.mark.parametrize(
    "changes",
    [{"canonical_url": "https://economy.example/2"}, {"source_id": SourceId("yy_foreign")}],
)
def test_another_page_or_source_has_another_document(changes):
    assert marks(a_text(**changes)).document != marks(a_text()).document


def test_marks_fit_a_column_of_eight_bytes():
    found = marks(a_text(ENGLISH))
    every = {found.document, *found.words, *found.anchors}
    assert len(every) == 34
    assert all(-(2**63) <= mark < 2**63 for mark in every)


def test_marks_are_the_same_on_every_machine():
    found = marks(a_text("The ministry does not recognise it."))
    assert (found.document, sorted(found.words)[:2]) == (
        -1918574439439180895,
        [-8779370936953508502, -8192132958103275067],
    )
