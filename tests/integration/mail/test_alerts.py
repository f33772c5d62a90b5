"""What is told at once: what, to whom, how often, and how that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.poll import Code
from domain.subscriber import AtOnce, WhenEmpty
from storage.store import Store
from tests.builders import NOW, a_failed_visit, a_problem, a_visit
from tests.integration.mail.mailings import Desk, a_reader
from tests.integration.storage.saving import FEED, SOURCES, save


def wishes(**changes):
    return AtOnce(**{"countries": None, "problems": False, "channels": ()} | changes)


def a_hasty_reader(**changes):
    """Wants at once what matches, and a mail in the morning only where there is news."""
    return a_reader(alerts=wishes(**changes), when_empty=WhenEmpty.NONE, problems=True)


@pytest.fixture
def desk(sqlite_url, post_office):
    """A desk that was mailed this morning, one of whose readers wants to be told at once."""
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post_office())
        desk.readers = [a_hasty_reader()]
        desk.finds("Vote long ago")
        desk.send()
        desk.later(minutes=5)
        yield desk


def subjects(desk):
    return [mail["Subject"] for mail in desk.mails]


def lines(desk, word):
    """The lines of each mail with a word."""
    return [
        [line.strip() for line in mail.get_content().splitlines() if word in line]
        for mail in desk.mails
    ]


def is_refused(desk, code=Code.FEED_REFUSED, place="xx_economy/news"):
    """A feed's host says no, or whatever else is wrong at once."""
    problem = a_problem(code=code, place=place)
    save(desk.store, a_failed_visit(problem, feed=FEED, finished_at=desk.now))


def does_not_answer(desk):
    """A feed gives no answer, and is asked again after a while."""
    problem = a_problem(code=Code.FEED_UNREACHABLE, place="xx_economy/news", is_patient=True)
    save(desk.store, a_failed_visit(problem, feed=FEED, finished_at=desk.now))
    desk.alert()
    desk.later(minutes=10)


def works_again(desk):
    save(desk.store, a_visit(feed=FEED, finished_at=desk.now))


def test_a_new_story_is_told_at_once(desk):
    desk.finds("Vote in Poland")
    desk.alert()

    assert subjects(desk) == ["Alert: Elections"]
    assert desk.told == [["Vote in Poland"]]


def test_what_was_told_at_once_is_not_told_at_once_again(desk):
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(hours=2)
    desk.alert()

    assert len(desk.mails) == 1


def test_the_next_digest_holds_it_too_and_says_when_it_was_sent(desk):
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(days=1)
    desk.send()

    assert subjects(desk) == ["Alert: Elections", "Elections: 1 story, 19 March 2024"]
    assert lines(desk, "sent at once on")[1] == ["Also sent at once on 18 March 2024 at 09:05"]


def test_what_a_digest_told_is_not_told_at_once(desk):
    desk.later(days=1)
    desk.finds("Vote in Poland")
    desk.send()
    desk.alert()

    assert subjects(desk) == ["Elections: 1 story, 19 March 2024"]


def test_whoever_was_never_met_is_told_nothing_at_once(desk):
    desk.readers = [a_reader(id="newcomer", alerts=wishes())]
    desk.finds("Vote in Poland")
    desk.alert()

    assert desk.mails == []


def test_whoever_has_not_asked_is_told_nothing_at_once(desk):
    desk.readers = [a_reader()]
    desk.finds("Vote in Poland")
    desk.alert()

    assert desk.mails == []


@pytest.mark.parametrize(("countries", "mails"), [(("FR",), 1), (("PL", "DE"), 0), ((), 0)])
def test_only_stories_of_the_chosen_states_are_told_at_once(desk, countries, mails):
    desk.readers = [a_hasty_reader(countries=countries)]
    desk.finds("Vote in Poland")
    desk.alert()

    assert len(desk.mails) == mails


def test_what_its_source_dates_days_ago_is_left_to_the_digest(desk):
    desk.finds("Vote in Poland", published_at=desk.now - timedelta(days=3))
    desk.alert()

    assert desk.mails == []


