"""Which stories a subscriber wants."""

from datetime import time

import pytest

from digest.wanted import unheeded, wanted
from domain.subscriber import MailFormat, Subscriber, SubscriberId, WhenEmpty
from tests.unit.digest.stories import a_stored_release, a_story

POLISH = a_story(
    a_stored_release(country="PL", language="pl"), a_stored_release(country="PL", language="en")
)


def a_subscriber(*, elections=None, countries=None, languages=None):
    return Subscriber(
        id=SubscriberId("desk"),
        to=("desk@example.org",),
        topics=("elections",),
        elections=elections,
        countries=countries,
        languages=languages,
        at=time(7),
        days=(0,),
        zone="UTC",
        when_empty=WhenEmpty.SHORT,
        format=MailFormat.TEXT,
        problems=False,
    )


@pytest.mark.parametrize(
    ("countries", "languages"),
    [(None, None), (("PL", "DE"), None), (None, ("en", "de")), (("PL",), ("pl",))],
)
def test_a_story_is_wanted_for_one_of_its_releases(countries, languages):
    subscriber = a_subscriber(countries=countries, languages=languages)

    assert wanted([POLISH], subscriber) == (POLISH,)


@pytest.mark.parametrize(
    ("countries", "languages"), [(("DE",), None), (None, ("de",)), (("PL",), ("de",))]
)
def test_a_story_of_other_countries_or_languages_is_not_wanted(countries, languages):
    assert wanted([POLISH], a_subscriber(countries=countries, languages=languages)) == ()


def test_a_text_in_an_unknown_language_is_rather_read_than_missed():
    story = a_story(a_stored_release(language=None))

    assert wanted([story], a_subscriber(languages=("de",))) == (story,)


def test_a_choice_of_elections_is_not_ignored_in_silence():
    assert unheeded(a_subscriber(elections=("ru-2024", "pl-2025"))) == (
        "This digest tells of all elections: the choice of ru-2024, pl-2025 has no effect yet.",
    )


def test_who_wants_all_elections_is_told_of_no_gap():
    assert unheeded(a_subscriber()) == ()
