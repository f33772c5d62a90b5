from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from domain.source import FeedKind, Trust
from pollwatch.demo.configuration import write_config
from pollwatch.demo.offices import town_offices
from pollwatch.demo.offices.press import press_offices
from pollwatch.loading import load

WATCHED_BUT_UNWRITTEN = {"xx_closed", "xx_consent", "xx_vanished"}


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town") / "config"
    write_config(folder, port=8123, delay="30ms")
    return load(folder, environ={})


@pytest.fixture
def addresses(config):
    return [urlsplit(feed.url) for source in config.sources for feed in source.feeds]


def test_every_office_is_watched(config):
    watched = {source.id for source in config.sources}
    assert watched == {office.id for office in press_offices()} | WATCHED_BUT_UNWRITTEN


def test_nothing_outside_the_town_is_watched(addresses):
    assert {address.hostname for address in addresses} == {*town_offices(), "vanished.example"}


def test_every_address_holds_the_port_of_the_town(addresses):
    assert {address.port for address in addresses} == {8123}


def test_every_feed_is_one_that_its_office_has(addresses):
    offices = {**town_offices(), "vanished.example": {"/press.rss": None}}
    missing = [address for address in addresses if address.path not in offices[address.hostname]]
    assert missing == []


def test_every_office_has_an_address_and_nobody_listens_at_that_of_the_one_that_moved_away(config):
    town = dict.fromkeys(town_offices(), "127.0.0.1")
    assert config.settings.crawl.hosts == town | {"vanished.example": "127.0.0.2"}


def test_visits_are_quick_and_bounded(config):
    crawl = config.settings.crawl
    assert crawl.delay == timedelta(milliseconds=30)
    assert crawl.timeout == timedelta(seconds=3)
    assert (crawl.page_limit, crawl.releases_per_run) == (1_000_000, 30)


def test_both_kinds_of_feed_are_watched(config):
    kinds = {feed.kind for source in config.sources for feed in source.feeds}
    assert kinds == {FeedKind.RSS, FeedKind.LISTING}


def test_every_source_says_that_it_is_reconstructed(config):
    assert {source.trust for source in config.sources} == {Trust.RECONSTRUCTED}


def test_offices_of_state_speak_for_their_states_and_trouble_for_nobody(config):
    voices = {source.id: source.speaks_for for source in config.sources}
    assert (voices["pl_mfa"], voices["eu_eeas"], voices["int_coe"]) == ("PL", "EU", "COE")
    assert voices["xx_trouble"] is None


def test_a_configuration_can_be_written_anew_for_another_port(tmp_path):
    write_config(tmp_path, port=8123)
    write_config(tmp_path, port=9000)
    source = next(source for source in load(tmp_path, environ={}).sources)
    assert urlsplit(source.feeds[0].url).port == 9000
