"""pollwatch init."""

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home without configuration, and a current folder without any."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("POLLWATCH_CONFIG", raising=False)
    return tmp_path


def test_the_folder_is_the_usual_one_where_none_is_named(pollwatch, home):
    result = pollwatch("init")

    assert (result.exit_code, result.stdout) == (
        0,
        f"{home}/.config/pollwatch/settings.toml\n{home}/.config/pollwatch/subscribers.yaml\n",
    )


def test_what_to_do_next_is_said(pollwatch):
    assert pollwatch("init").stderr == (
        "\nNext:\n"
        "  1. In settings.toml, write into user_agent where a press office can reach you.\n"
        "  2. In subscribers.yaml, write who gets a digest.\n"
        "  3. pollwatch config check\n"
        "  4. pollwatch run\n"
    )


def test_a_folder_that_commands_would_not_find_is_named_to_them(pollwatch, home):
    assert "config check --config 'my watch'" in pollwatch("init", "my watch").stderr


def test_the_folder_of_the_current_place_is_found(pollwatch):
    assert "  4. pollwatch run\n" in pollwatch("init", "config").stderr


@pytest.mark.parametrize("words", [("init", "mine"), ("init", "--config", "mine")])
def test_the_folder_can_be_named(pollwatch, home, words):
    pollwatch(*words)

    assert (home / "mine/settings.toml").is_file()


def test_the_variable_names_the_folder_too(pollwatch, home, monkeypatch):
    monkeypatch.setenv("POLLWATCH_CONFIG", str(home / "mine"))
    pollwatch("init")

    assert (home / "mine/settings.toml").is_file()


def test_a_variable_that_names_no_folder_does_not_matter_where_one_is_named(pollwatch, monkeypatch):
    monkeypatch.setenv("POLLWATCH_CONFIG", "nowhere")

    assert pollwatch("init", "mine").exit_code == 0


def test_nothing_is_overwritten_and_the_exit_is_1(pollwatch, home):
    (home / "mine").mkdir()
    (home / "mine/settings.toml").write_text("# mine\n")

    result = pollwatch("init", "mine")

    assert (result.exit_code, result.stdout) == (1, "mine/subscribers.yaml\n")
    assert result.stderr.startswith(
        "pollwatch: mine/settings.toml is there already, and stays as it is\n"
    )
    assert (home / "mine/settings.toml").read_text() == "# mine\n"


def test_a_folder_that_cannot_be_made_is_said_and_the_exit_is_3(pollwatch, home):
    (home / "mine").write_text("a file")

    assert pollwatch("init", "mine").exit_code == 3


def test_programs_get_a_line_for_each_file(pollwatch):
    assert pollwatch.records("init", "mine", "--json") == [
        {"file": "mine/settings.toml", "written": True},
        {"file": "mine/subscribers.yaml", "written": True},
    ]


def test_the_new_folder_holds_no_mistake(pollwatch):
    pollwatch("init", "mine")

    assert pollwatch("config", "check", "--config", "mine").exit_code == 0
