import io
import json
import logging
import re

import pytest
import structlog

from pollwatch.logs import ROOMS, set_up


@pytest.fixture
def log():
    """A text that loggers write into; afterwards they are as they were before."""
    handlers = logging.getLogger().handlers
    levels = {name: logging.getLogger(name).level for name in ("", *ROOMS)}
    yield io.StringIO()
    logging.getLogger().handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


def lines(stream):
    return [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in stream.getvalue().splitlines()]


def test_a_line_is_time_level_event_and_facts(log):
    set_up("info", "text", stream=log)

    structlog.get_logger("scheduler").info("poll finished", feed="xx_economy/news", stored=2)

    assert re.fullmatch(
        r"\d\d:\d\d:\d\d info   poll finished     feed=xx_economy/news stored=2\n", log.getvalue()
    )


def test_values_with_spaces_stand_in_quotes(log):
    set_up("info", "text", stream=log)

    structlog.get_logger("scheduler").warning("entry deferred", reason="budget of 30 reached")

    assert lines(log) == ['warn   entry deferred    reason="budget of 30 reached"']


def test_what_comes_from_outside_cannot_break_a_line(log):
    set_up("info", "text", stream=log)

    structlog.get_logger("crawler").info("page fetched", url="https://a\nb\u202ec")

    assert lines(log) == [r"info   page fetched      url=https://a\nb\u202ec"]


def test_passwords_in_addresses_never_show(log):
    set_up("info", "text", stream=log)

    structlog.get_logger("storage").info("database opened", url="postgresql://desk:hush@db/x")

    assert lines(log) == ["info   database opened   url=postgresql://desk:***@db/x"]


def test_a_traceback_stands_under_its_line(log):
    set_up("info", "text", stream=log)

    structlog.get_logger("scheduler").error("poll failed", exc_info=ValueError("a bug"))

    assert lines(log) == ["error  poll failed", "ValueError: a bug"]


def test_json_is_one_object_a_line(log):
    set_up("info", "json", stream=log)

    structlog.get_logger("scheduler").info("poll finished", stored=2)

    line = json.loads(log.getvalue())
    assert list(line) == ["at", "level", "event", "stored"]
    assert line["event"] == "poll finished"
    assert line["at"].endswith("Z")


def test_what_is_below_the_level_is_not_written(log):
    set_up("warn", "text", stream=log)

    structlog.get_logger("scheduler").info("poll finished")

    assert lines(log) == []


@pytest.mark.parametrize("library", ["twisted", "sqlalchemy"])
def test_libraries_speak_at_warning_and_up(log, library):
    set_up("debug", "text", stream=log)

    logging.getLogger(library).info("Spider opened")
    logging.getLogger(library).warning("beware of %s", "dogs")

    assert lines(log) == ["warn   beware of dogs"]


@pytest.mark.parametrize("library", ["scrapy.core", "apscheduler.scheduler"])
def test_nobody_warns_of_what_a_problem_says_or_what_is_meant_to_be(log, library):
    set_up("debug", "text", stream=log)

    logging.getLogger(library).warning("Received more than is allowed")

    assert lines(log) == []


def test_rooms_that_use_the_standard_library_are_heard_with_their_facts(log):
    set_up("debug", "text", stream=log)

    logging.getLogger("pollwatch.crawler").debug("entry skipped", extra={"feed": "xx_a/news"})

    assert lines(log) == ["debug  entry skipped     feed=xx_a/news"]


def test_facts_bound_once_stand_on_every_line_beneath(log):
    set_up("info", "text", stream=log)

    with structlog.contextvars.bound_contextvars(poll="8q2f"):
        structlog.get_logger("scheduler").info("poll finished")

    assert lines(log) == ["info   poll finished     poll=8q2f"]


def test_setting_up_again_doubles_nothing(log):
    set_up("info", "text", stream=log)
    set_up("info", "text", stream=log)

    structlog.get_logger("scheduler").info("poll finished")

    assert lines(log) == ["info   poll finished"]
