"""What hostile offices write reaches a reader's mail whole and harmless, from feed to mail."""

from __future__ import annotations

import email
import re
from email.policy import default
from html import escape

import pytest

from pollwatch.demo.town import Town, page
from tests.e2e.conftest import Program

HOST = "hostile.example"
TITLES = {
    "lines": "Statement on the elections&#13;&#10;Bcc: everybody@example.org",
    "turned": "Elections \u202edlog fo\u202c and \u2066more\u2069",
    "markup": escape("Elections <script>alert(1)</script> <img src='http://evil.example/x.png'>"),
    "long": "Elections " + "of many letters " * 625,
    "nul": "Elections\x00 with nothing",
    "half": "Elections &#55357; and &#xD83D;&#xDE00;",
}
LINK = escape("javascript:alert('elections')")


def an_item(name: str, title: str) -> str:
    return f"<item><title>{title}</title><link>/{name}</link></item>"


def a_page(name: str) -> str:
    text = f"The elections of {name} were observed by nobody, and their result is not recognised."
    return f"<html lang='en'><body><main><p>{text}</p><p>{text}</p></main></body></html>"


@pytest.fixture(scope="module")
def mail(tmp_path_factory, post_office):
    """The mail that a visit to the hostile office ends in."""
    folder = tmp_path_factory.mktemp("hostile")
    items = "".join(an_item(name, title) for name, title in TITLES.items())
    items += f"<item><title>Elections</title><link>{LINK}</link></item>"
    feed = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    office = {f"/{name}": page(a_page(name)) for name in TITLES} | {
        "/rss": page(feed, content_type="application/rss+xml; charset=utf-8")
    }
    post = post_office()
    with Town({HOST: office}) as town:
        (folder / "sources" / "xx").mkdir(parents=True)
        (folder / "sources" / "xx" / "xx_hostile.yaml").write_text(
            "name: Hostile Office\ncountry: XX\nlanguage: en\nfeeds:\n"
            f"  - {{name: news, kind: rss, url: 'http://{HOST}:{town.port}/rss'}}\n"
        )
        (folder / "settings.toml").write_text(
            f"[sources]\nshipped = false\n[mail]\nport = {post.port}\nsender = 'p@example.org'\n"
            f"[crawl]\ndelay = '10ms'\n[crawl.hosts]\n'{HOST}' = '127.0.0.1'\n"
        )
        program = Program(folder, str(folder / "hostile.db"))
        run = program("run", "--json")
        sent = program("digest", "preview", "--mail", "desk@example.org")
    assert run.json["releases"] == len(TITLES), run.err
    assert sent.code == 0, sent.err
    (envelope,) = post.handler.received
    return envelope, email.message_from_bytes(envelope.original_content, policy=default)


def test_a_hostile_title_adds_no_header_and_no_reader(mail):
    envelope, message = mail

    assert envelope.rcpt_tos == ["desk@example.org"]
    assert (message["Bcc"], message["To"]) == (None, "desk@example.org")


def test_nothing_is_lost_on_the_way_to_the_text(mail):
    _, message = mail
    text = message.get_body(("plain",)).get_content()

    assert [name for name in TITLES if f"The *elections* of {name}" not in text] == []


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_control_or_turning_mark_is_left(mail, kind):
    _, message = mail
    written = message.get_body((kind,)).get_content().replace("\r\n", "\n")

    assert (
        re.findall("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written) == []
    )


def test_the_page_holds_no_script_no_picture_and_no_foreign_link(mail):
    _, message = mail
    page = message.get_body(("html",)).get_content()

    assert re.findall(r"<(?:script|img|iframe|link|object)\b", page) == []
    assert {url.split(":")[0] for url in re.findall(r'href="([^"#][^"]*)"', page)} == {"http"}
