"""What the service manager hears."""

from __future__ import annotations

import socket
from contextlib import closing
from datetime import timedelta

import pytest

from pollwatch.notifying import Notifier

PATIENCE_S = 5


def heard(address: str, name: str) -> bytes:
    """What arrives at a socket of this address, of one that is told it by this name."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ears:
        ears.bind(address)
        ears.settimeout(PATIENCE_S)
        Notifier({"NOTIFY_SOCKET": name}).tell("READY=1", "STATUS=at work")
        return ears.recv(100)


def test_words_arrive_at_the_socket_that_the_environment_names(tmp_path):
    address = str(tmp_path / "notify")
    assert heard(address, address) == b"READY=1\nSTATUS=at work"


def test_words_arrive_at_a_socket_without_a_file(tmp_path):
    name = tmp_path.name
    assert heard(f"\0pollwatch-{name}", f"@pollwatch-{name}") == b"READY=1\nSTATUS=at work"


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
def test_where_nobody_listens_nothing_happens(environ):
    assert Notifier(environ).tell("READY=1") is None


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ({"WATCHDOG_USEC": "30000000"}, timedelta(seconds=30)),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_the_watchdogs_patience_is_what_the_environment_says(said, span):
    assert Notifier(said).watchdog == span
