"""What holds for every command: common options, exit codes, help."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.errors import ConfigError, StorageError
from pollwatch.cli import commands

LEAVES = [
    ["demo"],
    ["run"],
    ["digest", "preview"],
    ["status"],
    ["problems", "list"],
    ["sources", "list"],
    ["releases", "show"],
    ["db", "upgrade"],
    ["db", "check"],
    ["config", "check"],
    ["config", "show"],
    ["config", "where"],
    ["config", "edit"],
    ["config", "diff"],
    ["init"],
    ["sources", "check"],
    ["sources", "try"],
    ["keywords", "check"],
    ["keywords", "explain"],
    ["classify"],
    ["import"],
    ["export"],
]
GROUPS = ["digest", "problems", "sources", "releases", "db", "config", "keywords"]


@pytest.mark.parametrize("leaf", LEAVES, ids=" ".join)
def test_every_command_shows_an_example_and_the_common_options(pollwatch, leaf):
    shown = pollwatch(*leaf, "--help").stdout

    assert f"  pollwatch {' '.join(leaf)}" in shown.partition("Example")[2]
    assert ["--db" in shown, "--config" in shown, "--json" in shown, "--quiet" in shown] == [
        True,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("leaf", LEAVES, ids=" ".join)
def test_help_fits_a_terminal_of_80_columns(pollwatch, leaf):
    assert max(map(len, pollwatch(*leaf, "--help").stdout.splitlines())) <= 80


@pytest.mark.parametrize("group", [[], *([group] for group in GROUPS)], ids=" ".join)
def test_lists_of_commands_cut_no_sentence_short(pollwatch, group):
    assert "..." not in pollwatch(*group, "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize(
    "words",
    [
        ("--db", "a.db", "--config", "mine", "problems", "list"),
        ("problems", "--db", "a.db", "--config", "mine", "list"),
        ("problems", "list", "--db", "a.db", "--config", "mine"),
        ("--db", "b.db", "problems", "--config", "yours", "list", "--db=a.db", "--config=mine"),
    ],
)
def test_common_options_stand_anywhere_and_the_later_one_wins(pollwatch, words):
    pollwatch(*words)

    assert (pollwatch.house.options.db, pollwatch.house.options.config) == ("a.db", Path("mine"))


def test_all_mistakes_of_a_configuration_are_printed_and_the_exit_is_2(pollwatch):
    pollwatch.house.error = ConfigError(("a.yaml:3: unknown key 'nmae'", "b.yaml:1: no name"))

    result = pollwatch("status")

    assert result.exit_code == 2
    assert result.stderr == (
        "pollwatch: a.yaml:3: unknown key 'nmae'\npollwatch: b.yaml:1: no name\n"
    )


def test_what_could_not_be_done_is_said_with_its_next_step_and_the_exit_is_3(pollwatch):
    pollwatch.house.error = StorageError("The disk is full", next_step="Make room")

    result = pollwatch("run")

    assert (result.exit_code, result.stderr) == (3, "pollwatch: The disk is full. Make room\n")


def test_ctrl_c_is_quiet_and_the_exit_is_130(pollwatch):
    pollwatch.house.error = KeyboardInterrupt()

    result = pollwatch("status")

    assert (result.exit_code, result.output) == (130, "")


def test_a_bug_is_shown_whole_and_is_no_success(pollwatch):
    pollwatch.house.error = ZeroDivisionError("nobody foresaw this")

    result = pollwatch("status")

    assert result.exit_code == 3
    assert "Traceback" in result.stderr
    assert "nobody foresaw this" in result.stderr


def test_no_error_and_no_traceback_shows_a_password(pollwatch):
    address = "postgresql://desk:hunter2@db.example/news"
    pollwatch.house.error = ZeroDivisionError(address)
    bug = pollwatch("status").stderr
    pollwatch.house.error = StorageError(f"{address} is odd")
    fault = pollwatch("status").stderr
    pollwatch.house.error = ConfigError((f"a.yaml:1: {address}",))
    mistake = pollwatch("status").stderr

    assert "hunter2" not in bug + fault + mistake
    assert "ZeroDivisionError: postgresql://desk:***@db.example/news" in bug


def test_an_error_cannot_move_the_cursor(pollwatch):
    pollwatch.house.error = ConfigError(("a.yaml:1: \x1b[2Jodd",))

    assert pollwatch("status").stderr == "pollwatch: a.yaml:1: [2Jodd\n"


def test_an_unknown_command_is_wrong_usage(pollwatch):
    assert pollwatch("pole").exit_code == 2


def test_the_version_is_named(pollwatch):
    assert pollwatch("--version").stdout == "pollwatch 0.1.0\n"


def test_commands_are_listed_in_the_order_in_which_one_gets_to_know_them():
    assert commands.list_commands(None)[:4] == ["demo", "init", "run", "digest"]


def running(*words, stdout, stderr=subprocess.PIPE):
    program = "from pollwatch.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        text=True,
        check=False,
    )


def test_a_reader_who_leaves_early_hears_no_complaint():
    reader, writer = os.pipe()
    os.close(reader)
    result = running("run", "--help", stdout=writer)
    os.close(writer)

    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.parametrize("words", [("run", "--help"), ("--help",)], ids=" ".join)
def test_a_full_disk_is_said_in_one_line_and_the_exit_is_3(words):
    with Path("/dev/full").open("w") as full:
        result = running(*words, stdout=full)

    assert (result.returncode, result.stderr) == (
        3,
        (
            "pollwatch: What was asked for could not be written (No space left on device). "
            "Make room, or send it elsewhere\n"
        ),
    )


def test_where_not_even_a_complaint_can_be_written_the_exit_still_says_it():
    with Path("/dev/full").open("w") as full:
        result = running("config", "check", "--config", "/nowhere", stdout=full, stderr=full)

    assert result.returncode == 2


def test_a_terminal_without_the_letters_gets_them_escaped():
    result = running("run", "--help", stdout=subprocess.PIPE)

    assert result.returncode == 0
    assert "postgresql://\\u2026" in result.stdout
