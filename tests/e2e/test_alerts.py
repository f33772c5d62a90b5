"""Whoever asked to be told at once is mailed by the run that found it, and no other."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from pollwatch.demo.town import LOOPBACK, Town, page
from tests.e2e.conftest import Program
from tests.integration.mail.conftest import Post

HOST = "office.example"
SETTINGS = f"""[sources]
shipped = false
[crawl]
delay = "0ms"
allow_private = true
user_agent = "pollwatch (a test on this machine)"
[crawl.hosts]
"{HOST}" = "{LOOPBACK}"
[mail]
host = "{LOOPBACK}"
port = {{port}}
sender = "watch@example.org"
"""
SUBSCRIBERS = """subscribers:
  - id: desk
    to: desk@example.org
    at: "00:00"
    alerts: {countries: all, problems: true}
"""
SOURCE = """name: Ministry of Economy
country: FR
language: en
feeds:
  - {{name: news, kind: page, url: "http://{host}:{port}/{path}"}}
"""
TEXT = """<html lang="en"><head><title>{title}</title></head><body><main><h1>{title}</h1>
<p>The ministry takes note of what was said of it in the capital on the first day of spring.</p>
<p>It will say more when its guests have returned, and thanks all who took part in the talks.</p>
</main></body></html>"""
OFFICES = {
    HOST: {
        "/hours": page(TEXT.format(title="Opening hours in spring")),
        "/vote": page(TEXT.format(title="We do not recognise the presidential election")),
    }
}


@pytest.fixture
def office():
    with Town(OFFICES) as town:
        yield town


@pytest.fixture
def post():
    post = Post()
    post.start()
    yield post
    post.stop()


@pytest.fixture
def desk(tmp_path, office, post):
    """A desk that watches a page, and has had the digest of the day."""
    (tmp_path / "sources" / "xx").mkdir(parents=True)
    (tmp_path / "settings.toml").write_text(SETTINGS.format(port=post.port), "utf-8")
    (tmp_path / "subscribers.yaml").write_text(SUBSCRIBERS, "utf-8")
    watches(tmp_path, office, "hours")
    desk = Program(tmp_path, str(tmp_path / "pollwatch.db"))
    desk("run")
    desk("digest", "send")
    return desk


def watches(folder, office, path):
    text = SOURCE.format(host=HOST, port=office.port, path=path)
    (folder / "sources" / "xx" / f"xx_{path}.yaml").write_text(text, "utf-8")


def test_a_run_tells_at_once_what_it_found_and_what_is_wrong(desk, office, post):
    watches(desk.folder, office, "vote")
    watches(desk.folder, office, "nothing")
    found = desk("run")
    mails = [
        message_from_bytes(one.original_content, EmailMessage, policy=default)
        for one in post.handler.received
    ]

    assert found.code == 1
    assert [mail["Subject"] for mail in mails[1:]] == ["Alert: Elections", "Alert: problems"]
    assert "We do not recognise the *presidential election*" in mails[1].get_content()
    assert "feed_gone, xx_nothing/news" in mails[2].get_content()
