"""How well releases and stories are told apart, on material that lies outside the project.

``POLLWATCH_TESTDATA`` names its folder: rows of institutions, and which of them are one document
and one announcement. The floors are what was reached; whoever changes the judgement keeps them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest

from analysis.dedup import compare, partition
from analysis.fingerprint import fingerprint, marks
from domain.reading import Likeness, Text, TextKey, Verdict
from domain.source import SourceId
from domain.urls import canonical_url, document_url

FOLDER = Path(os.environ.get("POLLWATCH_TESTDATA", "")) / "duplicates"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "dev.jsonl").is_file(),
    reason="POLLWATCH_TESTDATA names no folder with duplicates",
)

Pairs = set[tuple[str, str]]


def read(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def a_text(row: dict[str, str]) -> Text:
    return Text(
        source_id=SourceId(row["source"]),
        canonical_url=canonical_url(row["url"]),
        title=row["title"],
        text=row["text"],
        language=row["lang"],
        published_at=datetime.fromisoformat(row["published"]),
        fingerprint=fingerprint(row["text"]),
    )


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def by(rows: list[dict[str, str]], field: str) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row[field]].append(row["id"])
    return list(groups.values())


def f1(found: Pairs, true: Pairs) -> float:
    return 2 * len(found & true) / (len(found) + len(true))


def are_near(one: Text, other: Text) -> bool:
    """Whether a store would find one by the other."""
    addresses = ((text.source_id, document_url(text.canonical_url)) for text in (one, other))
    if one.fingerprint == other.fingerprint or len(set(addresses)) == 1:
        return True
    return not set(marks(one)).isdisjoint(marks(other))


class Judged:
    """All rows, each compared with those near it."""

    def __init__(self) -> None:
        self.truth = read("dev.truth.jsonl")
        self.ids: dict[TextKey, list[str]] = defaultdict(list)
        texts: dict[TextKey, Text] = {}
        for row in read("dev.jsonl"):
            text = a_text(row)
            texts[text.key] = text
            self.ids[text.key].append(row["id"])
        self.missed: list[Likeness] = []
        near: list[Likeness] = []
        for one, other in combinations(texts.values(), 2):
            if likeness := compare(one, other):
                (near if are_near(one, other) else self.missed).append(likeness)
        found = partition(texts, near)
        self.releases = pairs(map(self._rows, found.releases))
        self.stories = pairs(map(self._rows, found.stories))

    def _rows(self, keys: Iterable[TextKey]) -> list[str]:
        return [row for key in keys for row in self.ids[key]]

    def siblings(self) -> Pairs:
        of_template = [row for row in self.truth if row.get("family")]
        return pairs(by(of_template, "family")) - pairs(by(self.truth, "story"))


@pytest.fixture(scope="module")
def judged() -> Judged:
    return Judged()


def test_releases_are_found(judged):
    assert f1(judged.releases, pairs(by(judged.truth, "document"))) >= 0.99


def test_stories_are_found(judged):
    assert f1(judged.stories, pairs(by(judged.truth, "story"))) >= 0.98


def test_siblings_of_a_template_are_not_joined(judged):
    assert not judged.siblings() & judged.stories


def test_nothing_is_joined_that_is_not_one(judged):
    assert not judged.stories - pairs(by(judged.truth, "story"))


def test_translations_join_their_story(judged):
    documents = {row["id"]: row["document"] for row in judged.truth}
    translated = [row["id"] for row in judged.truth if row["case"] == "translation"]
    bonds = [pair for pair in judged.stories if documents[pair[0]] != documents[pair[1]]]
    joined = {row for pair in bonds for row in pair}
    assert len(joined.intersection(translated)) >= 0.85 * len(translated)


def test_what_belongs_together_is_near_by_its_marks(judged):
    assert not [edge for edge in judged.missed if edge.verdict is not Verdict.APART]
