"""Ctrl-C, once and twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from contextlib import closing
from threading import Event

import pytest

from pollwatch.demo.offices import town_offices
from pollwatch.demo.town import Answer, Town
from tests.e2e.conftest import a_program, finished

# Starting takes a second, on a busy machine many more.
STARTED_S = 60
SOON_S = 30


@pytest.fixture
def running(tmp_path):
    """A program, and its run, which waits for offices that never say a word."""
    is_asked = Event()

    def silent(_):
        is_asked.set()
        return Answer(silence=True)

    with Town({host: {"/robots.txt": silent} for host in town_offices()}) as town:
        program = a_program(tmp_path, town)
        settings = program.folder / "settings.toml"
        settings.write_text(settings.read_text().replace('timeout = "3s"', 'timeout = "100s"'))
        process = program.start("run")
        try:
            is_asked.wait(timeout=STARTED_S)
            yield program, process
        finally:
            process.kill()
            finished(process)


def test_the_first_ctrl_c_stores_what_is_there_and_ends(running):
    _, process = running
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=SOON_S) == 130


def test_a_second_ctrl_c_ends_at_once_whatever_is_being_waited_for(running):
    program, process = running
    with closing(sqlite3.connect(program.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    assert finished(program.start("db", "check")).code == 0
