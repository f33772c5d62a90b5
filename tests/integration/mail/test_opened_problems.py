"""Who runs the program is told of problems, once as they open and once as they end."""

from __future__ import annotations

import pytest

from domain.subscriber import AtOnce, WhenEmpty
from scheduler.upkeep import refused_edit
from tests.builders import a_problem, a_visit
from tests.integration.mail.mailings import a_desk, a_reader, on_the_next_morning, to
from tests.integration.storage.saving import FEED, save


@pytest.fixture
def desk(tmp_path, post_office):
    """A desk with one reader, of whom nobody has heard yet."""
    with a_desk(tmp_path, post_office()) as desk:
        yield desk


@pytest.fixture
def morning(desk):
    """The desk on the next day, with news; its first digest, on the day before, held none."""
    return on_the_next_morning(desk)


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


@pytest.mark.parametrize(
    ("runs_it", "lines"),
    [
        (
            True,
            ["Problem: edit_refused, configuration: the daemon goes on without the"],
        ),
        (False, []),
    ],
)
def test_an_edit_that_was_not_taken_on_is_told_to_those_who_run_the_program(
    morning, runs_it, lines
):
    morning.readers = [a_reader(problems=runs_it)]
    morning.refused = (refused_edit(["settings.toml:3: unknown key"], now=morning.now),)
    morning.send()

    assert problem_lines(morning.mails[0]) == lines


def test_an_edit_that_was_not_taken_on_is_told_once_and_so_is_its_end(morning):
    morning.readers = [a_reader(problems=True)]
    morning.refused = (refused_edit(["settings.toml:3: unknown key"], now=morning.now),)
    morning.send()
    morning.later(days=1)
    morning.send()
    morning.refused = ()
    morning.later(days=1)
    morning.send()

    assert [len(problem_lines(mail)) for mail in morning.mails] == [1, 0, 1]
    assert "No longer a problem: edit_refused, configuration." in morning.mails[2].get_content()


def test_an_edit_that_was_not_taken_on_is_told_at_once_to_whoever_wants_that(morning):
    at_once = AtOnce(countries=(), problems=True, channels=())
    morning.readers = [a_reader(problems=True, alerts=at_once)]
    morning.send()
    morning.post.handler.received.clear()
    morning.refused = (refused_edit(["settings.toml:3: unknown key"], now=morning.now),)
    morning.later(hours=2)
    morning.alert()

    assert problem_lines(morning.mails[0])[0].startswith("Problem: edit_refused, configuration:")
