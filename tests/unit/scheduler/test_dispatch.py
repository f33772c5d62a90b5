"""What a reader is told, of all that is held."""

from datetime import UTC, time, timedelta

import pytest

from domain.subscriber import MailFormat, Subscriber, SubscriberId, WhenEmpty
from scheduler.dispatch import first_seen, untold
from tests.builders import a_source
from tests.unit.digest.stories import (
    ELECTIONS,
    NOW,
    SANCTIONS,
    a_state,
    a_stored_release,
    a_story,
    a_titled_release,
)

FRENCH = a_story(a_titled_release("Vote", id="fr", story_id="fr", country="FR", language="fr"))
POLISH = a_story(a_titled_release("Vote", id="pl", story_id="pl", country="PL", language="pl"))


class Judgements:
    """Remembers how many texts the keywords judged before they were edited."""

    def __init__(self, unjudged):
        self.unjudged = unjudged

    def left(self, rules):
        return self.unjudged


class HeldStories:
    """A store that holds stories by topic; remembers who and since when was asked about."""

    def __init__(self, *, unjudged=0, **stories):
        self.judgements = Judgements(unjudged)
        self.stories = stories
        self.asked = []

    def feed_states(self):
        return {"xx_economy/news": a_state()}

    def untold_stories(self, topic, *, subscriber):
        self.asked.append((topic, subscriber))
        return self.stories[topic]

    def matched_stories(self, topic, *, since):
        self.asked.append((topic, since))
        return self.stories[topic]


def a_subscriber(**changes):
    values = {
        "id": SubscriberId("desk"),
        "to": ("desk@example.org",),
        "topics": ("elections", "sanctions"),
        "elections": None,
        "countries": None,
        "languages": None,
        "at": time(7),
        "days": (0,),
        "zone": "Europe/Warsaw",
        "when_empty": WhenEmpty.SHORT,
        "format": MailFormat.TEXT,
        "problems": False,
    }
    return Subscriber(**values | changes)


def told(store, **wishes):
    """The digest of a subscriber with these wishes."""
    return untold(
        a_subscriber(**wishes),
        store=store,
        topics=(ELECTIONS, SANCTIONS),
        sources=(a_source(),),
        now=NOW,
    )


def ids(digest):
    return [
        story.release.id
        for chapter in digest.chapters
        for section in chapter.sections
        for story in section.stories
    ]


def test_one_digest_holds_all_topics_of_a_subscriber():
    digest = told(HeldStories(elections=[FRENCH], sanctions=[POLISH]))

    assert [chapter.topic.title for chapter in digest.chapters] == ["Elections", "Sanctions"]
    assert ids(digest) == ["fr", "pl"]
    assert (digest.watched, digest.since, str(digest.zone)) == (1, None, "Europe/Warsaw")


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({"topics": ("sanctions",)}, ["pl"]),
        ({"countries": ("FR",)}, ["fr"]),
        ({"languages": ("pl",)}, ["pl"]),
        ({"countries": ("FR",), "languages": ("pl",)}, []),
    ],
)
def test_a_subscriber_is_told_what_he_wishes_to_read(wishes, expected):
    store = HeldStories(elections=[FRENCH], sanctions=[POLISH])

    assert ids(told(store, **wishes)) == expected


def test_only_the_subscriber_himself_decides_what_was_told():
    store = HeldStories(elections=[], sanctions=[])
    told(store)

    assert store.asked == [("elections", "desk"), ("sanctions", "desk")]


def test_a_wish_that_cannot_be_granted_is_said_in_the_digest():
    digest = told(HeldStories(elections=[], sanctions=[]), elections=("ru-2024",))

    assert digest.notes == (
        "This digest tells of all elections: the choice of ru-2024 has no effect yet.",
    )


def test_whatever_was_first_seen_lately_is_one_digest_for_nobody_in_particular():
    store = HeldStories(elections=[FRENCH], sanctions=[a_story(a_stored_release(id="xx"))])
    since = NOW - timedelta(days=7)
    digest = first_seen(
        since, store=store, topics=(ELECTIONS, SANCTIONS), sources=(a_source(),), now=NOW
    )

    assert ids(digest) == ["fr", "xx"]
    assert (digest.since, digest.zone) == (since, UTC)
    assert store.asked == [("elections", since), ("sanctions", since)]


def test_a_digest_says_what_edited_keywords_have_not_judged_yet():
    digest = told(HeldStories(elections=[], sanctions=[], unjudged=2000))

    assert digest.notes == ("Keywords edited: 2,000 stored texts not yet judged again.",)
