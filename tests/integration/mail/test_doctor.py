"""pollwatch doctor, with the real house and a real mail server; and without either."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from domain.poll import HostMemory
from pollwatch.cli import commands
from pollwatch.cli.examining import look_up
from pollwatch.wiring import wire
from storage.store import Store
from tests.builders import NOW, a_visit
from tests.integration.mail.conftest import knows_the_desk
from tests.integration.storage.saving import SOURCES, opened, rows, save

SETTINGS = """\
[sources]
shipped = false
only = ["xx_economy"]
[crawl]
user_agent = "pollwatch (+https://example.org/us)"
[crawl.hosts]
"press.economy.example" = "127.0.0.1"
[mail]
host = "127.0.0.1"
"""
SOURCE = """\
name: Ministry of Economy
country: XX
language: en
feeds:
  - name: news
    kind: rss
    url: https://press.economy.example/feed
"""
SUBSCRIBERS = "subscribers:\n  - {id: desk, to: desk@example.org}\n"


class Machine:
    """A configuration and a database on this machine; and the command line."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "sources/xx").mkdir(parents=True)
        (folder / "sources/xx/xx_economy.yaml").write_text(SOURCE)
        self.says("port = 25")
        with Store.open(self.url, now=NOW) as store:
            store.remember_sources(SOURCES, now=NOW)
            save(store, a_visit())

    @property
    def url(self):
        return f"sqlite:///{self.folder}/pollwatch.db"

    def says(self, settings):
        (self.folder / "settings.toml").write_text(SETTINGS + settings)

    def has_readers(self):
        (self.folder / "subscribers.yaml").write_text(SUBSCRIBERS)

    def __call__(self, *words):
        options = ["--config", str(self.folder), "--db", self.url]
        return CliRunner().invoke(
            commands,
            ["doctor", *words, *options],
            obj=wire,
            prog_name="pollwatch",
            catch_exceptions=False,
        )

    @property
    def to_mend(self):
        found = map(json.loads, self("--json").stdout.splitlines())
        return {one["subject"]: (one["said"], one["mend"]) for one in found if not one["ok"]}


@pytest.fixture
def machine(tmp_path):
    """A machine on which all is well, and nobody is subscribed."""
    return Machine(tmp_path)


def test_where_all_is_well_each_thing_is_named_and_the_exit_is_0(machine):
    result = machine()
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert [line[:20] for line in lines if not line.startswith(" ")] == [
        "ok    configuration:",
        "ok    contact: we ca",
        "ok    database: it o",
        "ok    disk: " + lines[3][12:20],
        "ok    clock: it says",
        "ok    names: no name",
        "ok    mail: nobody i",
    ]


def test_quiet_says_nothing_where_all_is_well(machine):
    assert machine("--quiet").stdout == ""


def test_lines_end_before_the_edge(machine):
    machine.says('username = "desk"\nport = 1\n')
    machine.has_readers()

    assert max(map(len, machine().stdout.splitlines())) <= 80


def test_a_server_that_takes_name_and_password_is_asked_and_gets_no_mail(
    machine, post_office, encrypted, trusted
):
    post = post_office(tls_context=encrypted, authenticator=knows_the_desk, auth_required=True)
    machine.says(
        f'port = {post.port}\ntls = "starttls"\nusername = "desk"\npassword = "open sesame"\n'
    )
    settings = machine.folder / "settings.toml"
    settings.write_text(settings.read_text().replace('host = "127.0.0.1"', 'host = "localhost"'))
    machine.has_readers()

    result = machine()

    assert f"ok    mail: localhost:{post.port} answered and took name and password" in result.stdout
    assert (result.exit_code, post.handler.received) == (0, [])


def test_a_wrong_password_is_to_be_mended(machine, post_office):
    post = post_office(authenticator=knows_the_desk, auth_require_tls=False)
    machine.says(f'port = {post.port}\nusername = "desk"\npassword = "sesame"\n')
    machine.has_readers()
    said, mend = machine.to_mend["mail"]

    assert "does not accept name and password" in said
    assert mend == "Check username and password under [mail]"
    assert "sesame" not in said


def test_a_server_without_the_encryption_that_is_asked_for_is_to_be_mended(machine, post_office):
    machine.says(f'port = {post_office().port}\ntls = "starttls"\n')
    machine.has_readers()

    assert "cannot do what is asked of it" in machine.to_mend["mail"][0]


def test_a_dead_mail_server_is_to_be_mended_and_the_rest_is_looked_at(machine):
    machine.says("port = 1\n")
    machine.has_readers()
    result = machine()

    assert result.exit_code == 1
    assert "mend  mail: The mail server 127.0.0.1:1 cannot be reached, or hung up" in result.stdout
    assert "To do: Check host and port under [mail]" in " ".join(result.stdout.split())
    assert "ok    database: it opens, is sound, and can be written to\n" in result.stdout


def test_a_broken_configuration_is_to_be_mended_first(machine):
    machine.says("prot = 25\n")
    result = machine()

    assert result.exit_code == 1
    assert "prot" in machine.to_mend["configuration"][0]
    assert "database" not in result.stdout


def test_nobody_who_can_be_reached_is_no_way_to_visit(machine):
    settings = machine.folder / "settings.toml"
    settings.write_text("[sources]\nshipped = false\n")

    assert machine.to_mend["contact"] == (
        "we do not say who we are",
        "Name an address in [crawl] user_agent, so that press offices can reach you",
    )


def test_a_database_that_is_not_there_is_said(machine):
    (machine.folder / "pollwatch.db").unlink()

    assert "`pollwatch run` makes one" in machine.to_mend["database"][1]
    assert not (machine.folder / "pollwatch.db").exists()


def test_a_database_that_is_something_else_is_said(machine):
    (machine.folder / "pollwatch.db").write_bytes(b"no database at all, but a letter" * 200)

    assert "the file is something else" in machine.to_mend["database"][0]


def test_a_database_that_contradicts_itself_leads_to_db_check(machine):
    with opened(machine.url) as connection:
        connection.exec_driver_sql("DROP TABLE likenesses")

    assert "likenesses" in machine.to_mend["database"][0]
    assert "`pollwatch db check`" in machine.to_mend["database"][1]


def test_looking_leaves_nothing_in_the_database(machine):
    machine()

    assert rows(machine.url, "SELECT name FROM sqlite_master WHERE name LIKE '%doctor%'") == []


def test_a_clock_that_was_set_back_is_said(machine):
    visit = a_visit()
    asked = HostMemory(host=visit.host.host, last_asked_at=datetime(2099, 1, 1, tzinfo=UTC))
    with Store.open(machine.url, now=NOW) as store:
        save(store, replace(visit, host=asked))

    assert "a host was asked at 2099-01-01 00:00 UTC already" in machine.to_mend["clock"][0]


def test_one_name_that_is_found_shows_that_names_are_found():
    found = look_up(["dead.example", "press.example"], ask={"press.example"}.__contains__)

    assert (found.said, found.mend) == ("press.example was looked up and found", "")


def test_without_a_network_it_says_what_is_out_of_reach():
    found = look_up(["dead.example", "press.example"], ask=lambda _: False)

    assert found.said == "none of dead.example, press.example was found within 10 s each"
    assert found.mend.startswith("This machine is offline, or its name server does not answer")
