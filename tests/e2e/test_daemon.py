"""The daemon as people run it: started, told things, stopped."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from threading import Event
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from pollwatch.demo.town import Answer
from tests.e2e.conftest import Program, finished
from tests.e2e.daemons import OFFICE, SOURCE, a_fast_daemon, an_office, the_daemon

SOON_S = 5
READER = """\
subscribers:
  - {id: desk, to: desk@example.org, at: "00:00"}
"""


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path) as office:
        yield office


@contextmanager
def locked(database):
    """Let nobody else write."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def manager(tmp_path):
    """The socket of a service manager, and what it hears."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ears:
        ears.bind(str(tmp_path / "notify"))
        ears.settimeout(60)
        yield ears


def asked(port, path, *, method="GET"):
    """Status and text of an answer."""
    try:
        with urlopen(
            Request(f"http://127.0.0.1:{port}{path}", method=method), timeout=10
        ) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_daemon_polls_what_is_due_and_stores_it(office):
    with the_daemon(office.program) as daemon:
        daemon.says("poll finished", "feed=xx_office/news", "stored=2")
        daemon.process.send_signal(signal.SIGTERM)
        assert daemon.ends(within=SOON_S) == 0
    assert office.held() == ["1", "2"]


def test_what_is_published_later_comes_in_by_itself(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished", "stored=2")
        office.lists(1, 2, 3)
        daemon.says("poll finished", "stored=1")
    assert office.held() == ["1", "2", "3"]


def test_a_stop_in_mid_poll_stores_what_was_fetched(office):
    is_asked = Event()

    def silent(_):
        is_asked.set()
        return Answer(silence=True)

    office.lists(1, 2, pages={"/news/2": silent})
    with the_daemon(office.program) as daemon:
        is_asked.wait(timeout=60)
        daemon.process.send_signal(signal.SIGTERM)
        assert daemon.ends(within=SOON_S) == 0
    assert office.held() == ["1"]


def test_a_second_signal_ends_at_once_whatever_is_being_waited_for(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished")
        with locked(office.program.database):
            daemon.process.send_signal(signal.SIGINT)
            daemon.says("daemon stopping")
            daemon.process.send_signal(signal.SIGINT)
            assert daemon.ends(within=2) == 130


def test_a_stop_takes_no_longer_where_somebody_else_keeps_the_database(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished")
        with locked(office.program.database):
            daemon.process.send_signal(signal.SIGTERM)
            daemon.says("daemon stopping")
            assert daemon.ends(within=SOON_S) == 1


def test_a_stop_takes_no_longer_where_a_mail_server_never_says_a_word(office):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        silent.settimeout(60)
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {silent.getsockname()[1]}\n'
        office.write("settings.toml", office.settings + mail)
        office.write("subscribers.yaml", READER)
        with a_fast_daemon(office.program) as daemon, closing(silent.accept()[0]):
            daemon.process.send_signal(signal.SIGTERM)
            assert daemon.ends(within=SOON_S) == 1
    assert office.held() == ["1", "2"]
    assert office.program("digest", "list", "--json").json["state"] == "waiting"


def test_a_second_daemon_says_who_is_at_work_and_leaves(office):
    with the_daemon(office.program) as daemon:
        daemon.says("daemon started")
        second = finished(office.program.start("daemon"))
    assert second.code == 3
    assert f"pid {daemon.process.pid} on {socket.gethostname()}, since " in second.err
    assert "Let that one work, or stop it first" in second.err


def test_after_a_kill_the_next_daemon_begins_at_once(office):
    with the_daemon(office.program) as daemon:
        daemon.says("daemon started")
        daemon.process.send_signal(signal.SIGKILL)
        daemon.ends()
    with the_daemon(office.program) as daemon:
        daemon.says("daemon started")


def test_a_run_beside_the_daemon_does_no_harm(office):
    with the_daemon(office.program) as daemon:
        daemon.says("poll finished")
        assert office.program("run", "--all", "--quiet").code == 0
        daemon.process.send_signal(signal.SIGTERM)
        assert daemon.ends(within=SOON_S) == 0
    assert office.held() == ["1", "2"]


def test_no_digest_is_made_before_each_feed_was_looked_at_once(office):
    office.town.offices["slow.example"] = {"/feed": lambda _: Answer(silence=True)}
    slow = SOURCE.format(port=office.town.port).replace(OFFICE, "slow.example")
    office.write("sources/xx/xx_slow.yaml", slow)
    office.write("settings.toml", office.settings + '"slow.example" = "127.0.0.1"\n')
    office.write("subscribers.yaml", READER)
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished", "stored=2")
        office.write("subscribers.yaml", f"{READER}# Edited while digests are looked for.\n")
        daemon.says("edit taken on")
    assert office.program("digest", "list", "--json").out == ""


def test_an_edit_is_taken_on_by_itself(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("daemon started", "feeds=1")
        office.write("sources/xx/xx_other.yaml", SOURCE.format(port=office.town.port))
        daemon.says("edit taken on", "feeds=2")


def test_a_broken_edit_is_named_and_work_goes_on_as_before(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished", "stored=2")
        office.write("sources/xx/xx_office.yaml", "name: Office\nfeds: []\n")
        daemon.says("edit not taken on", "xx_office.yaml", "unknown key 'feds'")
        office.lists(1, 2, 3)
        daemon.says("poll finished", "stored=1")


def test_a_mended_edit_is_taken_on_after_a_broken_one(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("daemon started")
        office.write("sources/xx/xx_office.yaml", "name: Office\nfeds: []\n")
        daemon.says("edit not taken on", "unknown key 'feds'")
        office.write("sources/xx/xx_office.yaml", SOURCE.format(port=office.town.port))
        daemon.says("edit taken on", "feeds=1")


def test_sighup_takes_an_edit_on_at_once(office):
    with the_daemon(office.program) as daemon:
        daemon.says("poll finished")
        office.write("sources/xx/xx_office.yaml", "name: Office\nfeds: []\n")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.says("edit not taken on", "unknown key 'feds'")


def test_another_database_is_no_edit_for_a_running_daemon(office):
    settings = office.program.folder / "settings.toml"
    first = f'{settings.read_text()}[database]\nurl = "{settings.parent}/1.db"\n'
    settings.write_text(first)
    with a_fast_daemon(Program(office.program.folder, "")) as daemon:
        daemon.says("daemon started")
        settings.write_text(first.replace("1.db", "2.db"))
        daemon.says("edit not taken on", "a running daemon keeps its database")


def test_the_service_manager_hears_when_the_daemon_is_ready_lives_and_stops(office, manager):
    told = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "400000"}
    with the_daemon(office.program, **told) as daemon:
        assert manager.recv(100) == b"READY=1"
        assert [manager.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
        daemon.process.send_signal(signal.SIGTERM)
        last = list(iter(partial(manager.recv, 100), b"STOPPING=1"))
        assert set(last) <= {b"WATCHDOG=1"}


@pytest.fixture(scope="module")
def answering(tmp_path_factory):
    """The port at which a daemon answers that has polled."""
    with (
        an_office(tmp_path_factory.mktemp("answering")) as office,
        the_daemon(office.program, "--metrics-port", "0") as daemon,
    ):
        port = daemon.says("answers served", "address=127.0.0.1").rpartition("port=")[2]
        daemon.says("poll finished", "stored=2")
        yield port


def test_a_daemon_at_work_is_well(answering):
    status, health = asked(answering, "/health")
    assert status == 200
    assert json.loads(health) == {"well": True, "ailments": [], "not_taken_on": []}


@pytest.mark.parametrize(
    "figure",
    [
        'pollwatch_polls_total{outcome="news"} 1.0',
        "pollwatch_releases_total 2.0",
        "pollwatch_releases_matched_total 2.0",
        "pollwatch_configuration_mistakes 0.0",
        "process_open_fds ",
    ],
)
def test_a_daemon_counts_what_it_does(answering, figure):
    assert f"\n{figure}" in asked(answering, "/metrics")[1]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/unsubscribe?token=unknown", 200),
        ("GET", "/unsubscribe?token=unknown", 405),
        ("POST", "/metrics", 405),
        ("GET", "/etc/passwd", 404),
    ],
)
def test_each_path_is_answered_as_it_should_be(answering, method, path, status):
    assert asked(answering, path, method=method)[0] == status


def test_a_visitor_who_sends_much_is_hung_up_on(answering):
    with pytest.raises((ConnectionError, URLError)):
        urlopen(f"http://127.0.0.1:{answering}/unsubscribe", data=b"x" * 20_000, timeout=10)


def test_a_port_that_is_taken_is_named(office):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = office.program("daemon", "--metrics-port", str(port))
    assert done.code == 3
    assert f"Nobody can be served at 127.0.0.1 port {port}" in done.err
