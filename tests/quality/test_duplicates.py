"""How well releases and stories are told apart, on material that lies outside the project.

``POLLWATCH_TESTDATA`` names its folder: rows of institutions, which of them are one document and
one announcement, and a program that scores. The rows go the way that a user's go, through an import
and an export. The floors are below what was reached; whoever changes the judgement keeps them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from analysis.dedup import compare
from analysis.keywords import compile_topics
from domain.reading import Verdict
from pollwatch.cli import commands
from pollwatch.rows.reading import Rows
from pollwatch.wiring import wire
from scheduler.importing import Importer, release_of
from scheduler.ingest import Ingest, read
from storage.neighbourhood import Neighbourhood, marked
from storage.store import Store
from tests.builders import NOW
from tests.integration.rows.conftest import ELECTIONS

FOLDER = Path(os.environ.get("POLLWATCH_TESTDATA", "")) / "duplicates"
ROWS, TRUTH = FOLDER / "dev.jsonl", FOLDER / "dev.truth.jsonl"
pytestmark = pytest.mark.skipif(
    not ROWS.is_file(), reason="POLLWATCH_TESTDATA names no folder with duplicates"
)

ORDERS = 6
"""Fifty were tried by hand; each takes a second."""


@pytest.fixture(scope="module")
def score(tmp_path_factory):
    """What the folder's own program makes of an import and an export."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "settings.toml").write_text("[sources]\nshipped = false\n")
    pollwatch(folder, "import", str(ROWS))
    exported = pollwatch(folder, "export").stdout.splitlines()
    found = folder / "found.jsonl"
    found.write_text("\n".join(map(as_prediction, exported)))
    command = [sys.executable, str(FOLDER / "score.py"), str(found), str(TRUTH), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def pollwatch(folder, *words):
    options = ["--config", str(folder), "--db", f"sqlite:///{folder}/desk.db"]
    return CliRunner().invoke(commands, [*words, *options], obj=wire, catch_exceptions=False)


def as_prediction(line):
    row = json.loads(line)
    return json.dumps({"id": row["id"], "document": row["release"], "story": row["story"]})


def test_every_row_is_placed(score):
    assert (score["rows"], score["missing"], score["documents_in_two_stories"]) == (191, 0, 0)


def test_releases_are_found(score):
    assert score["document"]["f1"] >= 0.99


def test_stories_are_found(score):
    assert score["story"]["f1"] >= 0.98


def test_nothing_is_joined_that_is_not_one(score):
    assert (score["document"]["precision"], score["story"]["precision"]) == (1.0, 1.0)


def test_siblings_of_a_template_are_not_joined(score):
    assert score["template_false_merge"]["story_rate"] <= 0.01


def test_translations_join_their_story(score):
    joined, all_of_them = map(int, score["story_joined_by_relation"]["translation"].split("/"))
    assert joined >= 0.85 * all_of_them


@pytest.fixture(scope="module")
def records():
    lines = ROWS.read_bytes().splitlines()
    return list(Rows(lines, expected=(), complain=pytest.fail, zones={}))


@pytest.fixture(scope="module")
def readings(records):
    """What was read in each row, by the checksum of its line."""
    keywords = compile_topics([ELECTIONS])
    releases = (release_of(record, now=NOW) for record in records)
    return {release.original.checksum: read(release, keywords) for release in releases}


def test_whatever_belongs_together_is_near_by_its_marks(readings):
    marks = partial(marked, seen_at=NOW)
    texts = {one.text.key: (one.text, marks(one.text, one.marks)) for one in readings.values()}
    around = Neighbourhood(each for _, each in texts.values())
    near = {key: set(around.near(each)) for key, (_, each) in texts.items()}
    pairs = combinations([text for text, _ in texts.values()], 2)
    found = [likeness for one, other in pairs if (likeness := compare(one, other))]
    together = [edge for edge in found if edge.verdict is not Verdict.APART]
    assert len(together) > 250
    assert not [edge for edge in together if edge.b not in near[edge.a]]
    assert around.cut == 0


def groups(rows, by):
    """Which rows stand together, whatever that is called."""
    found = defaultdict(set)
    for row in rows:
        found[row[by]].add(row["id"])
    return {frozenset(group) for group in found.values()}


def in_some_order(records, readings, *, url, seed):
    """Take all rows in, in an order and portions of chance, with a restart after each."""
    chance = Random(seed)
    shuffled = chance.sample(records, len(records))
    cuts = sorted(chance.sample(range(1, len(records)), chance.choice([0, 4, 40])))
    for start, end in zip([0, *cuts], [*cuts, len(records)], strict=True):
        with Store.open(url, now=NOW) as store:
            importer = Importer(
                store=store,
                read=lambda release: readings[release.original.checksum],
                judge=Ingest(),
                learn=lambda brought: None,
                subscribers=(),
                clock=lambda: NOW,
            )
            list(importer.take_in(shuffled[start:end]))
    with Store.open(url, now=NOW) as store:
        rows = list(store.export_rows("elections", source=None, zones={}))
    return groups(rows, "release"), groups(rows, "story")


@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_order_of_arrival_and_restarts_do_not_matter(records, readings, tmp_path, seed):
    truth = [json.loads(line) for line in TRUTH.read_bytes().splitlines()]
    found = in_some_order(records, readings, url=f"sqlite:///{tmp_path}/desk.db", seed=seed)
    assert found == (groups(truth, "document"), groups(truth, "story"))
