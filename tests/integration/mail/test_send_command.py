"""pollwatch digest send, list and show, and subscribers, with the real house and a real server."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from domain.evidence import Retention
from pollwatch.cli import commands
from pollwatch.wiring import wire
from storage.store import Store
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import SOURCES, save

SETTINGS = """\
[sources]
shipped = false
[digest]
backlog = "1d"
[mail]
host = "127.0.0.1"
port = {port}
sender = "watch@example.org"
"""
SUBSCRIBERS = """\
subscribers:
  - {{id: desk, to: {to}, at: "07:00", zone: Europe/Warsaw, days: mon-fri}}
"""


class House:
    """A configuration, a database with one match, a server; and the command line."""

    def __init__(self, folder, post):
        self.folder = folder
        self.post = post
        self.says(f"port = {post.port}")
        self.mails("desk@example.org")
        with Store.open(self.database, now=NOW) as store:
            store.remember_sources(SOURCES, now=NOW)
            save(store, a_visit(a_release()))

    @property
    def database(self):
        return f"sqlite:///{self.folder}/pollwatch.db"

    def says(self, port, more=""):
        settings = SETTINGS.replace("port = {port}", port) + more
        (self.folder / "settings.toml").write_text(settings, encoding="utf-8")

    def mails(self, *to):
        listed = f"[{', '.join(to)}]"
        file = self.folder / "subscribers.yaml"
        file.write_text(SUBSCRIBERS.format(to=listed), encoding="utf-8")

    def __call__(self, *words):
        return CliRunner().invoke(
            commands,
            [*words, "--config", str(self.folder), "--db", self.database],
            obj=partial(wire, clock=lambda: NOW),
            prog_name="pollwatch",
            catch_exceptions=False,
        )

    def record(self, *words):
        return json.loads(self(*words, "--json").stdout.splitlines()[0])


@pytest.fixture
def pollwatch(tmp_path, post_office):
    return House(tmp_path, post_office())


def test_when_all_is_well_nothing_is_said(pollwatch):
    result = pollwatch("digest", "send")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len(pollwatch.post.handler.received) == 1


def test_programs_learn_what_was_sent(pollwatch):
    assert pollwatch.record("digest", "send") == {
        "digests": 1,
        "delivered": [1],
        "waiting": [],
        "given_up": [],
        "unmade": [],
        "trouble": None,
    }


def test_what_was_given_up_is_said_with_the_servers_words_and_exits_1(pollwatch):
    pollwatch.mails("nobody@example.org")
    result = pollwatch("digest", "send", "--quiet")

    assert result.exit_code == 1
    assert "pollwatch: the digest for nobody@example.org was given up: The mail server" in (
        result.stderr
    )
    assert "550 5.1.1 no such person" in result.stderr


def test_what_was_given_up_is_a_problem_for_a_person(pollwatch):
    pollwatch.mails("nobody@example.org")
    pollwatch("digest", "send")
    listed = " ".join(pollwatch("problems", "list").stdout.split())

    assert listed.startswith(
        "delivery_failed nobody@example.org Seen 2024-03-18 09:00 UTC. A mail for the subscriber"
        " desk was given up: The mail server"
    )
    assert pollwatch("status").exit_code == 1


def test_what_is_put_off_is_said_with_its_next_attempt_and_exits_1(pollwatch):
    pollwatch.mails("later@example.org")
    result = pollwatch("digest", "send")

    assert result.exit_code == 1
    assert "the digest for later@example.org waits until 2024-03-18 09:05 UTC: " in result.stderr


def test_of_a_mail_that_waits_nothing_is_said_again_before_it_is_tried_again(pollwatch):
    pollwatch.mails("later@example.org")
    pollwatch("digest", "send")
    result = pollwatch("digest", "send")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert pollwatch.record("digest", "list")["attempts"] == 1


def test_where_the_server_takes_no_mail_at_all_it_exits_3(pollwatch):
    pollwatch.mails("stranger@example.org", "desk@example.org")
    result = pollwatch("digest", "send")

    assert result.exit_code == 3
    assert "530 5.7.0 sign in first" in result.stderr
    assert result.stderr.endswith("2 mails kept\n")


def test_more_than_an_hour_may_hold_wait_and_it_says_so(pollwatch):
    pollwatch.says(f"port = {pollwatch.post.port}", "per_hour = 1\n")
    pollwatch.mails("a@example.org", "b@example.org", "c@example.org")
    result = pollwatch("digest", "send")

    assert (result.exit_code, result.stderr) == (
        0,
        "2 mails wait for a later hour: no more than 1 an hour are sent ([mail] per_hour).\n",
    )


def test_the_list_shows_each_mail_and_how_it_ended(pollwatch):
    pollwatch.mails("desk@example.org", "nobody@example.org")
    pollwatch("digest", "send")
    listed = pollwatch("digest", "list").stdout.splitlines()

    assert [line[:58].rstrip() for line in listed] == [
        "ID  DAY         STATE      TRIES  TO                  WHY",
        "2   2024-03-18  given up   1      nobody@example.org  The",
        "1   2024-03-18  delivered  1      desk@example.org",
    ]


def test_programs_get_a_line_a_mail(pollwatch):
    pollwatch("digest", "send")

    assert pollwatch.record("digest", "list") | {"message_id": "…"} == {
        "id": 1,
        "subscriber": "desk",
        "kind": "digest",
        "day": "2024-03-18",
        "to": "desk@example.org",
        "subject": "Elections: 1 story, 18 March 2024",
        "message_id": "…",
        "state": "delivered",
        "attempts": 1,
        "made": "2024-03-18T09:00:00Z",
        "settled": "2024-03-18T09:00:00Z",
        "next_attempt": None,
        "why": None,
    }


def test_a_mail_can_be_read_as_it_was_sent(pollwatch):
    pollwatch("digest", "send")
    lines = pollwatch("digest", "show", "1").stdout.splitlines()

    assert lines[0] == "To       desk@example.org (desk)"
    assert lines[3] == "State    delivered 2024-03-18 09:00 UTC, 1 attempt"
    assert lines[5] == "Elections: 1 story from 1 country"


def test_a_mail_can_be_had_byte_for_byte(pollwatch):
    pollwatch("digest", "send")
    [envelope] = pollwatch.post.handler.received

    assert pollwatch("digest", "show", "1", "--eml").stdout_bytes == envelope.original_content


@pytest.fixture
def pruned(pollwatch):
    """The program after a mail was dropped that it may keep for no time at all."""
    pollwatch("digest", "send")
    with Store.open(pollwatch.database, now=NOW) as store:
        retention = Retention(unmatched=None, matched=None, polls=None, mails=timedelta())
        list(store.prune(retention, now=NOW + timedelta(hours=1)))
    return pollwatch


def test_of_a_mail_that_was_dropped_its_end_is_shown(pruned):
    lines = pruned("digest", "show", "1").stdout.splitlines()

    assert lines[3] == "State    delivered 2024-03-18 09:00 UTC, 1 attempt"
    assert lines[5:] == [
        "The mail itself was dropped: it was kept for as long as [keep] mails says."
    ]
    assert pruned.record("digest", "show", "1")["text"] is None


def test_a_mail_that_was_dropped_cannot_be_had_byte_for_byte(pruned):
    result = pruned("digest", "show", "1", "--eml")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "`pollwatch digest show 1` says how it ended." in result.stderr


def test_a_mail_that_nobody_made_cannot_be_shown(pollwatch):
    result = pollwatch("digest", "show", "7")

    assert result.exit_code == 3
    assert result.stderr == ("pollwatch: there is no mail 7. `pollwatch digest list` shows all.\n")


def test_subscribers_are_listed_with_their_hour_and_their_last_digest(pollwatch):
    pollwatch("digest", "send")

    assert pollwatch("subscribers", "list").stdout == (
        "ID    AT                           LAST        TO\n"
        "desk  07:00 Europe/Warsaw mon-fri  2024-03-18  desk@example.org\n"
    )


def test_a_subscriber_who_stopped_is_mailed_nothing_whatever_the_file_says(pollwatch):
    result = pollwatch("subscribers", "stop", "desk")
    pollwatch("digest", "send")

    assert (result.exit_code, result.stderr) == (0, "Nothing is mailed to desk any more.\n")
    assert pollwatch.post.handler.received == []
    assert "desk@example.org (stopped)" in pollwatch("subscribers", "list").stdout


def test_a_token_out_of_a_mail_stops_its_address(pollwatch):
    pollwatch.mails("a@example.org", "b@example.org")
    pollwatch("digest", "send")
    mail = pollwatch("digest", "show", "1", "--eml").stdout
    token = mail.partition("?subject=unsubscribe%20")[2].partition(">")[0]
    pollwatch("subscribers", "stop", token)

    assert pollwatch.record("subscribers", "list")["stopped"] == ["a@example.org"]


def test_who_is_unknown_cannot_be_stopped(pollwatch):
    result = pollwatch("subscribers", "stop", "dest")

    assert result.exit_code == 2
    assert result.stderr == (
        "pollwatch: 'dest' is neither a subscriber nor a token that was mailed; "
        "subscribers.yaml names desk\n"
    )


def test_the_preview_shows_what_would_be_sent_and_then_nothing_more(pollwatch):
    before = pollwatch("digest", "preview", "--subscriber", "desk").stdout
    pollwatch("digest", "send")
    after = pollwatch("digest", "preview", "--subscriber", "desk").stdout

    assert pollwatch("digest", "show", "1").stdout.endswith(before.rstrip("\n") + "\n")
    assert "Nothing new matched." in after
