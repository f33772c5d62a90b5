"""Each keyword in a text says what it did, in plain words."""

from __future__ import annotations

import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind
from tests.unit.analysis.topics import a_keyword, a_topic

ELECTION = a_keyword("election*")
VOTE = a_keyword("vote", HitKind.WEAK)
OBSERVER = a_keyword("observer*", HitKind.CONTEXT)
BOARD = a_keyword("board election*", HitKind.TRAP)
FARCE = a_keyword("farce", HitKind.SHAM, beside=True)


def explained(*keywords, title="", text=""):
    (explanation,) = compile_topics([a_topic(*keywords)]).explain(title, text, "en")
    return explanation


def reasons(*keywords, title="", text=""):
    """What is said of each keyword, in order of the text."""
    found = explained(*keywords, title=title, text=text).findings
    return [(finding.keyword.term, finding.reason) for finding in found]


def test_what_counts_says_how_much():
    assert reasons(ELECTION, title="Elections") == [("election*", "counts 1")]


def test_what_a_trap_hides_names_the_trap():
    assert reasons(ELECTION, BOARD, title="Board election") == [
        ("board election*", "hides what it covers"),
        ("election*", "is hidden by the trap 'board election*'"),
    ]


def test_what_the_source_shows_under_its_releases_says_so():
    text = "The Office met its partners today.\nElections."
    (explanation,) = compile_topics([a_topic(ELECTION, BOARD)]).explain(
        "", text, "en", boilerplate=[(35, 45)]
    )
    (finding,) = explanation.findings
    assert finding.reason == "stands in a line that the source shows under its releases"
    assert explanation.verdict == "Out: it holds no word that counts."


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("only_title", "counts only in the title"),
        ("only_lead", "counts only in the title and first paragraph"),
    ],
)
def test_what_stands_in_the_wrong_place_says_where_it_would_count(option, reason):
    far_down = f"{'Many words come first. ' * 40}\nAn election."
    assert reasons(a_keyword("election", **{option: True}), text=far_down) == [("election", reason)]


@pytest.mark.parametrize(
    ("keyword", "title", "company"),
    [
        (VOTE, "A vote", "a context word or a strong one"),
        (FARCE, "A farce", "a strong or weak word"),
        (OBSERVER, "An observer", "a weak word"),
    ],
)
def test_what_lacks_company_says_which(keyword, title, company):
    reason = f"counts only within 12 words of {company}, and there is none"
    assert reasons(keyword, title=title) == [(keyword.term, reason)]


def test_a_context_word_says_what_it_is_good_for():
    assert reasons(VOTE, OBSERVER, title="Observer of a vote") == [
        ("observer*", "lets a weak word count"),
        ("vote", "counts 1"),
    ]


def test_a_word_that_came_before_says_so():
    assert reasons(ELECTION, title="Election", text="Election") == [
        ("election*", "counts 1"),
        ("election*", "counts once, at another place"),
    ]


def test_of_two_on_the_same_words_one_gives_way():
    assert reasons(ELECTION, a_keyword("election day"), title="Election day") == [
        ("election day", "counts 1"),
        ("election*", "gives way to 'election day', which counts for the same words"),
    ]


@pytest.mark.parametrize(
    ("title", "text", "verdict"),
    [
        ("Elections", "", "In: its score of 1 reaches the threshold of 1."),
        (
            "Trade",
            f"{'Many words come first. ' * 40}\nAn election.",
            "Out: its score of 0.5 stays below the threshold of 1.",
        ),
        ("Board election", "", "Out: it holds no word that counts."),
        ("Trade", "", "Out: it holds no word that counts."),
    ],
)
def test_the_verdict_says_in_or_out_and_why(title, text, verdict):
    assert explained(ELECTION, BOARD, title=title, text=text).verdict == verdict


def test_an_explanation_holds_the_match_that_judging_finds():
    topics = compile_topics([a_topic(ELECTION, VOTE, OBSERVER, BOARD)])
    title, text = "Board election", "An observer saw the vote. Elections came."
    (explanation,) = topics.explain(title, text, "en")
    assert (explanation.match,) == topics.match(title, text, "en")
    assert sum(finding.score for finding in explanation.findings) == explanation.match.score
