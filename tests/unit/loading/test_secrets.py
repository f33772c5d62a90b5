"""What is secret shows in no mistake."""

import pytest

from pollwatch.loading.effective import effective_options

SOURCE = """\
name: Ministry of Economy
country: FR
language: fr
feeds: [{{name: news, kind: rss, url: "{url}"}}]
"""


@pytest.mark.parametrize(
    "url",
    [
        "https://desk:hunter2@economy.example/rss",
        "https://hunter2@economy.example/rss",
        "https://desk:hunter2@economy.example:8443/rss",
        "https://@economy.example/rss",
    ],
)
def test_an_address_with_a_password_is_a_mistake(folder, url):
    folder.write("sources/xx/xx_one.yaml", SOURCE.format(url=url))

    (found,) = folder.mistakes()
    assert found.startswith("sources/xx/xx_one.yaml:4: url: holds a name or password; what the")
    assert "hunter2" not in found


@pytest.mark.parametrize(
    "url",
    [
        "ftp://desk:hunter2@economy.example/rss",
        "https://desk:hun/ter2@economy.example/rss",
        "https://desk:hunter2@economy.example:port/rss",
        "https://desk:hunter2@economy.example/a b",
        "desk:hunter2@economy.example",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(folder, url):
    folder.write("sources/xx/xx_one.yaml", SOURCE.format(url=url))

    (found,) = folder.mistakes()
    assert found.startswith("sources/xx/xx_one.yaml:4: url: what is written is no web address; ")


def test_an_at_sign_further_on_is_no_password(folder):
    folder.write("sources/xx/xx_one.yaml", SOURCE.format(url="https://news.example/@economy.rss"))

    assert folder.load().sources[0].feeds[0].url == "https://news.example/@economy.rss"


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("password = 1234567", "password: what is written is not text; write text instead"),
        ('password = ["1234567"]', "password: what is written is not text; write text instead"),
        ('host = "smtps://desk:1234567@mail.example"', "host: is no name of a server; write one"),
        ('host = "desk:1234567@mail.example"', "host: is no name of a server; write one"),
        ('unsubscribe_url = "https://desk:1234567@x.example/"', "holds a name or password"),
        ('sender = "smtp://desk:1234567@mail.example"', "smtp://desk:***@mail.example"),
        ('password_file = "/no/such/file"', "'/no/such/file' cannot be read"),
    ],
)
def test_a_mistake_about_a_secret_does_not_quote_it(folder, written, mistake):
    folder.write("settings.toml", f"[sources]\nshipped = false\n[mail]\n{written}\n")

    (found,) = folder.mistakes()
    assert mistake in found
    assert "1234567" not in found


def test_a_mistake_in_the_address_of_the_database_does_not_quote_it(folder):
    (found,) = folder.mistakes(POLLWATCH_DATABASE__URL="mysql://desk:hunter2@db.example/news")

    assert found.startswith("POLLWATCH_DATABASE__URL: url: 'mysql' is no database we can keep; ")
    assert "hunter2" not in found


CHAT = "json://desk:hunter2@chat.example"


def test_channels_come_from_the_file_the_environment_or_a_file_of_their_own(folder):
    listed = folder.write("channels", f"# ours\nchat = {CHAT}\n\nphone = ntfy://topic\n")
    folder.write(
        "settings.toml",
        f'[alerts]\nchannels_file = "{listed}"\nchannels = {{ chat = "{CHAT}/x" }}\n',
    )

    in_file = folder.load().settings.alerts.channels
    in_environment = folder.load(
        POLLWATCH_ALERTS__CHANNELS=f"chat={CHAT} phone={CHAT}/y"
    ).settings.alerts.channels

    assert {name: url.get_secret_value() for name, url in in_file.items()} == {
        "chat": f"{CHAT}/x",
        "phone": "ntfy://topic",
    }
    assert {name: url.get_secret_value() for name, url in in_environment.items()} == {
        "chat": CHAT,
        "phone": f"{CHAT}/y",
    }


def test_an_address_of_a_channel_never_shows(folder):
    config = folder.load(POLLWATCH_ALERTS__CHANNELS=f"chat={CHAT}")
    shown = {option.name: option.value for option in effective_options(config)}

    assert shown["channels"] == {"chat": "***"}
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ('channels = { chat = "hunter2" }', "3: chat: is no address of a channel; write one as"),
        ("channels = { chat = 7 }", "3: chat: what is written is not text; write text instead"),
        (
            'channels = { "a b" = "json://hunter2@x.example" }',
            "3: a b: 'a b' cannot be a name; write small letters, digits, '_' and '-'",
        ),
        (
            'channels = "chat: json://hunter2@x.example"',
            "3: channels: holds more than names and addresses; write 'chat = slack://…', one a",
        ),
        (
            'channels = "a=json://hunter2@x.example a=json://y.example"',
            "3: channels: names a channel twice; write another name",
        ),
    ],
)
def test_a_mistake_about_a_channel_does_not_quote_its_address(folder, written, mistake):
    folder.write("settings.toml", f"[sources]\n[alerts]\n{written}\n")
    (found,) = folder.mistakes()

    assert found.startswith(f"settings.toml:{mistake}")
    assert "hunter2" not in found


@pytest.mark.parametrize("name", ["localhost", "mail.example.org", "2001:db8::25", "mail_1"])
def test_a_mail_server_is_named(folder, name):
    assert folder.load(POLLWATCH_MAIL__HOST=name).settings.mail.host == name
