"""Finished mails on their way to a server."""

import socket

import pytest

from digest.mailer import MailServer, deliver
from domain.errors import DeliveryError, PutOff, TurnedAway
from tests.integration.mail.conftest import LOOPBACK, PATIENCE, knows_the_desk

MAIL = (
    b"From: pollwatch@example.org\r\nSubject: Elections\r\n\r\none\r\n.\r\n..two\r\nFrom three\r\n"
)


def send(server, message=MAIL, to="desk@example.org"):
    deliver(message, sender="pollwatch@example.org", to=to, server=server)


def refusal(server, **mail):
    """What people read when it fails."""
    with pytest.raises(DeliveryError) as caught:
        send(server, **mail)
    return str(caught.value)


def test_a_mail_arrives_byte_for_byte(post_office):
    post = post_office()
    send(post.told())
    [envelope] = post.handler.received

    assert envelope.original_content == MAIL
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "pollwatch@example.org",
        ["desk@example.org"],
    )


def test_a_rude_farewell_does_not_make_a_delivered_mail_a_failure(post_office):
    post = post_office(farewell="451 not so fast")
    send(post.told())

    assert len(post.handler.received) == 1


def test_with_starttls_the_mail_is_encrypted(post_office, encrypted, trusted):
    post = post_office(tls_context=encrypted, require_starttls=True)
    send(post.told(host="localhost", tls="starttls"))

    assert post.handler.encrypted == [True]


def test_with_tls_the_mail_is_encrypted_from_the_first_byte(post_office, encrypted, trusted):
    post = post_office(ssl_context=encrypted)
    send(post.told(host="localhost", tls="tls"))

    assert post.handler.encrypted == [True]


def test_with_name_and_password_we_sign_in(post_office, encrypted, trusted):
    post = post_office(
        tls_context=encrypted,
        require_starttls=True,
        auth_required=True,
        authenticator=knows_the_desk,
    )
    send(post.told(host="localhost", tls="starttls", username="desk", password="open sesame"))

    assert len(post.handler.received) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(post_office, encrypted, tls):
    options = {"starttls": {"tls_context": encrypted}, "tls": {"ssl_context": encrypted}}
    post = post_office(**options[tls])
    said = refusal(post.told(host="localhost", tls=tls))

    assert said == (
        f"The mail server localhost:{post.port} could not prove who it is (self-signed "
        "certificate). Check host under [mail]: the server's certificate must name it"
    )
    assert post.handler.received == []


def test_where_starttls_is_asked_for_and_not_offered_nothing_is_sent(post_office):
    post = post_office()
    said = refusal(post.told(tls="starttls"))

    assert "cannot do what is asked of it (STARTTLS extension not supported by server.)" in said
    assert post.handler.received == []


def test_tls_with_a_server_that_does_not_speak_it_says_which_port_goes_with_what(post_office):
    said = refusal(post_office().told(tls="tls"))

    assert "does not speak TLS with us" in said
    assert "tls goes with 465, starttls with 587" in said


def test_a_wrong_password_is_named_as_such_and_shown_nowhere(post_office, encrypted, trusted):
    post = post_office(tls_context=encrypted, auth_required=True, authenticator=knows_the_desk)
    server = post.told(host="localhost", tls="starttls", username="desk", password="open barley")
    said = refusal(server)

    assert "does not accept name and password (535 5.7.8" in said
    assert "open barley" not in said + repr(server)


def test_an_address_that_the_server_does_not_take_is_named_with_its_answer(post_office):
    said = refusal(post_office().told(), to="nobody@example.org")

    assert (
        "takes no mail for this address (nobody@example.org: 550 5.1.1 no such person[31m here)"
    ) in said


def test_a_mail_that_is_refused_after_all_says_why(post_office):
    said = refusal(post_office().told(), message=b"X-Refuse: yes\r\n" + MAIL)

    assert "did not take the mail (554 5.7.1 not this one)" in said


def test_a_server_that_is_not_there_is_named_with_its_port():
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        port = taken.getsockname()[1]
        said = refusal(MailServer(host=LOOPBACK, port=port, tls="none"))

    assert said == (
        f"The mail server 127.0.0.1:{port} cannot be reached, or hung up (Connection refused). "
        "Check host and port under [mail], and whether the server runs"
    )


def test_an_impossible_name_is_a_server_that_nobody_can_speak_to():
    said = refusal(MailServer(host="mail..example", port=25, tls="none"))

    assert "The mail server mail..example:25 cannot be spoken to" in said


def test_a_password_that_cannot_be_sent_is_not_quoted(post_office, encrypted, trusted):
    post = post_office(tls_context=encrypted, authenticator=knows_the_desk)
    said = refusal(post.told(host="localhost", tls="starttls", username="desk", password="öffne"))

    assert "cannot be spoken to (ordinal not in range(128))" in said


@pytest.mark.parametrize(
    ("to", "verdict"),
    [
        ("nobody@example.org", TurnedAway),
        ("later@example.org", PutOff),
        ("broken@example.org", PutOff),
        ("slow@example.org", PutOff),
        ("stranger@example.org", DeliveryError),
    ],
)
def test_the_answer_says_whether_to_try_again(post_office, to, verdict):
    with pytest.raises(DeliveryError) as caught:
        send(post_office().told(patience=PATIENCE), to=to)

    assert caught.type is verdict


def test_a_mail_that_no_server_will_ever_take_is_turned_away(post_office):
    with pytest.raises(TurnedAway):
        send(post_office().told(), message=b"X-Refuse: yes\r\n" + MAIL)


def test_a_mail_that_is_too_large_for_the_server_is_turned_away(post_office):
    with pytest.raises(TurnedAway):
        send(post_office(data_size_limit=10).told())


def test_a_server_that_nobody_answers_for_is_no_fault_of_an_address():
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        server = MailServer(host=LOOPBACK, port=taken.getsockname()[1], tls="none")
        with pytest.raises(DeliveryError) as caught:
            send(server)

    assert caught.type is DeliveryError


def test_a_wrong_password_is_no_fault_of_an_address(post_office, encrypted, trusted):
    post = post_office(tls_context=encrypted, auth_required=True, authenticator=knows_the_desk)
    with pytest.raises(DeliveryError) as caught:
        send(post.told(host="localhost", tls="starttls", username="desk", password="barley"))

    assert caught.type is DeliveryError
