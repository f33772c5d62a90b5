"""Configuration as people meet it: a process of its own, on files of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("pollwatch", "scheduler", "crawler", "storage", "digest", "analysis", "domain")
KEYWORDS = "topics/elections/de.yaml"

MISTAKEN = {
    "settings.toml": """\
[crawl]
delai = "2s"
at_once = "eight"
[digest]
backlog = "3 dayz"
""",
    "subscribers.yaml": """\
subscribers:
  - id: desk
    to: desk at example.org
    days: mon-fry
""",
    "sources/pl/pl_desk.yaml": """\
name: Press desk
country: Polska
language: pl
feeds:
  - name: news
    kind: rss
    url: https://desk:hunter2@press.example/rss
""",
    "topics/elections/de.yaml": """\
extends: shipped
strong: |
  Wahl | heavy
weak: |
  *
""",
    "topics/elections/topic.yaml": """\
title: Elections
threshold: none
""",
}
TOLD = [
    "settings.toml:2: unknown key 'delai'; write 'delay' instead",
    "settings.toml:3: at_once: 'eight' is not a whole number; write a whole number instead",
    "settings.toml:5: backlog: '3 dayz' is no duration; write a number with its unit: 250ms, ",
    "sources/pl/pl_desk.yaml:2: country: 'Polska' is no country or body that we know; write ",
    "sources/pl/pl_desk.yaml:7: url: holds a name or password; what the press may read needs ",
    "subscribers.yaml:3: to: 'desk at example.org' is no mail address; write one like ",
    "subscribers.yaml:4: days: 'mon-fry' names no days; write mon-fri, or mon, wed, fri",
    "topics/elections/de.yaml:3: 'Wahl | heavy': 'heavy' is no option; write ",
    "topics/elections/de.yaml:5: '*': ",
    "topics/elections/topic.yaml:2: threshold: 'none' is not a number; write a number instead",
]


def pollwatch(*words, cwd, **environ):
    """A command run to its end where nothing else is configured."""
    kept = {name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
    home = {"HOME": str(cwd), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    return subprocess.run(
        [sys.executable, "-m", "pollwatch", *words],
        cwd=cwd,
        env={**kept, **home, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "command", [("run", "--all"), ("config", "check"), ("status",)], ids=" ".join
)
def test_ten_mistakes_in_five_files_come_together_and_nothing_is_touched(tmp_path, command):
    config = written(tmp_path / "config", MISTAKEN)
    before = files_in(tmp_path)

    done = pollwatch(*command, cwd=tmp_path)

    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", 10)
    starts = [f"pollwatch: {config.name}/{start}" for start in TOLD]
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == starts
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "command", [("run", "--all"), ("config", "show"), ("status",)], ids=" ".join
)
def test_a_password_of_the_database_shows_nowhere(tmp_path, command):
    url = "postgresql://desk:hunter2@127.0.0.1:1/news"
    environ = {"POLLWATCH_DATABASE__URL": url, "POLLWATCH_LOG__LEVEL": "debug"}

    done = pollwatch(*command, cwd=tmp_path, **environ)

    assert "desk:***@127.0.0.1:1/news" in done.stdout + done.stderr
    assert "hunter2" not in done.stdout + done.stderr


@pytest.fixture
def program(tmp_path):
    """A copy of the program, which an upgrade can change."""
    copy = tmp_path / "program"
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    written(
        copy / "config",
        {"settings.toml": "", "subscribers.yaml": "", KEYWORDS: "strong: |\n  Wahl\n"},
    )
    return copy


def test_an_upgrade_is_told_to_those_who_replaced_a_file(tmp_path, program):
    own = ("--config", str(written(tmp_path / "own", {"settings.toml": ""})))
    pollwatch("config", "edit", KEYWORDS, *own, cwd=program)
    before = pollwatch("config", "diff", *own, cwd=program)
    (program / "config" / KEYWORDS).write_text("strong: |\n  Wahl\n  Urnengang\n")
    after = pollwatch("config", "diff", *own, cwd=program)
    where = pollwatch("config", "where", KEYWORDS, *own, cwd=program)

    assert (before.returncode, before.stdout) == (
        0,
        f"{KEYWORDS}: the same as the shipped file; you may delete yours\n",
    )
    assert after.returncode == 1
    assert after.stdout.startswith(f"{KEYWORDS}: out of date: the shipped file has changed, ")
    assert "    +  Urnengang\n" in after.stdout
    assert where.stdout == f"replaced      {tmp_path}/own/{KEYWORDS}\n"


def test_a_new_keyword_arrives_by_itself_under_a_file_that_extends(tmp_path, program):
    mine = {KEYWORDS: "extends: shipped\nstrong: |\n  Landratswahl\n"}
    own = ("--config", str(written(tmp_path / "own", mine)))
    before = pollwatch("config", "check", *own, cwd=program)
    (program / "config" / KEYWORDS).write_text("strong: |\n  Wahl\n  Urnengang\n")
    after = pollwatch("config", "check", *own, cwd=program)
    difference = pollwatch("config", "diff", *own, cwd=program)

    assert (before.stdout.split(", ")[3], after.stdout.split(", ")[3]) == (
        "2 keywords",
        "3 keywords",
    )
    assert (difference.returncode, difference.stdout) == (
        0,
        f"{KEYWORDS}: follows the shipped file by itself; nothing to do\n",
    )