def test_what_was_found_days_ago_is_left_to_the_digest(desk):
    desk.finds("Vote in Poland", published_at=None)
    desk.later(days=3)
    desk.alert()

    assert desk.mails == []


def test_the_same_words_at_another_address_are_no_second_alert(desk):
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(hours=2)
    desk.finds("Vote in Poland")
    desk.alert()

    assert len(desk.mails) == 1


def test_a_burst_of_stories_is_one_alert_and_the_next_comes_after_a_pause(desk):
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(minutes=1)
    desk.finds("Vote in Japan")
    desk.alert()
    desk.later(minutes=58)
    desk.finds("Vote in Chad")
    desk.alert()
    desk.later(minutes=1)
    desk.alert()

    assert desk.told == [["Vote in Poland"], ["Vote in Chad", "Vote in Japan"]]


def test_alerts_of_a_topic_are_one_thread(desk):
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(hours=1)
    desk.finds("Vote in Japan")
    desk.alert()
    first, second = desk.mails

    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]


def test_two_senders_send_one_alert(desk, sqlite_url):
    desk.finds("Vote in Poland")
    with Store.open(sqlite_url, now=NOW) as other:
        beside = Desk(other, desk.post)
        beside.readers, beside.now = desk.readers, desk.now
        beside.alert()
        desk.alert()

    assert len(desk.mails) == 1


def test_after_a_restart_nothing_is_told_at_once_again(desk, sqlite_url):
    desk.finds("Vote in Poland")
    is_refused(desk)
    desk.readers = [a_hasty_reader(problems=True)]
    desk.alert()
    desk.later(days=1)
    with Store.open(sqlite_url, now=NOW) as again:
        restarted = Desk(again, desk.post)
        restarted.readers, restarted.now = desk.readers, desk.now
        restarted.alert()

    assert subjects(desk) == ["Alert: Elections", "Alert: problems"]


def test_a_problem_is_told_at_once_when_it_opens_and_when_it_is_over_and_never_again(desk):
    desk.readers = [a_hasty_reader(countries=(), problems=True)]
    is_refused(desk)
    desk.alert()
    desk.later(hours=2)
    is_refused(desk)
    desk.alert()
    works_again(desk)
    desk.alert()
    desk.later(days=1)
    desk.send()

    assert subjects(desk) == ["Alert: problems", "Alert: problems"]
    assert lines(desk, "problem") == [
        ["1 problem opened", "No digest repeats this. pollwatch problems list shows what is open."],
        [
            "1 problem is over",
            "No longer a problem: feed_refused, xx_economy/news.",
            "No digest repeats this. pollwatch problems list shows what is open.",
        ],
    ]


def test_a_burst_of_problems_is_one_alert(desk):
    desk.readers = [a_hasty_reader(countries=(), problems=True)]
    problems = [
        a_problem(code=Code.RELEASE_WITHOUT_TITLE, place=f"https://press.economy.example/{number}")
        for number in range(300)
    ]
    save(desk.store, a_visit(feed=FEED, finished_at=desk.now, problems=tuple(problems)))
    desk.alert()
    desk.later(minutes=30)
    is_refused(desk)
    desk.alert()

    assert lines(desk, "opened") == [["300 problems opened"]]
    assert len(lines(desk, "Problem:")[0]) == 20


def test_a_hiccup_is_no_alert(desk):
    desk.readers = [a_hasty_reader(countries=(), problems=True)]
    does_not_answer(desk)
    does_not_answer(desk)
    does_not_answer(desk)
    works_again(desk)
    desk.alert()

    assert desk.mails == []


def test_a_problem_that_passes_within_the_pause_is_told_to_nobody(desk):
    desk.readers = [a_hasty_reader(countries=(), problems=True)]
    is_refused(desk)
    desk.alert()
    desk.later(minutes=1)
    is_refused(desk, code=Code.LISTING_EMPTY)
    desk.alert()
    works_again(desk)
    desk.later(hours=1)
    desk.alert()

    assert lines(desk, "listing_empty") == [[], []]


