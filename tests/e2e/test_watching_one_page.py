"""A page that is rewritten: its first text is a release, each change of it a revision."""

from __future__ import annotations

import pytest

from pollwatch.demo.town import LOOPBACK, Town, page
from tests.e2e.conftest import Program

HOST = "position.example"
SETTINGS = f"""[sources]
shipped = false
[crawl]
delay = "0ms"
allow_private = true
user_agent = "pollwatch (a test on this machine)"
[crawl.hosts]
"{HOST}" = "{LOOPBACK}"
"""
SOURCE = """name: Ministry of Economy
country: FR
language: en
feeds:
  - {{name: position, kind: page, url: "http://{host}:{port}/position"}}
"""
BEFORE = """<html lang="en"><head><title>Our position on the vote</title></head><body><main>
<h1>Our position on the vote</h1>
<p>The ministry does not recognise the vote that was held on the occupied territory in spring.</p>
<p>It was neither free nor fair, and its result has no effect on the status of the territory.</p>
<p>Forty observers were invited to see it, and none of them was allowed to enter a station.</p>
</main></body></html>"""


@pytest.fixture
def office():
    with Town({HOST: {"/position": page(BEFORE)}}) as town:
        yield town


@pytest.fixture
def desk(tmp_path, office):
    folder = tmp_path / "sources" / "xx"
    folder.mkdir(parents=True)
    (tmp_path / "settings.toml").write_text(SETTINGS, "utf-8")
    text = SOURCE.format(host=HOST, port=office.port)
    (folder / "xx_economy.yaml").write_text(text, "utf-8")
    return Program(tmp_path, str(tmp_path / "pollwatch.db"))


def outcomes(done):
    (feed,) = done.json["feeds"]
    return {fate: feed[fate] for fate in ("listed", "known", "stored", "revised")}


def test_a_page_that_is_rewritten_is_one_release_with_a_revision(desk, office):
    first = desk("run", "--all", "--json")
    again = desk("run", "--all", "--json")
    office.offices = {HOST: {"/position": page(BEFORE.replace("Forty", "Fifty"))}}
    changed = desk("run", "--all", "--json")

    assert outcomes(first) == {"listed": 1, "known": 0, "stored": 1, "revised": 0}
    assert outcomes(again) == {"listed": 0, "known": 0, "stored": 0, "revised": 0}
    assert outcomes(changed) == {"listed": 1, "known": 0, "stored": 0, "revised": 1}
    assert [len(row["revisions"]) for row in desk.held()] == [2]


FURNITURE = """<p>Last updated: 20 March 2024, 14:{0}</p><p>Views: 1,2{0}</p>
<h3>Related news</h3><ul><li><a href="/{0}">The minister receives delegation {0}</a></li></ul>
</main>"""


def dressed(number):
    return page(BEFORE.replace("</main>", FURNITURE.format(number)))


def test_what_stands_around_a_text_makes_no_revision_of_it(desk, office):
    office.offices = {HOST: {"/position": dressed(11)}}
    desk("run", "--all")
    office.offices = {HOST: {"/position": dressed(47)}}
    changed = desk("run", "--all", "--json")
    diff = desk("releases", "diff", f"http://{HOST}:{office.port}/position")

    assert outcomes(changed) == {"listed": 1, "known": 1, "stored": 0, "revised": 0}
    assert diff.err.startswith("It was not changed since")
