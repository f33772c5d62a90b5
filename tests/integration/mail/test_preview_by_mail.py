"""pollwatch digest preview --mail, with the real house and a real server."""

from email import message_from_bytes
from email.policy import default

import pytest
from click.testing import CliRunner

from pollwatch.cli import commands
from tests.integration.mail.conftest import knows_the_desk


@pytest.fixture
def folder(tmp_path):
    """A configuration that watches nothing."""
    (tmp_path / "settings.toml").write_text("[sources]\nshipped = false\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def preview(folder):
    """``pollwatch digest preview``, with the settings that a test adds."""

    def run(*words, mail=""):
        with (folder / "settings.toml").open("a", encoding="utf-8") as settings:
            settings.write(f"\n[mail]\n{mail}\n")
        given = ["--config", str(folder), "--db", str(folder / "pollwatch.db")]
        CliRunner().invoke(commands, ["db", "upgrade", *given])
        return CliRunner().invoke(commands, ["digest", "preview", *words, *given])

    return run


def test_one_mail_is_sent_to_the_address_and_nothing_is_printed(preview, post_office):
    post = post_office()
    settings = f'host = "127.0.0.1"\nport = {post.port}\nsender = "watch@example.org"'
    result = preview("--mail", "desk@example.org", mail=settings)
    [envelope] = post.handler.received
    mail = message_from_bytes(envelope.original_content, policy=default)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Sent to desk@example.org: Elections: 0 stories, ")
    assert (envelope.mail_from, envelope.rcpt_tos) == ("watch@example.org", ["desk@example.org"])
    assert mail["From"] == "pollwatch <watch@example.org>"
    assert "Nothing matched." in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("settings", "way"),
    [
        ("", "<mailto:watch@example.org?subject=unsubscribe>"),
        ('unsubscribe_to = "out@example.org"', "<mailto:out@example.org?subject=unsubscribe>"),
        (
            'unsubscribe_url = "https://example.org/out"',
            "<mailto:watch@example.org?subject=unsubscribe>, <https://example.org/out>",
        ),
    ],
)
def test_one_can_always_unsubscribe_by_mail(preview, post_office, settings, way):
    post = post_office()
    mail = f'host = "127.0.0.1"\nport = {post.port}\nsender = "watch@example.org"\n{settings}'
    preview("--mail", "desk@example.org", mail=mail)
    [envelope] = post.handler.received

    assert message_from_bytes(envelope.original_content)["List-Unsubscribe"] == way


def test_without_a_sender_in_the_settings_this_machine_writes(preview, post_office):
    post = post_office()
    preview("--mail", "desk@example.org", mail=f'host = "127.0.0.1"\nport = {post.port}')
    [envelope] = post.handler.received

    assert envelope.mail_from.startswith("pollwatch@")


def test_the_settings_say_how_to_sign_in(preview, post_office, encrypted, trusted):
    post = post_office(tls_context=encrypted, auth_required=True, authenticator=knows_the_desk)
    settings = f'host = "localhost"\nport = {post.port}\ntls = "starttls"\nusername = "desk"'
    result = preview(*("--mail", "desk@example.org"), mail=f'{settings}\npassword = "open sesame"')

    assert (result.exit_code, post.handler.encrypted) == (0, [True])


def test_a_subscriber_who_wants_text_is_mailed_text(preview, post_office, folder):
    post = post_office()
    (folder / "subscribers.yaml").write_text(
        "subscribers:\n  - id: desk\n    to: desk@example.org\n    format: text\n",
        encoding="utf-8",
    )
    preview(
        *("--subscriber", "desk", "--mail", "me@example.org"),
        mail=f'host = "127.0.0.1"\nport = {post.port}',
    )
    [envelope] = post.handler.received

    assert envelope.rcpt_tos == ["me@example.org"]
    assert message_from_bytes(envelope.original_content).get_content_type() == "text/plain"


def test_a_mail_that_could_not_be_sent_is_said_and_exits_3(preview, post_office):
    post = post_office()
    settings = f'host = "127.0.0.1"\nport = {post.port}'
    result = preview("--mail", "nobody@example.org", mail=settings)

    assert result.exit_code == 3
    assert "takes no mail for this address" in result.stderr