def test_an_address_that_takes_no_alert_leaves_all_of_it_to_the_digest(desk):
    desk.readers = [a_reader(to=("nobody@example.org",), alerts=wishes())]
    desk.finds("Vote in Poland")
    desk.alert()
    desk.readers = [a_reader(to=("desk@example.org",))]
    desk.later(days=1)
    desk.send()

    assert subjects(desk) == ["Elections: 1 story, 19 March 2024"]
    assert lines(desk, "at once") == [[]]


def test_problems_that_did_not_arrive_stand_in_the_digest(desk):
    told_at_once = wishes(countries=(), problems=True)
    desk.readers = [a_reader(to=("nobody@example.org",), problems=True, alerts=told_at_once)]
    is_refused(desk)
    desk.alert()
    desk.readers = [a_reader(to=("desk@example.org",), problems=True)]
    desk.later(days=1)
    desk.send()

    assert lines(desk, "feed_refused") == [
        ["Problem: feed_refused, xx_economy/news: The listing holds no entries."]
    ]


def test_a_channel_gets_the_alert_in_short_besides_the_mail(desk):
    desk.readers = [a_hasty_reader(channels=("chat",))]
    desk.finds("Vote in Poland")
    desk.alert()

    assert desk.arrived == ["desk"]
    [(channel, words)] = desk.noted
    assert (channel, words.splitlines()) == (
        "chat",
        [
            "Vote in Poland",
            "Ministry of Economy, France · 18 March 2024",
            "https://press.economy.example/news/2",
        ],
    )


def test_digests_go_through_no_channel(desk):
    desk.readers = [a_hasty_reader(countries=("PL",), channels=("chat",))]
    desk.finds("Vote in Poland")
    desk.later(days=1)
    desk.send()

    assert (desk.arrived, desk.noted) == (["desk"], [])


def test_a_dead_channel_keeps_no_mail_back_and_is_given_up_after_hours(desk):
    desk.readers = [a_hasty_reader(channels=("chat", "phone"))]
    desk.dead_channels = ("chat",)
    desk.finds("Vote in Poland")
    desk.alert()
    desk.later(hours=6)
    desk.alert()

    assert desk.arrived == ["desk"]
    assert [name for name, _ in desk.noted] == ["phone"]
    [problem] = desk.store.problems(include_closed=False)
    assert (problem.code, problem.place, problem.detail) == (
        Code.DELIVERY_FAILED,
        "chat",
        "An alert for the subscriber desk was given up: The channel chat answered 500",
    )


def test_a_dead_mail_server_keeps_no_channel_back(desk):
    desk.readers = [a_hasty_reader(channels=("chat",))]
    desk.server = desk.post.told(port=1)
    desk.finds("Vote in Poland")
    sent = desk.alert()

    assert sent.trouble is not None
    assert [name for name, _ in desk.noted] == ["chat"]


def test_whoever_takes_leave_is_told_nothing_at_once_either(desk):
    desk.readers = [a_hasty_reader(channels=("chat",))]
    desk.store.deliveries.stop("desk", now=desk.now)
    desk.finds("Vote in Poland")
    desk.alert()

    assert (desk.arrived, desk.noted) == ([], [])


def test_a_title_with_line_breaks_gets_into_no_header(desk):
    desk.readers = [a_hasty_reader(channels=("chat",))]
    desk.finds("Vote\r\nBcc: victim@example.org\r\n\r\n@everyone <!channel> [here](https://evil)")
    desk.alert()
    [mail] = desk.mails

    assert mail["Bcc"] is None
    assert mail["Subject"] == "Alert: Elections"
    assert desk.noted[0][1].splitlines()[0] == (
        "Vote Bcc: victim@\u2060example.org @\u2060everyone ‹!channel› (here)(https://evil)"
    )
