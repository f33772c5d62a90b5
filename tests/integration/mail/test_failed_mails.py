"""Mails that do not arrive: put off, given up, and told by the next digest."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import DeliveryError
from tests.integration.mail.conftest import LOOPBACK
from tests.integration.mail.mailings import a_desk, on_the_next_morning, to


@pytest.fixture
def morning(tmp_path, post_office):
    """A desk with news, whose first digest, on the day before, held none."""
    with a_desk(tmp_path, post_office()) as desk:
        yield on_the_next_morning(desk)


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
    [waiting] = desk.send().waiting
    pause = waiting.next_attempt_at - desk.now
    desk.now = waiting.next_attempt_at
    return pause


def test_a_mail_that_was_put_off_is_tried_again_after_its_pause_however_often_one_asks(morning):
    morning.readers = [to("later")]
    first = morning.send()
    morning.post.handler.is_mended = True
    early = morning.send()
    morning.later(minutes=5)
    in_time = morning.send()

    assert (len(early.delivered), len(in_time.delivered)) == (0, 1)
    assert (len(first.put_off), len(early.put_off), len(early.waiting)) == (1, 0, 1)


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
    morning.later(hours=1)
    morning.send()

    assert "Connection refused" in str(sent.trouble)
    assert [mail["Subject"] for mail in morning.mails] == [
        "Elections: 1 story, 19 March 2024",
        "Elections: 0 stories, 26 March 2024",
    ]


def test_where_nobodys_mail_is_taken_the_server_is_asked_once(morning):
    morning.readers = [to("stranger", "desk")]
    sent = morning.send()
    patient = morning.send()

    assert "530 5.7.0 sign in first" in str(sent.trouble)
    assert (len(sent.waiting), morning.arrived) == (2, [])
    assert patient.trouble is None


def test_a_mail_that_was_put_off_by_a_clock_far_ahead_goes_out_when_it_is_put_back(morning):
    morning.readers = [to("later")]
    morning.later(days=3650)
    morning.send()
    morning.later(days=-3650)
    morning.post.handler.is_mended = True
    morning.send()

    assert morning.states()[1] == ("later", "delivered")


def test_an_error_of_delivery_says_what_to_do(morning):
    morning.readers = [to("stranger")]
    trouble = morning.send().trouble

    assert isinstance(trouble, DeliveryError)
    assert trouble.next_step
