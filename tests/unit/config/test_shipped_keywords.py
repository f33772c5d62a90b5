"""Do the keyword files that come with the program do what their own examples say?"""

import pytest

from analysis.keywords import compile_topics
from domain.topic import Example
from pollwatch.loading import load

# Sources have tests of their own.
TOPICS = load(None, environ={"POLLWATCH_SOURCES__SHIPPED": "false"}).topics
KEYWORDS = compile_topics(TOPICS)
ELECTIONS = next(topic for topic in TOPICS if topic.id == "elections")
EXPECTED_LANGUAGES = "any ar cs de en es fr it ja lt nl pl ru sv uk".split()


def in_or_out(example: Example) -> str:
    return f"{example.language}-{'in' if example.is_match else 'out'}-{example.line}"


def test_fifteen_keyword_files_are_shipped_for_elections():
    languages = {keyword.language for keyword in ELECTIONS.keywords}

    assert sorted(languages) == EXPECTED_LANGUAGES


@pytest.mark.parametrize("language", sorted(set(EXPECTED_LANGUAGES) - {"any"}))
def test_a_language_has_fifteen_examples_or_more(language: str):
    examples = [each for each in ELECTIONS.examples if each.language == language]

    assert len(examples) >= 15


@pytest.mark.parametrize("example", ELECTIONS.examples, ids=in_or_out)
def test_an_example_is_judged_as_its_file_says(example: Example):
    matches = KEYWORDS.match(example.text, "", example.language)

    assert any(match.is_match for match in matches) is example.is_match


@pytest.mark.parametrize("example", ELECTIONS.examples, ids=in_or_out)
def test_an_example_of_a_lead_is_judged_like_one_of_a_title(example: Example):
    matches = KEYWORDS.match("", example.text, example.language)

    assert any(match.is_match for match in matches) is example.is_match
