"""A digest as a mail."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from digest.message import Envelope, mailbox, to_message
from digest.render import render_html, render_text
from domain.errors import DeliveryError
from domain.subscriber import MailFormat
from tests.unit.digest.stories import ELECTIONS, a_digest, a_story, a_titled_release

ENVELOPE = Envelope(
    sender=mailbox("pollwatch@example.org", name="pollwatch"),
    to=mailbox("desk@example.org"),
    unsubscribe_to=mailbox("leave@example.org"),
    unsubscribe_url=None,
)


def received(digest, envelope=ENVELOPE, wanted=MailFormat.HTML):
    """The mail as its reader's program sees it."""
    message = to_message(digest, envelope=envelope, wanted=wanted)
    return message_from_bytes(message.as_bytes(), policy=default)


def written(part):
    """A text as it was written; on the way lines end as mail wants it."""
    return part.get_content().replace("\r\n", "\n")


def test_the_headers_say_what_it_is_and_who_wrote_it():
    mail = received(a_digest(a_story(), zone=ZoneInfo("Europe/Warsaw")))

    assert mail.items()[:8] == [
        ("From", "pollwatch <pollwatch@example.org>"),
        ("To", "desk@example.org"),
        ("Subject", "Elections: 1 story, 20 March 2024"),
        ("Date", "Wed, 20 Mar 2024 08:00:00 +0100"),
        ("Message-ID", mail["Message-ID"]),
        ("List-Id", "<digest.pollwatch.example.org>"),
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe", "<mailto:leave@example.org?subject=unsubscribe>"),
    ]
    assert mail["Message-ID"].endswith("@example.org>")


def test_a_mail_to_a_subscriber_names_the_token_that_stops_it():
    envelope = replace(ENVELOPE, unsubscribe_url="https://example.org/out", token="c0ffee")
    mail = received(a_digest(a_story()), envelope)

    assert mail["List-Unsubscribe"] == (
        "<mailto:leave@example.org?subject=unsubscribe%20c0ffee>, "
        "<https://example.org/out?token=c0ffee>"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/?list=1", "https://example.org/?list=1&token=c0ffee"),
        ("https://example.org/out#top", "https://example.org/out?token=c0ffee#top"),
    ],
)
def test_the_token_finds_its_place_in_any_address(url, expected):
    mail = received(a_digest(a_story()), replace(ENVELOPE, unsubscribe_url=url, token="c0ffee"))

    assert mail["List-Unsubscribe"].endswith(f", <{expected}>")


def test_both_ways_out_are_named_in_full_however_long():
    envelope = replace(ENVELOPE, unsubscribe_url="https://example.org/" + "leave/" * 30)
    raw = to_message(a_digest(a_story()), envelope=envelope, wanted=MailFormat.TEXT).as_bytes()

    assert (
        b"\r\nList-Unsubscribe: <mailto:leave@example.org?subject=unsubscribe>, "
        b"<https://example.org/" + b"leave/" * 30 + b">\r\n"
    ) in raw


@pytest.mark.parametrize(
    ("url", "post"),
    [
        (None, None),
        ("http://example.org/leave", None),
        ("https://example.org/leave", "List-Unsubscribe=One-Click"),
    ],
)
def test_one_click_is_offered_where_an_encrypted_address_takes_it(url, post):
    mail = received(a_digest(a_story()), replace(ENVELOPE, unsubscribe_url=url))

    assert mail["List-Unsubscribe-Post"] == post


def test_text_and_html_are_alternatives_and_the_whole_digest_is_attached():
    digest = a_digest(a_story())
    mail = received(digest)
    [attached] = mail.iter_attachments()

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/html",
    ]
    assert written(mail.get_body(("plain",))) == render_text(digest)
    assert written(mail.get_body(("html",))) == render_html(digest)
    assert attached.get_filename() == "digest-2024-03-20.html"
    assert written(attached) == render_html(digest)


def test_who_wants_text_gets_text_alone():
    digest = a_digest(a_story())
    mail = received(digest, wanted=MailFormat.TEXT)

    assert mail.get_content_type() == "text/plain"
    assert written(mail) == render_text(digest)


def test_of_a_long_digest_the_html_part_is_cut_and_text_and_attached_file_are_complete():
    digest = a_digest(*(a_story(a_titled_release(f"Vote {number}")) for number in range(400)))
    mail = received(digest)
    [attached] = mail.iter_attachments()

    assert 90_000 < len(mail.get_body(("html",)).get_payload(decode=True)) < 100_000
    assert attached.get_content().count("<article>") == 400
    assert mail.get_body(("plain",)).get_content().count("*Vote*") == 400


def test_the_same_digest_is_the_same_mail_byte_for_byte():
    first = to_message(a_digest(a_story()), envelope=ENVELOPE, wanted=MailFormat.HTML).as_bytes()
    again = to_message(a_digest(a_story()), envelope=ENVELOPE, wanted=MailFormat.HTML).as_bytes()

    assert first == again


def test_mails_to_two_addresses_are_two_mails():
    other = replace(ENVELOPE, to=mailbox("editor@example.org"))

    assert (
        received(a_digest(a_story()))["Message-ID"]
        != received(a_digest(a_story()), other)["Message-ID"]
    )


def test_any_server_takes_it_seven_bits_and_short_lines():
    hostile = a_titled_release("選挙 " + "ü" * 5_000 + " " + "a" * 5_000)
    digest = a_digest(a_story(hostile), a_story(a_titled_release("Vote")))
    raw = to_message(digest, envelope=ENVELOPE, wanted=MailFormat.HTML).as_bytes()

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_topic_in_another_script_reaches_the_subject():
    topic = replace(ELECTIONS, title="Вибори та референдуми")
    mail = received(a_digest(news=[(topic, [a_story()])]))

    assert mail["Subject"] == "Вибори та референдуми: 1 story, 20 March 2024"


def test_a_line_break_in_the_name_of_a_topic_adds_no_header():
    topic = replace(ELECTIONS, title="Vote\r\nBcc: all@example.org")
    mail = received(a_digest(news=[(topic, [a_story()])]))

    assert mail["Bcc"] is None
    assert mail["Subject"] == "Vote Bcc: all@example.org: 1 story, 20 March 2024"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "desk",
        "desk@",
        "@example.org",
        "desk@example.org\r\nBcc: all@example.org",
        "desk@example.org, all@example.org",
        "Desk <desk@example.org>",
        "böro@example.org",
        "desk@" + "a" * 64 + ".org",
        "desk@example..org",
    ],
)
def test_what_is_no_address_is_refused_with_a_hint(written):
    with pytest.raises(DeliveryError, match="Write one like desk@"):
        mailbox(written)
