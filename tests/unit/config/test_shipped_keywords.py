"""Do the keyword files that come with the program do what they say of themselves?"""

import pytest

from analysis.keywords import compile_topics, failing_examples, failing_forms
from domain.topic import Example
from pollwatch.loading import load

# Sources have tests of their own.
TOPICS = load(None, environ={"POLLWATCH_SOURCES__SHIPPED": "false"}).topics
KEYWORDS = compile_topics(TOPICS)
ELECTIONS = next(topic for topic in TOPICS if topic.id == "elections")
LANGUAGES = sorted({keyword.language for keyword in ELECTIONS.keywords} - {"any"})


def examples_of(language: str, *, is_match: bool | None = None) -> list[Example]:
    return [
        each
        for each in ELECTIONS.examples
        if each.language == language and is_match in (None, each.is_match)
    ]


def in_or_out(example: Example) -> str:
    return f"{example.language}-{'in' if example.is_match else 'out'}-{example.line}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_fifteen_examples_or_more(language: str):
    assert len(examples_of(language)) >= 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_the_examples_of_a_language_or_more_stay_out(language: str):
    assert 3 * len(examples_of(language, is_match=False)) >= len(examples_of(language))


def test_every_example_is_judged_as_its_file_says():
    assert [str(failure) for failure in failing_examples(TOPICS)] == []


def test_every_form_of_a_head_word_is_found():
    assert [str(failure) for failure in failing_forms(TOPICS)] == []


@pytest.mark.parametrize("example", ELECTIONS.examples, ids=in_or_out)
def test_an_example_of_a_lead_is_judged_like_one_of_a_title(example: Example):
    matches = KEYWORDS.match("", example.text, example.language)

    assert any(match.is_match for match in matches) is example.is_match
