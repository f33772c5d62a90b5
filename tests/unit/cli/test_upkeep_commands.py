"""pollwatch db and config."""

import pytest


def test_a_sound_database_is_said(pollwatch):
    result = pollwatch("db", "check")

    assert (result.exit_code, result.stdout) == (0, "The database is sound.\n")


def test_damage_is_named_and_the_exit_is_1(pollwatch):
    pollwatch.store.complaints = ("releases.title is missing", "3 hits belong to no release")

    result = pollwatch("db", "check", "--quiet")

    assert result.exit_code == 1
    assert result.stdout == "releases.title is missing\n3 hits belong to no release\n"


def test_programs_get_one_object_about_the_database(pollwatch):
    pollwatch.store.complaints = ("releases.title is missing",)

    assert pollwatch.records("db", "check", "--json") == [
        {"sound": False, "complaints": ["releases.title is missing"]}
    ]


def test_an_upgrade_opens_the_database_and_says_so(pollwatch):
    result = pollwatch("db", "upgrade", "--db", "old.db")

    assert (result.exit_code, pollwatch.house.options.db) == (0, "old.db")
    assert result.stdout == "The database is what this version needs.\n"


@pytest.fixture
def folder(tmp_path):
    """A configuration folder of one's own, without the shipped sources."""
    (tmp_path / "settings.toml").write_text("[sources]\nshipped = false\n")
    return tmp_path


def test_a_configuration_without_mistakes_is_counted(pollwatch, folder):
    (counts,) = pollwatch.records("config", "check", "--config", str(folder), "--json")

    assert (counts["sources"], counts["feeds"], counts["topics"]) == (0, 0, 1)


def test_a_configuration_without_mistakes_is_said_to_be_so(pollwatch, folder):
    shown = pollwatch("config", "check", "--config", str(folder)).stdout

    assert shown.startswith("No mistakes: 0 sources, 0 feeds, 1 topic, ")


def test_mistakes_are_named_with_file_and_line(pollwatch, folder):
    (folder / "settings.toml").write_text("[crawl]\ndelai = '2s'\n")

    result = pollwatch("config", "check", "--config", str(folder))

    assert result.exit_code == 2
    assert "settings.toml:2:" in result.stderr


def test_a_folder_that_is_not_there_is_wrong_usage(pollwatch, tmp_path):
    assert pollwatch("config", "check", "--config", str(tmp_path / "none")).exit_code == 2
