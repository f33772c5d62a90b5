"""A feed that answers well and brings nothing: a run says so once, and that it is over."""

from __future__ import annotations

import pytest

from pollwatch.demo.town import LOOPBACK, Town
from tests.e2e.conftest import Program
from tests.integration.crawler.offices import NAME, an_office
from tests.integration.storage.saving import opened

SETTINGS = f"""[sources]
shipped = false
[crawl]
delay = "0ms"
allow_private = true
user_agent = "pollwatch (a test on this machine)"
[crawl.hosts]
"{NAME}" = "{LOOPBACK}"
"""
SOURCE = """name: Ministry of Economy
country: FR
language: en
feeds:
  - {{name: news, kind: rss, url: "http://{host}:{port}/feed", expect: 1 per week}}
"""
TEN_WEEKS_AGO = """UPDATE feeds SET first_polled_at = datetime(first_polled_at, '-71 days'),
last_new_at = datetime(last_new_at, '-71 days')"""


@pytest.fixture
def office():
    with Town({NAME: an_office(1, 2)}) as town:
        yield town


@pytest.fixture
def desk(tmp_path, office):
    folder = tmp_path / "sources" / "xx"
    folder.mkdir(parents=True)
    (tmp_path / "settings.toml").write_text(SETTINGS, "utf-8")
    (folder / "xx_economy.yaml").write_text(SOURCE.format(host=NAME, port=office.port), "utf-8")
    return Program(tmp_path, str(tmp_path / "pollwatch.db"))


def test_silence_is_said_and_ends_with_the_next_release(desk, office):
    first = desk("run", "--all", "--json")
    with opened(desk.database_url) as connection:
        connection.exec_driver_sql(TEN_WEEKS_AGO)
    silent = desk("run", "--all", "--json")
    glance = desk("status")
    office.offices = {NAME: an_office(1, 2, 3)}
    mended = desk("run", "--all", "--json")

    assert (first.code, first.json["releases"]) == (0, 2)
    assert silent.code == 1
    assert silent.err.startswith("feed_silent  xx_economy/news\n  it answers well, and brought")
    assert glance.code == 1
    assert "1 silent\n" in glance.out
    assert "            1 feed_silent\n" in glance.out
    assert (mended.code, mended.json["releases"]) == (0, 1)
    assert desk("status").code == 0
