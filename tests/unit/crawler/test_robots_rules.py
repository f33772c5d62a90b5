from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from crawler.robots import READ_AT_MOST, crawl_delay, held, is_allowed, read_robots, robots_url
from domain.poll import Robots

NOW = datetime(2024, 3, 18, 12, 0, tzinfo=UTC)
ADDRESS = "https://economy.example/press/12"


def rules(text: str) -> Robots:
    return read_robots(text.encode(), status=200, now=NOW)


def test_rules_are_remembered_for_a_day() -> None:
    assert rules("User-agent: *").expires_at == NOW + timedelta(hours=24)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_rules_allow_everything(status: int) -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /", status=status, now=NOW)
    assert is_allowed(robots, ADDRESS, token="pollwatch")
    assert robots.expires_at == NOW + timedelta(hours=24)


@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_a_broken_server_holds_everything_for_an_hour(status: int) -> None:
    robots = read_robots(b"", status=status, now=NOW)
    assert robots == held(NOW)
    assert robots.expires_at == NOW + timedelta(hours=1)
    assert not is_allowed(robots, ADDRESS, token="pollwatch")


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("User-agent: *\nDisallow: /press/", False),
        ("User-agent: *\nDisallow: /press/\nAllow: /press/12", True),
        ("User-agent: pollwatch\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: PollWatch\nDisallow: /", False),
        ("User-agent: pollwatch\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*.pdf$", True),
        ("User-agent: *\nDisallow: /press/12$", False),
        ("<html><body>Welcome</body></html>", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\r\nDisallow: /press/\r\n", False),
        ("", True),
    ],
)
def test_the_rules_for_us_or_else_for_all_decide(text: str, *, is_ours: bool) -> None:
    assert is_allowed(rules(text), ADDRESS, token="pollwatch") is is_ours


@pytest.mark.parametrize(
    "name", ["pollwatch/1.0", "PollWatch/2 (daily)", "pollwatch 1.0", "*pollwatch/*", "pollwatch2"]
)
def test_a_group_is_ours_whatever_follows_our_name(name: str) -> None:
    text = f"User-agent: *\nAllow: /\n\nUser-agent: {name}\nDisallow: /press/\nCrawl-delay: 5"
    assert not is_allowed(rules(text), ADDRESS, token="pollwatch")
    assert crawl_delay(rules(text), token="pollwatch") == timedelta(seconds=5)


@pytest.mark.parametrize(
    "name", ["pollwatcher", "pollwatch-news/1.0", "pollwatch_x", "p2p-robot", "poll", "watch", "1"]
)
def test_a_group_for_a_name_that_only_resembles_ours_is_not_ours(name: str) -> None:
    text = f"User-agent: *\nDisallow: /press/\n\nUser-agent: {name}\nAllow: /"
    assert not is_allowed(rules(text), ADDRESS, token="pollwatch")


@pytest.mark.parametrize("name", ["desk42", "Desk42/1.0"])
@pytest.mark.parametrize("token", ["desk42", "Desk42,"])
def test_a_number_belongs_to_our_name_and_a_comma_does_not(name: str, token: str) -> None:
    text = f"User-agent: {name}\nDisallow: /\n\nUser-agent: desk99\nAllow: /"
    assert not is_allowed(rules(text), ADDRESS, token=token)


def test_a_file_is_read_up_to_a_limit() -> None:
    padding = b"# nothing\n" * (READ_AT_MOST // 10)
    robots = read_robots(padding + b"User-agent: *\nDisallow: /", status=200, now=NOW)
    assert is_allowed(robots, ADDRESS, token="pollwatch")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 5", 5),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 3600", 60),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: other\nCrawl-delay: 5", 0),
        ("", 0),
    ],
)
def test_the_pause_that_a_host_asks_for_is_kept_within_reason(text: str, seconds: float) -> None:
    assert crawl_delay(rules(text), token="pollwatch") == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://economy.example/a/b?c=d#e", "https://economy.example/robots.txt"),
        ("http://economy.example:8080/", "http://economy.example:8080/robots.txt"),
        ("http://me:secret@economy.example/", "http://economy.example/robots.txt"),
    ],
)
def test_rules_stand_at_the_root_of_their_host(address: str, expected: str) -> None:
    assert robots_url(address) == expected


def test_half_a_rule_at_the_limit_is_none() -> None:
    start = b"User-agent: *\n"
    padding = b"#" * (READ_AT_MOST - len(start) - len(b"\nDisallow: /"))
    robots = read_robots(start + padding + b"\nDisallow: /agenda/\n", status=200, now=NOW)
    assert is_allowed(robots, ADDRESS, token="pollwatch")


@pytest.mark.parametrize("ours", ["pollwatch", "POLLWATCH", "Poll*watch", "*"])
def test_a_thousand_names_over_a_thousand_rules_are_read_in_a_moment(ours: str) -> None:
    names = "".join(f"User-agent: robot{number}\n" for number in range(10_000))
    lines = "".join(f"Disallow: /{number}/\n" for number in range(10_000))
    robots = rules(f"{names}User-agent: {ours}\n{lines}Disallow: /press/\n")
    began = process_time()
    assert not is_allowed(robots, ADDRESS, token="pollwatch")
    assert process_time() - began < 2


def test_rules_for_many_others_are_not_for_us() -> None:
    text = "User-agent: a\nUser-agent: b\nDisallow: /\n\nUser-agent: pollwatch\nDisallow: /x/\n"
    assert is_allowed(rules(text), ADDRESS, token="pollwatch")
