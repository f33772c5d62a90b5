"""The memory's door for those who judge stored texts again; one method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from domain.reading import Match
from domain.rules import Judged
from domain.source import SourceId
from domain.topic import Topic
from storage import boilerplate, judging, rules
from storage.boilerplate import Newcomer
from storage.database import Database
from storage.judging import HeldText, Readers, Term
from storage.marking import Mark, mark_rest


class Judgements:
    """Which rules judged which texts, and what they made of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember_rules(self, checksum: str, topics: Sequence[Topic], *, now: datetime) -> None:
        """Keep what these rules say, so that an edit can be compared with them later."""
        with self._database.writing() as connection:
            rules.remember(connection, checksum, topics, now=now)

    def ranges(self, *, since: datetime | None) -> tuple[Judged, ...]:
        """Which rules judged the texts first seen since then, or all, in order of row ids."""
        with self._database.reading() as connection:
            first = judging.first_since(connection, since)
            return () if first is None else rules.ranges(connection, first=first)

    def topics(self, checksum: str) -> tuple[Topic, ...] | None:
        """What some rules said; None where nobody kept it."""
        with self._database.reading() as connection:
            return rules.topics_of(connection, checksum)

    def left(self, checksum: str) -> int:
        """How many texts other rules judged than these."""
        with self._database.reading() as connection:
            return rules.left_to_judge(connection, checksum)

    def folded(self, within: Judged, *, version: int) -> Sequence[tuple[int, str, str]]:
        """Row id, languages and folded text of the texts of a range that were folded that way."""
        with self._database.reading() as connection:
            return tuple(judging.folded(connection, within, version=version))

    def ids(self, within: Judged) -> Sequence[int]:
        """The row ids of a range."""
        with self._database.reading() as connection:
            return judging.text_ids(connection, within)

    def unfolded(self, within: Judged, *, version: int) -> set[int]:
        """The texts of a range that were never folded that way."""
        with self._database.reading() as connection:
            return judging.unfolded(connection, within, version=version)

    def counts(self, within: Judged) -> tuple[int, int]:
        """How many texts a range has, and how many releases match by one of them."""
        with self._database.reading() as connection:
            return judging.counts(connection, within)

    def holding(self, within: Judged, terms: Collection[Term]) -> set[int]:
        """The texts of a range with a hit of one of these terms."""
        with self._database.reading() as connection:
            return judging.holding(connection, within, terms)

    def with_hits(self, within: Judged, topics: Collection[str]) -> set[int]:
        """The texts of a range with a hit of one of these topics."""
        with self._database.reading() as connection:
            return judging.with_hits(connection, within, topics)

    def matches(self, ids: Collection[int]) -> dict[int, tuple[Match, ...]]:
        """What topics made of these texts; nothing for those without a hit."""
        with self._database.reading() as connection:
            return judging.matches(connection, ids)

    def texts(self, ids: Collection[int], *, version: int) -> dict[int, HeldText]:
        """These texts; the languages of those that were folded that way."""
        with self._database.reading() as connection:
            return judging.held(connection, ids, version=version)

    def in_force(self, ids: Collection[int]) -> set[int]:
        """Those of these texts that are in force in their releases."""
        with self._database.reading() as connection:
            return judging.in_force(connection, ids)

    def judge_again(
        self,
        portion: Judged,
        found: Mapping[int, Sequence[Match]],
        *,
        new_rules: str,
        subscribers: Readers,
        now: datetime,
    ) -> bool:
        """Keep what other rules make of some texts of a portion, and that they judged all of it.

        What matches only now is old to whoever reads that topic. False, and nothing is kept,
        where somebody else judged some of the portion in the meantime.
        """
        with self._database.writing() as connection:
            return judging.judge_again(
                connection, portion, found, new_rules=new_rules, subscribers=subscribers, now=now
            )

    def boilerplate(self) -> dict[SourceId, frozenset[str]]:
        """The lines that each source is known to show under its releases, folded."""
        with self._database.reading() as connection:
            return boilerplate.lines(connection)

    def learn_boilerplate(
        self, source_id: SourceId, lines: Collection[str], *, now: datetime
    ) -> None:
        """Remember lines that a source shows under its releases, folded."""
        with self._database.writing() as connection:
            boilerplate.learn(connection, source_id, lines, now=now)

    def texts_of(self, source_id: SourceId) -> int:
        """How many texts of a source are held."""
        with self._database.reading() as connection:
            return boilerplate.texts_of(connection, source_id)

    def newest(self, source_id: SourceId, *, at_most: int) -> tuple[Newcomer, ...]:
        """The texts of a source that were stored last, the last one first."""
        with self._database.reading() as connection:
            return boilerplate.newest(connection, source_id, at_most=at_most)

    def hit(self, source_id: SourceId) -> Sequence[int]:
        """The row ids of a source's texts with a hit, in order."""
        with self._database.reading() as connection:
            return boilerplate.hit(connection, source_id)

    def mark_rest(self, mark: Mark, *, version: int) -> Iterator[int]:
        """Let texts of an older program be found by newcomers, a transaction a portion.

        Says before each how many are left; a store that holds none yields nothing.
        """
        yield from mark_rest(self._database, mark, version=version)
