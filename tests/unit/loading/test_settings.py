from datetime import timedelta

import pytest

from pollwatch.loading import plain_toml
from pollwatch.loading.documents import Document
from pollwatch.loading.layers import settings_from
from pollwatch.loading.settings import Settings


def document(text):
    return plain_toml.read(text.encode(), file="settings.toml")


def settings(text="", *, overrides=(), **environ):
    layered = settings_from(
        document(text), environ={"HOME": "/home/desk", **environ}, overrides=dict(overrides)
    )
    assert layered.mistakes == ()
    return layered.settings


def mistakes(text="", *, overrides=(), **environ):
    layered = settings_from(
        document(text), environ={"HOME": "/home/desk", **environ}, overrides=dict(overrides)
    )
    return [str(mistake) for mistake in layered.mistakes]


def test_no_file_gives_the_defaults():
    layered = settings_from(
        Document(file="settings.toml"), environ={"HOME": "/home/desk"}, overrides={}
    )

    assert layered.mistakes == ()
    assert layered.settings.crawl == Settings().crawl


def test_quantities_are_read_with_their_units():
    crawl = settings('[crawl]\ndelay = "250ms"\ntimeout = "2m"\npage_limit = "1 MB"\n').crawl

    assert crawl.delay == timedelta(milliseconds=250)
    assert crawl.timeout == timedelta(minutes=2)
    assert crawl.page_limit == 1_000_000


def test_what_a_file_leaves_out_keeps_its_default():
    assert settings('[crawl]\ndelay = "5s"\n').crawl.at_once == 8


def test_names_of_trials_have_addresses():
    crawl = settings('[crawl.hosts]\n"Press.Example" = "127.0.0.1"\n').crawl

    assert crawl.hosts == {"press.example": "127.0.0.1"}


def test_what_is_kept_for_ever_has_no_length():
    keep = settings('[keep]\ntexts = "forever"\noriginals_matched = "2y"\n').keep

    assert keep.texts is None
    assert keep.originals_matched == timedelta(days=730)


@pytest.mark.parametrize(("written", "length"), [("0", timedelta()), ('"3d"', timedelta(days=3))])
def test_a_backlog_is_nothing_or_a_length_of_time(written, length):
    assert settings(f"[digest]\nbacklog = {written}\n").digest.backlog == length


def test_all_that_the_contract_names_in_mail_is_read():
    mail = settings(
        '[mail]\nhost = "smtp.example"\nport = 587\nusername = "desk"\npassword = "secret"\n'
        'tls = "starttls"\nsender = "desk@example.org"\nper_hour = 10\n'
        'unsubscribe_to = "stop@example.org"\nunsubscribe_url = "https://example.org/stop"\n'
    ).mail

    assert mail.host == "smtp.example"
    assert mail.password.get_secret_value() == "secret"
    assert mail.tls == "starttls"


def test_the_environment_beats_the_file():
    read = settings('[crawl]\ndelay = "5s"\nat_once = 2\n', POLLWATCH_CRAWL__DELAY="1s")

    assert read.crawl.delay == timedelta(seconds=1)
    assert read.crawl.at_once == 2


def test_the_command_line_beats_the_environment():
    read = settings(
        '[database]\nurl = "/a.db"\n',
        overrides={"database.url": "/c.db"},
        POLLWATCH_DATABASE__URL="/b.db",
    )

    assert read.database.url == "sqlite:////c.db"


def test_the_environment_holds_text_and_the_option_decides_what_it_means():
    read = settings(
        POLLWATCH_CRAWL__AT_ONCE="3",
        POLLWATCH_CRAWL__ALLOW_PRIVATE="true",
        POLLWATCH_CRAWL__HOSTS="a.example=127.0.0.1, b.example=::1",
        POLLWATCH_SOURCES__ONLY="eu/*, pl_mfa",
        POLLWATCH_MAIL__PASSWORD="123",
    )

    assert read.crawl.at_once == 3
    assert read.crawl.allow_private is True
    assert read.crawl.hosts == {"a.example": "127.0.0.1", "b.example": "::1"}
    assert read.sources.only == ("eu/*", "pl_mfa")
    assert read.mail.password.get_secret_value() == "123"


@pytest.mark.parametrize("name", ["POLLWATCH_CONFIG", "POLLWATCH_TESTDATA", "HOME", "PATH"])
def test_variables_that_are_no_settings_are_left_alone(name):
    assert settings(**{name: "/somewhere"}).crawl == Settings().crawl


def test_an_empty_variable_says_nothing():
    assert settings(POLLWATCH_CRAWL__DELAY="").crawl.delay == timedelta(seconds=2)


def test_a_password_never_prints():
    read = settings(POLLWATCH_MAIL__PASSWORD="hush")

    assert "hush" not in repr(read)
    assert "hush" not in str(read)
    assert "hush" not in read.model_dump_json()


def test_a_password_can_lie_in_a_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("hush\n")

    mail = settings(f'[mail]\npassword_file = "{file}"\n').mail

    assert mail.password.get_secret_value() == "hush"


def test_a_password_file_from_the_environment_beats_a_password_from_the_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("new\n")

    mail = settings('[mail]\npassword = "old"\n', POLLWATCH_MAIL__PASSWORD_FILE=str(file)).mail

    assert mail.password.get_secret_value() == "new"


