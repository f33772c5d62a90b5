"""The town apart from the process that visits it, as tests that kill need it."""

import re
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from signal import SIGINT

import pytest


@pytest.fixture
def process():
    command = [sys.executable, "-W", "error", "-m", "pollwatch.demo.town", "--day", "2024-03-17"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as town:
        yield town
        town.kill()


@pytest.fixture
def port(process):
    said = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
    return int(said[1])


def ask(port, *, host, path):
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", path, headers={"Host": host})
        with line.getresponse() as answer:
            return answer.status, answer.read()


def test_it_says_where_it_listens_and_serves_the_offices_of_its_day(port):
    status, body = ask(port, host="coe.europe.example", path="/en/web/portal/newsroom.rss")
    assert (status, body.count(b"<item>")) == (200, 2)


def test_it_stops_quietly_when_interrupted(process, port):
    process.send_signal(SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
