"""Do the keyword files do what their own examples and forms ask of them?"""

import pytest

from analysis.keywords import failing_examples, failing_forms
from domain.reading import HitKind
from domain.topic import Example, Forms
from tests.unit.analysis.topics import a_keyword, a_topic

ELECTION = a_keyword("election", line=2)
VOTE = a_keyword("vote", HitKind.WEAK, line=4)
TRAP = a_keyword("club election", HitKind.TRAP, line=7)


def an_example(text, *, is_match=True, language="en"):
    return Example(language=language, text=text, is_match=is_match)


def example_reasons(*keywords, example):
    topic = a_topic(*keywords, examples=(example,))
    return [failure.reason for failure in failing_examples([topic])]


def form_reasons(*keywords, form, language="en"):
    forms = Forms(label="election", forms=(form,), language=language)
    return [failure.reason for failure in failing_forms([a_topic(*keywords, forms=(forms,))])]


@pytest.mark.parametrize(
    ("text", "is_match"), [("The election", True), ("A club election", False), ("Rain", False)]
)
def test_an_example_that_is_judged_as_its_file_says_is_no_failure(text, is_match):
    assert example_reasons(ELECTION, TRAP, example=an_example(text, is_match=is_match)) == []


def test_an_example_that_should_be_in_and_holds_no_keyword_fails():
    reasons = example_reasons(ELECTION, example=an_example("Rain on Sunday"))

    assert reasons == ["should be in; no keyword is found"]


def test_an_example_that_should_be_in_tells_what_kept_each_word_from_counting():
    reasons = example_reasons(ELECTION, TRAP, example=an_example("A club election"))

    assert [reason.split("; ") for reason in reasons] == [
        [
            "should be in",
            "trap 'club election' (line 7) hides what it covers",
            "strong 'election' (line 2) is hidden by the trap 'club election'",
        ]
    ]


def test_an_example_that_should_be_out_tells_what_counted():
    reasons = example_reasons(ELECTION, VOTE, example=an_example("The election", is_match=False))

    assert reasons == ["should be out; strong 'election' (line 2) counts 1"]


def test_an_example_is_read_in_the_language_of_its_file():
    assert example_reasons(ELECTION, example=an_example("The election", language="de")) == [
        "should be in; no keyword is found"
    ]


def test_an_example_is_judged_by_its_own_topic_alone():
    with_word = a_topic(ELECTION, id="elections")
    without = a_topic(id="sanctions", examples=(an_example("The election", is_match=False),))

    assert failing_examples([with_word, without]) == ()


@pytest.mark.parametrize("keyword", [ELECTION, a_keyword("election", HitKind.SHAM)])
def test_a_form_that_a_keyword_finds_is_no_failure(keyword):
    assert form_reasons(keyword, form="Election") == []


def test_a_weak_word_finds_a_form_without_company():
    assert form_reasons(VOTE, form="vote") == []


def test_a_form_that_no_keyword_finds_fails():
    assert form_reasons(ELECTION, form="elections") == ["no strong, weak or sham keyword finds it"]


def test_a_context_word_finds_no_form():
    context = a_keyword("election", HitKind.CONTEXT)

    assert form_reasons(context, form="election") == ["no strong, weak or sham keyword finds it"]


def test_a_keyword_of_a_near_language_finds_no_form():
    slovak = a_keyword("voľby", language="sk")

    assert form_reasons(slovak, form="voľby", language="cs") == [
        "no strong, weak or sham keyword finds it"
    ]


def test_a_form_under_a_trap_fails():
    trap = a_keyword("election", HitKind.TRAP, line=7)

    assert form_reasons(ELECTION, trap, form="election") == [
        "the trap 'election' (line 7) hides it"
    ]


def test_a_form_that_a_trap_covers_in_part_is_found_by_the_rest():
    trap = a_keyword("election", HitKind.TRAP)
    ballot = a_keyword("ballot")

    assert form_reasons(ELECTION, ballot, trap, form="election ballot") == []