def test_a_password_file_of_bytes_that_are_no_text_is_a_mistake(tmp_path):
    file = tmp_path / "password"
    file.write_bytes(b"\xff\xfe")

    assert mistakes(f'[mail]\npassword_file = "{file}"\n') == [
        (
            f"settings.toml:2: password_file: '{file}' cannot be read (it is not UTF-8); "
            "write the path of a text file that can"
        )
    ]


def test_a_password_from_the_environment_beats_one_from_a_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("old\n")

    mail = settings(f'[mail]\npassword_file = "{file}"\n', POLLWATCH_MAIL__PASSWORD="new").mail

    assert mail.password.get_secret_value() == "new"


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, "sqlite:////home/desk/.local/share/pollwatch/pollwatch.db"),
        ({"XDG_DATA_HOME": "/data"}, "sqlite:////data/pollwatch/pollwatch.db"),
        ({"XDG_DATA_HOME": "data"}, "sqlite:////home/desk/.local/share/pollwatch/pollwatch.db"),
        ({"POLLWATCH_DATABASE__URL": "/x/y.db"}, "sqlite:////x/y.db"),
        ({"POLLWATCH_DATABASE__URL": "sqlite:///y.db"}, "sqlite:///y.db"),
        ({"POLLWATCH_DATABASE__URL": "postgresql://a@b/c"}, "postgresql://a@b/c"),
    ],
)
def test_the_database_is_a_file_in_the_data_folder_unless_something_else_is_said(environ, url):
    assert settings(**environ).database.url == url


def test_a_relative_database_lies_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert settings('[database]\nurl = "y.db"\n').database.url == f"sqlite:///{tmp_path}/y.db"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[mial]\n", "1: unknown key 'mial'; write 'mail' instead"),
        ('[crawl]\ndealy = "2s"\n', "2: unknown key 'dealy'; write 'delay' instead"),
        (
            "[crawl]\ndelay = 2\n",
            "2: delay: '2' is no duration; write a number with its unit: 250ms, 30s, 2m, 1h or 7d",
        ),
        ('[crawl]\ntimeout = "0s"\n', "2: timeout: is no time at all; write more than 0"),
        (
            "[crawl]\npage_limit = 5\n",
            "2: page_limit: '5' is no size; write a number with its unit: 500 kB, 5 MB or 1 GB",
        ),
        (
            '[crawl]\nat_once = "8"\n',
            "2: at_once: '8' is not a whole number; write a whole number instead",
        ),
        (
            "[crawl]\nat_once = true\n",
            "2: at_once: true is not a whole number; write a whole number instead",
        ),
        (
            "[crawl]\nat_once = 0\n",
            "2: at_once: 0 cannot be; it should be greater than or equal to 1",
        ),
        (
            '[crawl]\nallow_private = "yes"\n',
            "2: allow_private: 'yes' is not true or false; write true or false instead",
        ),
        (
            '[crawl.hosts]\n"press.example" = "localhost"\n',
            "2: press.example: 'localhost' is no address; write one like 127.0.0.1",
        ),
        (
            '[crawl]\nhosts = ["press.example"]\n',
            "2: hosts: a list is not a group of keys; write a group of keys instead",
        ),
        (
            '[crawl]\nuser_agent = "a\\nb"\n',
            "2: user_agent: holds a line break or a control character; write it on one line",
        ),
        (
            '[crawl]\nca_file = "/nowhere/at/all"\n',
            (
                "2: ca_file: '/nowhere/at/all' cannot be read (No such file or directory); "
                "write the path of a text file that can"
            ),
        ),
        (
            '[mail]\ntls = "ssl"\n',
            "2: tls: 'ssl' is not known; write 'none', 'starttls' or 'tls' instead",
        ),
        (
            '[database]\nurl = "mysql://a/b"\n',
            (
                "2: url: 'mysql' is no database we can keep; write the path of a file, "
                "sqlite:///path, or postgresql://user@host/name"
            ),
        ),
        (
            '[database]\nurl = ""\n',
            "2: url: is empty; write the path of a file, or delete the line",
        ),
        ("mail = 1\n", "1: mail: 1 is not a group of keys; write a group of keys instead"),
    ],
)
def test_one_mistake_is_told_with_its_line_and_what_to_write(text, mistake):
    assert mistakes(text) == [f"settings.toml:{mistake}"]


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        (
            "POLLWATCH_CRAWL__AT_ONCE",
            "many",
            "at_once: 'many' is not a whole number; write a whole number instead",
        ),
        ("POLLWATCH_MIAL__HOST", "x", "unknown key 'mial'; write 'mail' instead"),
        ("POLLWATCH_MAIL__HOTS", "x", "unknown key 'hots'; write 'host' instead"),
        (
            "POLLWATCH_MAIL_HOST",
            "x",
            "is no setting; write POLLWATCH_MAIL__HOST, with two underscores",
        ),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(name, text, mistake):
    assert mistakes(**{name: text}) == [f"{name}: {mistake}"]


def test_a_mistake_on_the_command_line_says_so():
    assert mistakes(overrides={"database.url": "mysql://a/b"}) == [
        (
            "database.url on the command line: url: 'mysql' is no database we can keep; write the "
            "path of a file, sqlite:///path, or postgresql://user@host/name"
        )
    ]


def test_mistakes_of_all_layers_come_together():
    assert len(mistakes("[crawl]\na = 1\nb = 2\n", POLLWATCH_MAIL__PORT="x")) == 3
