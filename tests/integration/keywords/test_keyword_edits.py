"""Keywords are edited after releases were stored: backtest, then apply."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from domain.rules import Judged
from pollwatch.cli import commands
from pollwatch.wiring import Options, wire
from scheduler.rejudging import carry_out, plan
from tests.builders import NOW
from tests.integration.keyword_files import keywords_of_one_language

BEFORE = """
strong: |
  election*
  referendum*
"""
AFTER = """
strong: |
  election*
  snap poll*
traps: |
  board election*
"""
TITLES = {
    "a1": "Statement on the elections",
    "a2": "Statement on the referendum",
    "a3": "A <b>snap poll</b> was called",
    "a4": "Board elections at the bank",
    "a5": "Trade in steel",
}


def row(name: str, title: str) -> str:
    values = {
        "id": name,
        "source": "plmfa",
        "country": "PL",
        "lang": "en",
        "url": f"https://msz.example/{name}",
        "title": title,
        "text": "The ministry said so on Monday in the capital.",
    }
    return json.dumps(values) + "\n"


class Desk:
    """A desk with a configuration and a database of its own, and some stored releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = keywords_of_one_language(folder / "config", BEFORE)
        (folder / "config" / "settings.toml").write_text("[sources]\nshipped = false\n")
        self.pollwatch("import", "-", given="".join(row(*pair) for pair in TITLES.items()))

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/pollwatch.db"

    def pollwatch(self, *words, given=""):
        options = ["--config", str(self.folder / "config"), "--db", self.url]
        return CliRunner().invoke(
            commands,
            [*words, *options],
            input=given,
            obj=wire,
            prog_name="pollwatch",
            catch_exceptions=False,
        )

    def relevant(self) -> list[str]:
        rows = map(json.loads, self.pollwatch("export").stdout.splitlines())
        return [row["id"] for row in rows if row["relevant"]]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def edited(desk):
    desk.file.write_text(AFTER)
    return desk


def test_a_backtest_counts_what_would_come_and_go_by_line(edited):
    done = edited.pollwatch("keywords", "backtest")
    assert done.exit_code == 0
    assert "5 stored texts compared, 3 matching now." in done.stdout
    assert "1 would newly match, 2 no longer." in done.stdout
    assert "-  0   1    topics/elections/en.yaml:4  strong referendum*" in done.stdout
    assert "+  1   0    topics/elections/en.yaml:4  strong snap poll*" in done.stdout
    assert "+  0   1    topics/elections/en.yaml:6  trap board election*" in done.stdout


def test_a_backtest_writes_nothing(edited):
    first = edited.pollwatch("keywords", "backtest").stdout
    assert edited.relevant() == ["a1", "a2", "a4"]
    assert edited.pollwatch("keywords", "backtest").stdout == first


def test_a_backtest_can_fail_where_an_edit_turns_too_much(edited):
    assert edited.pollwatch("keywords", "backtest", "--fail-over", "99%").exit_code == 1
    assert edited.pollwatch("keywords", "backtest", "--fail-over", "100%").exit_code == 0


def test_a_backtest_for_programs_names_each_release_and_its_lines(edited):
    done = edited.pollwatch("keywords", "backtest", "--json")
    *changed, total = map(json.loads, done.stdout.splitlines())
    assert [(one["title"], one["is_in"], one["lines"]) for one in changed] == [
        ("A <b>snap poll</b> was called", True, ["en strong snap poll*"]),
        ("Statement on the referendum", False, ["en strong referendum*"]),
        ("Board elections at the bank", False, ["en trap board election*"]),
    ]
    assert total == {"compared": 5, "matched": 3, "newly_in": 1, "no_longer": 2, "share": 1.0}


def test_a_backtest_as_a_page_shows_titles_as_text(edited):
    edited.pollwatch("keywords", "backtest", "--html", str(edited.folder / "edit.html"))
    page = (edited.folder / "edit.html").read_text()
    assert "A &lt;b&gt;snap poll&lt;/b&gt; was called" in page


