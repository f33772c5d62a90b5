from datetime import time

import pytest

from domain.subscriber import AtOnce, MailFormat, Subscriber, WhenEmpty
from pollwatch.loading import plain_yaml
from pollwatch.loading.subscribers import read_subscribers

TOPICS = ("elections", "sport")
CHANNELS = ("chat", "phone")


def document(text):
    return plain_yaml.read(text.encode(), file="subscribers.yaml")


def subscribers(text):
    read, mistakes = read_subscribers(document(text), topics=TOPICS, channels=CHANNELS)
    assert mistakes == ()
    return read


def mistakes(text):
    _, found = read_subscribers(document(text), topics=TOPICS, channels=CHANNELS)
    return [str(mistake) for mistake in found]


@pytest.mark.parametrize("text", ["", "subscribers: []\n"])
def test_there_may_be_no_subscribers(text):
    assert subscribers(text) == ()


def test_a_subscriber_is_read_whole():
    text = (
        "subscribers: [{id: desk, to: desk@example.org, topics: [elections], elections: all, "
        'countries: [PL, EU], languages: [pl, en], at: "07:30", days: mon-fri, '
        "zone: Europe/Warsaw, when_empty: none, format: text, problems: true}]\n"
    )

    assert subscribers(text) == (
        Subscriber(
            id="desk",
            to=("desk@example.org",),
            topics=("elections",),
            elections=None,
            countries=("PL", "EU"),
            languages=("pl", "en"),
            at=time(7, 30),
            days=(0, 1, 2, 3, 4),
            zone="Europe/Warsaw",
            when_empty=WhenEmpty.NONE,
            format=MailFormat.TEXT,
            problems=True,
        ),
    )


def test_what_a_subscriber_leaves_out_has_defaults():
    assert subscribers("subscribers: [{id: desk, to: desk@example.org}]\n") == (
        Subscriber(
            id="desk",
            to=("desk@example.org",),
            topics=("elections", "sport"),
            elections=None,
            countries=None,
            languages=None,
            at=time(7),
            days=(0, 1, 2, 3, 4, 5, 6),
            zone="UTC",
            when_empty=WhenEmpty.SHORT,
            format=MailFormat.HTML,
            problems=False,
        ),
    )


def test_a_time_needs_no_quotes():
    assert subscribers("subscribers:\n  - id: a\n    to: a@b.c\n    at: 12:30\n")[0].at == time(
        12, 30
    )


def test_a_subscriber_may_have_several_addresses():
    assert subscribers("subscribers: [{id: a, to: [a@b.c, d@e.f]}]\n")[0].to == ("a@b.c", "d@e.f")


def test_days_may_be_a_list():
    assert subscribers("subscribers: [{id: a, to: a@b.c, days: [mon, fri]}]\n")[0].days == (0, 4)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("to: a@b.c", "1: 'id' is missing; write a line 'id: desk'"),
        ("id: a", "1: 'to' is missing; write a line 'to: desk@example.org'"),
        ("id: a, to: []", "1: to: the list is empty; write at least one"),
        (
            "id: a, to: a.b.c",
            "1: to: 'a.b.c' is no mail address; write one like desk@example.org",
        ),
        (
            'id: a, to: "a@b.c\\nBcc: d@e.f"',
            "1: to: 'a@b.c\\nBcc: d@e.f' is no mail address; write one like desk@example.org",
        ),
        (
            "id: a, to: a@b.c, topics: [election]",
            "1: topics: there is no topic 'election'; write 'elections' instead",
        ),
        (
            "id: a, to: a@b.c, problems: yes",
            "1: problems: 'yes' is not true or false; write true or false instead",
        ),
        (
            "id: a, to: a@b.c, zone: Warsaw",
            "1: zone: 'Warsaw' is no time zone; write Europe/Warsaw instead",
        ),
        (
            "id: a, to: a@b.c, when_empty: never",
            "1: when_empty: 'never' is not known; write one of these instead: short, none",
        ),
        (
            "id: a, to: a@b.c, format: htlm",
            "1: format: 'htlm' is not known; write 'html' instead",
        ),
        (
            "id: a, to: a@b.c, hour: 7",
            (
                "1: unknown key 'hour'; write one of these instead: id, to, topics, elections, "
                "countries, languages, at, days, zone, when_empty, format, problems, alerts"
            ),
        ),
    ],
)
def test_one_mistake_is_told_with_its_line_and_what_to_write(text, mistake):
    assert mistakes(f"subscribers: [{{{text}}}]\n") == [f"subscribers.yaml:{mistake}"]


@pytest.mark.parametrize(
    ("alerts", "wishes"),
    [
        ("countries: all", AtOnce(countries=None, problems=False, channels=())),
        (
            "countries: [PL, EU], channels: chat",
            AtOnce(countries=("PL", "EU"), problems=False, channels=("chat",)),
        ),
        (
            "problems: true, channels: [phone, chat]",
            AtOnce(countries=(), problems=True, channels=("phone", "chat")),
        ),
    ],
)
def test_a_subscriber_chooses_what_he_is_told_at_once(alerts, wishes):
    [subscriber] = subscribers(f"subscribers: [{{id: a, to: a@b.c, alerts: {{{alerts}}}}}]\n")

    assert subscriber.alerts == wishes


def test_who_is_told_of_problems_at_once_is_told_of_problems():
    [subscriber] = subscribers("subscribers: [{id: a, to: a@b.c, alerts: {problems: true}}]\n")

    assert subscriber.problems is True


@pytest.mark.parametrize(
    ("alerts", "mistake"),
    [
        (
            "{channels: chat}",
            "alerts: asks for nothing; write 'countries: all' or 'problems: true' under it",
        ),
        (
            "{countries: all, channels: caht}",
            ("channels: no channel 'caht' stands under [alerts.channels]; write 'chat' instead"),
        ),
        ("{countries: Poland}", "countries: 'Poland' is no country or body that we know; write"),
        ("true", "alerts: true is not a group of keys; write a group of keys instead"),
    ],
)
def test_wishes_that_cannot_be_granted_are_told_with_their_line(alerts, mistake):
    text = f"subscribers:\n  - id: a\n    to: a@b.c\n    alerts: {alerts}\n"
    [found] = mistakes(text)

    assert found.startswith(f"subscribers.yaml:4: {mistake}")


def test_two_subscribers_cannot_have_one_id():
    assert mistakes("subscribers:\n  - {id: a, to: a@b.c}\n  - {id: a, to: d@e.f}\n") == [
        "subscribers.yaml:3: id: 'a' stands here twice; write another name"
    ]
