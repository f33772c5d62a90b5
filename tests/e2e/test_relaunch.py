"""A site is relaunched: all its addresses change, its pages look otherwise, its texts stay."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pollwatch.demo.expected import statements
from pollwatch.demo.offices import town_offices
from tests.e2e.conftest import a_program

DEMO_DAY = date(2024, 3, 20)
HOSTS = {statement.address.partition("/")[0] for statement in statements(DEMO_DAY)}


def told(program):
    """Ids of the stories and releases of a digest of everything."""
    lines = program("digest", "preview", "--json").out.splitlines()
    return sorted((line["story"], line["release"]) for line in map(json.loads, lines))


@pytest.fixture(scope="module")
def relaunched(tmp_path_factory, town):
    """What was told before and after; near marks of so old texts are gone in between."""
    program = a_program(tmp_path_factory.mktemp("relaunched"), town)
    program("run", "--all")
    before = told(program)
    program("db", "prune")
    town.offices = town_offices(relaunched=HOSTS)
    done = program("run", "--all", "--json")
    return before, done.json, told(program)


def test_nothing_of_a_relaunched_site_is_new(relaunched):
    _, done, _ = relaunched
    moved = [feed for feed in done["feeds"] if feed["known"]]

    assert (done["releases"], done["matched"], done["stories"]) == (0, 0, 0)
    assert sum(feed["stored"] + feed["revised"] for feed in done["feeds"]) == 0
    assert len(moved) >= 20


def test_a_relaunch_changes_nothing_that_is_told(relaunched):
    before, _, after = relaunched

    assert after == before