def test_a_release_that_was_changed_since_is_judged_by_its_last_text(desk):
    desk.pollwatch("import", "-", given=row("a2", "Statement on the referendum and the elections"))
    desk.file.write_text("strong: |\n  election*\n")
    assert "0 would newly match, 0 no longer." in desk.pollwatch("keywords", "backtest").stdout


def test_a_term_that_stands_twice_is_judged_whole(desk):
    desk.file.write_text("strong: |\n  steel | title, weight 0.5\n  steel | weight 0.5\n")
    desk.pollwatch("keywords", "apply")
    desk.file.write_text("strong: |\n  steel | title, weight 0.5\n  steel | weight 3\n")
    desk.pollwatch("keywords", "apply")
    assert desk.relevant() == ["a5"]


def test_a_page_goes_into_a_folder_that_is_there(edited):
    done = edited.pollwatch("keywords", "backtest", "--html", "/nowhere/edit.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no folder '/nowhere'" in done.stderr


def test_a_backtest_of_a_span_compares_only_what_was_seen_in_it(edited):
    done = edited.pollwatch("keywords", "backtest", "--since", "1m")
    assert "5 stored texts compared" in done.stdout


def test_new_releases_are_judged_by_the_edited_files_at_once(edited):
    edited.pollwatch("import", "-", given=row("b1", "Another snap poll"))
    assert edited.relevant() == ["a1", "a2", "a4", "b1"]
    assert "5 stored texts compared" in edited.pollwatch("keywords", "backtest").stdout


def test_apply_judges_what_is_stored_by_the_edited_files(edited):
    done = edited.pollwatch("keywords", "apply")
    assert (done.exit_code, done.stdout) == (0, "5 stored texts compared, 3 judged again.\n")
    assert edited.relevant() == ["a1", "a3"]


def test_after_apply_there_is_nothing_left_to_compare(edited):
    edited.pollwatch("keywords", "apply")
    said = "Everything that is stored was judged by these keywords.\n"
    assert edited.pollwatch("keywords", "backtest").stdout == said
    assert edited.pollwatch("keywords", "apply").stdout == said


def test_the_next_edit_is_compared_with_the_applied_one_line_by_line(edited):
    edited.pollwatch("keywords", "apply")
    edited.file.write_text(BEFORE)
    done = edited.pollwatch("keywords", "backtest")
    assert "+  1   0    topics/elections/en.yaml:4  strong referendum*" in done.stdout


def test_apply_goes_on_where_it_was_ended(edited):
    options = Options(db=edited.url, config=edited.folder / "config")
    with wire(options, clock=lambda: NOW) as house:
        judgements = house.store.judgements
        wanted = plan(judgements, house.config.topics, since=None)
        halves = tuple(
            Judged(first=first, last=last, rules=wanted.portions[0].rules)
            for first, last in ((1, 2), (3, 5))
        )
        work = carry_out(
            judgements,
            edited.url,
            replace(wanted, portions=halves),
            subscribers={},
            clock=lambda: NOW,
        )
        assert next(work) == 1
        work.close()
        assert judgements.left(wanted.new) == 3
    assert edited.pollwatch("keywords", "apply").stdout.startswith("3 stored texts compared")
    assert edited.relevant() == ["a1", "a3"]


def test_an_edit_that_changes_only_a_threshold_weighs_the_stored_hits_again(desk):
    (desk.file.parent / "topic.yaml").write_text("title: Elections\nthreshold: 2\n")
    done = desk.pollwatch("keywords", "backtest")
    assert "0 would newly match, 3 no longer." in done.stdout
    desk.pollwatch("keywords", "apply")
    assert desk.relevant() == []


def test_a_backtest_without_an_edit_says_so(desk):
    assert desk.pollwatch("keywords", "backtest").stdout == (
        "Everything that is stored was judged by these keywords.\n"
    )


def test_status_says_that_stored_releases_were_not_judged_again(edited):
    said = edited.pollwatch("status").stdout
    assert "Keywords    edited; 5 stored texts not yet judged again:" in said
    edited.pollwatch("keywords", "apply")
    assert "Keywords" not in edited.pollwatch("status").stdout


def test_the_digest_says_so_at_its_end(edited):
    done = edited.pollwatch("digest", "preview")
    assert "Keywords edited: 5 stored texts not yet judged again." in done.stdout
