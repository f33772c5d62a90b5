"""Digests on their way: when they are made, what they tell, and how they end."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import DeliveryError
from domain.subscriber import SubscriberId, WhenEmpty
from storage.store import Store
from tests.builders import NOW, a_problem, a_visit
from tests.integration.mail.conftest import LOOPBACK
from tests.integration.mail.mailings import Desk, a_reader
from tests.integration.storage.saving import FEED, SOURCES, save


@pytest.fixture
def desk(tmp_path, post_office):
    """A desk with one reader, of whom nobody has heard yet; everything else is old to him."""
    with Store.open(f"sqlite:///{tmp_path}/pollwatch.db", now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post_office())
        desk.finds("Vote long ago")
        yield desk


@pytest.fixture
def morning(desk):
    """The desk on the next day, with news; its first digest, on the day before, held none."""
    desk.send()
    desk.post.handler.received.clear()
    desk.later(days=1)
    desk.finds("Vote in France")
    return desk


def to(*names, **wishes):
    return a_reader(to=tuple(f"{name}@example.org" for name in names), **wishes)


def test_the_first_digest_holds_nothing_old_and_proves_that_the_watch_lives(desk):
    desk.send()
    [mail] = desk.mails

    assert mail["Subject"] == "Elections: 0 stories, 18 March 2024"
    assert "Nothing new matched." in mail.get_content()


def test_the_first_digest_holds_old_matches_as_far_back_as_the_backlog(desk):
    desk.later(days=2)
    desk.finds("Vote of yesterday")
    desk.later(days=1)
    desk.backlog = timedelta(days=2)
    desk.send()

    assert desk.told == [["Vote of yesterday"]]


def test_before_anything_was_collected_nobody_is_mailed(tmp_path, post_office):
    with Store.open(f"sqlite:///{tmp_path}/empty.db", now=NOW) as store:
        desk = Desk(store, post_office())
        desk.send()

    assert desk.arrived == []


def test_what_was_found_since_is_told_once(morning):
    morning.send()
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == [
        "Elections: 1 story, 19 March 2024",
        "Elections: 0 stories, 20 March 2024",
    ]


def test_a_digest_is_sent_once_however_often_one_asks(morning):
    morning.send()
    again = morning.send()

    assert (len(morning.arrived), again.digests, again.delivered) == (1, 0, [])


def test_before_the_hour_nothing_is_sent(morning):
    morning.now = morning.now.replace(hour=6, minute=59)
    morning.send()

    assert morning.arrived == []


def test_after_three_days_without_power_there_is_one_longer_digest(morning):
    morning.later(days=3)
    morning.finds("Vote in Poland")
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == ["Elections: 2 stories, 22 March 2024"]


def test_whoever_wants_no_empty_digest_gets_none(morning):
    morning.readers = [a_reader(when_empty=WhenEmpty.NONE)]
    morning.send()
    morning.later(days=1)
    morning.send()

    assert len(morning.arrived) == 1


def test_each_subscriber_is_told_what_he_chose(morning):
    morning.readers = [
        to("french", id=SubscriberId("french"), countries=("FR",)),
        to("polish", id=SubscriberId("polish"), countries=("PL",)),
    ]
    morning.send()
    morning.later(days=1)
    morning.finds("Vote of the next day")
    morning.send()

    assert [mail["Subject"].partition(",")[0] for mail in morning.mails] == [
        "Elections: 0 stories",
        "Elections: 0 stories",
        "Elections: 1 story",
        "Elections: 0 stories",
    ]


def test_several_addresses_are_separate_mails(morning):
    morning.readers = [to("desk", "boss", "desk")]
    morning.send()

    assert [one.rcpt_tos for one in morning.post.handler.received] == [
        ["desk@example.org"],
        ["boss@example.org"],
    ]
    assert len({mail["Message-ID"] for mail in morning.mails}) == 2


def test_an_address_that_is_refused_for_good_is_given_up_and_the_others_are_served(morning):
    morning.readers = [to("nobody", "desk")]
    sent = morning.send()

    assert morning.states()[1:] == [("nobody", "given_up"), ("desk", "delivered")]
    assert "550 5.1.1 no such person" in sent.given_up[0].answer


def test_a_digest_that_was_given_up_is_told_by_the_next(morning):
    morning.readers = [to("nobody")]
    morning.send()
    morning.readers = [to("desk")]
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == ["Elections: 1 story, 20 March 2024"]


def test_what_came_to_one_of_two_addresses_is_told(morning):
    morning.readers = [to("nobody", "desk")]
    morning.send()
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == [
        "Elections: 1 story, 19 March 2024",
        "Elections: 0 stories, 20 March 2024",
    ]


def test_a_digest_that_was_given_up_is_a_problem_until_one_arrives(morning):
    morning.readers = [to("nobody")]
    morning.send()
    [problem] = morning.store.problems(include_closed=False)
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert (problem.code, problem.place) == ("delivery_failed", "nobody@example.org")
    assert "550 5.1.1 no such person" in problem.detail
    assert morning.store.problems(include_closed=False) == ()


def test_an_address_that_leaves_the_file_is_no_problem_any_more(morning):
    morning.readers = [to("nobody")]
    morning.send()
    morning.readers = [to("desk")]
    morning.send()

    assert morning.store.problems(include_closed=True) == ()


@pytest.mark.parametrize("name", ["later", "broken", "slow"])
def test_a_mail_that_is_put_off_goes_out_later_with_the_same_bytes(morning, name):
    morning.readers = [to(name)]
    sent = morning.send()
    kept = morning.store.deliveries.find(sent.waiting[0].id)
    morning.post.handler.is_mended = True
    morning.finds("Vote that came meanwhile")
    morning.later(hours=1)
    morning.send()

    assert [one.original_content for one in morning.post.handler.received] == [kept[1]]
    assert morning.mails[0]["Message-ID"] == kept[0].message_id


def test_the_pauses_double_up_to_an_hour(morning):
    morning.readers = [to("later")]
    pauses = [pause_after_trying(morning) for _ in range(6)]

    assert pauses == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 60, 60)]


def pause_after_trying(desk):
    [waiting] = desk.send(hurry=False).waiting
    pause = waiting.next_attempt_at - desk.now
    desk.now = waiting.next_attempt_at
    return pause


def test_before_the_pause_is_over_only_a_hurried_pass_tries_again(morning):
    morning.readers = [to("later")]
    morning.send()
    morning.post.handler.is_mended = True
    patient = morning.send(hurry=False)
    hurried = morning.send(hurry=True)

    assert (len(patient.delivered), len(hurried.delivered)) == (0, 1)


def test_one_that_is_put_off_for_five_days_is_given_up(morning):
    morning.readers = [to("later")]
    morning.send()
    morning.later(days=4, hours=23)
    before = morning.states()[1]
    morning.send()
    morning.later(hours=1)
    morning.send()

    assert (before, morning.states()[1]) == (("later", "waiting"), ("later", "given_up"))


def test_a_server_that_is_down_for_a_week_costs_nobody_a_digest(morning):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        server, morning.server = (
            morning.server,
            replace(morning.server, port=taken.getsockname()[1]),
        )
        sent = morning.send()
        morning.later(days=7)
        morning.send()
    morning.server = server
    morning.send()

    assert "Connection refused" in str(sent.trouble)
    assert [mail["Subject"] for mail in morning.mails] == [
        "Elections: 1 story, 19 March 2024",
        "Elections: 0 stories, 26 March 2024",
    ]


def test_where_nobodys_mail_is_taken_the_server_is_asked_once(morning):
    morning.readers = [to("stranger", "desk")]
    sent = morning.send()
    patient = morning.send(hurry=False)

    assert "530 5.7.0 sign in first" in str(sent.trouble)
    assert (len(sent.waiting), morning.arrived) == (2, [])
    assert patient.trouble is None


def test_no_more_than_so_many_an_hour_are_sent_and_the_rest_an_hour_later(morning):
    morning.per_hour = 2
    morning.readers = [to("a", "b", "c")]
    first = morning.send()
    morning.later(minutes=59)
    morning.send()
    before = list(morning.arrived)
    morning.later(minutes=1)
    morning.send()

    assert len(first.waiting) == 1
    assert (before, morning.arrived) == (["a", "b"], ["a", "b", "c"])


def test_what_another_living_sender_is_at_is_left_to_it(morning, tmp_path):
    morning.readers = [to("later", "desk")]
    morning.send()
    with Store.open(f"sqlite:///{tmp_path}/pollwatch.db", now=NOW) as another:
        another.deliveries.claim(now=morning.now, per_hour=60, hurry=True, but_not=())
        while_it_lives = morning.send()
    morning.post.handler.is_mended = True
    after_its_death = morning.send()

    assert while_it_lives.delivered == []
    assert [one.address for one in after_its_death.delivered] == ["later@example.org"]


def test_a_digest_that_cannot_be_written_costs_no_other_reader_his(morning):
    morning.readers = [
        a_reader(id=SubscriberId("odd"), to=("ü@example.org",)),
        to("desk"),
    ]
    sent = morning.send()

    assert [one.subscriber for one in sent.unmade] == ["odd"]
    assert morning.arrived == ["desk"]


def test_a_clock_that_was_ahead_sends_no_day_twice(morning):
    morning.send()
    morning.later(days=10)
    morning.send()
    morning.later(days=-10)
    morning.send()

    assert [mail["Subject"][-13:] for mail in morning.mails] == ["19 March 2024", "29 March 2024"]


def test_a_mail_that_was_put_off_by_a_clock_far_ahead_goes_out_when_it_is_put_back(morning):
    morning.readers = [to("later")]
    morning.later(days=3650)
    morning.send()
    morning.later(days=-3650)
    morning.post.handler.is_mended = True
    morning.send(hurry=False)

    assert morning.states()[1] == ("later", "delivered")


def test_what_came_to_no_address_is_news_when_the_one_it_waited_for_is_stopped(morning):
    morning.readers = [to("nobody", "later")]
    morning.send()
    morning.store.deliveries.stop(
        SubscriberId("desk"), address="later@example.org", now=morning.now
    )
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == ["Elections: 1 story, 20 March 2024"]


def test_who_stopped_gets_nothing_and_what_waits_is_withdrawn(morning):
    morning.readers = [to("later")]
    morning.send()
    morning.store.deliveries.stop(SubscriberId("desk"), now=morning.now)
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert morning.arrived == []
    assert morning.states()[1:] == [("later", "withdrawn")]


def test_the_token_of_a_mail_stops_its_address_alone(morning):
    morning.unsubscribe_url = "https://example.org/out"
    morning.readers = [to("a", "b")]
    morning.send()
    token = morning.mails[0]["List-Unsubscribe"].rpartition("token=")[2].rstrip(">")
    morning.store.deliveries.stop_by(token, now=morning.now)
    morning.later(days=1)
    morning.send()

    assert morning.arrived == ["a", "b", "b"]


def test_a_token_that_nobody_was_mailed_stops_nobody(morning):
    morning.store.deliveries.stop_by("0" * 40, now=morning.now)
    morning.send()

    assert morning.arrived == ["desk"]


def test_who_mends_is_told_of_a_problem_once_at_its_opening_and_once_at_its_end(morning):
    morning.readers = [a_reader(problems=True)]
    save(morning.store, a_visit(problems=(a_problem(),), finished_at=morning.now))
    morning.send()
    morning.later(days=1)
    morning.send()
    morning.later(days=1)
    save(morning.store, a_visit(feed=FEED, finished_at=morning.now))
    morning.send()
    morning.later(days=1)
    morning.send()

    assert [problem_lines(mail) for mail in morning.mails] == [
        ["Problem: listing_empty, xx_economy/news: The listing holds no entries."],
        [],
        ["No longer a problem: listing_empty, xx_economy/news."],
        [],
    ]


def problem_lines(mail):
    return [line for line in mail.get_content().splitlines() if "roblem:" in line]


def test_the_opening_of_a_problem_is_worth_a_mail_to_who_wants_no_empty_ones(desk):
    desk.readers = [a_reader(problems=True, when_empty=WhenEmpty.NONE)]
    desk.send()
    desk.later(days=1)
    save(desk.store, a_visit(problems=(a_problem(),), finished_at=desk.now))
    desk.send()

    assert len(desk.mails) == 1


def test_a_mail_that_never_came_has_told_of_no_problem(morning):
    morning.readers = [to("nobody", problems=True)]
    save(morning.store, a_visit(problems=(a_problem(),), finished_at=morning.now))
    morning.send()
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert "Problem: listing_empty" in morning.mails[0].get_content()


def test_an_error_of_delivery_says_what_to_do(morning):
    morning.readers = [to("stranger")]
    trouble = morning.send().trouble

    assert isinstance(trouble, DeliveryError)
    assert trouble.next_step


@pytest.mark.parametrize(("runs_it", "times"), [(True, 1), (False, 0)])
def test_what_was_not_taken_on_is_told_to_those_who_run_the_program(morning, runs_it, times):
    morning.readers = [a_reader(problems=runs_it)]
    morning.remarks = ("An edit was not taken on.",)
    morning.send()
    [mail] = morning.mails

    assert mail.get_content().count("An edit was not taken on.") == times
