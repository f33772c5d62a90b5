"""What becomes of a message that is handed to a chat, a phone or a program of somebody's own."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from digest.alert import Alert, alert_note
from digest.channels import notify
from domain.errors import PutOff

TOKEN = "hunter2"
NOTE = alert_note(
    Alert(
        subject="Alert: Elections",
        thread="desk",
        text="The mail.",
        short="Vote in Poland\nMinistry · 18 March 2024\nhttps://press.example/1",
        written_at=datetime(2024, 3, 18, 9, tzinfo=UTC),
    ),
    channel="chat",
).as_bytes()


class Chat(ThreadingHTTPServer):
    """Takes what is posted; the path says how it answers, a silent one not before it is closed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.received: list[dict[str, str]] = []
        self.closing = Event()

    def address(self, path: str, *, patience_s: float = 30) -> str:
        return f"json://desk:{TOKEN}@127.0.0.1:{self.server_port}/{path}?rto={patience_s}"


class _Answering(BaseHTTPRequestHandler):
    server: Chat

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/silent":
            self.server.closing.wait()
            return
        self.server.received.append(body)
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def chat() -> Iterator[Chat]:
    server = Chat()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def failure(chat):
    """What is said of a message that did not arrive at an address."""

    def failed(url: str) -> str:
        with pytest.raises(PutOff) as error:
            notify(NOTE, name="chat", url=url)
        return str(error.value)

    return failed


def test_a_channel_gets_subject_and_words(chat):
    notify(NOTE, name="chat", url=chat.address("200"))

    assert chat.received[-1] | {"version": ""} == {
        "version": "",
        "title": "Alert: Elections",
        "message": "Vote in Poland\nMinistry · 18 March 2024\nhttps://press.example/1",
        "attachments": [],
        "type": "info",
    }


@pytest.mark.parametrize("status", [404, 500])
def test_what_a_channel_answers_is_said_by_its_number(chat, failure, status):
    assert failure(chat.address(f"{status}")) == (
        f"The channel chat answered {status}. Check its address under [alerts.channels]"
    )


def test_a_channel_that_does_not_answer_in_time_puts_the_message_off(chat, failure):
    assert failure(chat.address("silent", patience_s=0.2)) == (
        "The channel chat did not answer, or takes nothing from us."
        " Check its address under [alerts.channels]"
    )


def test_a_channel_where_nobody_listens_puts_the_message_off(failure):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = failure(f"json://desk:{TOKEN}@127.0.0.1:{taken.getsockname()[1]}")

    assert said.startswith("The channel chat did not answer, or takes nothing from us.")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture
def listener():
    """Hears what reaches those who write our log, at its most talkative."""
    listener, root = _Listener(), logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(listener)
    yield listener
    root.removeHandler(listener)
    root.setLevel(before)


def test_nothing_of_an_address_is_said_or_logged(chat, failure, listener):
    said = failure(chat.address("500"))

    assert [line for line in (*listener.said, said) if TOKEN in line or "/500" in line] == []
