"""A mistyped --db: nothing is made of it, and whoever needs a database says that there is none."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from pollwatch.cli import commands
from pollwatch.wiring import wire

SETTINGS = '[sources]\nshipped = false\nonly = ["xx_economy"]\n'
SOURCE = """\
name: Ministry of Economy
country: XX
language: en
feeds:
  - name: news
    kind: rss
    url: https://economy.example/feed
"""


@pytest.fixture
def pollwatch(tmp_path: Path):
    """Runs a command with one source configured, and a database that nobody made."""
    folder = tmp_path / "config"
    (folder / "sources/xx").mkdir(parents=True)
    (folder / "settings.toml").write_text(SETTINGS)
    (folder / "sources/xx/xx_economy.yaml").write_text(SOURCE)

    def run(*words, db="no/such.db"):
        options = ["--config", str(folder), "--db", str(tmp_path / db)]
        return CliRunner().invoke(
            commands, [*words, *options], obj=wire, prog_name="pollwatch", catch_exceptions=False
        )

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("problems", "list"),
        ("releases", "find", "elections"),
        ("releases", "show", "r2k4m7p9"),
        ("releases", "diff", "r2k4m7p9"),
        ("evidence", "r2k4m7p9"),
        ("export",),
        ("digest", "preview"),
        ("keywords", "explain", "r2k4m7p9"),
        ("db", "check"),
        ("db", "backup", "copy.db"),
        ("db", "prune"),
    ],
    ids=" ".join,
)
def test_commands_that_need_a_database_say_that_there_is_none_and_make_nothing(
    pollwatch, tmp_path, words
):
    result = pollwatch(*words)

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        f"pollwatch: There is no database of pollwatch at {tmp_path}/no/such.db. "
        "Name another with --db; `pollwatch run` makes one\n"
    )
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sources", "list"), "xx_economy/news  untried"),
        (("sources", "check"), "Health  1 untried"),
        (("run", "--dry-run"), "xx_economy/news"),
    ],
)
def test_commands_that_need_none_go_without(pollwatch, tmp_path, words, said):
    result = pollwatch(*words)

    assert (result.exit_code, said in result.stdout) == (0, True)
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("words", [("db", "upgrade"), ("import", "/dev/null")], ids=" ".join)
def test_commands_that_write_make_it(pollwatch, tmp_path, words):
    assert pollwatch(*words).exit_code == 0
    assert (tmp_path / "no/such.db").is_file()
    assert pollwatch("status").exit_code == 0


@pytest.mark.parametrize("statement", ["SELECT 1", "CREATE TABLE notes (line TEXT)"])
def test_a_database_of_another_program_is_left_as_it_is(pollwatch, tmp_path, statement):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute(statement)
    before = (tmp_path / "other.db").read_bytes()

    assert pollwatch("status", db="other.db").exit_code == 3
    assert (tmp_path / "other.db").read_bytes() == before
