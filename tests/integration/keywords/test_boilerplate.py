"""What a source shows under its releases is learned as they come, and lets none of them in."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from pollwatch.cli import commands
from pollwatch.wiring import wire
from tests.integration.keyword_files import keywords_of_one_language
from tests.integration.storage.saving import opened
from tests.unit.analysis.texts import about

FOOTER = "The Office observes elections in 57 states and advises on each referendum."
GOODS = "steel coal wheat rubber cotton sugar cocoa tea wool zinc tin rice oil gas salt rye".split()
KEYWORDS = "strong: |\n  election*\n  referendum*\n"
REASON = "stands in a line that the source shows under its releases"


def row(number: int, *, title: str = "", said: str = "") -> str:
    """A release on a matter of its own, one a week, over the footer of its source."""
    goods = GOODS[number]
    values = {
        "id": f"r{number}",
        "source": "office",
        "country": "OSCE",
        "lang": "en",
        "url": f"https://office.example/{goods}",
        "title": title or f"Talks about {goods}",
        "text": f"{about(goods)}\n{said}\n{FOOTER}",
        "published": f"{date(2024, 1, 8) + timedelta(weeks=number)}",
    }
    return json.dumps(values) + "\n"


class Desk:
    """A desk with keywords and a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = keywords_of_one_language(folder / "config", KEYWORDS)
        (folder / "config" / "settings.toml").write_text("[sources]\nshipped = false\n")

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/own.db"

    def pollwatch(self, *words: str, given: str = "") -> str:
        options = ["--config", f"{self.folder}/config", "--db", self.url]
        return (
            CliRunner()
            .invoke(
                commands,
                [*words, *options],
                input=given,
                obj=wire,
                prog_name="pollwatch",
                catch_exceptions=False,
            )
            .stdout
        )

    def bring(self, *rows: str) -> None:
        self.pollwatch("import", "-", given="".join(rows))

    def relevant(self) -> list[str]:
        rows = map(json.loads, self.pollwatch("export").splitlines())
        return sorted(row["id"] for row in rows if row["relevant"])


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


EIGHT = (*map(row, range(7)), row(7, said="It spoke of an election and a referendum."))
"""One of them says something itself."""


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """A desk that learned the footer by eight releases; for looks only."""
    desk = Desk(tmp_path_factory.mktemp("learned"))
    desk.bring(*EIGHT)
    return desk


@pytest.fixture
def learning(desk):
    """The same, for more to come."""
    desk.bring(*EIGHT)
    return desk


def test_until_it_is_learned_a_footer_counts(desk):
    desk.bring(*map(row, range(7)))
    assert desk.relevant() == ["r0", "r1", "r2", "r3", "r4", "r5", "r6"]


def test_once_it_is_learned_what_it_let_in_is_judged_again(learned):
    assert learned.relevant() == ["r7"]


def test_newcomers_are_judged_without_it_and_those_of_other_sources_with_it(learning):
    of_another_source = row(9).replace('"office"', '"ministry"')
    learning.bring(row(8), of_another_source, row(10, title="Elections in Xanadu"))
    assert learning.relevant() == ["r10", "r7", "r9"]


def test_what_was_read_before_the_line_was_known_is_judged_at_the_next_look(learning):
    with opened(learning.url) as connection:
        connection.execute(text("UPDATE hits SET is_boilerplate = false"))
        connection.execute(text("UPDATE matches SET is_match = true"))
    learning.bring(*map(row, range(8, 16)))
    assert learning.relevant() == ["r7"]


def test_what_no_longer_matches_is_kept(learned):
    assert "Talks about steel" in learned.pollwatch("releases", "find", "steel")


def test_an_explanation_names_the_boilerplate(learned):
    said = " ".join(learned.pollwatch("keywords", "explain", "https://office.example/coal").split())
    assert "Out: it holds no word that counts." in said
    assert f"strong election* (topics/elections/en.yaml:2): {REASON}" in said


def test_a_release_says_that_its_hits_stand_in_boilerplate(learned):
    said = " ".join(learned.pollwatch("releases", "show", "https://office.example/coal").split())
    assert f"does not count: it {REASON}" in said


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param("strong: |\n  election*\n  referendum*\n  57 states\n", id="a line more"),
        pytest.param("strong: |\n  election* | weight 3\n  referendum*\n", id="another weight"),
    ],
)
def test_no_edit_lets_boilerplate_in(learning, edit):
    learning.file.write_text(edit)
    assert "0 would newly match, 0 no longer." in learning.pollwatch("keywords", "backtest")
    learning.pollwatch("keywords", "apply")
    assert learning.relevant() == ["r7"]


def test_learning_applies_no_edit(desk):
    desk.bring(*map(row, range(7)))
    desk.file.write_text("strong: |\n  57 states | weight 2\n  steel\n")
    desk.bring(row(7))
    assert desk.relevant() == []
    assert "1 would newly match, 0 no longer." in desk.pollwatch("keywords", "backtest")
