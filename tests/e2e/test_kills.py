"""kill -9 at any moment loses nothing and doubles nothing; the next run goes on at once."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

import pytest

from tests.e2e.conftest import a_program, finished

MOMENTS = 50
IN_EVERY_TEST_RUN = 10


def a_hurried_program(folder, town, database=None):
    """Misbehaving offices cost two seconds instead of three; with less, a busy machine is one."""
    program = a_program(folder, town, database)
    settings = program.folder / "settings.toml"
    settings.write_text(settings.read_text().replace('timeout = "3s"', 'timeout = "2s"'))
    return program


@dataclass(frozen=True)
class Peace:
    """One run in peace: what it held, what it asked for, and how long it took."""

    held: list
    asked: Counter
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, town):
    program = a_hurried_program(tmp_path_factory.mktemp("undisturbed"), town)
    began = monotonic()
    program("run")
    return Peace(held=program.held(), asked=asked(town), seconds=monotonic() - began)


def asked(town):
    return Counter((note.host, note.path) for note in town.book)


def kill_after(process, seconds):
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    finished(process)


@pytest.mark.parametrize(
    "number",
    [
        number if number < IN_EVERY_TEST_RUN else pytest.param(number, marks=pytest.mark.chaos)
        for number in range(MOMENTS)
    ],
)
def test_a_killed_run_and_the_next_hold_what_one_run_in_peace_holds(
    number, undisturbed, tmp_path, town
):
    program = a_hurried_program(tmp_path, town)

    kill_after(program.start("run"), random.Random(number).uniform(0, undisturbed.seconds))
    after = program("run")

    assert after.code in {0, 1}, after.err
    assert program.held() == undisturbed.held


@pytest.fixture(params=["sqlite", "postgresql"])
def two_at_once(request, tmp_path, town):
    """Two runs that start together on one empty database, and how they ended."""
    url = request.getfixturevalue(f"{request.param}_url")
    program = a_hurried_program(tmp_path, town, url)
    processes = [program.start("run", "--json") for _ in range(2)]
    return program, [finished(process) for process in processes]


def test_two_runs_at_once_ask_and_hold_what_one_run_does(two_at_once, undisturbed, town):
    program, done = two_at_once
    asked_by_both = asked(town)

    assert {one.code for one in done} <= {0, 1}, [one.err for one in done]
    assert "locked" not in "".join(one.err for one in done)
    assert asked_by_both == undisturbed.asked
    assert program.held() == undisturbed.held


def test_with_a_budget_of_one_everything_arrives_although_the_server_says_304(tmp_path, town):
    program = a_program(tmp_path, town)
    settings = program.folder / "settings.toml"
    settings.write_text(
        settings.read_text().replace("releases_per_run = 30", "releases_per_run = 1")
    )
    stored = [
        program("run", "--source", "pl_mfa", "--json").json["feeds"][0]["stored"] for _ in range(5)
    ]

    answers = [note.status for note in town.book if "atom" in note.path]
    assert stored == [1, 1, 1, 1, 1]
    assert answers == [200, 304, 304, 304, 304]
